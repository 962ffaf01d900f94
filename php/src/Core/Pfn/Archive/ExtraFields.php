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
     * The data of the next field with this id; null where there is none before the end, or before one that is cut off.
     * An archive has room for millions of fields, so that every step counts here.
     */
    public function next(int $id): ?string
    {
        $start = chr($id & 0xff) . chr($id >> 8);
        $bytes = $this->bytes;
        $last = strlen($bytes) - self::HEAD_BYTES;
        while ($this->at <= $last) {
            $at = $this->at;
            $size = ord($bytes[$at + 2]) | ord($bytes[$at + 3]) << 8;
            if ($size > $last - $at) {
                return null;
            }
            $this->at = $at + self::HEAD_BYTES + $size;
            if ($bytes[$at] === $start[0] && $bytes[$at + 1] === $start[1]) {
                return (string) substr($bytes, $at + self::HEAD_BYTES, $size);
            }
        }
        return null;
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
                $data = $data ?? (new self($extraFields))->next(self::ZIP64) ?? '';
                if (strlen($data) < 8) {
                    break;
                }
                $header[$number] = unpack('P', $data)[1];
                $data = (string) substr($data, 8);
            }
        }
        return $header;
    }
}
