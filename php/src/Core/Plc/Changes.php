<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Core\Index;
use FedVerify\Core\Tables\ChangeKind;
use FedVerify\Core\Tables\Gravity;
use FedVerify\Core\Tables\OperationType;
use FedVerify\Core\Tables\StatePart;

/** What an operation changed, and how grave that is (did-plc.md, "What an operation changed"). */
final class Changes
{
    /**
     * First what is gone, then what is new, each in the order of its state.
     *
     * @param HistoryEntry|null $before the operation that it follows; null for a genesis
     *
     * @return list<Change>
     */
    public static function of(?HistoryEntry $before, HistoryEntry $entry): array
    {
        $changes = array_merge(
            self::missing(ChangeKind::REMOVED, $before, $entry),
            self::missing(ChangeKind::ADDED, $entry, $before)
        );
        if ($before !== null && self::isReordered($before, $entry)) {
            $changes[] = new Change(ChangeKind::REORDERED, StatePart::ROTATION_KEYS, null);
        }
        return $changes;
    }

    /**
     * How much depends on an operation that made these changes; one of Gravity. Nothing rested on anything before a
     * genesis.
     *
     * @param list<Change> $changes
     */
    public static function gravity(HistoryEntry $entry, array $changes): string
    {
        if ($entry->prev() === null) {
            return Gravity::NONE;
        }
        $isEnd = $entry->operation()->operationType() === OperationType::PLC_TOMBSTONE;
        return $isEnd || $entry->isRecovery() ? Gravity::GRAVE : Change::gravest($changes);
    }

    /**
     * The parts of one state that the other does not have, each once.
     *
     * @return list<Change>
     */
    private static function missing(string $change, ?HistoryEntry $of, ?HistoryEntry $inOther): array
    {
        $known = new Index();
        foreach ($inOther === null ? [] : Item::allOf($inOther) as $item) {
            $known->insert($item->key(), 0);
        }
        $missing = [];
        foreach ($of === null ? [] : Item::allOf($of) as $item) {
            if ($known->insert($item->key(), 0) === null) {
                $missing[] = new Change($change, $item->part(), $item);
            }
        }
        return $missing;
    }

    /**
     * Whether the keys that both states have are in another order. Of a key that is listed twice, the first place
     * counts.
     */
    private static function isReordered(HistoryEntry $before, HistoryEntry $entry): bool
    {
        [$old, $new] = [$before->operation()->state(), $entry->operation()->state()];
        if ($old === null || $new === null) {
            return false;
        }
        return self::shared($old->rotationKeys(), $new->rotationKeys())
            !== self::shared($new->rotationKeys(), $old->rotationKeys());
    }

    /**
     * The keys that the other state has, too, each once.
     *
     * @param list<string> $keys
     * @param list<string> $others
     *
     * @return list<string>
     */
    private static function shared(array $keys, array $others): array
    {
        [$others, $seen, $shared] = [Index::fromStrings($others), new Index(), []];
        foreach ($keys as $key) {
            if ($others->contains($key) && $seen->insert($key, 0) === null) {
                $shared[] = $key;
            }
        }
        return $shared;
    }
}
