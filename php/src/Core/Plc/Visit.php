<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Core\Fault;
use FedVerify\Core\Index;
use FedVerify\Core\Limits;
use FedVerify\Core\Pin\LogText;
use FedVerify\Core\Pin\Pin;
use FedVerify\Core\Pin\PinnedOperation;

/**
 * A visit of a verifier that remembers: what it knows from before, and its clock (did-plc.md, "Pins"). Remember says
 * what contradicts it.
 */
final class Visit
{
    /** @var LogText */
    private $text;

    /** @var Pin|null */
    private $earlier;

    /** @var int */
    private $now;

    public function __construct(string $text, ?Pin $earlier, int $now)
    {
        $this->text = LogText::fromJson($text);
        $this->earlier = $earlier;
        $this->now = $now;
    }

    /** What the pin proves of the log. */
    public function known(string $text): KnownOperations
    {
        if ($this->earlier === null) {
            return KnownOperations::nothing();
        }
        $start = $this->earlier->provenStart($this->text, $text);
        $signers = new Index();
        foreach ($start === [] ? $this->earlier->operations() : [] as $operation) {
            $signers->insert($operation->cid(), $operation->signer());
        }
        return new KnownOperations($start, $signers);
    }

    /**
     * Compares a verified log with the pin, and makes the next one.
     *
     * @throws Fault `pin.rollback`, `pin.fork`, `pin.nullification_late`, `pin.too_large`
     */
    public function remember(Identity $identity, Limits $limits): Identity
    {
        if ($this->earlier === null) {
            return $identity->firstSeenNow($this->pinOf($identity)->within($limits));
        }
        if ($this->earlier->isAllOfText($this->text)) {
            // The very text that was verified before: nothing in it is new, and nothing is missing.
            $pin = $this->earlier->visitedAgain($this->now);
            // Only a time of more digits makes the pin longer.
            $isLonger = strlen((string) $this->now) > strlen((string) $this->earlier->lastVisit());
            $pin = $isLonger ? $pin->within($limits) : $pin;
            // As where a first visit's own pin is handed in again to go on to a package: nothing was seen before.
            return $this->earlier->isOfFirstVisit($this->now)
                ? $identity->firstSeenNow($pin)
                : $identity->compared($pin, null);
        }
        $warning = Remember::check($this->earlier, $identity, $this->now);
        return $identity->compared($this->pinOf($identity)->within($limits), $warning);
    }

    /**
     * What to keep: the operations of this log as they are now, with what was known of them before. Operations that
     * only the earlier pin knows are nullified ones that a bare log leaves out, and stay.
     */
    private function pinOf(Identity $identity): Pin
    {
        $earlier = $this->earlier === null ? [] : $this->earlier->operations();
        $known = $this->earlier === null ? new Index() : $this->earlier->index();
        $operations = [];
        foreach ($identity->history() as $entry) {
            $place = $known->get($entry->cid());
            $operations[] = $this->pinned($entry, $place === null ? null : $earlier[$place]);
        }
        $served = $earlier === [] ? new Index() : Remember::served($identity);
        foreach ($earlier as $operation) {
            if (!$served->contains($operation->cid())) {
                $operations[] = $operation;
            }
        }
        $text = $this->text->ofOperations(count($identity->history()));
        return Pin::of($identity->did()->asStr(), $this->now, $text, $operations, $this->earlier);
    }

    /**
     * When an operation is first seen that the pin does not know: now. A later visit in the very second of the first one
     * counts as a second later, because what the first visit saw is told by its time (did-plc.md, "What can still be
     * undone").
     */
    private function newSince(): int
    {
        $first = $this->earlier === null ? null : ($this->earlier->operations()[0] ?? null);
        return $first !== null && $first->firstSeen() === $this->now ? $this->now + 1 : $this->now;
    }

    private function pinned(HistoryEntry $entry, ?PinnedOperation $known): PinnedOperation
    {
        // createdAt as first served: a directory that rewrites it later changes nothing.
        $createdAt = $known === null ? null : $known->createdAt();
        if ($createdAt === null && $entry->createdAt() !== null) {
            $createdAt = $entry->createdAt()->secondsFloor();
        }
        return new PinnedOperation(
            $entry->cid(),
            $entry->signer(),
            $entry->size(),
            $known === null ? $this->newSince() : $known->firstSeen(),
            $createdAt,
            $entry->isNullified()
        );
    }
}
