<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

/** An entry as the list of entries describes it. Numbers of 2^63 and above are negative here. */
final class Entry
{
    /** Stored as it is (APPNOTE, section 4.4.5). */
    public const STORE = 0;

    public const DEFLATE = 8;

    /** Bit 0 of the flags: the entry is encrypted (APPNOTE, section 4.4.4). */
    private const ENCRYPTED = 1;

    /** The extra field that holds what has no room in the record (APPNOTE, section 4.5.3). */
    private const ZIP64_FIELD = 1;

    /** What a number of 32 bits is where the extra field holds it. */
    private const IN_FIELD = 0xffffffff;

    /** @var string */
    public $name;

    /** @var int */
    public $method;

    /** @var bool */
    public $isEncrypted;

    /** @var int */
    public $packedSize;

    /** @var int */
    public $size;

    /** @var int where the entry's own header is */
    public $offset;

    /** @param array<string, int> $record the numbers of the record in the list */
    public function __construct(array $record, string $name, string $extraFields)
    {
        $this->name = $name;
        $this->method = $record['method'];
        $this->isEncrypted = self::isEncrypted($record['flags']);
        $this->packedSize = $record['packedSize'];
        $this->size = $record['size'];
        $this->offset = $record['offset'];
        if (in_array(self::IN_FIELD, [$this->size, $this->packedSize, $this->offset], true)) {
            $this->takeFrom(self::zip64Field($extraFields));
        }
    }

    public static function isEncrypted(int $flags): bool
    {
        return ($flags & self::ENCRYPTED) !== 0;
    }

    /** Takes the numbers that the record leaves to the field, in its order, as far as it goes. */
    private function takeFrom(string $field): void
    {
        foreach (['size', 'packedSize', 'offset'] as $number) {
            if ($this->$number === self::IN_FIELD) {
                if (strlen($field) < 8) {
                    return;
                }
                $this->$number = unpack('P', $field)[1];
                $field = substr($field, 8);
            }
        }
    }

    /** The first such field; empty where there is none before the first that is cut off. */
    private static function zip64Field(string $extraFields): string
    {
        $at = 0;
        while ($at + 4 <= strlen($extraFields)) {
            $header = unpack('vid/vbytes', $extraFields, $at);
            $at += 4;
            if ($at + $header['bytes'] > strlen($extraFields)) {
                return '';
            }
            if ($header['id'] === self::ZIP64_FIELD) {
                return substr($extraFields, $at, $header['bytes']);
            }
            $at += $header['bytes'];
        }
        return '';
    }
}
