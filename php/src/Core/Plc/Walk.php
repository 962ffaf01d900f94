<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Index;
use FedVerify\Core\Limits;
use FedVerify\Core\PlcDid;
use FedVerify\Core\Quote;
use FedVerify\Core\Tables\Check;
use FedVerify\Core\Tables\OperationType;

/**
 * The walk: from the genesis operation to the head, one rule after the other. The rules are those of did-plc.md,
 * "Chain", and the headings after it.
 */
final class Walk
{
    /**
     * How long a key of higher authority may undo an operation. Exactly 72 hours is in time (did-plc.md, "Recovery").
     */
    public const RECOVERY_WINDOW_SECONDS = 72 * 3600;

    /** @var PlcDid */
    private $did;

    /** @var string */
    private $form;

    /** @var list<Step|null> */
    private $steps;

    /** @var list<Node> */
    private $nodes = [];

    /** @var Index the places of the operations, by their CIDs */
    private $indexOf;

    /** @var int the last operation that is not nullified */
    private $head = 0;

    /** @var Signers */
    private $signers;

    /**
     * @param list<Step> $steps not empty
     */
    public function __construct(PlcDid $did, string $form, array $steps, Limits $limits)
    {
        $this->did = $did;
        $this->form = $form;
        $this->steps = $steps;
        $this->indexOf = new Index();
        $this->signers = new Signers($limits);
    }

    /**
     * Verifies the steps as the log of this DID.
     *
     * @throws Fault
     */
    public function verify(): Identity
    {
        foreach ($this->steps as $index => $step) {
            $cid = $step->encoded()->cid();
            try {
                $this->nodes[] = $index === 0 ? $this->genesis($step) : $this->follow($index, $step);
            } catch (Fault $fault) {
                throw $fault->atOperation($index)->withCid($cid);
            }
            $this->indexOf->insert($cid, $index);
            $this->head = $index;
        }
        $unusableKeys = $this->unusableKeys();
        $history = $this->history();
        $warnings = Warnings::forHistory($this->form, $history, $unusableKeys);
        $checks = $this->signers->checksDone();
        return Identity::verified($this->did, $this->form, $history, $this->head, $checks, $warnings);
    }

    /**
     * The steps are given up for it, one by one.
     *
     * @return list<HistoryEntry>
     */
    private function history(): array
    {
        $history = [];
        foreach (array_keys($this->steps) as $index) {
            $history[] = new HistoryEntry($this->steps[$index], $this->nodes[$index]);
            $this->steps[$index] = null;
        }
        return $history;
    }

    /**
     * did-plc.md, "Chain": the first entry is a genesis, hashes to the DID, and is signed by a rotation key of its own.
     *
     * @throws Fault
     */
    private function genesis(Step $step): Node
    {
        try {
            $operation = $step->operation();
            if (self::isTombstone($step) || $operation->prev() !== null) {
                $found = $operation->operationType();
                $message = "expected a genesis, found a {$found} that follows another operation";
                throw new Fault(Code::PLC_GENESIS_INVALID, $message);
            }
            $implied = $step->encoded()->genesisDid();
            $implied = $implied === null ? '' : $implied->asStr();
            if ($implied !== $this->did->asStr()) {
                $message = "expected the genesis of {$this->did->asStr()}, found that of {$implied}";
                throw new Fault(Code::PLC_DID_MISMATCH, $message);
            }
            return new Node(null, $this->signers->find($operation->rotationKeys(), $step), false);
        } catch (Fault $fault) {
            throw $fault->at(Check::PLC_GENESIS);
        }
    }

    /**
     * The rules for every later entry, in their order.
     *
     * @throws Fault
     */
    private function follow(int $index, Step $step): Node
    {
        $prev = $this->prev($step);
        $this->checkOrder($step);
        $child = $this->nodes[$prev]->latestChild;
        if ($child !== null) {
            $this->checkWindow($step, $child);
        }
        $signer = $this->signer($step, $prev);
        if ($child !== null) {
            $this->checkAuthority($signer, $child);
            $this->nullifyLine($child, $index);
        }
        $this->nodes[$prev]->latestChild = $index;
        return new Node($prev, $signer, $child !== null);
    }

    /**
     * did-plc.md, "Chain" and "Tombstones": the index of the operation that this one follows.
     *
     * @throws Fault
     */
    private function prev(Step $step): int
    {
        $cid = $step->operation()->prev();
        if ($cid === null) {
            $message = 'expected an operation with a prev, found a genesis';
            throw self::chainFault(Code::PLC_GENESIS_REPEATED, $message);
        }
        $prev = $this->indexOf->get($cid);
        if ($prev === null) {
            $message = 'expected the CID of an earlier operation as prev, found ' . Quote::quote($cid);
            throw self::chainFault(Code::PLC_PREV_MISMATCH, $message);
        }
        if ($this->nodes[$prev]->nullifiedBy !== null) {
            $message = "the operation follows operation {$prev}, which a recovery nullified";
            throw self::chainFault(Code::PLC_PREV_NULLIFIED, $message);
        }
        if (self::isTombstone($this->steps[$prev])) {
            $message = "the operation follows operation {$prev}, which is a tombstone";
            throw self::chainFault(Code::PLC_TOMBSTONED, $message);
        }
        // A bare log has no nullified operations, so each operation follows the one before it (did-plc.md, "Bare
        // logs").
        if ($this->form === LogForm::BARE && $prev !== $this->head) {
            $message = "expected operation {$this->head} as prev in a log without times, found {$prev}";
            throw self::chainFault(Code::PLC_PREV_MISMATCH, $message);
        }
        return $prev;
    }

    private static function chainFault(string $code, string $message): Fault
    {
        return (new Fault($code, $message))->at(Check::PLC_CHAIN);
    }

    private static function isTombstone(Step $step): bool
    {
        return $step->operation()->operationType() === OperationType::PLC_TOMBSTONE;
    }

    /**
     * The indices of the head's rotation keys that can sign nothing.
     *
     * @return list<int>
     */
    private function unusableKeys(): array
    {
        $unusable = [];
        foreach ($this->steps[$this->head]->operation()->rotationKeys() as $index => $text) {
            if (!$this->signers->isUsable($text)) {
                $unusable[] = $index;
            }
        }
        return $unusable;
    }

    /**
     * did-plc.md, "Chain" and "Recovery": strictly later than the head, which in the ordinary case is prev.
     *
     * @throws Fault
     */
    private function checkOrder(Step $step): void
    {
        $createdAt = $step->createdAt();
        $head = $this->steps[$this->head]->createdAt();
        if ($createdAt !== null && $head !== null && !$createdAt->isAfter($head)) {
            $message = "expected a createdAt later than operation {$this->head}'s " . Quote::quote($head->asStr())
                . ', found ' . Quote::quote($createdAt->asStr());
            throw (new Fault(Code::PLC_TIMESTAMP_ORDER, $message))->at(Check::PLC_TIMES);
        }
    }

    /**
     * did-plc.md, "Recovery": a recovery comes at most 72 hours after the operation that it undoes.
     *
     * @throws Fault
     */
    private function checkWindow(Step $step, int $child): void
    {
        $createdAt = $step->createdAt();
        $undone = $this->steps[$child]->createdAt();
        if (
            $createdAt !== null && $undone !== null
            && !$createdAt->isWithin(self::RECOVERY_WINDOW_SECONDS, $undone)
        ) {
            $message = "expected at most 72 hours after operation {$child}'s " . Quote::quote($undone->asStr())
                . ', found ' . Quote::quote($createdAt->asStr());
            throw (new Fault(Code::PLC_NULLIFICATION_LATE, $message))->at(Check::PLC_RECOVERIES);
        }
    }

    /**
     * The lowest index among prev's rotation keys of the key that signed.
     *
     * @throws Fault
     */
    private function signer(Step $step, int $prev): int
    {
        try {
            return $this->signers->find($this->steps[$prev]->operation()->rotationKeys(), $step);
        } catch (Fault $fault) {
            throw $fault->at(Check::PLC_SIGNATURES);
        }
    }

    /**
     * did-plc.md, "Recovery": only a key above the signer of the undone operation may undo it. Both were checked
     * against the same keys.
     *
     * @throws Fault
     */
    private function checkAuthority(int $signer, int $child): void
    {
        $undone = $this->nodes[$child]->signer;
        if ($signer >= $undone) {
            $message = "expected a signature by a rotation key above index {$undone}, which signed operation {$child}; "
                . "found one by index {$signer}";
            throw (new Fault(Code::PLC_NULLIFICATION_AUTHORITY, $message))->at(Check::PLC_RECOVERIES);
        }
    }

    /**
     * did-plc.md, "Recovery": the child and its whole line of latest children become nullified. Nothing is visited
     * twice in a walk: what is nullified stays so, and is no operation's latest child any more.
     */
    private function nullifyLine(int $child, int $recovery): void
    {
        for ($next = $child; $next !== null; $next = $this->nodes[$next]->latestChild) {
            $this->nodes[$next]->nullifiedBy = $recovery;
        }
    }
}
