<?php

declare(strict_types=1);

namespace FedVerify\Backend;

/** Strings of PHP where core has text: it judges none that is not UTF-8, and shows none. */
final class Lossy
{
    /** The string with U+FFFD for what is not UTF-8, which is refused wherever those bytes would be. */
    public static function text(string $bytes): string
    {
        $json = json_encode($bytes, JSON_INVALID_UTF8_SUBSTITUTE);
        return (string) json_decode((string) $json);
    }
}
