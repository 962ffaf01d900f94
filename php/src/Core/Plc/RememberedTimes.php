<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Core\Index;
use FedVerify\Core\Pin\Pin;
use FedVerify\Core\Pin\PinnedOperation;

/** What is remembered of the times of operations. */
final class RememberedTimes
{
    /** @var list<PinnedOperation> */
    private $operations;

    /** @var Index */
    private $byCid;

    /** @var int */
    private $firstVisit = PHP_INT_MAX;

    public function __construct(?Pin $pin)
    {
        $this->operations = $pin === null ? [] : $pin->operations();
        $this->byCid = $pin === null ? new Index() : $pin->index();
        foreach ($this->operations as $operation) {
            $this->firstVisit = min($this->firstVisit, $operation->firstSeen());
        }
    }

    /** The time from which the recovery window of an operation counts; null where nothing tells. */
    public function timeOf(HistoryEntry $entry): ?int
    {
        $place = $this->byCid->get($entry->cid());
        $remembered = $place === null ? null : $this->operations[$place];
        $createdAt = $remembered === null ? null : $remembered->createdAt();
        if ($createdAt === null && $entry->createdAt() !== null) {
            $createdAt = $entry->createdAt()->secondsFloor();
        }
        // An operation that the first visit saw may be far older than that visit.
        if ($remembered === null || $remembered->firstSeen() <= $this->firstVisit) {
            return $createdAt;
        }
        return max($createdAt ?? 0, $remembered->firstSeen());
    }
}
