<?php

declare(strict_types=1);

namespace FedVerify\Core\Encoding;

/** Strings of bytes in hexadecimal and base32. */
final class Encoding
{
    private const BASE32_ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

    private function __construct()
    {
    }

    /** Lower-case hexadecimal. */
    public static function hex(string $bytes): string
    {
        return bin2hex($bytes);
    }

    /** Base32 in lower case without padding (RFC 4648, section 6). */
    public static function base32(string $bytes): string
    {
        $length = strlen($bytes);
        $text = '';
        // Five bytes are eight characters.
        for ($at = 0; $at < $length; $at += 5) {
            $group = unpack('J', "\0\0\0" . str_pad(substr($bytes, $at, 5), 5, "\0"))[1];
            for ($shift = 35; $shift >= 0; $shift -= 5) {
                $text .= self::BASE32_ALPHABET[($group >> $shift) & 31];
            }
        }
        return substr($text, 0, intdiv($length * 8 + 4, 5));
    }
}
