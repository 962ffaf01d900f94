<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Core\Index;

/**
 * The operations of an identity that a key of higher authority can still undo at some time, oldest first (did-plc.md,
 * "What can still be undone").
 *
 * What such an operation introduced may be a thief's work that the owner has not undone yet. An operation that the
 * highest key signed cannot be undone, nor can a genesis.
 */
final class Contestable
{
    /** @var list<ContestableOperation> */
    private $operations;

    /**
     * @param list<ContestableOperation> $operations
     */
    private function __construct(array $operations)
    {
        $this->operations = $operations;
    }

    public static function of(Identity $identity, int $now): self
    {
        $remembered = new RememberedTimes($identity->pin());
        $survivors = [];
        $operations = [];
        foreach ($identity->history() as $index => $entry) {
            if ($entry->isNullified()) {
                continue;
            }
            $survivors[$index] = $entry;
            $time = $remembered->timeOf($entry);
            if ($time === null || $now > $time + Walk::RECOVERY_WINDOW_SECONDS) {
                continue;
            }
            $above = self::keysAbove($identity, $entry);
            if ($above !== []) {
                $until = $time + Walk::RECOVERY_WINDOW_SECONDS;
                $operations[] = new ContestableOperation($index, $entry->cid(), $until, $above);
            }
        }
        if ($operations !== []) {
            (new Introductions($survivors, $operations))->assign();
        }
        return new self($operations);
    }

    /**
     * The keys above the one that signed this operation; none for a genesis.
     *
     * @return list<string>
     */
    private static function keysAbove(Identity $identity, HistoryEntry $entry): array
    {
        $prev = $entry->prev();
        if ($prev === null || $entry->signer() === 0) {
            return [];
        }
        $above = [];
        $seen = new Index();
        foreach ($identity->history()[$prev]->operation()->rotationKeys() as $place => $key) {
            if ($place < $entry->signer() && $seen->insert($key, 0) === null) {
                $above[] = $key;
            }
        }
        return $above;
    }

    /**
     * @return list<ContestableOperation> oldest first
     */
    public function operations(): array
    {
        return $this->operations;
    }

    /** Until when the verification method with this id can be undone; null if it cannot. */
    public function methodUntil(string $id): ?int
    {
        $latest = null;
        foreach ($this->operations as $operation) {
            // It falls with the operation that introduced it and with any before that.
            $latest = max($latest ?? 0, $operation->until);
            if (in_array($id, $operation->verificationMethods, true)) {
                return $latest;
            }
        }
        return null;
    }
}
