<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

/**
 * The header that an entry has before its data (APPNOTE, section 4.3.7). Numbers of 2^63 and above are negative here.
 */
final class OwnHeader
{
    /** How it starts. */
    public const SIGNATURE = "PK\x03\x04";

    /** Its bytes without name and extra fields. */
    public const BYTES = 30;

    /** Its numbers after the signature. */
    public const NUMBERS = 'vneeded/vflags/vmethod/vtime/vdate/Vchecksum/VpackedSize/Vsize/vname/vfields';

    /** Bit 3 of the flags: a data descriptor follows the data (APPNOTE, section 4.4.4). */
    private const DATA_DESCRIPTOR = 8;

    /** @var string */
    public $name;

    /** @var int */
    public $method;

    /** @var bool */
    public $isEncrypted;

    /** @var bool */
    public $hasDataDescriptor;

    /** @var int */
    public $checksum;

    /** @var int */
    public $packedSize;

    /** @var int */
    public $size;

    /** @var string */
    public $extraFields;

    /**
     * @param array<string, int> $fixed its numbers
     * @param string $variable name and extra fields
     */
    public function __construct(array $fixed, string $variable)
    {
        $this->name = (string) substr($variable, 0, $fixed['name']);
        $this->extraFields = (string) substr($variable, $fixed['name']);
        $fixed = ExtraFields::withZip64($fixed, ['size', 'packedSize'], $this->extraFields);
        $this->method = $fixed['method'];
        $this->isEncrypted = Entry::isEncrypted($fixed['flags']);
        $this->hasDataDescriptor = ($fixed['flags'] & self::DATA_DESCRIPTOR) !== 0;
        $this->checksum = $fixed['checksum'];
        $this->packedSize = $fixed['packedSize'];
        $this->size = $fixed['size'];
    }
}
