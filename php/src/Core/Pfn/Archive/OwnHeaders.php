<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

use FedVerify\Core\Fault;

/**
 * Reads the headers that entries have beside the list of entries, in its order. Unpackers differ in which of the two they
 * follow, so both must say the same (pfn.md, "Headers of entries"). Each entry begins where the one before it ends, so no
 * byte is read twice, however many headers are said to be within each other.
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

    /** How a data descriptor starts, where it has a signature (APPNOTE, section 4.3.9). */
    private const DESCRIPTOR_SIGNATURE = "PK\x07\x08";

    /** Bytes of the longest data descriptor: signature, checksum, and sizes of 64 bits. */
    private const MAX_DESCRIPTOR_BYTES = 24;

    /** @var Source */
    private $source;

    /** @var int where the list begins */
    private $listOffset;

    /** @var int where the entries end that were read */
    private $end = 0;

    public function __construct(Source $source, int $listOffset)
    {
        $this->source = $source;
        $this->listOffset = $listOffset;
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
        $this->checkStart('the entry ' . Refusal::quoteBytes($listed->name), $listed->offset);
        $fixed = $this->fixed($listed);
        $start = $listed->offset + OwnHeader::BYTES;
        $own = new OwnHeader($fixed, $this->source->exactly($start, $fixed['name'] + $fixed['fields']));
        $what = $own->isEncrypted ? 'is encrypted' : self::faultInExtraFields($own->extraFields, $listed->name);
        if ($what !== null) {
            $name = Refusal::quoteBytes($listed->name);
            throw Refusal::unreadable("in its local header, the entry $name $what");
        }
        self::compare($listed, $own);
        $start += $fixed['name'] + $fixed['fields'];
        $this->setEnd($listed, $start, $own->hasDataDescriptor);
        return $start;
    }

    /**
     * Checks that the list begins where the last entry ends.
     *
     * @throws Fault pfn.archive.unreadable
     */
    public function checkEnd(): void
    {
        $this->checkStart('the central directory', $this->listOffset);
    }

    private function checkStart(string $what, int $found): void
    {
        if ($found !== $this->end) {
            throw Refusal::unreadable("$what does not directly follow the previous entry");
        }
    }

    private static function endsElsewhere(Entry $listed): Fault
    {
        $name = Refusal::quoteBytes($listed->name);
        return Refusal::unreadable("the entry $name is cut off, or its data descriptor is missing or differs");
    }

    /** Notes where an entry ends whose data starts here. */
    private function setEnd(Entry $listed, int $start, bool $hasDescriptor): void
    {
        if ($listed->packedSize < 0 || $listed->packedSize > $this->listOffset - $start) {
            throw self::endsElsewhere($listed);
        }
        $this->end = $start + $listed->packedSize;
        if (!$hasDescriptor) {
            return;
        }
        $bytes = $this->source->exactly($this->end, self::MAX_DESCRIPTOR_BYTES);
        $descriptor = self::descriptorBytes($bytes, $listed);
        if ($descriptor === null) {
            throw self::endsElsewhere($listed);
        }
        $this->end += $descriptor;
    }

    /**
     * How many bytes the data descriptor has that these begin with, if they begin with one that says what the list says.
     */
    private static function descriptorBytes(string $bytes, Entry $listed): ?int
    {
        $signature = strlen(self::DESCRIPTOR_SIGNATURE);
        $at = strncmp($bytes, self::DESCRIPTOR_SIGNATURE, $signature) === 0 ? $signature : 0;
        $forms = [pack('VPP', $listed->checksum, $listed->packedSize, $listed->size)];
        // Sizes of more than 32 bits have only the first form.
        if (($listed->packedSize | $listed->size) >> 32 === 0) {
            $forms[] = pack('VVV', $listed->checksum, $listed->packedSize, $listed->size);
        }
        foreach ($forms as $form) {
            if (substr_compare($bytes, $form, $at, strlen($form)) === 0) {
                return $at + strlen($form);
            }
        }
        return null;
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
                return 'has an extra field that can make a link of it, or rename it';
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
