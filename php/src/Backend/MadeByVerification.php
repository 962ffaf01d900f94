<?php

declare(strict_types=1);

namespace FedVerify\Backend;

/**
 * Objects that stand for a proof, for what was remembered, or for a file: neither copied, nor written down and read
 * back, nor changed. PHP lets nobody close every door; these are closed so that nobody goes through them by accident.
 */
trait MadeByVerification
{
    private function __clone()
    {
    }

    /** @return array<string, mixed> */
    public function __serialize(): array
    {
        throw new \Exception("Serialization of '" . self::class . "' is not allowed");
    }

    /** @param array<string, mixed> $data */
    public function __unserialize(array $data): void
    {
        throw new \Exception("Unserialization of '" . self::class . "' is not allowed");
    }

    /** @param mixed $value */
    public function __set(string $name, $value): void
    {
        throw new \Error('Cannot create dynamic property ' . self::class . '::$' . $name);
    }
}
