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

    /** @var int where the next field is */
    private $at = 0;

    /** @var int how many bytes the data of the field before has */
    private $size = 0;

    public function __construct(string $bytes)
    {
        $this->bytes = $bytes;
    }

    /**
     * The id of the next field that has one of these ids, which are the keys; null where there is none before the end, or
     * before one that is cut off. An archive has room for millions of fields, so that every step counts here.
     *
     * @param array<int, mixed> $ids
     */
    public function next(array $ids): ?int
    {
        $bytes = $this->bytes;
        $last = strlen($bytes) - self::HEAD_BYTES;
        while ($this->at <= $last) {
            $at = $this->at;
            $size = ord($bytes[$at + 2]) | ord($bytes[$at + 3]) << 8;
            if ($size > $last - $at) {
                return null;
            }
            $this->at = $at + self::HEAD_BYTES + $size;
            $id = ord($bytes[$at]) | ord($bytes[$at + 1]) << 8;
            if (isset($ids[$id])) {
                $this->size = $size;
                return $id;
            }
        }
        return null;
    }

    /** The data of the field that next() found. */
    public function data(): string
    {
        return (string) substr($this->bytes, $this->at - $this->size, $this->size);
    }

    /** Whether what follows the last field that was passed starts like another one. Fewer bytes are padding. */
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

    private static function zip64(string $extraFields): string
    {
        $fields = new self($extraFields);
        return $fields->next([self::ZIP64 => true]) === null ? '' : $fields->data();
    }
}
