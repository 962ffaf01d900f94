<?php

declare(strict_types=1);

namespace FedVerify\Core;

/**
 * An instant as a directory wrote it: RFC 3339 in the AT protocol's stricter form (did-plc.md, "Timestamps").
 *
 * `T` and `Z` (or `±hh:mm`) in upper case, seconds required, any number of fraction digits, a real calendar date from
 * the year 10 on, no second 60, no `-00:00`. Instants compare exactly, whatever their offsets and however many digits
 * they have.
 */
final class Timestamp
{
    /** The form, without the fraction's digits, of which there can be megabytes. */
    private const FORM = '/\A([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})\z/';

    /** `+hh:mm` or `-hh:mm`. */
    private const OFFSET = '/\A([+-])([0-9]{2}):([0-9]{2})\z/';

    /** Characters of a date-time before its fraction and its offset. */
    private const FORM_CHARS = 19;

    private const DIGITS = '0123456789';

    /** @var string */
    private $text;

    /** @var int since 1970-01-01T00:00:00Z */
    private $seconds;

    /** @var string its decimal digits without trailing zeros, which compare as strings do; none is rounded away */
    private $fraction;

    private function __construct(string $text, int $seconds, string $fraction)
    {
        $this->text = $text;
        $this->seconds = $seconds;
        $this->fraction = $fraction;
    }

    /** Null if the string has another form. */
    public static function parse(string $text): ?self
    {
        $seconds = self::secondsOf(substr($text, 0, self::FORM_CHARS));
        if ($seconds === null) {
            return null;
        }
        $offsetAt = self::FORM_CHARS;
        $fraction = '';
        if (substr($text, $offsetAt, 1) === '.') {
            $count = strspn($text, self::DIGITS, $offsetAt + 1);
            $fraction = rtrim(substr($text, $offsetAt + 1, $count), '0');
            if ($count === 0) {
                return null;
            }
            $offsetAt += 1 + $count;
        }
        $offset = self::offsetSeconds((string) substr($text, $offsetAt));
        return $offset === null ? null : new self($text, $seconds - $offset, $fraction);
    }

    /** Seconds since 1970 of a date and time of day, as if in UTC. */
    private static function secondsOf(string $text): ?int
    {
        if (preg_match(self::FORM, $text, $parts) !== 1) {
            return null;
        }
        [, $year, $month, $day, $hour, $minute, $second] = array_map('intval', $parts);
        $days = Time::daysSince1970($year, $month, $day);
        if ($days === null || $hour > 23 || $minute > 59 || $second > 59) {
            return null;
        }
        return $days * Time::SECONDS_OF_DAY + $hour * 3600 + $minute * 60 + $second;
    }

    /** Of `Z`, `+hh:mm` or `-hh:mm`, but not `-00:00`: that says that the offset is unknown (RFC 3339, section 4.3). */
    private static function offsetSeconds(string $text): ?int
    {
        if ($text === 'Z') {
            return 0;
        }
        if ($text === '-00:00' || preg_match(self::OFFSET, $text, $parts) !== 1) {
            return null;
        }
        [$hours, $minutes] = [(int) $parts[2], (int) $parts[3]];
        if ($hours > 23 || $minutes > 59) {
            return null;
        }
        $seconds = $hours * 3600 + $minutes * 60;
        return $parts[1] === '-' ? -$seconds : $seconds;
    }

    /** The string as it was served. */
    public function asStr(): string
    {
        return $this->text;
    }

    public function toString(): string
    {
        return $this->text;
    }

    /** Whole seconds since 1970, rounded down; 0 for instants before that. */
    public function secondsFloor(): int
    {
        return max($this->seconds, 0);
    }

    /** Whole seconds since 1970, rounded up; 0 for instants before that. */
    public function secondsCeil(): int
    {
        return $this->secondsFloor() + ($this->fraction === '' ? 0 : 1);
    }

    /** Whether both name the same instant. */
    public function equals(self $other): bool
    {
        return $this->compare($other, 0) === 0;
    }

    /** Whether this instant is strictly later than the other. */
    public function isAfter(self $other): bool
    {
        return $this->compare($other, 0) > 0;
    }

    /** Whether this instant is at most so many seconds later than the other. Exactly so many is within. */
    public function isWithin(int $seconds, self $other): bool
    {
        return $this->compare($other, $seconds) <= 0;
    }

    /** Compares with the instant that is so many seconds later than the other. */
    private function compare(self $other, int $seconds): int
    {
        // The difference is of years below 10,000. A sum with the seconds could be above PHP's integers.
        return $this->seconds - $other->seconds <=> $seconds ?: strcmp($this->fraction, $other->fraction);
    }
}
