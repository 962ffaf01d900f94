<?php

declare(strict_types=1);

/**
 * DAG-CBOR of an operation; with a flaw, the bytes of an encoder that has it, which no canonical encoder writes. The flaw is
 * everywhere, or in one member of the operation only. Where an operation has nothing for it, the bytes are canonical.
 */
final class Cbor
{
    private const FLAWS = [
        // Maps: the order and the number of their members.
        'bytewise order', 'utf-16 order', 'order of the JSON', 'reverse order', 'a name twice', 'null is absent',
        'empty maps are lists', 'numbers as names',
        // Heads: longer than need be, or without a length.
        'long heads', 'longest heads', 'indefinite strings', 'indefinite lists', 'indefinite maps',
        // Strings: other bytes, or fewer.
        'byte strings', 'surrogates', 'composed', 'decomposed', 'zero in two bytes', 'ends at zero', 'counts characters',
        'replaced',
        // Other types.
        'undefined', 'prev is a tagged string', 'prev is a link', 'tagged strings',
        // Only in what is signed.
        'sig is null', 'sig is empty',
        // Around the operation.
        'a tag before', 'a zero behind', 'a break behind', 'itself behind',
    ];

    /** What can go wrong with what HostileValue puts in. */
    private const HOSTILE_FLAWS = [
        'a name twice', 'the first of a name', 'absent is null', 'surrogates', 'replaced', 'floats', 'long heads', 'longest heads',
    ];

    private const NULL = "\xf6";

    /** The end of what has no length. */
    private const BREAK = "\xff";

    private const INDEFINITE = 31;

    /** A tag that says "CBOR follows", one that says "a URI follows", that of a link (RFC 8949, sections 3.4.5 and 3.4.6). */
    private const SELF_DESCRIBED = "\xd9\xd9\xf7";
    private const URI = "\xd8\x20";
    private const LINK = "\xd8\x2a";

    /** @var string|null */
    private $flaw;

    /** @var string|null the one member of the operation that is flawed */
    private $only;

    private function __construct(?string $flaw, ?string $only)
    {
        $this->flaw = $flaw;
        $this->only = $only;
    }

    public static function canonical(): self
    {
        return new self(null, null);
    }

    /** @param array<string, mixed> $members of an operation that is to be encoded */
    public static function flawed(array $members, bool $isHostile): self
    {
        $only = Random::once(3) ? (string) Random::pick(array_keys($members)) : null;
        return new self(Random::pick($isHostile ? self::HOSTILE_FLAWS : self::FLAWS), $only);
    }

    /** @param array<string, mixed> $members without the signature */
    public function signed(array $members): string
    {
        $signatures = ['sig is null' => null, 'sig is empty' => ''];
        if (array_key_exists((string) $this->flaw, $signatures)) {
            $members['sig'] = $signatures[$this->flaw];
        }
        return $this->hashed($members);
    }

    /** @param array<string, mixed> $members */
    public function hashed(array $members): string
    {
        if ($this->flaw === 'absent is null') {
            $members += ['prev' => null];
        }
        $bytes = $this->map($members, true);
        switch ($this->flaw) {
            case 'a tag before':
                return self::SELF_DESCRIBED . $bytes;
            case 'a zero behind':
                return "$bytes\0";
            case 'a break behind':
                return $bytes . self::BREAK;
            case 'itself behind':
                return $bytes . $bytes;
            default:
                return $bytes;
        }
    }

    /** @param mixed $value */
    private function value($value): string
    {
        if (is_string($value)) {
            return $this->text($value);
        }
        if (is_int($value) || is_float($value)) {
            return $this->number($value);
        }
        if (is_bool($value)) {
            return $value ? "\xf5" : "\xf4";
        }
        if ($value === null) {
            return $this->flaw === 'undefined' ? "\xf7" : self::NULL;
        }
        $isList = is_array($value) && $value === array_values($value);
        return $isList ? $this->list($value) : $this->map((array) $value, false);
    }

    /** @param int|float $number */
    private function number($number): string
    {
        if ($this->flaw === 'floats') {
            return "\xfa" . pack('G', $number);
        }
        if (is_float($number)) {
            return "\xfb" . pack('E', $number);
        }
        return $number < 0 ? $this->head(1, -1 - $number) : $this->head(0, $number);
    }

    private function text(string $text): string
    {
        $bytes = $this->bytes($text);
        if ($this->flaw === 'indefinite strings') {
            return chr(3 << 5 | self::INDEFINITE) . $this->head(3, strlen($bytes)) . $bytes . self::BREAK;
        }
        $length = $this->flaw === 'counts characters' ? preg_match_all('/./su', $bytes) : strlen($bytes);
        $tag = $this->flaw === 'tagged strings' ? self::URI : '';
        return $tag . $this->head($this->flaw === 'byte strings' ? 2 : 3, (int) $length) . $bytes;
    }

    private function bytes(string $text): string
    {
        if ($this->flaw === 'surrogates') {
            $text = str_replace(StrangeText::SURROGATE, "\xed\xa0\x80", $text);
            return preg_replace_callback('/[\xf0-\xf4].../s', [self::class, 'surrogates'], StrangeText::bytes($text));
        }
        $text = StrangeText::bytes($text);
        switch ($this->flaw) {
            case 'composed':
                return str_replace("e\u{301}", "\u{e9}", $text);
            case 'decomposed':
                return str_replace("\u{e9}", "e\u{301}", $text);
            case 'zero in two bytes':
                return str_replace("\0", "\xc0\x80", $text);
            case 'ends at zero':
                return explode("\0", $text)[0];
            case 'replaced':
                return str_replace("\u{fffd}", "\x80", $text);
            default:
                return $text;
        }
    }

    /**
     * A character beyond U+FFFF as its two surrogates, each in three bytes.
     *
     * @param array<string> $found
     */
    private static function surrogates(array $found): string
    {
        $bytes = '';
        foreach (str_split(trim(json_encode($found[0]), '"'), strlen('\\ud800')) as $escape) {
            $unit = hexdec(substr($escape, 2));
            $bytes .= chr(0xe0 | $unit >> 12) . chr(0x80 | $unit >> 6 & 0x3f) . chr(0x80 | $unit & 0x3f);
        }
        return $bytes;
    }

    /** @param list<mixed> $list */
    private function list(array $list): string
    {
        $elements = implode('', array_map([$this, 'value'], $list));
        return $this->enclosed(4, count($list), $elements, $this->flaw === 'indefinite lists');
    }

    /** @param array<string, mixed> $members */
    private function map(array $members, bool $isOperation): string
    {
        if ($members === [] && $this->flaw === 'empty maps are lists') {
            return $this->list([]);
        }
        $inner = $isOperation && $this->only !== null ? self::canonical() : $this;
        $map = '';
        $ordered = $inner->ordered($members);
        foreach ($ordered as [$name, $member]) {
            $encoder = $isOperation && $name === $this->only ? $this : $inner;
            $map .= $inner->name($name) . ($isOperation && $name === 'prev' ? $encoder->prev($member) : $encoder->value($member));
        }
        return $inner->enclosed(5, count($ordered), $map, $inner->flaw === 'indefinite maps');
    }

    /**
     * The names and values of a map in their order.
     *
     * @param array<string, mixed> $members
     * @return list<array{string, mixed}>
     */
    private function ordered(array $members): array
    {
        $pairs = [];
        foreach ($members as $name => $member) {
            $name = StrangeText::bytes((string) $name);
            if ($member === null && $this->flaw === 'null is absent') {
                continue;
            }
            if ($this->flaw === 'a name twice') {
                $pairs[] = [$name, $member];
            } elseif ($this->flaw !== 'the first of a name' || !isset($pairs[".$name"])) {
                // Of two members with one name JavaScript has the last.
                $pairs[".$name"] = [$name, $member];
            }
        }
        $pairs = array_values($pairs);
        if ($this->flaw === 'a name twice' && $pairs !== []) {
            $pairs[] = $pairs[0];
        }
        return $this->flaw === 'order of the JSON' ? $pairs : $this->sorted($pairs);
    }

    /**
     * By the length of the names, then by their bytes.
     *
     * @param list<array{string, mixed}> $pairs
     * @return list<array{string, mixed}>
     */
    private function sorted(array $pairs): array
    {
        usort($pairs, function (array $one, array $other): int {
            return $this->place($one[0]) <=> $this->place($other[0]);
        });
        return $this->flaw === 'reverse order' ? array_reverse($pairs) : $pairs;
    }

    /** @return array{int, string} what a name is ordered by */
    private function place(string $name): array
    {
        if ($this->flaw === 'bytewise order') {
            return [0, ".$name"];
        }
        if ($this->flaw === 'utf-16 order') {
            // As JavaScript counts and compares: a character beyond U+FFFF is two surrogates, which are below U+E000.
            $pairs = preg_replace('/[\x{10000}-\x{10ffff}]/u', "\xed\xa0\x80\$0", $name, -1, $count);
            return [preg_match_all('/./su', $name) + $count, ".$pairs"];
        }
        return [strlen($name), ".$name"];
    }

    private function name(string $name): string
    {
        // As PHP makes integers of such names of an array.
        $isNumber = $this->flaw === 'numbers as names' && (string) (int) $name === $name;
        return $isNumber ? $this->number((int) $name) : $this->text($name);
    }

    /** @param mixed $prev */
    private function prev($prev): string
    {
        if (!is_string($prev) || $prev === '' || !in_array($this->flaw, ['prev is a link', 'prev is a tagged string'], true)) {
            return $this->value($prev);
        }
        return self::LINK . ($this->flaw === 'prev is a link' ? "\x58\x25\0" . self::binary($prev) : $this->text($prev));
    }

    /** The 36 bytes of a CID in base32. */
    private static function binary(string $cid): string
    {
        $bits = '';
        foreach (str_split(substr($cid, 1)) as $letter) {
            $bits .= sprintf('%05b', strpos(SignedOperation::BASE32, $letter));
        }
        return implode('', array_map('chr', array_map('bindec', array_slice(str_split($bits, 8), 0, 36))));
    }

    private function enclosed(int $major, int $count, string $content, bool $isIndefinite): string
    {
        return $isIndefinite
            ? chr($major << 5 | self::INDEFINITE) . $content . self::BREAK
            : $this->head($major, $count) . $content;
    }

    private function head(int $major, int $count): string
    {
        // The length is in 1, 2, 4 or 8 bytes after the first one, or within it.
        $form = $count < 24 ? 0 : ($count < 0x100 ? 1 : ($count < 0x10000 ? 2 : ($count < 0x100000000 ? 3 : 4)));
        if ($this->flaw === 'long heads') {
            $form = min($form + 1, 4);
        } elseif ($this->flaw === 'longest heads') {
            $form = 4;
        }
        if ($form === 0) {
            return chr($major << 5 | $count);
        }
        return chr($major << 5 | 23 + $form) . substr(pack('J', $count), -(1 << $form - 1));
    }
}
