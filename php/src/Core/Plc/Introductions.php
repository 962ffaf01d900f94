<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Core\Index;

/**
 * Which operation introduced each part of the current state: a verification method, a service or an alias. The work is
 * that of reading each state once.
 */
final class Introductions
{
    /** Instead of the index of an operation: what was there before all that can be undone. */
    private const BEFORE = -1;

    private const METHOD = 'm';

    private const SERVICE = 's';

    private const ALIAS = 'a';

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
        foreach (self::itemsOf(end($this->survivors)) as [$key, $kind, $name]) {
            $introduced = $since->get($key) ?? self::BEFORE;
            if ($introduced === self::BEFORE || $told->insert($key, 0) !== null) {
                continue;
            }
            $operation = $this->lastUntil($introduced);
            switch ($kind) {
                case self::METHOD:
                    $operation->verificationMethods[] = $name;
                    break;
                case self::SERVICE:
                    $operation->services[] = $name;
                    break;
                default:
                    $operation->alsoKnownAs[] = $name;
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
                foreach (self::itemsOf($base) as [$key]) {
                    $since->insert($key, self::BEFORE);
                }
                $base = null;
            }
            $known = $since;
            $since = new Index();
            foreach (self::itemsOf($entry) as [$key]) {
                $since->insert($key, $known->get($key) ?? $index);
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

    /**
     * The parts of a state: for each a string that no other part has, since the lengths tell where its pieces end; what
     * it is; and its id or alias.
     *
     * @return iterable<array{0: string, 1: string, 2: string}>
     */
    private static function itemsOf(HistoryEntry $entry): iterable
    {
        $state = $entry->operation()->state();
        if ($state === null) {
            return;
        }
        foreach ($state->verificationMethods()->iter() as [$id, $key]) {
            yield ['m' . strlen($id) . ":{$id}{$key->asStr()}", self::METHOD, $id];
        }
        foreach ($state->services()->iter() as [$id, $service]) {
            [$type, $endpoint] = [$service->serviceType(), $service->endpoint()];
            yield ['s' . strlen($id) . ':' . strlen($type) . ":{$id}{$type}{$endpoint}", self::SERVICE, $id];
        }
        foreach ($state->alsoKnownAs() as $alias) {
            yield ["a{$alias}", self::ALIAS, $alias];
        }
    }
}
