<?php

declare(strict_types=1);

namespace FedVerify\Core;

/**
 * How much of PHP's memory a part of the work may take. PHP ends the whole request where memory_limit is exceeded, so
 * whoever holds much looks here now and then, and refuses first.
 */
final class Memory
{
    private const UNITS = ['' => 1, 'k' => 1 << 10, 'm' => 1 << 20, 'g' => 1 << 30];

    /** What PHP takes from the system at a time. A block of this size or more never fits into what it has already. */
    private const CHUNK_BYTES = 2 << 20;

    /** For a block of this size what is free may be too scattered. */
    private const LARGE_BYTES = 1 << 18;

    /** @var int the most bytes in use; 0 where there is no limit */
    private $most;

    /** @var int how many were in use when what is free was last gathered */
    private $gathered = 0;

    private function __construct(int $most)
    {
        $this->most = $most;
    }

    /** Two thirds of what is left: the rest is for what is made of the values that are read. */
    public static function forReading(): self
    {
        $limit = self::limit();
        return new self($limit === null ? 0 : $limit - intdiv($limit - memory_get_usage(), 3));
    }

    /** How many bytes are left; null where there is no limit. */
    public static function left(): ?int
    {
        $limit = self::limit();
        return $limit === null ? null : $limit - memory_get_usage();
    }

    /** Whether there is no room for this many bytes more. */
    public static function lacks(int $bytes): bool
    {
        $limit = self::limit();
        if ($limit === null) {
            return false;
        }
        $isShort = static function () use ($bytes, $limit): bool {
            $isLarge = $bytes >= self::LARGE_BYTES;
            return memory_get_usage($isLarge) + ($isLarge ? max($bytes, self::CHUNK_BYTES) : $bytes) > $limit;
        };
        if (!$isShort()) {
            return false;
        }
        gc_mem_caches();
        return $isShort();
    }

    /**
     * At least as many bytes as PHP takes for what this JSON holds: every array has eight places from the start, and what it
     * holds more of doubles.
     */
    public static function ofDecoded(string $json): int
    {
        $arrays = substr_count($json, '{') + substr_count($json, '[');
        return strlen($json) + 400 * $arrays + 100 * substr_count($json, ',');
    }

    public function isShort(): bool
    {
        return $this->most > 0 && (memory_get_usage() > $this->most || $this->isScattered());
    }

    /**
     * Whether PHP has as much from the system as it may, and little of that is free. What was let go of before leaves holes,
     * which PHP gathers by itself only when it is too late: a request ended there although a third of its memory was free.
     */
    private function isScattered(): bool
    {
        $limit = self::limit();
        if ($limit === null || memory_get_usage(true) + 2 * self::CHUNK_BYTES <= $limit) {
            return false;
        }
        // It takes as long as there are holes, so not at each look. What was let go of since then leaves new ones.
        $this->gathered = min($this->gathered, memory_get_usage());
        if (memory_get_usage() > $this->gathered + (self::CHUNK_BYTES >> 1)) {
            gc_mem_caches();
            $this->gathered = memory_get_usage();
        }
        $all = memory_get_usage(true);
        return $all + 2 * self::CHUNK_BYTES > $limit && $all - memory_get_usage() < intdiv($limit, 8);
    }

    /** What memory_limit allows in bytes; null where it allows all. */
    private static function limit(): ?int
    {
        if (preg_match('/\A\s*+(\d{1,15})\s*+([kmg]?)/i', (string) ini_get('memory_limit'), $setting) !== 1) {
            return null;
        }
        return (int) $setting[1] * self::UNITS[strtolower($setting[2])];
    }
}
