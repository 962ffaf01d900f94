<?php

declare(strict_types=1);

/** Strings changed here and there: as bytes, as the tokens of JSON, and as the values that they stand for. */
final class Mutation
{
    /** Strings, numbers and words of JSON. */
    private const TOKEN = '/"(?:[^"\\\\]|\\\\.)*+"|-?\d++(?:\.\d++)?+(?:[eE][+-]?\d++)?+|true|false|null/';

    /** A member of an object whose value is no array or object. */
    private const MEMBER = '/"(?:[^"\\\\]|\\\\.)*+"\s*+:\s*+(?:"(?:[^"\\\\]|\\\\.)*+"|\d++|true|false|null)/';

    /** What is put into JSON where it may or may not belong. */
    private const SNIPPETS = [
        '{', '}', '[', ']', ',', '"', '\\', ':', '0', '-', 'null', 'true', '"a":1,', '""', '[]', '{}', ' ', "\n", "\0",
        '\\u0000', '\\ud800', '\\udc00', '\\ud83d\\ude00', '\\/', '\\x', 'é', "\u{2028}", "\u{feff}", "\x80", '/*x*/',
        '"prev":null,', '"type":"create",', '"nullified":true,', '"id":"x",', '"revoked":true,', '"sig":"",',
    ];

    /** Values in the place of others. */
    private const VALUES = [
        'null', 'true', 'false', '[]', '{}', '0', '-0', '-1', '1', '1.0', '1.5', '1e3', '1E400', '01', '12345678901',
        '9223372036854775807', '9223372036854775808', '18446744073709551615', '18446744073709551616', '""', '"x"',
        '"\\u0000"', '"\\u00e9"', '"é"', '"\u{202e}"', '"0"', '"1.0.0"', '"v1.2"', '"2.0.0-rc.1"', '"package"',
        '"did:web:a.example"', '"#fair"', '"https://a.example/x"', '"2025-01-01T00:00:00Z"', '"did:key:z1"', '[[]]',
        '[null]', '{"a":{}}', '"sha256:00"', '"AA"', '"2025-01-01T00:00:00.123456+01:00"',
    ];

    private const NAMES = ['expires', 'revoked', 'version', 'url', 'checksum', 'alsoKnownAs', 'package', 'x', '0'];

    private function __construct()
    {
    }

    /** A string of any kind, with one to three changes. */
    public static function ofString(string $string, string $other): string
    {
        $changed = $string;
        for ($left = 1 + Random::below(3); $left > 0; $left--) {
            $changed = Random::once(12) ? self::cut($changed) : self::byte($changed, $other);
        }
        return $changed;
    }

    /** A JSON document, with one to three changes. The other is one of its kind, from which strings are taken. */
    public static function ofJson(string $json, string $other): string
    {
        $changed = $json;
        for ($left = 1 + Random::below(3); $left > 0; $left--) {
            switch (Random::below(10)) {
                case 0:
                    $changed = self::byte($changed, $other);
                    break;
                case 1:
                    $changed = Random::once(4)
                        ? self::cut($changed)
                        : self::insert($changed, Random::pick(self::SNIPPETS));
                    break;
                case 2:
                case 3:
                    $changed = self::token($changed, Random::pick(self::VALUES));
                    break;
                case 4:
                    $changed = self::token($changed, self::anyToken($other));
                    break;
                case 5:
                    $changed = self::escaped($changed);
                    break;
                case 6:
                    $changed = self::memberTwice($changed);
                    break;
                default:
                    $changed = self::value($changed);
            }
        }
        return $changed;
    }

    private static function insert(string $string, string $snippet): string
    {
        return substr_replace($string, $snippet, Random::below(strlen($string) + 1), 0);
    }

    private static function cut(string $string): string
    {
        return substr($string, 0, Random::below(strlen($string) + 1));
    }

    private static function byte(string $string, string $other): string
    {
        if ($string === '') {
            return $other;
        }
        $at = Random::below(strlen($string));
        switch (Random::below(5)) {
            case 0:
                return substr_replace($string, chr(Random::below(256)), $at, 1);
            case 1:
                return substr_replace($string, chr(ord($string[$at]) ^ (1 << Random::below(8))), $at, 1);
            case 2:
                return substr_replace($string, '', $at, 1 + Random::below(8));
            case 3:
                return self::insert($string, Random::pick(self::SNIPPETS));
            default:
                $piece = substr($other, Random::below(strlen($other) + 1), Random::below(40));
                return substr_replace($string, (string) $piece, $at, Random::below(40));
        }
    }

    /** @return array{string, int}|null a place in JSON that the pattern finds, with its offset */
    private static function place(string $pattern, string $json): ?array
    {
        $count = preg_match_all($pattern, $json, $found, PREG_OFFSET_CAPTURE);
        return $count ? Random::pick($found[0]) : null;
    }

    private static function anyToken(string $json): string
    {
        return self::place(self::TOKEN, $json)[0] ?? '""';
    }

    private static function token(string $json, string $instead): string
    {
        $place = self::place(self::TOKEN, $json);
        return $place === null ? $json : substr_replace($json, $instead, $place[1], strlen($place[0]));
    }

    /** A string written with more escapes than it needs: the same value. */
    private static function escaped(string $json): string
    {
        $place = self::place('/"[a-zA-Z0-9 :\/.+#_-]*+"/', $json);
        if ($place === null) {
            return $json;
        }
        $escaped = '';
        foreach (str_split(substr($place[0], 1, -1)) as $character) {
            $escape = Random::pick(['\\u%04x', '\\u%04X']);
            $escaped .= $character !== '' && Random::once(3) ? sprintf($escape, ord($character)) : $character;
        }
        return substr_replace($json, "\"$escaped\"", $place[1], strlen($place[0]));
    }

    /** A member that comes again: as it was, with another value, or with its name escaped. */
    private static function memberTwice(string $json): string
    {
        $place = self::place(self::MEMBER, $json);
        if ($place === null) {
            return $json;
        }
        $again = $place[0];
        if (Random::once(2)) {
            $again = substr($again, 0, strrpos($again, ':') + 1) . Random::pick(self::VALUES);
        } elseif (Random::once(3)) {
            $again = '"\\u' . sprintf('%04x', ord($again[1])) . substr($again, 2);
        }
        return substr_replace($json, "$again,", $place[1], 0);
    }

    /** Something of the value changed: elements and members moved, repeated, left out, put in. */
    private static function value(string $json): string
    {
        $value = json_decode($json);
        if (!is_array($value) && !$value instanceof stdClass) {
            return self::token($json, Random::pick(self::VALUES));
        }
        $places = [];
        self::collect($value, $places);
        $place = &$places[Random::below(count($places))];
        if ($place instanceof stdClass) {
            self::changeObject($place);
        } elseif (is_array($place)) {
            self::changeList($place);
        } else {
            $place = json_decode(Random::pick(self::VALUES));
        }
        $flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | (Random::once(4) ? JSON_PRETTY_PRINT : 0);
        $changed = json_encode($value, $flags);
        return $changed === false ? $json : $changed;
    }

    /**
     * @param mixed $value
     * @param list<mixed> $places references to it and to all that is in it
     */
    private static function collect(&$value, array &$places): void
    {
        $places[] = &$value;
        if (is_array($value) || $value instanceof stdClass) {
            foreach ($value as &$member) {
                self::collect($member, $places);
            }
        }
    }

    private static function changeObject(stdClass $object): void
    {
        $names = array_map('strval', array_keys(get_object_vars($object)));
        if ($names === [] || Random::once(4)) {
            $name = Random::pick(self::NAMES);
            $object->$name = json_decode(Random::pick(self::VALUES));
            return;
        }
        $name = Random::pick($names);
        if (Random::once(2)) {
            unset($object->$name);
        } else {
            $object->$name = $object->{Random::pick($names)};
        }
    }

    /** @param list<mixed> $list */
    private static function changeList(array &$list): void
    {
        switch (Random::below(5)) {
            case 0:
                shuffle($list);
                break;
            case 1:
                array_pop($list);
                break;
            case 2:
                array_shift($list);
                break;
            case 3:
                $list[] = $list === [] ? null : unserialize(serialize(Random::pick($list)));
                break;
            default:
                $list[] = json_decode(Random::pick(self::VALUES));
        }
        $list = array_values($list);
    }
}
