<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Core\Pin\Pin;
use FedVerify\Core\PlcDid;
use FedVerify\Core\Warning;

/**
 * An identity whose whole log was verified back to the genesis operation that its DID is the hash of.
 *
 * There is no other way to get one than to verify a log: holding it is the proof.
 */
final class Identity
{
    /** @var PlcDid */
    private $did;

    /** @var string */
    private $form;

    /** @var list<HistoryEntry> */
    private $history;

    /** @var int */
    private $head;

    /** @var int */
    private $signatureChecks;

    /** @var State|null the state of the head */
    private $state;

    /** @var list<Warning> */
    private $warnings;

    /** @var Pin|null */
    private $pin;

    /** @var bool */
    private $wasCompared = false;

    /**
     * @param list<HistoryEntry> $history
     * @param list<Warning>      $warnings
     */
    private function __construct(
        PlcDid $did,
        string $form,
        array $history,
        int $head,
        int $signatureChecks,
        array $warnings
    ) {
        $this->did = $did;
        $this->form = $form;
        $this->history = $history;
        $this->head = $head;
        $this->signatureChecks = $signatureChecks;
        $this->state = $history[$head]->operation()->state();
        $this->warnings = $warnings;
    }

    /**
     * The one door: only the walk calls it, and only for a log that holds.
     *
     * @internal
     *
     * @param list<HistoryEntry> $history  not empty
     * @param list<Warning>      $warnings
     */
    public static function verified(
        PlcDid $did,
        string $form,
        array $history,
        int $head,
        int $signatureChecks,
        array $warnings
    ): self {
        return new self($did, $form, $history, $head, $signatureChecks, $warnings);
    }

    public function withWarning(Warning $warning): self
    {
        $identity = clone $this;
        $identity->warnings[] = $warning;
        return $identity;
    }

    /** The pin of a first visit. */
    public function firstSeenNow(Pin $pin): self
    {
        $identity = clone $this;
        $identity->pin = $pin;
        return $identity;
    }

    /** The pin of a later visit, whose log was compared with the earlier pin. */
    public function compared(Pin $pin, ?Warning $warning): self
    {
        $identity = $warning === null ? clone $this : $this->withWarning($warning);
        $identity->pin = $pin;
        $identity->wasCompared = true;
        return $identity;
    }

    /** Whether the log was compared with an earlier pin. */
    public function wasCompared(): bool
    {
        return $this->wasCompared;
    }

    /** What to keep for the next visit; null unless the log was verified with Log::verifyRemembering(). */
    public function pin(): ?Pin
    {
        return $this->pin;
    }

    /** How many signatures were checked to verify the log. Those of operations that a pin knows are not. */
    public function signatureChecks(): int
    {
        return $this->signatureChecks;
    }

    /** The form in which the log was served: one of the constants of LogForm. */
    public function form(): string
    {
        return $this->form;
    }

    /** The key that signed an operation of the history, as it is written; null for an index beyond its end. */
    public function signerKey(int $index): ?string
    {
        if (!isset($this->history[$index])) {
            return null;
        }
        $entry = $this->history[$index];
        $prev = $entry->prev();
        $signedAgainst = $prev === null ? $entry : $this->history[$prev];
        return $signedAgainst->operation()->rotationKeys()[$entry->signer()] ?? null;
    }

    /** The DID that was asked for, and that the genesis hashes to. */
    public function did(): PlcDid
    {
        return $this->did;
    }

    /** The CID of the last operation that is not nullified. */
    public function head(): string
    {
        return $this->history[$this->head]->cid();
    }

    /**
     * All operations in the order of the log, nullified ones too.
     *
     * @return list<HistoryEntry> never empty
     */
    public function history(): array
    {
        return $this->history;
    }

    /**
     * The CIDs of the nullified operations, in the order of the log.
     *
     * @return list<string>
     */
    public function nullified(): array
    {
        $cids = [];
        foreach ($this->history as $entry) {
            if ($entry->isNullified()) {
                $cids[] = $entry->cid();
            }
        }
        return $cids;
    }

    /** Whether the head is a tombstone: the identity was deactivated, and speaks for no keys and no services. */
    public function isTombstoned(): bool
    {
        return $this->state === null;
    }

    /** The current state; null if the identity was deactivated. */
    public function state(): ?State
    {
        return $this->state;
    }

    /** The DID document that follows from the current state; null if the identity was deactivated. */
    public function didDocument(): ?DidDocument
    {
        return $this->state === null ? null : DidDocument::fromState($this->did, $this->state);
    }

    /**
     * What can be undone at `now`, in seconds since 1970 by the caller's clock (did-plc.md, "What can still be
     * undone").
     *
     * The time of an operation is its createdAt. Where the identity was verified with a pin from before the operation,
     * it is the later of createdAt and first seen, because a directory can backdate.
     */
    public function contestable(int $now): Contestable
    {
        return Contestable::of($this, $now);
    }

    /**
     * Non-fatal findings.
     *
     * @return list<Warning>
     */
    public function warnings(): array
    {
        return $this->warnings;
    }
}
