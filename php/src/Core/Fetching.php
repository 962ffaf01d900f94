<?php

declare(strict_types=1);

namespace FedVerify\Core;

/** What programs that fetch judge alike (fair.md, "Fetching"). Core itself asks no server. core/src/fetching.rs. */
final class Fetching
{
    /** What servers call no encoding; storage servers keep the name of how a file was uploaded to them. */
    private const NO_ENCODINGS = ['', 'identity', 'none', 'aws-chunked'];

    /** White space of ASCII. */
    private const SPACE = " \t\n\f\r";

    private function __construct()
    {
    }

    /**
     * Whether the value of a `Content-Encoding` header means that there is none. Where bytes were changed in spite of
     * it, digest and signature tell.
     */
    public static function meansNoEncoding(string $contentEncoding): bool
    {
        foreach (explode(',', $contentEncoding) as $name) {
            if (!self::isNone(trim($name, self::SPACE))) {
                return false;
            }
        }
        return true;
    }

    private static function isNone(string $name): bool
    {
        foreach (self::NO_ENCODINGS as $none) {
            if (strcasecmp($name, $none) === 0) {
                return true;
            }
        }
        return false;
    }
}
