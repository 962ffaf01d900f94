<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

/** The extra fields of a header, one after the other (APPNOTE, section 4.5.1). */
final class ExtraFields
{
    /** How a field starts: its id, and its size. */
    private const HEAD_BYTES = 4;

    /** The field that holds the numbers that have no room in the header (APPNOTE, section 4.5.3). */
    private const ZIP64 = 1;

    /** What a number of 32 bits is where the field holds it. */
    private const IN_ZIP64 = 0xffffffff;

    /** @var string */
    private $bytes;

    /** @var int */
    private $at = 0;

    public function __construct(string $bytes)
    {
        $this->bytes = $bytes;
    }

    /**
     * The next field, if there is one that is not cut off.
     *
     * @return array{int, string}|null its id, and its data
     */
    public function next(): ?array
    {
        if (strlen($this->bytes) - $this->at < self::HEAD_BYTES) {
            return null;
        }
        $head = unpack('vid/vbytes', $this->bytes, $this->at);
        $start = $this->at + self::HEAD_BYTES;
        if (strlen($this->bytes) - $start < $head['bytes']) {
            return null;
        }
        $this->at = $start + $head['bytes'];
        return [$head['id'], (string) substr($this->bytes, $start, $head['bytes'])];
    }

    /** Whether what follows the last field starts like another one. Fewer bytes are padding. */
    public function isCutOff(): bool
    {
        return strlen($this->bytes) - $this->at >= self::HEAD_BYTES;
    }

    /**
     * The numbers of a header, with those that it leaves to the ZIP64 field taken from there, in this order and as far
     * as it goes.
     *
     * @param array<string, int> $header
     * @param list<string> $order
     * @return array<string, int>
     */
    public static function withZip64(array $header, array $order, string $extraFields): array
    {
        $data = null;
        foreach ($order as $number) {
            if ($header[$number] === self::IN_ZIP64) {
                $data = $data ?? self::zip64($extraFields);
                if (strlen($data) < 8) {
                    break;
                }
                $header[$number] = unpack('P', $data)[1];
                $data = (string) substr($data, 8);
            }
        }
        return $header;
    }

    /** The data of the first such field; empty where there is none. */
    private static function zip64(string $bytes): string
    {
        $fields = new self($bytes);
        while (($field = $fields->next()) !== null) {
            if ($field[0] === self::ZIP64) {
                return $field[1];
            }
        }
        return '';
    }
}
