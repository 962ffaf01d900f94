<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn\Archive;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Quote;

/** What is said of an archive that is refused. */
final class Refusal
{
    /**
     * Well-formed UTF-8 is skipped; what is left is the longest start of a character, or one byte (Unicode, table 3-7).
     */
    private const NOT_UTF8 = '/(?:[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]'
        . '|\xed[\x80-\x9f][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}'
        . '|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})++(*SKIP)(*FAIL)'
        . '|\xe0[\xa0-\xbf]|\xed[\x80-\x9f]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]?+'
        . '|[\xf1-\xf3][\x80-\xbf]{1,2}+|\xf4[\x80-\x8f][\x80-\xbf]?+|[\x80-\xff]/';

    /** More than a quotation shows, however many bytes its characters have. */
    private const QUOTED_BYTES = 1024;

    private function __construct()
    {
    }

    public static function inconsistent(string $what): Fault
    {
        return new Fault(Code::PFN_ARCHIVE_INCONSISTENT, "the archive does not match the signed record: $what");
    }

    public static function differs(string $what, ?string $found, string $signed): Fault
    {
        $found = $found === null ? 'missing' : self::quoteBytes($found);
        return self::inconsistent("$what is $found, but the signed value is " . Quote::quote($signed));
    }

    public static function unreadable(string $what): Fault
    {
        return new Fault(Code::PFN_ARCHIVE_UNREADABLE, "the archive is not readable as a plugin: $what");
    }

    public static function damaged(string $how): Fault
    {
        return self::unreadable('the ZIP file is damaged (' . Quote::quote($how) . ')');
    }

    /** A record that does not start as it must. */
    public static function wrongStart(string $expected, string $found): Fault
    {
        $number = static function (string $bytes): string {
            return '0x' . bin2hex(strrev($bytes));
        };
        return self::damaged("Invalid signature: expected {$number($expected)}, got {$number($found)}");
    }

    /** Quotes bytes that should be UTF-8. What is not is shown as U+FFFD. */
    public static function quoteBytes(string $bytes): string
    {
        $text = preg_replace(self::NOT_UTF8, "\u{FFFD}", substr($bytes, 0, self::QUOTED_BYTES));
        if ($text === null) {
            throw new \LogicException('the pattern of UTF-8 failed: ' . preg_last_error());
        }
        return Quote::quote($text);
    }
}
