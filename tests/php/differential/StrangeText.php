<?php

declare(strict_types=1);

/** Names and strings at which readers, encoders and orders of members go apart. */
final class StrangeText
{
    /** Pairs that are in another order by UTF-16, by bytes or by length, or one string by normalisation. */
    private const NAMES = [
        '', 'a', 'b', 'aa', 'Z', 'fair', 'fairpm', 'fair_a', 'atproto', '0', '1', '10', '-1', '__proto__', 'constructor',
        'toString', 'sig', 'prev', "\u{e9}", "e\u{301}", "\u{ffff}", "\u{10000}", "\u{1f600}", "\u{fb01}", "a\0", "a\0b",
        "\u{2028}", "\u{202e}", "\u{feff}", "\u{115f}\u{1160}\u{2800}\u{3164}\u{ffa0}", '"', '\\', '/', "\x7f",
        "\u{80}", "\t", "\r\n",
        "\u{fffd}",
    ];

    /** Stand for what WRITTEN writes: a lone surrogate, a byte that is not UTF-8, and nothing, behind a name that comes twice. */
    public const SURROGATE = "\u{f8f0}";
    public const BYTE = "\u{f8f1}";
    public const AGAIN = "\u{f8f2}";

    /** As JSON has them, which json_encode() would not write. */
    private const WRITTEN = [
        self::SURROGATE => '\\ud800', '\\uf8f0' => '\\ud800',
        self::BYTE => "\x80", '\\uf8f1' => "\x80",
        self::AGAIN => '', '\\uf8f2' => '',
    ];

    /** As JavaScript encodes what it reads of that. */
    private const ENCODED = [self::SURROGATE => "\u{fffd}", self::BYTE => "\x80", self::AGAIN => ''];

    private function __construct()
    {
    }

    /** A name of a member: short for the most part, at times as long as where a CBOR head grows. */
    public static function name(): string
    {
        $name = Random::pick(self::NAMES);
        return Random::once(12) ? str_pad($name, Random::pick([22, 23, 24, 254, 255, 256, 65535, 65536]), 'n') : $name;
    }

    /** @return list<string> */
    public static function names(): array
    {
        return Random::some(self::NAMES, Random::below(12));
    }

    public static function text(): string
    {
        return Random::once(40) ? str_repeat(Random::pick(['x', "\u{e9}"]), Random::pick([100, 4000, 40000])) : self::name();
    }

    /**
     * A value with the members of its objects, and those of objects in it, in random order.
     *
     * @param mixed $value
     * @return mixed
     */
    public static function shuffled($value)
    {
        if (is_array($value) && $value === array_values($value)) {
            return array_map([self::class, 'shuffled'], $value);
        }
        if (!is_array($value) && !$value instanceof stdClass) {
            return $value;
        }
        $members = (array) $value;
        $names = array_keys($members);
        shuffle($names);
        $shuffled = [];
        foreach ($names as $name) {
            $shuffled[$name] = self::shuffled($members[$name]);
        }
        return (object) $shuffled;
    }

    /**
     * JSON, with as many escapes and as much white space as any.
     *
     * @param mixed $value
     */
    public static function json($value): string
    {
        $flags = JSON_THROW_ON_ERROR;
        $flags |= Random::once(4) ? 0 : JSON_UNESCAPED_SLASHES;
        $flags |= Random::once(4) ? 0 : JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS;
        return strtr(json_encode($value, $flags), self::WRITTEN);
    }

    /** A string as the bytes that an encoder takes. */
    public static function bytes(string $text): string
    {
        return strtr($text, self::ENCODED);
    }
}
