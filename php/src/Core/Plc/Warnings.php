<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Core\Index;
use FedVerify\Core\Warning;
use FedVerify\WarningCode;

/** Oddities of history that must still verify (did-plc.md, "History that still verifies"). */
final class Warnings
{
    /** More verification methods than this are refused in new operations today. */
    private const MANY_VERIFICATION_METHODS = 10;

    /** Operations of more bytes of DAG-CBOR than this are refused today. */
    private const OVERSIZED_BYTES = 7500;

    /** What one operation does, and what several do. */
    private const OF_OPERATIONS = [
        WarningCode::PLC_ROTATION_KEYS_EMPTY => ['has no rotation keys', 'have no rotation keys'],
        WarningCode::PLC_ROTATION_KEYS_DUPLICATE => ['lists a rotation key twice', 'list a rotation key twice'],
        WarningCode::PLC_VERIFICATION_METHODS_MANY => [
            'has more than 10 verification methods',
            'have more than 10 verification methods',
        ],
        WarningCode::PLC_OPERATION_OVERSIZED => ['has more than 7,500 bytes', 'have more than 7,500 bytes'],
    ];

    private function __construct()
    {
    }

    /**
     * The warnings on a history, each code at most once, whatever the length of the log.
     *
     * @param list<HistoryEntry> $history
     * @param list<int>          $unusableKeys indices of the current rotation keys; those of the past can sign nothing
     * any
     *                                         more
     *
     * @return list<Warning>
     */
    public static function forHistory(string $form, array $history, array $unusableKeys): array
    {
        $found = self::findings($history);
        $warnings = [
            $form === LogForm::BARE ? self::bare() : null,
            self::deactivated($history),
            self::ofOperations(WarningCode::PLC_ROTATION_KEYS_EMPTY, $found),
            self::ofOperations(WarningCode::PLC_ROTATION_KEYS_DUPLICATE, $found),
            self::unusableRotationKeys($unusableKeys),
            self::ofOperations(WarningCode::PLC_VERIFICATION_METHODS_MANY, $found),
            self::ofOperations(WarningCode::PLC_OPERATION_OVERSIZED, $found),
        ];
        return array_values(array_filter($warnings));
    }

    private static function bare(): Warning
    {
        $message = 'the log has no times and no nullified operations, so recoveries could not be judged';
        return new Warning(WarningCode::PLC_LOG_BARE, $message);
    }

    /**
     * The head is the last operation that was not undone (did-plc.md, "Tombstones").
     *
     * @param list<HistoryEntry> $history
     */
    private static function deactivated(array $history): ?Warning
    {
        for ($index = count($history) - 1; $index >= 0; $index--) {
            if ($history[$index]->isNullified()) {
                continue;
            }
            if ($history[$index]->operation()->state() !== null) {
                return null;
            }
            $message = 'the log ends in a tombstone: the identity was deactivated and has no keys, services or aliases';
            return new Warning(WarningCode::PLC_DEACTIVATED, $message);
        }
        return null;
    }

    /**
     * The indices of the operations that each warning is about. Each operation is taken apart once.
     *
     * @param list<HistoryEntry> $history
     *
     * @return array<string, list<int>> by code
     */
    private static function findings(array $history): array
    {
        $found = [];
        foreach ($history as $index => $entry) {
            if ($entry->size() > self::OVERSIZED_BYTES) {
                $found[WarningCode::PLC_OPERATION_OVERSIZED][] = $index;
            }
            $state = $entry->operation()->state();
            if ($state === null) {
                continue;
            }
            if ($state->rotationKeys() === []) {
                $found[WarningCode::PLC_ROTATION_KEYS_EMPTY][] = $index;
            }
            if (self::hasDuplicate($state->rotationKeys())) {
                $found[WarningCode::PLC_ROTATION_KEYS_DUPLICATE][] = $index;
            }
            if ($state->verificationMethods()->len() > self::MANY_VERIFICATION_METHODS) {
                $found[WarningCode::PLC_VERIFICATION_METHODS_MANY][] = $index;
            }
        }
        return $found;
    }

    /**
     * One warning for all operations that have the property.
     *
     * @param array<string, list<int>> $found
     */
    private static function ofOperations(string $code, array $found): ?Warning
    {
        if (!isset($found[$code])) {
            return null;
        }
        [$first, $count] = [$found[$code][0], count($found[$code])];
        [$one, $many] = self::OF_OPERATIONS[$code];
        $message = $count === 1
            ? "operation {$first} {$one}"
            : "{$count} operations {$many}; the first is operation {$first}";
        return new Warning($code, $message);
    }

    /**
     * @param list<string> $keys
     */
    private static function hasDuplicate(array $keys): bool
    {
        return count($keys) > 1 && Index::fromStrings($keys)->len() < count($keys);
    }

    /**
     * @param list<int> $indices
     */
    private static function unusableRotationKeys(array $indices): ?Warning
    {
        if ($indices === []) {
            return null;
        }
        $list = implode(', ', $indices);
        $message = "unusable current rotation keys, by index: {$list}";
        return new Warning(WarningCode::PLC_ROTATION_KEY_UNUSABLE, $message);
    }

    /** Members of entries that are not known (did-plc.md, "Entries"). */
    public static function unknownEntryMembers(): Warning
    {
        $message = 'entries have unknown members; they were ignored, since no signature covers them';
        return new Warning(WarningCode::PLC_ENTRY_UNKNOWN_MEMBER, $message);
    }
}
