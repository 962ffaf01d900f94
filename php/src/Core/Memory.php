<?php

declare(strict_types=1);

namespace FedVerify\Core;

/**
 * How much of PHP's memory a part of the work may take. PHP ends the whole request where memory_limit is exceeded, so
 * whoever holds much looks here now and then, and refuses first.
 */
final class Memory
{
    private const UNITS = ['k' => 1 << 10, 'm' => 1 << 20, 'g' => 1 << 30];

    /** What PHP takes from the system at a time. A block of this size or more never fits into what it has already. */
    private const CHUNK_BYTES = 2 << 20;

    /** For a block of this size what is free may be too scattered. */
    private const LARGE_BYTES = 1 << 18;

    /** @var int */
    private $limit;

    /** @var int the most bytes in use */
    private $most;

    /** @var int how many were in use when what is free was last gathered */
    private $gathered = 0;

    /** Two thirds of what is left may be taken: the rest is for what is made of the values that are read. */
    private function __construct(int $limit)
    {
        $this->limit = $limit;
        $this->most = $limit - intdiv(self::left(), 3);
    }

    public static function forReading(): self
    {
        return new self(self::limit());
    }

    /** How many bytes are left: very many where there is no limit. */
    public static function left(): int
    {
        return self::limit() - memory_get_usage();
    }

    /** Whether there is no room for this many bytes more. */
    public static function lacks(int $bytes): bool
    {
        if (self::fits($bytes)) {
            return false;
        }
        gc_mem_caches();
        return !self::fits($bytes);
    }

    private static function fits(int $bytes): bool
    {
        $isLarge = $bytes >= self::LARGE_BYTES;
        return memory_get_usage($isLarge) + ($isLarge ? max($bytes, self::CHUNK_BYTES) : $bytes) <= self::limit();
    }

    /**
     * At least as many bytes as PHP takes for what this JSON holds. Every array has eight places from the start, and what it holds
     * more of doubles; each string has a head, and one of some thousands of bytes takes up to twice as many.
     */
    public static function ofDecoded(string $json): int
    {
        $arrays = substr_count($json, '{') + substr_count($json, '[');
        return 2 * strlen($json) + 460 * $arrays + 200 * substr_count($json, ',');
    }

    public function isShort(): bool
    {
        return memory_get_usage() > $this->most || $this->isScattered();
    }

    /**
     * Whether PHP has as much from the system as it may, and little of that is free. What was let go of before leaves holes,
     * which PHP gathers by itself only when it is too late: a request ended there although a third of its memory was free.
     */
    private function isScattered(): bool
    {
        if (!$this->hasAll()) {
            return false;
        }
        $this->gather();
        return $this->hasAll() && memory_get_usage(true) - memory_get_usage() < intdiv($this->limit, 8);
    }

    /** Whether PHP has as much from the system as it may: two chunks are for one large block. */
    private function hasAll(): bool
    {
        return memory_get_usage(true) + 2 * self::CHUNK_BYTES > $this->limit;
    }

    /** It takes as long as there are holes, so not at each look. What was let go of since then leaves new ones. */
    private function gather(): void
    {
        $this->gathered = min($this->gathered, memory_get_usage());
        if (memory_get_usage() > $this->gathered + (self::CHUNK_BYTES >> 1)) {
            gc_mem_caches();
            $this->gathered = memory_get_usage();
        }
    }

    /** What memory_limit allows in bytes, as PHP reads it: -1 allows all. */
    private static function limit(): int
    {
        $setting = rtrim((string) ini_get('memory_limit'));
        $limit = intval($setting, 0) * (self::UNITS[strtolower($setting[-1] ?? '')] ?? 1);
        return is_int($limit) && $limit >= 0 ? $limit : PHP_INT_MAX;
    }
}
