<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn;

/**
 * Whether any JSON parser reads a string as an object.
 *
 * The strict reader would be the wrong one here: it refuses documents that others read, such as an object with a member
 * twice or with half a surrogate pair, and what it refuses would pass as no object. Only the grammar counts (RFC 8259,
 * section 2), whatever the nesting: open arrays and objects are held in a list, not on the stack.
 */
final class JsonGrammar
{
    private const WHITE_SPACE = " \t\n\r";

    /** Every value that holds no other, but for strings. What follows it decides whether a number ended too early. */
    private const SCALAR = '/\G(?:-?+(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+|true|false|null)/';

    private const ESCAPE = '/\G\\\\(?:["\\\\\/bfnrt]|u[0-9A-Fa-f]{4})/';

    /** What ends a run of plain characters in a string: the quote, the backslash, and control characters. */
    private const STRING_STOPS = "\"\\\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"
        . "\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f";

    /** What closes what was opened. */
    private const CLOSING = ['[' => ']', '{' => '}'];

    /** @var string */
    private $text;

    /** @var int */
    private $at = 0;

    private function __construct(string $text)
    {
        $this->text = $text;
    }

    /** Whether the whole string is a JSON object, with white space around it or not. */
    public static function isObject(string $text): bool
    {
        $grammar = new self($text);
        return $grammar->next() === '{' && $grammar->isValue() && $grammar->next() === '';
    }

    /** The next character that is not white space; empty at the end. */
    private function next(): string
    {
        $this->at += strspn($this->text, self::WHITE_SPACE, $this->at);
        return $this->text[$this->at] ?? '';
    }

    private function takes(string $character): bool
    {
        if ($this->next() !== $character) {
            return false;
        }
        $this->at++;
        return true;
    }

    private function isValue(): bool
    {
        $open = [];
        do {
            $start = $this->next();
            $isOpening = isset(self::CLOSING[$start]);
            if ($isOpening) {
                $this->at++;
                $open[] = $start;
            } elseif (!$this->isScalar($start)) {
                return false;
            }
            $isFilled = $isOpening && $this->next() !== self::CLOSING[$start];
            $isUnfinished = $isFilled || $this->closesUntilComma($open);
            if ($isUnfinished && end($open) === '{' && !$this->isName()) {
                return false;
            }
        } while ($isUnfinished);
        return $open === [];
    }

    /**
     * Closes what ends here, and takes the comma where one follows: then another value must come.
     *
     * @param list<string> $open
     */
    private function closesUntilComma(array &$open): bool
    {
        while ($open !== []) {
            if ($this->takes(',')) {
                return true;
            }
            if (!$this->takes(self::CLOSING[end($open)])) {
                return false;
            }
            array_pop($open);
        }
        return false;
    }

    /** A member's name and its colon. */
    private function isName(): bool
    {
        return $this->next() === '"' && $this->isString() && $this->takes(':');
    }

    private function isScalar(string $start): bool
    {
        return $start === '"' ? $this->isString() : $this->matches(self::SCALAR);
    }

    private function isString(): bool
    {
        $this->at++;
        while (true) {
            $this->at += strcspn($this->text, self::STRING_STOPS, $this->at);
            $stop = $this->text[$this->at] ?? '';
            if ($stop === '"') {
                $this->at++;
                return true;
            }
            if ($stop !== '\\' || !$this->matches(self::ESCAPE)) {
                return false;
            }
        }
    }

    private function matches(string $pattern): bool
    {
        $count = preg_match($pattern, $this->text, $found, 0, $this->at);
        if ($count === false) {
            throw new \LogicException('a pattern of JSON failed: ' . preg_last_error());
        }
        $this->at += strlen($found[0] ?? '');
        return $count === 1;
    }
}
