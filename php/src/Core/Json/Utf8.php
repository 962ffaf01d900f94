<?php

declare(strict_types=1);

namespace FedVerify\Core\Json;

/** Whether bytes are UTF-8 (RFC 3629): without surrogates, overlong forms and what is above U+10FFFF. */
final class Utf8
{
    /** A piece that is checked at once. */
    private const PIECE_BYTES = 4096;

    /** Whole characters. One step for each, so it is only used on a piece. */
    private const CHARACTERS = '/\A(?:[\x00-\x7f]++|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]'
        . '|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}'
        . '|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})*+/';

    /** The offset of the first byte that starts no character of UTF-8; null where all bytes are UTF-8. */
    public static function firstInvalid(string $bytes): ?int
    {
        // PCRE checks the whole subject before it matches nothing at its start.
        if (preg_match('//u', $bytes) === 1) {
            return null;
        }
        if (preg_last_error() !== PREG_BAD_UTF8_ERROR) {
            throw new \LogicException('PCRE failed: ' . preg_last_error());
        }
        $at = 0;
        do {
            $found = self::lengthOfValid(substr($bytes, $at, self::PIECE_BYTES));
            $at += $found;
            // A character that the piece cut is whole in the next one.
        } while ($found > self::PIECE_BYTES - 4);
        return $at;
    }

    private static function lengthOfValid(string $piece): int
    {
        if (preg_match(self::CHARACTERS, $piece, $characters) !== 1) {
            throw new \LogicException('PCRE failed: ' . preg_last_error());
        }
        return strlen($characters[0]);
    }
}
