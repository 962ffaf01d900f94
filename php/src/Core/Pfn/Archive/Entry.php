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

    /** @var string */
    public $name;

    /** @var int */
    public $method;

    /** @var bool */
    public $isEncrypted;

    /** @var int the external attributes */
    public $attributes;

    /** @var int */
    public $checksum;

    /** @var int */
    public $packedSize;

    /** @var int */
    public $size;

    /** @var int where the entry's own header is */
    public $offset;

    /** @var string */
    public $extraFields;

    /** @param array<string, int> $record the numbers of the record in the list */
    public function __construct(array $record, string $name, string $extraFields)
    {
        $record = ExtraFields::withZip64($record, ['size', 'packedSize', 'offset'], $extraFields);
        $this->name = $name;
        $this->method = $record['method'];
        $this->isEncrypted = self::isEncrypted($record['flags']);
        $this->attributes = $record['external'];
        $this->checksum = $record['checksum'];
        $this->packedSize = $record['packedSize'];
        $this->size = $record['size'];
        $this->offset = $record['offset'];
        $this->extraFields = $extraFields;
    }

    public static function isEncrypted(int $flags): bool
    {
        return ($flags & self::ENCRYPTED) !== 0;
    }
}
