<?php

declare(strict_types=1);

namespace FedVerify\Core\Json;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Limits;
use FedVerify\Core\Sniff;

/**
 * The one strict JSON reader: core/src/json/mod.rs. It refuses what lets two readers see two documents (duplicate
 * members, a byte order mark, something after the end) and what makes work unbounded (size, depth, number of values).
 */
final class Json
{
    /** The byte order mark in UTF-8. */
    private const BYTE_ORDER_MARK = "\xef\xbb\xbf";

    /** What a known other thing in place of a document is refused with. */
    private const OTHER_THING = [Code::INPUT_MALFORMED, Code::INPUT_NOT_UTF8, Code::INPUT_TRAILING_BYTES];

    /**
     * Parses one JSON document (json.md, "Strict JSON").
     *
     * @param string $what names the document in messages
     * @param string $limitName the limit on its bytes
     * @return mixed null, bool, int, OtherNumber, string, list or JsonObject
     * @throws Fault
     */
    public static function parse(string $what, string $bytes, string $limitName, Limits $limits)
    {
        return self::parseCounted($what, $bytes, $limitName, $limits)[0];
    }

    /**
     * As parse(), with the number of values that the document has.
     *
     * @return array{0: mixed, 1: int}
     * @throws Fault
     */
    public static function parseCounted(string $what, string $bytes, string $limitName, Limits $limits): array
    {
        return self::read($what, $bytes, $limitName, $limits, null);
    }

    /**
     * Parses one JSON document, and hands over each element of the array that it is as soon as it was read, so that
     * never all of them are held. A fault of the document comes after the elements before it were handed over.
     *
     * @param callable(mixed): void $take
     * @return mixed as parse(), with an empty list where the document is an array
     * @throws Fault
     */
    public static function parseElements(
        string $what,
        string $bytes,
        string $limitName,
        Limits $limits,
        callable $take
    ) {
        return self::read($what, $bytes, $limitName, $limits, $take)[0];
    }

    /**
     * @return array{0: mixed, 1: int}
     * @throws Fault
     */
    private static function read(
        string $what,
        string $bytes,
        string $limitName,
        Limits $limits,
        ?callable $take
    ): array {
        self::checkSize($what, $bytes, $limitName, $limits);
        if (strncmp($bytes, self::BYTE_ORDER_MARK, strlen(self::BYTE_ORDER_MARK)) === 0) {
            throw new Fault(Code::INPUT_BYTE_ORDER_MARK, "the $what starts with a byte order mark");
        }
        try {
            $reader = new Reader($what, self::utf8($what, $bytes), $limits);
            return [$reader->read($take), $reader->count()];
        } catch (Fault $fault) {
            $isOther = in_array($fault->errorCode(), self::OTHER_THING, true);
            $thing = $isOther ? Sniff::known($bytes) : null;
            throw $thing === null ? $fault : new Fault(Code::INPUT_MALFORMED, "expected the $what, but $thing");
        }
    }

    /**
     * Refuses more bytes than the limit. How many there are is not said: who reads a file reads no more than one byte
     * above the limit.
     *
     * @throws Fault
     */
    public static function checkSize(string $what, string $bytes, string $limitName, Limits $limits): void
    {
        $most = $limits->get($limitName);
        if (strlen($bytes) > $most) {
            $has = strncmp($bytes, Sniff::ZIP, strlen(Sniff::ZIP)) === 0 ? 'is a ZIP file of' : 'has';
            throw Fault::beyondLimit(Code::INPUT_TOO_LARGE, "the $what $has more bytes", $limitName, $most);
        }
    }

    /**
     * The bytes, where they are UTF-8.
     *
     * @throws Fault
     */
    public static function utf8(string $what, string $bytes): string
    {
        $at = Utf8::firstInvalid($bytes);
        if ($at === null) {
            return $bytes;
        }
        $message = "the $what is not UTF-8: the first invalid byte is at offset $at";
        throw new Fault(Code::INPUT_NOT_UTF8, $message);
    }

    /**
     * What a value is, for messages.
     *
     * @param mixed $value
     */
    public static function kind($value): string
    {
        if ($value === null) {
            return 'null';
        }
        if (is_bool($value)) {
            return 'a boolean';
        }
        if (is_string($value)) {
            return 'a string';
        }
        if (is_array($value)) {
            return 'an array';
        }
        return $value instanceof JsonObject ? 'an object' : 'a number';
    }

    /**
     * A value on one line, as serde_json writes it. It recurses no deeper than the value.
     *
     * @param mixed $value
     */
    public static function write($value): string
    {
        if ($value instanceof JsonObject) {
            $names = $value->names();
            $members = [];
            foreach ($value->values() as $place => $member) {
                $members[] = self::writeString($names[$place]) . ':' . self::write($member);
            }
            return '{' . implode(',', $members) . '}';
        }
        if (is_array($value)) {
            return '[' . implode(',', array_map([self::class, 'write'], $value)) . ']';
        }
        if (is_string($value)) {
            return self::writeString($value);
        }
        if (is_int($value)) {
            return (string) $value;
        }
        if ($value !== null && !is_bool($value)) {
            throw new \LogicException('no JSON value of ours: ' . gettype($value));
        }
        return $value === null ? 'null' : ($value ? 'true' : 'false');
    }

    private static function writeString(string $string): string
    {
        $flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS;
        $json = json_encode($string, $flags);
        if ($json === false) {
            throw new \LogicException('a string that is not UTF-8');
        }
        return $json;
    }
}
