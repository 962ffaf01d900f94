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

    /** A block of this size or more does not fit into what PHP has from the system already, however much of that is free. */
    private const CHUNK_BYTES = 2 << 20;

    /** @var int the most bytes in use; 0 where there is no limit */
    private $most;

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
            return memory_get_usage($bytes >= self::CHUNK_BYTES) + $bytes > $limit;
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
        return $this->most > 0 && memory_get_usage() > $this->most;
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
