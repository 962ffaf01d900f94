<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

/** Reads back what DagCbor wrote. It is never used on bytes from outside. */
final class DagCborReader
{
    /** Bytes of a length, by the low bits of the first byte. */
    private const LENGTH_BYTES = [24 => 1, 25 => 2, 26 => 4, 27 => 8];

    /** @var string */
    private $bytes;

    /** @var int */
    private $at;

    public function __construct(string $bytes, int $at)
    {
        $this->bytes = $bytes;
        $this->at = $at;
    }

    /** A string, or null. */
    public function textOrNull(): ?string
    {
        if ($this->bytes[$this->at] === DagCbor::NULL) {
            $this->at++;
            return null;
        }
        return $this->text();
    }

    public function text(): string
    {
        $length = $this->head();
        $text = substr($this->bytes, $this->at, $length);
        $this->at += $length;
        return $text;
    }

    /** Passes a string by: the name of a member whose place is known. */
    public function skipText(): void
    {
        $length = $this->head();
        $this->at += $length;
    }

    /** @return list<string> */
    public function texts(): array
    {
        $texts = [];
        for ($left = $this->head(); $left > 0; $left--) {
            $texts[] = $this->text();
        }
        return $texts;
    }

    /** The number of elements of a list or of members of a map, which follow. */
    public function count(): int
    {
        return $this->head();
    }

    /** The length that a head tells. */
    private function head(): int
    {
        $low = ord($this->bytes[$this->at++]) & 0x1f;
        if ($low < 24) {
            return $low;
        }
        $length = 0;
        for ($left = self::LENGTH_BYTES[$low]; $left > 0; $left--) {
            $length = $length << 8 | ord($this->bytes[$this->at++]);
        }
        return $length;
    }
}
