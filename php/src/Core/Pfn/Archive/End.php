<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

use FedVerify\Core\Fault;

/**
 * Where an archive ends. Readers look for the end record from different sides, so there must be only one to find
 * (pfn.md, "ZIP end records").
 */
final class End
{
    /**
     * How far from the end of a file an end record is searched for: its 22 bytes and the longest comment (APPNOTE,
     * section 4.3.16).
     */
    public const SEARCH_BYTES = 22 + 65535;

    /** How an end record starts (APPNOTE, section 4.3.16). */
    private const SIGNATURE = "PK\x05\x06";

    /** Bytes of an end record without its comment. */
    private const BYTES = 22;

    /** How a ZIP64 end record starts (APPNOTE, section 4.3.14). */
    private const ZIP64_SIGNATURE = "PK\x06\x06";

    /** How the locator of a ZIP64 end record starts (APPNOTE, section 4.3.15). */
    private const LOCATOR_SIGNATURE = "PK\x06\x07";

    /** Bytes of the locator of a ZIP64 end record. */
    private const LOCATOR_BYTES = 20;

    /** Bytes of a ZIP64 end record without extensible data, and of its locator. */
    private const ZIP64_BYTES = 56 + self::LOCATOR_BYTES;

    /** What a ZIP64 end record says of its own size: everything after its first two members. */
    private const ZIP64_SIZE = 44;

    private function __construct()
    {
    }

    /**
     * Checks that the archive has exactly one end record, that its comment ends the file, and that the list of entries
     * ends where the end records begin. Gives the list.
     *
     * @throws Fault pfn.archive.unreadable; io.file.unreadable if the reader fails
     */
    public static function check(Source $source): EntryList
    {
        $tail = $source->tail(self::SEARCH_BYTES + self::ZIP64_BYTES);
        $sizeOfEnd = self::find($tail);
        $before = substr($tail, 0, strlen($tail) - $sizeOfEnd);
        $at = $source->size() - $sizeOfEnd;
        $list = self::parse(substr($tail, -$sizeOfEnd));
        $isAtStart = false;
        $locator = strlen($before) < self::LOCATOR_BYTES ? '' : substr($before, -self::LOCATOR_BYTES);
        if (strncmp($locator, self::LOCATOR_SIGNATURE, 4) === 0) {
            $list = self::zip64($before, $locator, $list, $at);
            if ($list === null) {
                throw Refusal::unreadable(
                    'its end record and its ZIP64 end record point to different central directories'
                );
            }
            $at -= self::ZIP64_BYTES;
            $isAtStart = $at === 0;
        }
        // Numbers of 2^63 and above are beyond every end.
        if ($list->offset < 0 || $list->size < 0 || $list->offset + $list->size !== $at) {
            throw Refusal::unreadable('its central directory does not end where its end record begins');
        }
        if ($isAtStart) {
            // Core's ZIP reader has no list that ends at offset 0: it takes the ZIP64 end record for the first entry.
            throw Refusal::wrongStart(Entries::SIGNATURE, self::ZIP64_SIGNATURE);
        }
        return $list;
    }

    /** Finds the only end record, and gives the number of bytes from its start to the end of the file. */
    private static function find(string $tail): int
    {
        $searched = substr($tail, -self::SEARCH_BYTES);
        $at = strpos($searched, self::SIGNATURE);
        if ($at === false) {
            $bytes = self::SEARCH_BYTES;
            throw Refusal::unreadable(
                "it is not a ZIP file, or is cut off: it has no end record in its last $bytes bytes"
            );
        }
        $count = substr_count($searched, self::SIGNATURE);
        if ($count > 1) {
            $bytes = self::SEARCH_BYTES;
            throw Refusal::unreadable(
                "expected one end record in its last $bytes bytes, found $count, so two readers could see two different "
                    . 'archives'
            );
        }
        return strlen($searched) - $at;
    }

    /** Reads the end record that starts here and goes on to the end of the file. */
    private static function parse(string $record): EntryList
    {
        if (strlen($record) < self::BYTES) {
            throw Refusal::unreadable('its end record is cut off');
        }
        $end = unpack('vdisk/vlistDisk/vonDisk/ventries/Vsize/Voffset/vcomment', $record, 4);
        $following = strlen($record) - self::BYTES;
        if ($following !== $end['comment']) {
            throw Refusal::unreadable(
                "its end record has a comment of {$end['comment']} bytes, but $following bytes follow"
            );
        }
        if (!self::isWhole($end)) {
            throw Refusal::unreadable('it is one part of a multi-part archive');
        }
        return new EntryList($end['entries'], $end['size'], $end['offset']);
    }

    /**
     * The list that a ZIP64 end record names. That record must be directly before its locator, and the locator directly
     * before the end record at `at`; and wherever the end record names a list too, it must be the same one. Readers
     * differ in which of the two records they follow.
     */
    private static function zip64(string $before, string $locator, EntryList $list, int $at): ?EntryList
    {
        $record = substr($before, -self::ZIP64_BYTES);
        if (strlen($record) !== self::ZIP64_BYTES || strncmp($record, self::ZIP64_SIGNATURE, 4) !== 0) {
            return null;
        }
        $located = unpack('Vdisk/Poffset', $locator, 4);
        // The versions of the maker and of the format, which say nothing about the list, are skipped.
        $end = unpack('Pown/Vversions/Vdisk/VlistDisk/PonDisk/Pentries/Psize/Poffset', $record, 4);
        $isInPlace = $located['disk'] === 0
            && $located['offset'] === $at - self::ZIP64_BYTES
            && $end['own'] === self::ZIP64_SIZE;
        $zip64 = new EntryList($end['entries'], $end['size'], $end['offset']);
        return $isInPlace && self::isWhole($end) && self::isSame($list, $zip64) ? $zip64 : null;
    }

    /** @param array<string, int> $end */
    private static function isWhole(array $end): bool
    {
        return $end['disk'] === 0 && $end['listDisk'] === 0 && $end['onDisk'] === $end['entries'];
    }

    /**
     * Whether an end record names the list that the ZIP64 end record names, or leaves it to that one (APPNOTE, section
     * 4.4.1.4).
     */
    private static function isSame(EntryList $list, EntryList $zip64): bool
    {
        return in_array($list->entries, [0xffff, $zip64->entries], true)
            && in_array($list->size, [0xffffffff, $zip64->size], true)
            && in_array($list->offset, [0xffffffff, $zip64->offset], true);
    }
}
