<?php

declare(strict_types=1);

namespace FedVerify\Core\Key;

/** Keys that were read in this process, so that a document or a log that repeats one costs little. Bounded. */
final class KeyCache
{
    private const MAX_KEYS = 64;

    /** @var array<string, mixed> oldest first, by `=` and the bytes: of digits alone PHP would make integers */
    private $keys = [];

    /** @return mixed null where the key is not there */
    public function get(string $bytes)
    {
        return $this->keys["=$bytes"] ?? null;
    }

    /** @param mixed $key */
    public function put(string $bytes, $key): void
    {
        if (count($this->keys) >= self::MAX_KEYS) {
            // The oldest goes.
            unset($this->keys[array_key_first($this->keys)]);
        }
        $this->keys["=$bytes"] = $key;
    }
}
