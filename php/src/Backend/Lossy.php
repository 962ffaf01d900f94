<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Core\Json\Utf8;

/** Strings of PHP where core has text: it judges none that is not UTF-8, and shows none. */
final class Lossy
{
    /**
     * Whole characters of UTF-8, a bounded number at once; or what one U+FFFD stands for, as in Rust: the longest start of a
     * character that is not finished, or one byte that starts none.
     */
    private const PIECES = '/((?:[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]'
        . '|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}'
        . '|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}){1,16}+)'
        . '|\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f]|\xf0[\x90-\xbf][\x80-\xbf]?'
        . '|[\xf1-\xf3][\x80-\xbf]{1,2}|\xf4[\x80-\x8f][\x80-\xbf]?|[\x80-\xff]/s';

    /** The string with U+FFFD for what is not UTF-8, which is refused wherever those bytes would be. */
    public static function text(string $bytes): string
    {
        if (Utf8::firstInvalid($bytes) === null) {
            return $bytes;
        }
        $text = preg_replace_callback(self::PIECES, static function (array $piece): string {
            return $piece[1] ?? "\u{FFFD}";
        }, $bytes);
        if ($text === null) {
            throw new \LogicException('PCRE failed: ' . preg_last_error());
        }
        return $text;
    }
}
