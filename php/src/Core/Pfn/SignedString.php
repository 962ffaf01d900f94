<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn;

/** The exact string that a publisher signs: what JavaScript's `JSON.stringify` writes (pfn.md, "Signed metadata"). */
final class SignedString
{
    /** What has an escape of its own. */
    private const SHORT_ESCAPES = [
        '"' => '\\"',
        '\\' => '\\\\',
        "\x08" => '\\b',
        "\x0c" => '\\f',
        "\n" => '\\n',
        "\r" => '\\r',
        "\t" => '\\t',
    ];

    private function __construct()
    {
    }

    /**
     * Writes an object with its members in the given order, without white space (ECMA-262, `SerializeJSONObject`).
     *
     * @param array<string, Member> $members by names of our own
     */
    public static function stringify(array $members): string
    {
        $written = [];
        foreach ($members as $name => $member) {
            if (!$member->isUndefined()) {
                $string = $member->intoString();
                $written[] = self::quoted($name) . ':' . ($string === null ? 'null' : self::quoted($string));
            }
        }
        return '{' . implode(',', $written) . '}';
    }

    /**
     * Quotes a string (ECMA-262, `QuoteJSONString`): control characters below U+0020, the quote and the backslash are
     * escaped, and everything else is written as itself, including U+007F, U+2028 and everything above U+FFFF. Unpaired
     * surrogates, which JavaScript would escape, cannot occur: the JSON reader refuses them.
     */
    private static function quoted(string $value): string
    {
        return '"' . strtr($value, self::escapes()) . '"';
    }

    /** @return array<string, string> */
    private static function escapes(): array
    {
        static $escapes = null;
        if ($escapes === null) {
            $escapes = self::SHORT_ESCAPES;
            for ($character = 0; $character < 0x20; $character++) {
                $escapes += [chr($character) => sprintf('\\u%04x', $character)];
            }
        }
        return $escapes;
    }
}
