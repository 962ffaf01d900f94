<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Limits;
use FedVerify\Core\Pin\Pin;
use FedVerify\Core\PlcDid;
use FedVerify\Core\Quote;
use FedVerify\Core\Tables\Check;
use FedVerify\Core\Time;

/** The log of one identity as a directory serves it: a well-formed claim, not yet verified. It is verified once. */
final class Log
{
    /** @var string the text as it was served, for the pin */
    private $text;

    /** @var string one of the constants of LogForm */
    private $form;

    /** @var list<Entry>|Export|null null once they were taken */
    private $entries;

    /** @var Limits */
    private $limits;

    /**
     * @param list<Entry>|Export $entries
     */
    private function __construct(string $text, string $form, $entries, Limits $limits)
    {
        $this->text = $text;
        $this->form = $form;
        $this->entries = $entries;
        $this->limits = $limits;
    }

    /**
     * Reads a log of any form. An array whose first element has a member `operation` is an audit log, another array a
     * bare log; JSON lines whose first has a member `operation` are an export. The limits also hold for verifying.
     *
     * @throws Fault `input.*`, `plc.log.empty`, `plc.log.too_long`, `plc.entry.malformed`, `plc.timestamp.malformed`,
     *     `plc.operation.*`, `plc.signature.encoding`
     */
    public static function parse(string $json, Limits $limits): self
    {
        try {
            if (Export::isLines($json)) {
                return new self($json, LogForm::EXPORT, Export::readLines($json, $limits), $limits);
            }
            [$form, $entries] = self::readArray($json, $limits);
            return new self($json, $form, $entries, $limits);
        } catch (Fault $fault) {
            throw $fault->at(Check::PLC_JSON);
        }
    }

    /**
     * @return array{0: string, 1: list<Entry>}
     *
     * @throws Fault
     */
    private static function readArray(string $json, Limits $limits): array
    {
        $entries = new EntryList($limits);
        $value = Json::parseElements('log', $json, 'logBytes', $limits, [$entries, 'take']);
        if (!is_array($value)) {
            $message = 'expected a log, which is an array of operations; found ' . Json::kind($value);
            throw new Fault(Code::INPUT_WRONG_TYPE, $message);
        }
        return $entries->finish();
    }

    /** The form in which it was served: one of the constants of LogForm. */
    public function form(): string
    {
        return $this->form;
    }

    /**
     * Walks the log from the genesis operation, which the DID is the hash of, to the head.
     *
     * @throws Fault `plc.*`
     */
    public function verify(PlcDid $did): Identity
    {
        return $this->walk($did, KnownOperations::nothing());
    }

    /**
     * Verifies the log, and compares it with what was seen before. Identity::pin() is then what to keep for the next
     * visit. `now` is the caller's clock, in seconds since 1970; without a pin it is a first visit.
     *
     * Signatures of operations that the pin knows are not checked again.
     *
     * @throws Fault as verify(), and `pin.*`; Code::API_ARGUMENT for a clock later than the year 9999
     */
    public function verifyRemembering(PlcDid $did, ?Pin $pin, int $now): Identity
    {
        Time::checkClock($now);
        $isOurs = $pin !== null && $pin->did() === $did->asStr();
        $visit = new Visit($this->text, $isOurs ? $pin : null, $now);
        $identity = $this->walk($did, $visit->known($this->text));
        try {
            if ($pin !== null && !$isOurs) {
                $found = Quote::quote($pin->did());
                $message = "expected a pin of {$did->asStr()}, found one of {$found}";
                throw new Fault(Code::PIN_MALFORMED, $message);
            }
            return $visit->remember($identity, $this->limits);
        } catch (Fault $fault) {
            throw $fault->at(Check::PIN_LOG);
        }
    }

    /** @throws Fault */
    private function walk(PlcDid $did, KnownOperations $known): Identity
    {
        $entries = $this->takeEntries($did);
        self::checkDid($did, $entries);
        $encoded = $this->encode($entries, $known);
        self::checkCids($entries, $encoded);
        [$flags, $hasUnknown] = self::flags($entries);
        $steps = [];
        foreach (array_keys($entries) as $index) {
            $steps[] = self::step($entries[$index], $encoded[$index]);
            // What the step does not hold is needed no more.
            $entries[$index] = $encoded[$index] = null;
        }
        $walk = new Walk($did, $this->form, $steps, $this->limits);
        unset($steps);
        $identity = $walk->verify();
        if ($this->form === LogForm::AUDIT) {
            self::checkFlags($identity, $flags);
        }
        return $hasUnknown ? $identity->withWarning(Warnings::unknownEntryMembers()) : $identity;
    }

    private static function step(Entry $entry, Encoded $encoded): Step
    {
        $served = $entry->served();
        return new Step($encoded, $entry->operation(), $served === null ? null : $served->createdAt());
    }

    /**
     * The flags as they were served, and whether any entry has a member that is not known.
     *
     * @param list<Entry> $entries
     *
     * @return array{0: list<bool|null>, 1: bool}
     */
    private static function flags(array $entries): array
    {
        [$flags, $hasUnknown] = [[], false];
        foreach ($entries as $entry) {
            $served = $entry->served();
            $flags[] = $served === null ? null : $served->nullified();
            $hasUnknown = $hasUnknown || $entry->hasUnknownMember();
        }
        return [$flags, $hasUnknown];
    }

    /**
     * @return list<Entry>
     *
     * @throws Fault
     */
    private function takeEntries(PlcDid $did): array
    {
        $entries = $this->entries;
        if ($entries === null) {
            throw new \LogicException('a log is verified once');
        }
        $this->entries = null;
        return $entries instanceof Export ? $entries->entriesOf($did->asStr()) : $entries;
    }

    /**
     * did-plc.md, "Chain": every entry's did is the DID asked for.
     *
     * @param list<Entry> $entries
     *
     * @throws Fault
     */
    private static function checkDid(PlcDid $did, array $entries): void
    {
        foreach ($entries as $index => $entry) {
            $served = $entry->served();
            if ($served !== null && $served->did() !== $did->asStr()) {
                $found = Quote::quote($served->did());
                $message = "expected an entry of {$did->asStr()}, found one of {$found}";
                throw (new Fault(Code::PLC_DID_MISMATCH, $message))->at(Check::PLC_OPERATIONS)->atOperation($index);
            }
        }
    }

    /**
     * @param list<Entry> $entries
     *
     * @return list<Encoded>
     *
     * @throws Fault
     */
    private function encode(array $entries, KnownOperations $known): array
    {
        $encoded = [];
        foreach ($entries as $index => $entry) {
            try {
                $encoded[] = $known->encode($entry->operation())->within($this->limits);
            } catch (Fault $fault) {
                throw $fault->atOperation($index)->at(Check::PLC_OPERATIONS);
            }
        }
        return $encoded;
    }

    /**
     * @param list<Entry>   $entries
     * @param list<Encoded> $encoded
     *
     * @throws Fault
     */
    private static function checkCids(array $entries, array $encoded): void
    {
        foreach ($entries as $index => $entry) {
            $served = $entry->served();
            try {
                if ($served !== null) {
                    $served->checkCid($encoded[$index]->cid());
                }
            } catch (Fault $fault) {
                throw $fault->atOperation($index)->at(Check::PLC_CIDS);
            }
        }
    }

    /**
     * did-plc.md, "Nullified flags": the served flags must be what the walk found.
     *
     * @param list<bool|null> $served
     *
     * @throws Fault
     */
    private static function checkFlags(Identity $identity, array $served): void
    {
        foreach ($identity->history() as $index => $entry) {
            $isNullified = $entry->isNullified();
            if ($served[$index] !== null && $served[$index] !== $isNullified) {
                [$is, $says] = $isNullified ? ['', 'not '] : ['not ', ''];
                $message = "the operation is {$is}nullified, but the directory says that it is {$says}nullified";
                $fault = new Fault(Code::PLC_NULLIFIED_FLAG, $message);
                throw $fault->atOperation($index)->withCid($entry->cid())->at(Check::PLC_FLAGS);
            }
        }
    }
}
