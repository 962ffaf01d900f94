<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Core\Index;
use FedVerify\Core\Tables\StatePart;

/**
 * Which operation introduced each part of the current state: a verification method, a service or an alias. The work is
 * that of reading each state once.
 */
final class Introductions
{
    /** Instead of the index of an operation: what was there before all that can be undone. */
    private const BEFORE = -1;

    /** @var array<int, HistoryEntry> what is not nullified, by its index */
    private $survivors;

    /** @var list<ContestableOperation> */
    private $operations;

    /**
     * @param array<int, HistoryEntry>   $survivors  by their indices
     * @param list<ContestableOperation> $operations some of them, not empty
     */
    public function __construct(array $survivors, array $operations)
    {
        $this->survivors = $survivors;
        $this->operations = $operations;
    }

    /** Says of each part of the current state which contestable operation it rests on. */
    public function assign(): void
    {
        $since = $this->since();
        $told = new Index();
        // In the order of the state.
        foreach (Item::allOf(end($this->survivors)) as $item) {
            $key = $item->key();
            $introduced = $since->get($key) ?? self::BEFORE;
            if ($introduced === self::BEFORE || $told->insert($key, 0) !== null) {
                continue;
            }
            $operation = $this->lastUntil($introduced);
            switch ($item->part()) {
                case StatePart::ROTATION_KEYS:
                    // Whoever controls the identity can undo, and is not what is undone.
                    break;
                case StatePart::VERIFICATION_METHODS:
                    $operation->verificationMethods[] = $item->id();
                    break;
                case StatePart::SERVICES:
                    $operation->services[] = $item->id();
                    break;
                default:
                    $operation->alsoKnownAs[] = $item->value();
            }
        }
    }

    /** Each part of the current state with the index of the operation that introduced it. */
    private function since(): Index
    {
        $first = $this->operations[0]->operation;
        $since = new Index();
        $base = null;
        foreach ($this->survivors as $index => $entry) {
            if ($index < $first) {
                $base = $entry;
                continue;
            }
            if ($base !== null) {
                foreach (Item::allOf($base) as $item) {
                    $since->insert($item->key(), self::BEFORE);
                }
                $base = null;
            }
            $known = $since;
            $since = new Index();
            foreach (Item::allOf($entry) as $item) {
                $since->insert($item->key(), $known->get($item->key()) ?? $index);
            }
        }
        return $since;
    }

    /** The last contestable operation that is not later than this index: one at least is not. */
    private function lastUntil(int $index): ContestableOperation
    {
        [$low, $high] = [0, count($this->operations) - 1];
        while ($low < $high) {
            $middle = intdiv($low + $high + 1, 2);
            if ($this->operations[$middle]->operation <= $index) {
                $low = $middle;
            } else {
                $high = $middle - 1;
            }
        }
        return $this->operations[$low];
    }
}
