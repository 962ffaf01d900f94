<?php

declare(strict_types=1);

namespace FedVerify\Core;

/** Untrusted strings in messages: escaped, bounded, inert on a terminal. core/src/quote.rs. */
final class Quote
{
    /** How much of an untrusted string a message repeats, in characters. */
    private const QUOTE_CHARS = 80;

    /** How much of a caller's own message is repeated, in characters. */
    private const MESSAGE_CHARS = 500;

    /** How many of a list of untrusted strings a message repeats. */
    private const QUOTED_ITEMS = 8;

    /**
     * What is not shown as it is: what is not printable (everything of the categories C and Z but the space), and
     * what extends the character before it (Grapheme_Extend: Mn, Me, and the others that Unicode's PropList.txt names
     * Other_Grapheme_Extend). As Rust's char::escape_debug, but for characters newer than PCRE's Unicode. And letters
     * and a symbol that are blank: fillers of Hangul, and the Braille pattern without dots.
     */
    private const HIDDEN = '(?! )[\p{C}\p{Z}\p{Mn}\p{Me}\x{115f}\x{1160}\x{2800}\x{3164}\x{ffa0}'
        . '\x{9be}\x{9d7}\x{b3e}\x{b57}\x{bbe}\x{bd7}\x{cc0}\x{cc2}\x{cc7}\x{cc8}\x{cca}\x{ccb}\x{cd5}\x{cd6}\x{d3e}\x{d57}'
        . '\x{dcf}\x{ddf}\x{1715}\x{1734}\x{1b35}\x{1b3b}\x{1b3d}\x{1b43}\x{1b44}\x{1baa}\x{1bf2}\x{1bf3}\x{302e}\x{302f}'
        . '\x{a953}\x{a9c0}\x{ff9e}\x{ff9f}\x{111c0}\x{11235}\x{1133e}\x{1134d}\x{11357}\x{113b8}\x{113c2}\x{113c5}'
        . '\x{113c7}-\x{113c9}\x{113cf}\x{114b0}\x{114bd}\x{115af}\x{116b6}\x{11930}\x{1193d}\x{11f41}\x{16ff0}\x{16ff1}'
        . '\x{1d165}\x{1d166}\x{1d16d}-\x{1d172}]';

    /** What is not shown as it is between quotes. */
    private const QUOTING = '["\'\\\\]';

    /** What has a short escape. */
    private const SHORT = [
        "\0" => '\0',
        "\t" => '\t',
        "\n" => '\n',
        "\r" => '\r',
        '"' => '\"',
        "'" => "\\'",
        '\\' => '\\\\',
    ];

    /**
     * Quotes an untrusted string: control characters, quotes and invisible formatting escaped, cut after 80
     * characters.
     */
    public static function quote(string $text): string
    {
        $head = self::head($text, self::QUOTE_CHARS);
        $escaped = self::escaped($head, self::HIDDEN . '|' . self::QUOTING);
        return "\"$escaped\"" . (strlen($head) < strlen($text) ? '…' : '');
    }

    /**
     * Quotes a URL that was refused, or that nobody has judged yet: what may be a user name and a password in it, which
     * is whatever is before its last @, is not repeated.
     */
    public static function url(string $url): string
    {
        $at = strrpos($url, '@');
        if ($at === false) {
            return self::quote($url);
        }
        $scheme = preg_match('#\A(?:https?|fair)://#i', $url, $found) === 1 ? strtolower($found[0]) : '';
        return self::quote("{$scheme}…@" . substr($url, $at + 1));
    }

    /** Makes a message of a caller safe to print: escaped as quote() does, but for quotes and backslashes. */
    public static function printable(string $message): string
    {
        $head = self::head($message, self::MESSAGE_CHARS);
        return self::escaped($head, self::HIDDEN) . (strlen($head) < strlen($message) ? '…' : '');
    }

    /**
     * Quotes the first of a list of untrusted strings, and counts the others.
     *
     * @param array<string> $texts
     */
    public static function quoteList(array $texts): string
    {
        $shown = [];
        foreach (array_slice($texts, 0, self::QUOTED_ITEMS) as $text) {
            $shown[] = self::quote((string) $text);
        }
        $more = count($texts) - count($shown);
        return implode(', ', $shown) . ($more === 0 ? '' : " and $more more");
    }

    /** The first characters of a string, however long it is. */
    private static function head(string $text, int $characters): string
    {
        if (preg_match("/\\A(?:[\\x00-\\x7f]|[\\xc0-\\xff][\\x80-\\xbf]*+){0,$characters}+/", $text, $found) !== 1) {
            throw new \LogicException('PCRE failed: ' . preg_last_error());
        }
        return $found[0];
    }

    /** @param string $hidden the pattern of what is escaped */
    private static function escaped(string $text, string $hidden): string
    {
        $escaped = preg_replace_callback("/$hidden/u", static function (array $found): string {
            return self::SHORT[$found[0]] ?? sprintf('\u{%x}', self::scalar($found[0]));
        }, $text);
        if ($escaped === null) {
            throw new \LogicException('PCRE failed: ' . preg_last_error());
        }
        return $escaped;
    }

    /** The number of a character. */
    private static function scalar(string $character): int
    {
        $bytes = array_map('ord', str_split($character));
        $length = count($bytes);
        $scalar = $length === 1 ? $bytes[0] : $bytes[0] & (0x7f >> $length);
        foreach (array_slice($bytes, 1) as $byte) {
            $scalar = $scalar << 6 | $byte & 0x3f;
        }
        return $scalar;
    }
}
