<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

/** A Huffman code of deflate, told by the lengths of its codes alone (RFC 1951, section 3.2.2). */
final class HuffmanCode
{
    /** The longest code, in bits. */
    private const MAX_BITS = 15;

    /** @var array<int, int> how many codes there are of each length from 1 on */
    public $counts;

    /** @var array<int, int> the symbols in the order of their codes */
    public $symbols;

    /** @var int how many bits tell for sure whether they are a code */
    public $bits;

    /** @var bool whether one symbol has a code, and others have room: it is all zeros, and any one is no code */
    public $isAlone;

    /**
     * @param array<int, int> $counts
     * @param array<int, int> $symbols
     */
    private function __construct(array $counts, array $symbols, int $bits, bool $isAlone)
    {
        $this->counts = $counts;
        $this->symbols = $symbols;
        $this->bits = $bits;
        $this->isAlone = $isAlone;
    }

    /**
     * Makes the code from the length of each symbol's code, 0 for none. Null if that is no code: if there are more than
     * there is room for, or room for more where a code may not have that. One of at most one symbol may, in core also
     * where that has more than one bit.
     *
     * @param list<int> $lengths
     */
    public static function fromLengths(array $lengths, bool $mustBeComplete): ?self
    {
        $counts = array_count_values($lengths) + array_fill(1, self::MAX_BITS, 0);
        $bits = 1;
        $used = 0;
        $room = 1;
        $offsets = [1 => 0];
        for ($length = 1; $length <= self::MAX_BITS; $length++) {
            $room = 2 * $room - $counts[$length];
            if ($room < 0) {
                return null;
            }
            $offsets[$length + 1] = $offsets[$length] + $counts[$length];
            $bits = $counts[$length] > 0 ? $length : $bits;
            $used += $counts[$length];
        }
        if ($room > 0 && ($mustBeComplete || $used > 1)) {
            return null;
        }
        return new self($counts, self::inOrder($lengths, $offsets), $bits, $used === 1);
    }

    /**
     * @param list<int> $lengths
     * @param array<int, int> $offsets the place of the first symbol of each length
     * @return array<int, int>
     */
    private static function inOrder(array $lengths, array $offsets): array
    {
        $symbols = [];
        foreach ($lengths as $symbol => $length) {
            if ($length > 0) {
                $symbols[$offsets[$length]++] = $symbol;
            }
        }
        return $symbols;
    }
}
