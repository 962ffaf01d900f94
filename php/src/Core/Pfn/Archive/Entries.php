<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Limits;

/** The list of an archive's entries, and the parts of it that matter: one folder, and the PHP files directly in it. */
final class Entries
{
    /** How an entry in the list starts (APPNOTE, section 4.3.12). */
    public const SIGNATURE = "PK\x01\x02";

    /** Bytes of an entry without its name, extra fields and comment. */
    private const BYTES = 46;

    /** Its numbers after the signature. */
    private const NUMBERS = 'vmaker/vneeded/vflags/vmethod/vtime/vdate/Vchecksum/VpackedSize/Vsize/vname/vfields/'
        . 'vcomment/vdisk/vinternal/Vexternal/Voffset';

    /** How a signature over the list starts, which may end it (APPNOTE, section 4.3.13). */
    private const LIST_SIGNATURE = "PK\x05\x05";

    /** The longest signature over the list. */
    private const MAX_LIST_SIGNATURE_BYTES = 6 + 65535;

    /** The most bytes of name, extra fields and comment together; bounds memory. It is that of core's ZIP reader. */
    public const MAX_VARIABLE_BYTES = 1 << 16;

    private function __construct()
    {
    }

    /**
     * Reads all entries, and checks their own headers against the list.
     *
     * @throws Fault pfn.archive.unreadable, pfn.archive.inconsistent
     */
    public static function list(Source $source, EntryList $list, Limits $limits): Listing
    {
        $lister = new Lister(new OwnHeaders($source, $list->offset));
        $count = 0;
        $max = $limits->get('archiveEntries');
        foreach (self::read($source, $list) as $entry) {
            $count++;
            if ($count > $max) {
                $found = 'the archive is not readable as a plugin: it has more entries';
                throw Fault::beyondLimit(Code::PFN_ARCHIVE_UNREADABLE, $found, 'archiveEntries', $max);
            }
            $lister->add($entry);
        }
        // The end record says how many entries there are, and unpackers differ in what they rely on.
        if ($count !== $list->entries) {
            $said = sprintf('%u', $list->entries);
            throw Refusal::unreadable("its end record counts $said entries, but its central directory has $count");
        }
        return $lister->listing();
    }

    /** @return iterable<Entry> */
    private static function read(Source $source, EntryList $list): iterable
    {
        $at = $list->offset;
        $end = $list->offset + $list->size;
        while ($at < $end && !self::isListSignature($source, $at, $end)) {
            $fixed = $source->exactly($at, self::BYTES);
            $record = unpack(self::NUMBERS, $fixed, strlen(self::SIGNATURE));
            $bytes = $record['name'] + $record['fields'] + $record['comment'];
            $at += self::BYTES;
            if ($bytes > self::MAX_VARIABLE_BYTES) {
                throw Refusal::damaged("Buffer size too small: required $bytes bytes");
            }
            if ($bytes > $end - $at) {
                throw Refusal::damaged('Unexpected end of file');
            }
            $variable = $source->exactly($at, $record['name'] + $record['fields']);
            $name = substr($variable, 0, $record['name']);
            yield new Entry($record, $name, substr($variable, $record['name']));
            $at += $bytes;
        }
    }

    /**
     * Whether a signature over the list begins here, and so ends it. What is neither that nor an entry is refused.
     *
     * @throws Fault pfn.archive.unreadable
     */
    private static function isListSignature(Source $source, int $at, int $end): bool
    {
        $start = $source->exactly($at, min(strlen(self::SIGNATURE), $end - $at));
        $isCutOff = $end - $at < self::BYTES;
        if ($start === self::SIGNATURE && !$isCutOff) {
            return false;
        }
        if ($start === self::LIST_SIGNATURE && $end - $at <= self::MAX_LIST_SIGNATURE_BYTES) {
            return true;
        }
        if ($isCutOff) {
            throw Refusal::damaged('Unexpected end of file');
        }
        throw Refusal::wrongStart(self::SIGNATURE, $start);
    }
}
