<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

use FedVerify\Code;
use FedVerify\Core\Fault;

/**
 * Deflate (RFC 1951), as far as the start of a file goes. Written out, for two reasons: many hosts have PHP without
 * zlib, and zlib and core's decompressor differ in which damaged data they refuse, and in what they still look at when
 * there is no room left. Here both are as in core, to the bit.
 */
final class Inflater
{
    /**
     * The most blocks that are read of one archive. Files of nothing but tiny blocks would take PHP long. A start of
     * 8 KiB is one block as a rule, and few plugins have ten PHP files directly in their folder.
     */
    private const MAX_BLOCKS = 4096;

    /** The symbol that ends a block. */
    private const END_OF_BLOCK = 256;

    /** The shortest and the most bits of each length and distance (RFC 1951, section 3.2.5). */
    private const LENGTHS = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ];
    private const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
    private const DISTANCES = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12289, 16385, 24577,
    ];
    private const DISTANCE_BITS = [
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
    ];

    /** The order in which the lengths of the codes for lengths are written (RFC 1951, section 3.2.7). */
    private const LENGTH_CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /** What the symbols 16 to 18 of a code for lengths repeat: at least so often, and so many bits more. */
    private const REPEATS = [16 => [3, 2], 17 => [3, 3], 18 => [11, 7]];

    /** The most codes for literals and lengths, and for distances, that a block may have. */
    private const MAX_LITERALS = 286;
    private const MAX_DISTANCES = 30;

    /** How many bits of a code core's decompressor looks up at once. */
    private const TABLE_BITS = 10;

    /** @var int how many blocks of this archive were read */
    private $blocks = 0;

    /** @var string */
    private $packed = '';

    /** @var int the byte that is read next */
    private $at = 0;

    /** @var int bits that were taken from the last byte and not read */
    private $bits = 0;

    /** @var int how many these are */
    private $bitCount = 0;

    /** @var string */
    private $start = '';

    /** @var int */
    private $maxBytes = 0;

    /** @var bool */
    private $isDone = false;

    /**
     * Inflates up to so many bytes. Null if the data is damaged, or ends before them; where there is more data than was
     * given, that it ends does not matter once there is no room left.
     *
     * @throws Fault api.unsupported for files that would take too long
     */
    public function inflate(string $packed, bool $hasMore, int $maxBytes): ?string
    {
        [$this->packed, $this->at, $this->bits, $this->bitCount] = [$packed, 0, 0, 0];
        [$this->start, $this->maxBytes, $this->isDone] = ['', $maxBytes, false];
        try {
            do {
                $this->countBlock();
                $isLast = $this->take(1) === 1;
                $this->readBlock();
            } while (!$isLast);
            $this->isDone = true;
        } catch (InflateEnd $end) {
            $isStarvedOnly = $end->isStarved() && $hasMore && $this->room() === 0;
            return $end->isFull() || $isStarvedOnly ? $this->start : null;
        }
        return $this->start;
    }

    /** Whether the last inflate() came to the end of the data. */
    public function isDone(): bool
    {
        return $this->isDone;
    }

    /** Whether the last inflate() read all the data that it was given. */
    public function isAtEnd(): bool
    {
        return $this->at === strlen($this->packed);
    }

    /** @throws Fault api.unsupported */
    private function countBlock(): void
    {
        $this->blocks++;
        if ($this->blocks > self::MAX_BLOCKS) {
            $message = "PHP would take too long to read the archive's PHP files: they have very many tiny blocks";
            throw new Fault(Code::API_UNSUPPORTED, $message);
        }
    }

    /** @throws InflateEnd */
    private function readBlock(): void
    {
        switch ($this->take(2)) {
            case 0:
                $this->readStored();
                break;
            case 1:
                $this->readSymbols(...self::fixedCodes());
                break;
            case 2:
                $this->readSymbols(...$this->readCodes());
                break;
            default:
                throw InflateEnd::damaged();
        }
    }

    private function readStored(): void
    {
        // The bits that are left of the last byte say nothing.
        $this->bitCount = 0;
        if (strlen($this->packed) - $this->at < 4) {
            throw InflateEnd::starved();
        }
        $header = unpack('vbytes/vcheck', $this->packed, $this->at);
        $this->at += 4;
        if ($header['bytes'] !== ($header['check'] ^ 0xffff)) {
            throw InflateEnd::damaged();
        }
        $count = min($header['bytes'], $this->room(), strlen($this->packed) - $this->at);
        $this->start .= substr($this->packed, $this->at, $count);
        $this->at += $count;
        if ($count < $header['bytes']) {
            throw $this->room() === 0 ? InflateEnd::full() : InflateEnd::starved();
        }
    }

    /** @return array{HuffmanCode, HuffmanCode} */
    private static function fixedCodes(): array
    {
        static $codes = null;
        if ($codes === null) {
            $lengths = array_merge(
                array_fill(0, 144, 8),
                array_fill(0, 112, 9),
                array_fill(0, 24, 7),
                array_fill(0, 8, 8)
            );
            $codes = [
                HuffmanCode::fromLengths($lengths, true),
                HuffmanCode::fromLengths(array_fill(0, 32, 5), true),
            ];
        }
        return $codes;
    }

    /** @return array{HuffmanCode, HuffmanCode} */
    private function readCodes(): array
    {
        $literals = $this->take(5) + 257;
        $distances = $this->take(5) + 1;
        $lengthCodes = $this->take(4) + 4;
        if ($literals > self::MAX_LITERALS || $distances > self::MAX_DISTANCES) {
            throw InflateEnd::damaged();
        }
        $lengths = array_fill(0, 19, 0);
        for ($place = 0; $place < $lengthCodes; $place++) {
            $lengths[self::LENGTH_CODE_ORDER[$place]] = $this->take(3);
        }
        $lengths = $this->readLengths($this->code($lengths, true), $literals + $distances);
        $distanceCode = $this->code(array_slice($lengths, $literals), false);
        return [$this->code(array_slice($lengths, 0, $literals), false), $distanceCode];
    }

    /** @return list<int> */
    private function readLengths(HuffmanCode $code, int $count): array
    {
        $lengths = [];
        $last = null;
        while (count($lengths) < $count) {
            $symbol = $this->symbol($code);
            $repeats = 1;
            if ($symbol < 16) {
                $last = $symbol;
            } elseif ($symbol === 16 && $last === null) {
                throw InflateEnd::damaged();
            } else {
                [$least, $bits] = self::REPEATS[$symbol];
                $repeats = $least + $this->take($bits);
                $last = $symbol === 16 ? $last : 0;
            }
            for (; $repeats > 0; $repeats--) {
                $lengths[] = $last;
            }
        }
        if (count($lengths) !== $count) {
            throw InflateEnd::damaged();
        }
        return $lengths;
    }

    /**
     * @param list<int> $lengths
     * @throws InflateEnd
     */
    private function code(array $lengths, bool $mustBeComplete): HuffmanCode
    {
        $code = HuffmanCode::fromLengths($lengths, $mustBeComplete);
        if ($code === null) {
            throw InflateEnd::damaged();
        }
        return $code;
    }

    /** Reads the symbols of a block to its end. */
    private function readSymbols(HuffmanCode $literals, HuffmanCode $distances): void
    {
        while (true) {
            $symbol = $this->symbol($literals);
            if ($symbol < self::END_OF_BLOCK) {
                if ($this->room() === 0) {
                    throw InflateEnd::full();
                }
                $this->start .= chr($symbol);
            } elseif ($symbol === self::END_OF_BLOCK) {
                return;
            } else {
                $this->repeat($this->lengthOf($symbol), $this->distance($distances));
            }
        }
    }

    private function lengthOf(int $symbol): int
    {
        $place = $symbol - self::END_OF_BLOCK - 1;
        if (!isset(self::LENGTHS[$place])) {
            throw InflateEnd::damaged();
        }
        return self::LENGTHS[$place] + $this->take(self::LENGTH_BITS[$place]);
    }

    private function distance(HuffmanCode $code): int
    {
        $symbol = $this->symbol($code);
        if (!isset(self::DISTANCES[$symbol])) {
            throw InflateEnd::damaged();
        }
        return self::DISTANCES[$symbol] + $this->take(self::DISTANCE_BITS[$symbol]);
    }

    /** Repeats what came so many bytes before, which may be less than what is repeated. */
    private function repeat(int $length, int $distance): void
    {
        if ($distance > strlen($this->start)) {
            throw InflateEnd::damaged();
        }
        $count = min($length, $this->room());
        $source = substr($this->start, -$distance, $count);
        $this->start .= substr(str_repeat($source, intdiv($count, $distance) + 1), 0, $count);
        if ($count < $length) {
            throw InflateEnd::full();
        }
    }

    /**
     * Reads a symbol, bit by bit: of all codes of one length, the symbols are in a row. This is where the time goes, so
     * that what it reads often is in variables.
     */
    private function symbol(HuffmanCode $code): int
    {
        if ($code->isAlone) {
            return $this->onlySymbol($code);
        }
        [$bits, $bitCount, $counts] = [$this->bits, $this->bitCount, $code->counts];
        $value = $first = $place = 0;
        for ($length = 1; $length <= $code->bits; $length++) {
            if ($bitCount === 0) {
                $this->fill();
                $bits = $this->bits;
                $bitCount = 8;
            }
            $value |= $bits & 1;
            $bits >>= 1;
            $bitCount--;
            $count = $counts[$length];
            if ($value - $first < $count) {
                $this->bits = $bits;
                $this->bitCount = $bitCount;
                return $code->symbols[$place + $value - $first];
            }
            $place += $count;
            $first = ($first + $count) << 1;
            $value <<= 1;
        }
        throw InflateEnd::damaged();
    }

    /**
     * Reads the symbol of a code that has no other. What is no code is found out by its first one; beyond the bits that core's
     * decompressor has a table for, it reads symbol 0 instead.
     */
    private function onlySymbol(HuffmanCode $code): int
    {
        for ($place = 0; $place < $code->bits; $place++) {
            if ($this->take(1) === 0) {
                continue;
            }
            if ($place < self::TABLE_BITS) {
                throw InflateEnd::damaged();
            }
            return 0;
        }
        return $code->symbols[0];
    }

    /** Reads a number of so many bits. */
    private function take(int $count): int
    {
        $number = 0;
        for ($place = 0; $place < $count; $place++) {
            if ($this->bitCount === 0) {
                $this->fill();
            }
            $number |= ($this->bits & 1) << $place;
            $this->bits >>= 1;
            $this->bitCount--;
        }
        return $number;
    }

    private function fill(): void
    {
        if ($this->at === strlen($this->packed)) {
            throw InflateEnd::starved();
        }
        $this->bits = ord($this->packed[$this->at]);
        $this->bitCount = 8;
        $this->at++;
    }

    private function room(): int
    {
        return $this->maxBytes - strlen($this->start);
    }
}
