<?php

declare(strict_types=1);

namespace FedVerify\Backend;

/** What PHP's own functions refuse by themselves, with PHP's words. */
final class Arguments
{
    /** Refuses a path with a NUL. */
    public static function checkPath(string $method, int $place, string $name, string $path): void
    {
        if (strpos($path, "\0") !== false) {
            throw self::valueError($method, $place, $name, 'must not contain any null bytes');
        }
    }

    public static function valueError(string $method, int $place, string $name, string $problem): \Throwable
    {
        $message = "$method(): Argument #$place (\$$name) $problem";
        return PHP_VERSION_ID < 80000 ? new \InvalidArgumentException($message) : new \ValueError($message);
    }
}
