<?php

declare(strict_types=1);

namespace FedVerify\Core\Report;

use FedVerify\Core\Fair\Publisher;
use FedVerify\Core\Fault;
use FedVerify\Core\Json\JsonObject;
use FedVerify\Core\Plc\CanonicalMap;
use FedVerify\Core\Plc\Change;
use FedVerify\Core\Plc\Changes;
use FedVerify\Core\Plc\ContestableOperation;
use FedVerify\Core\Plc\Identity;
use FedVerify\Core\Plc\State;
use FedVerify\Core\Time;
use FedVerify\Core\WebDocument;

/** What a report tells of an identity: core/src/report/identity_facts.rs. */
final class IdentityFacts
{
    public static function of(Publisher $publisher, Details $details): JsonObject
    {
        $identity = $publisher->identity();
        $document = $publisher->document();
        $members = $identity !== null ? self::ofLog($identity) : self::ofDocument($document);
        $members += Report::present(['repository' => self::repository($publisher, $details)]);
        if ($identity !== null) {
            $members += Report::present(self::more($identity, $details));
        }
        return JsonObject::ofMembers($members);
    }

    private static function repository(Publisher $publisher, Details $details): ?string
    {
        try {
            return $publisher->repository($details->reach);
        } catch (Fault $fault) {
            return null;
        }
    }

    /** @return array<string, mixed> */
    private static function ofLog(Identity $identity): array
    {
        $state = $identity->state();
        $nothing = new JsonObject([], []);
        return [
            'did' => $identity->did()->asStr(),
            'head' => $identity->head(),
            'operations' => count($identity->history()),
            'nullified' => $identity->nullified(),
            'tombstoned' => $identity->isTombstoned(),
            'rotationKeys' => $state === null ? [] : $state->rotationKeys(),
            'verificationMethods' => $state === null ? $nothing : $state->verificationMethods()->toValue(),
            'alsoKnownAs' => $state === null ? [] : $state->alsoKnownAs(),
            'services' => $state === null ? $nothing : $state->services()->toValue(),
        ];
    }

    /** @return array<string, mixed> */
    private static function ofDocument(WebDocument $document): array
    {
        return [
            'did' => $document->did()->asStr(),
            'verificationMethods' => self::sorted($document->verificationMethods()),
            'alsoKnownAs' => $document->alsoKnownAs(),
            'services' => self::sorted($document->services()),
            'documentUrl' => $document->did()->documentUrl(),
            'withdrawn' => $document->withdrawn(),
        ];
    }

    /** @param list<array{0: string, 1: mixed}> $members */
    private static function sorted(array $members): JsonObject
    {
        $names = $values = [];
        foreach ($members as [$name, $value]) {
            $names[] = $name;
            $values[] = $value;
        }
        return CanonicalMap::fromMembers($names, $values)->toValue();
    }

    /**
     * What is told where the caller asks for it.
     *
     * @return array<string, mixed>
     */
    private static function more(Identity $identity, Details $details): array
    {
        $document = $details->history ? $identity->didDocument() : null;
        return [
            'contestable' => $details->now === null ? null : self::contestable($identity, $details->now),
            'didDocument' => $document === null ? null : $document->toValue(),
            'history' => $details->history ? self::history($identity) : null,
        ];
    }

    /** @return list<JsonObject> */
    private static function contestable(Identity $identity, int $now): array
    {
        return array_map(static function (ContestableOperation $operation): JsonObject {
            return JsonObject::ofMembers([
                'operation' => $operation->operation,
                'cid' => $operation->cid,
                'until' => Time::utc($operation->until),
                'keys' => $operation->keys,
                'verificationMethods' => $operation->verificationMethods,
                'services' => $operation->services,
                'alsoKnownAs' => $operation->alsoKnownAs,
            ]);
        }, $identity->contestable($now)->operations());
    }

    /** @return list<JsonObject> */
    private static function history(Identity $identity): array
    {
        $pin = $identity->pin();
        $operations = $pin === null ? [] : $pin->operations();
        $known = $pin === null ? null : $pin->index();
        $history = [];
        foreach ($identity->history() as $index => $entry) {
            $operation = $entry->operation();
            $place = $known === null ? null : $known->get($entry->cid());
            $times = [
                'createdAt' => $entry->createdAt() === null ? null : $entry->createdAt()->asStr(),
                'firstSeen' => $place === null ? null : $operations[$place]->firstSeen(),
            ];
            $members = ['cid' => $entry->cid(), 'prev' => $operation->prev(), 'type' => $operation->operationType()];
            $members += Report::present($times);
            $members += ['nullified' => $entry->isNullified()];
            $members += Report::present(['nullifiedBy' => $entry->nullifiedBy()]);
            $members += ['recovery' => $entry->isRecovery(), 'signer' => $entry->signer()];
            $members += Report::present(['key' => $identity->signerKey($index)]);
            $changes = Changes::of($entry->prev() === null ? null : $identity->history()[$entry->prev()], $entry);
            $members['gravity'] = Changes::gravity($entry, $changes);
            $members['changes'] = array_map([self::class, 'change'], $changes);
            $history[] = JsonObject::ofMembers($members + ['state' => self::state($operation->state())]);
        }
        return $history;
    }

    private static function change(Change $change): JsonObject
    {
        return JsonObject::ofMembers(['change' => $change->change, 'part' => $change->part] + Report::present([
            'id' => $change->id,
            'type' => $change->type,
            'value' => $change->value,
        ]));
    }

    /** What the identity was after an operation. */
    private static function state(?State $state): ?JsonObject
    {
        return $state === null ? null : JsonObject::ofMembers([
            'rotationKeys' => $state->rotationKeys(),
            'verificationMethods' => $state->verificationMethods()->toValue(),
            'alsoKnownAs' => $state->alsoKnownAs(),
            'services' => $state->services()->toValue(),
        ]);
    }
}
