<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

use FedVerify\Core\Fault;

/**
 * Reads the headers that entries have beside the list of entries. Unpackers differ in which of the two they follow, so
 * both must say the same (pfn.md, "Headers of entries").
 */
final class OwnHeaders
{
    /** The extra field with a name in UTF-8 (APPNOTE, section 4.6.9). */
    private const UNICODE_PATH = 0x7075;

    /**
     * The extra fields that are looked at: that one, and those that give an entry another name, or make a link of it:
     * those of PKWARE for Unix, of ZipIt, of Info-ZIP for the classic Mac OS, of Xceed, of libarchive (`xl`), and of ASi
     * for Unix (`nu`).
     */
    private const FIELDS = [
        self::UNICODE_PATH => true,
        0x000d => true,
        0x2605 => true,
        0x334d => true,
        0x554e => true,
        0x6c78 => true,
        0x756e => true,
    ];

    /** What is before the name in a Unicode Path field: its version, and the checksum of the name that it replaces. */
    private const BEFORE_UNICODE_NAME = 5;

    /** @var Source */
    private $source;

    /**
     * @var int how many bytes the headers to come can have together. It bounds the work: headers within each other
     *     could be read again and again.
     */
    private $bytesLeft;

    public function __construct(Source $source)
    {
        $this->source = $source;
        $this->bytesLeft = $source->size();
    }

    /**
     * Checks that an entry's own header says what the list says. Gives the offset of the entry's data.
     *
     * @throws Fault pfn.archive.unreadable
     */
    public function check(Entry $listed): int
    {
        $what = self::faultInExtraFields($listed->extraFields, $listed->name);
        if ($what !== null) {
            throw Refusal::unreadable('in the central directory, the entry ' . Refusal::quoteBytes($listed->name) . " $what");
        }
        $fixed = $this->fixed($listed);
        $start = $listed->offset + OwnHeader::BYTES;
        $own = new OwnHeader($fixed, $this->source->exactly($start, $fixed['name'] + $fixed['fields']));
        $what = $own->isEncrypted ? 'is encrypted' : self::faultInExtraFields($own->extraFields, $listed->name);
        if ($what !== null) {
            $name = Refusal::quoteBytes($listed->name);
            throw Refusal::unreadable("in its local header, the entry $name $what");
        }
        self::compare($listed, $own);
        return $start + $fixed['name'] + $fixed['fields'];
    }

    /**
     * The numbers of an entry's own header.
     *
     * @return array<string, int>
     * @throws Fault pfn.archive.unreadable, also where name and extra fields have too many bytes to read them
     */
    private function fixed(Entry $listed): array
    {
        $bytes = $this->source->exactly($listed->offset, OwnHeader::BYTES);
        if (strncmp($bytes, OwnHeader::SIGNATURE, 4) !== 0) {
            throw Refusal::wrongStart(OwnHeader::SIGNATURE, substr($bytes, 0, 4));
        }
        $fixed = unpack(OwnHeader::NUMBERS, $bytes, strlen(OwnHeader::SIGNATURE));
        $variable = $fixed['name'] + $fixed['fields'];
        $headerBytes = OwnHeader::BYTES + $variable;
        if ($listed->packedSize < 0 && $listed->offset + $headerBytes + $listed->packedSize >= 0) {
            // The end of the data is at 2^64 or beyond.
            throw Refusal::damaged('Unexpected end of file');
        }
        if ($headerBytes > $this->bytesLeft) {
            throw Refusal::unreadable('the headers of its entries overlap');
        }
        $this->bytesLeft -= $headerBytes;
        if ($variable > Entries::MAX_VARIABLE_BYTES) {
            throw Refusal::damaged("Buffer size too small: required $variable bytes");
        }
        return $fixed;
    }

    /** Refuses the first thing that the list and an entry's own header say differently. */
    private static function compare(Entry $listed, OwnHeader $own): void
    {
        if ($own->name !== $listed->name) {
            throw self::differs($listed, 'name', Refusal::quoteBytes($listed->name), Refusal::quoteBytes($own->name));
        }
        if ($own->method !== $listed->method) {
            throw self::differs($listed, 'compression method', (string) $listed->method, (string) $own->method);
        }
        $numbers = [
            'checksum' => [$listed->checksum, $own->checksum],
            'compressed size' => [$listed->packedSize, $own->packedSize],
            'size' => [$listed->size, $own->size],
        ];
        foreach ($numbers as $what => [$expected, $found]) {
            // With a data descriptor these follow the data, and are zero here (APPNOTE, section 4.4.4, bit 3). Some
            // writers know part of them beforehand, and write it.
            if ($found !== $expected && !($found === 0 && $own->hasDataDescriptor)) {
                throw self::differs($listed, $what, sprintf('%u', $expected), sprintf('%u', $found));
            }
        }
    }

    private static function differs(Entry $listed, string $what, string $expected, string $found): Fault
    {
        $name = Refusal::quoteBytes($listed->name);
        return Refusal::unreadable(
            "in the local header of the entry $name, expected the $what $expected as in the central directory, found $found"
        );
    }

    /** Says what is wrong with the extra fields of an entry of this name, if anything is. */
    private static function faultInExtraFields(string $bytes, string $name): ?string
    {
        $fields = new ExtraFields($bytes);
        while (($id = $fields->next(self::FIELDS)) !== null) {
            if ($id !== self::UNICODE_PATH) {
                return sprintf('has an extra field that can make a link of it, or rename it: 0x%04x', $id);
            }
            // The name of an entry is never empty.
            $other = (string) substr($fields->data(), self::BEFORE_UNICODE_NAME);
            if ($other !== $name) {
                return 'has another name in a Unicode Path field: ' . Refusal::quoteBytes($other);
            }
        }
        return $fields->isCutOff() ? 'has an extra field that is cut off' : null;
    }
}
