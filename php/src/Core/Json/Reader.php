<?php

declare(strict_types=1);

namespace FedVerify\Core\Json;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Index;
use FedVerify\Core\Limits;
use FedVerify\Core\Memory;
use FedVerify\Core\Quote;

/**
 * Text to values, by the grammar of RFC 8259: core/src/json/reader.rs. It does not recurse, and takes each byte once.
 *
 * Faults come in the order of the document, as in core: a value is counted before it is read, and an object's members
 * are compared when it ends.
 */
final class Reader
{
    /** The most nesting that is ever read, whatever the caller's limit. */
    private const MAX_DEPTH = 100;

    private const SPACE = " \t\n\r";

    /** A string without escapes. */
    private const PLAIN_STRING = '/\G"\K[^"\\\\\x00-\x1f]*+(?=")/';

    /** A number, and nothing after it that only a broken number has. */
    private const NUMBER = '/\G-?+(?:0|[1-9][0-9]*+)(?![0-9])(?:\.[0-9]++|(?!\.))(?:[eE][+-]?+[0-9]++|(?![eE]))/';

    private const LITERALS = ['t' => ['true', true], 'f' => ['false', false], 'n' => ['null', null]];

    /** The largest number that core takes as whole. */
    private const MAX_U64 = '18446744073709551615';

    /** Up to this many members, those that are there twice are looked for one by one. */
    private const FEW = 12;

    /** From how many values on it is looked whether there is room for more, each time that PHP takes more for an array. */
    private const MANY = 4096;

    /** After how many values the memory is looked at. */
    private const VALUES_PER_LOOK = 1024;

    /** @var string */
    private $what;

    /** @var string */
    private $text;

    /** @var int the offset of what is read next */
    private $at = 0;

    /** @var int */
    private $maxDepth;

    /** @var int */
    private $maxValues;

    /** @var int */
    private $count = 0;

    /** @var Memory */
    private $memory;

    /** @var int how many arrays and objects are open */
    private $depth = 0;

    /** @var array<int, list<string>|null> the names of each open object, null for an array; by depth */
    private $names = [];

    /** @var array<int, list<mixed>> the values of each open array or object, by depth */
    private $values = [];

    /**
     * @var array<int, list<string>> the names of the last object at each depth: most are alike, and then hold one
     * list
     */
    private $lastNames = [];

    /** @var callable|null see read() */
    private $take;

    public function __construct(string $what, string $text, Limits $limits)
    {
        $this->what = $what;
        $this->text = $text;
        $this->maxDepth = min($limits->get('jsonDepth'), self::MAX_DEPTH);
        $this->maxValues = $limits->get('jsonValues');
        $this->memory = Memory::forReading();
    }

    /**
     * @param callable(mixed): void|null $take gets each element of the array that the document is; none is kept
     * @return mixed null, bool, int, OtherNumber, string, list or JsonObject
     * @throws Fault
     */
    public function read(?callable $take = null)
    {
        $this->take = $take;
        $this->countValue();
        $value = $this->value();
        if ($this->next() !== '') {
            $message = "the {$this->what} goes on after its end: trailing characters at {$this->place()}";
            throw new Fault(Code::INPUT_TRAILING_BYTES, $message);
        }
        return $value;
    }

    /** @return mixed */
    private function value()
    {
        for (;;) {
            $byte = $this->next();
            if ($byte === '[' || $byte === '{') {
                $this->open($byte === '{');
                if ($this->hasFirst()) {
                    continue;
                }
                $value = $this->close();
            } else {
                $value = $this->scalar($byte);
            }
            // Whatever ends with this value.
            for (;;) {
                if ($this->depth === 0) {
                    return $value;
                }
                if ($this->depth === 1 && $this->take !== null && $this->names[1] === null) {
                    ($this->take)($value);
                } else {
                    if ($this->count >= self::MANY) {
                        $this->needRoomForMore(count($this->values[$this->depth]));
                    }
                    $this->values[$this->depth][] = $value;
                }
                if ($this->hasNext()) {
                    break;
                }
                $value = $this->close();
            }
        }
    }

    /** The first byte after white space; empty at the end. */
    private function next(): string
    {
        $this->at += strspn($this->text, self::SPACE, $this->at);
        return $this->text[$this->at] ?? '';
    }

    private function open(bool $isObject): void
    {
        if ($this->depth >= $this->maxDepth) {
            $found = "the {$this->what} is nested deeper";
            throw Fault::beyondLimit(Code::INPUT_TOO_DEEP, $found, 'jsonDepth', $this->maxDepth);
        }
        $this->at++;
        $this->depth++;
        $this->names[$this->depth] = $isObject ? [] : null;
        $this->values[$this->depth] = [];
    }

    /** Whether the array or object that was just opened has a value, which is then to be read. */
    private function hasFirst(): bool
    {
        $byte = $this->next();
        $isObject = $this->names[$this->depth] !== null;
        if ($byte === ($isObject ? '}' : ']')) {
            $this->at++;
            return false;
        }
        if ($isObject) {
            $this->name($byte);
        } elseif ($byte === '') {
            throw $this->malformed('EOF while parsing a list');
        }
        $this->countValue();
        return true;
    }

    /** Whether the innermost array or object has another value, which is then to be read. */
    private function hasNext(): bool
    {
        $byte = $this->next();
        $isObject = $this->names[$this->depth] !== null;
        $end = $isObject ? '}' : ']';
        if ($byte === $end) {
            $this->at++;
            return false;
        }
        if ($byte !== ',') {
            throw $this->malformed("expected `,` or `$end`");
        }
        $this->at++;
        $byte = $this->next();
        if ($byte === $end) {
            throw $this->malformed('trailing comma');
        }
        if ($isObject) {
            $this->name($byte);
        } elseif ($byte === '') {
            throw $this->malformed('EOF while parsing a value');
        }
        $this->countValue();
        return true;
    }

    /** Reads a member's name and the colon after it. */
    private function name(string $byte): void
    {
        if ($byte !== '"') {
            throw $this->malformed($byte === '' ? 'EOF while parsing an object' : 'key must be a string');
        }
        if ($this->count >= self::MANY) {
            $this->needRoomForMore(count($this->names[$this->depth]));
        }
        $this->names[$this->depth][] = $this->string();
        if ($this->next() !== ':') {
            throw $this->malformed('expected `:`');
        }
        $this->at++;
    }

    /** @return list<mixed>|JsonObject */
    private function close()
    {
        $values = $this->values[$this->depth];
        $names = $this->names[$this->depth];
        unset($this->values[$this->depth], $this->names[$this->depth]);
        if ($names !== null) {
            if ($names === ($this->lastNames[$this->depth] ?? null)) {
                $names = $this->lastNames[$this->depth];
            } else {
                $this->refuseDuplicate($names);
                $this->lastNames[$this->depth] = $names;
            }
            $values = new JsonObject($names, $values);
        }
        $this->depth--;
        return $values;
    }

    /** @param list<string> $names as read, escapes resolved */
    private function refuseDuplicate(array $names): void
    {
        // Their index has twice the places at most, and its old ones while it grows, and may have a copy of each name.
        if (count($names) >= self::MANY && Memory::lacks(192 * count($names))) {
            throw $this->noMemory();
        }
        $name = count($names) <= self::FEW ? self::duplicateOfFew($names) : self::duplicateOfMany($names);
        if ($name !== null) {
            $message = "an object of the {$this->what} has the member " . Quote::quote($name) . ' twice';
            throw new Fault(Code::INPUT_DUPLICATE_MEMBER, $message);
        }
    }

    /**
     * Of several names that come again, the one that comes first; of many, the one that comes again first. As in core.
     *
     * @param list<string> $names
     */
    private static function duplicateOfFew(array $names): ?string
    {
        $earliest = null;
        foreach ($names as $place => $name) {
            $first = (int) array_search($name, $names, true);
            if ($first !== $place && ($earliest === null || $first < $earliest)) {
                $earliest = $first;
            }
        }
        return $earliest === null ? null : $names[$earliest];
    }

    /** @param list<string> $names */
    private static function duplicateOfMany(array $names): ?string
    {
        $seen = new Index();
        foreach ($names as $name) {
            if ($seen->insert($name, 0) !== null) {
                return $name;
            }
        }
        return null;
    }

    /** How many values were read. */
    public function count(): int
    {
        return $this->count;
    }

    private function countValue(): void
    {
        if (++$this->count > $this->maxValues) {
            $found = "the {$this->what} has more values";
            throw Fault::beyondLimit(Code::INPUT_TOO_MANY_VALUES, $found, 'jsonValues', $this->maxValues);
        }
        if ($this->count % self::VALUES_PER_LOOK === 0 && $this->memory->isShort()) {
            throw $this->noMemory();
        }
    }

    /** An array that is full gets twice the places, of 32 bytes at most, and until then it has its old ones, too. */
    private function needRoomForMore(int $places): void
    {
        if ($places >= self::MANY && ($places & ($places - 1)) === 0 && Memory::lacks(2 * $places * 32)) {
            throw $this->noMemory();
        }
    }

    private function noMemory(): Fault
    {
        return new Fault(Code::IO_MEMORY, "there is not enough memory to read the {$this->what}: see memory_limit");
    }

    /** @return bool|int|OtherNumber|string|null */
    private function scalar(string $byte)
    {
        if ($byte === '"') {
            return $this->string();
        }
        if (isset(self::LITERALS[$byte])) {
            [$literal, $value] = self::LITERALS[$byte];
            if (substr_compare($this->text, $literal, $this->at, strlen($literal)) !== 0) {
                throw $this->malformed('expected ident');
            }
            $this->at += strlen($literal);
            return $value;
        }
        if ($byte !== '' && strpos('-0123456789', $byte) !== false) {
            return $this->number();
        }
        throw $this->malformed($byte === '' ? 'EOF while parsing a value' : 'expected value');
    }

    private function string(): string
    {
        $plain = $this->match(self::PLAIN_STRING);
        if ($plain !== null) {
            $this->at += strlen($plain) + 2;
            return $plain;
        }
        $quoted = substr($this->text, $this->at, $this->stringEnd() - $this->at);
        // PHP's reader takes a string by itself as serde_json does: no lone surrogates, no control characters.
        $string = json_decode($quoted);
        if (!is_string($string)) {
            throw $this->malformed('invalid string');
        }
        $this->at += strlen($quoted);
        return $string;
    }

    /** The offset after the string that starts here. */
    private function stringEnd(): int
    {
        $from = $this->at + 1;
        for (;;) {
            $quote = strpos($this->text, '"', $from);
            if ($quote === false) {
                throw $this->malformed('EOF while parsing a string');
            }
            $before = substr($this->text, $from, $quote - $from);
            if ((strlen($before) - strlen(rtrim($before, '\\'))) % 2 === 0) {
                return $quote + 1;
            }
            $from = $quote + 1;
        }
    }

    /** @return int|OtherNumber */
    private function number()
    {
        $number = $this->match(self::NUMBER);
        if ($number === null) {
            throw $this->malformed('invalid number');
        }
        $this->at += strlen($number);
        if (strspn($number, '0123456789') < strlen($number)) {
            return new OtherNumber(false);
        }
        if (self::isAtMost($number, (string) PHP_INT_MAX)) {
            return (int) $number;
        }
        return self::isAtMost($number, self::MAX_U64) ? new OtherNumber(true, $number) : new OtherNumber(false);
    }

    /** Compares whole numbers without leading zeros, as written. */
    private static function isAtMost(string $number, string $most): bool
    {
        return strlen($number) < strlen($most) || (strlen($number) === strlen($most) && strcmp($number, $most) <= 0);
    }

    private function match(string $pattern): ?string
    {
        $outcome = preg_match($pattern, $this->text, $found, 0, $this->at);
        if ($outcome === false) {
            throw new \LogicException('PCRE failed: ' . preg_last_error());
        }
        return $outcome === 1 ? $found[0] : null;
    }

    private function malformed(string $problem): Fault
    {
        return new Fault(Code::INPUT_MALFORMED, "the {$this->what} is not JSON: $problem at {$this->place()}");
    }

    private function place(): string
    {
        $read = substr($this->text, 0, $this->at);
        $line = substr_count($read, "\n") + 1;
        $column = strlen($read) - (int) strrpos("\n$read", "\n") + 1;
        return "line $line column $column";
    }
}
