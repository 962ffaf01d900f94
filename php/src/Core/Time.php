<?php

declare(strict_types=1);

namespace FedVerify\Core;

use FedVerify\Code;

/** Dates of the Gregorian calendar, without PHP's own: those know time zones, and read what RFC 3339 does not allow. */
final class Time
{
    public const SECONDS_OF_DAY = 86400;

    /** The latest time of a verifier's clock: 9999-12-31T23:59:59Z. */
    private const LATEST_CLOCK = 253402300799;

    /** Years below this are refused: the AT protocol allows no date that starts with `000`. */
    private const FIRST_YEAR = 10;

    /** Days from 0000-03-01 to 1970-01-01. */
    private const DAYS_TO_1970 = 719468;

    /** Days of 400 years of the Gregorian calendar. */
    private const DAYS_OF_400_YEARS = 146097;

    private function __construct()
    {
    }

    /**
     * Refuses a clock that is later than any log can be (did-plc.md, "Pins"): no pin has such a time, and every sum with
     * it is an integer.
     *
     * @throws Fault Code::API_ARGUMENT
     */
    public static function checkClock(int $now): void
    {
        if ($now <= self::LATEST_CLOCK) {
            return;
        }
        $latest = 'at most ' . self::LATEST_CLOCK . ' (' . self::utc(self::LATEST_CLOCK) . ')';
        $message = "expected the clock `now` in seconds since 1970, $latest; found $now";
        throw new Fault(Code::API_ARGUMENT, $message);
    }

    /** Days from 1970-01-01 to a date of the Gregorian calendar; null if there is no such date. */
    public static function daysSince1970(int $year, int $month, int $day): ?int
    {
        if ($year < self::FIRST_YEAR || $day < 1 || $day > self::daysOfMonth($year, $month)) {
            return null;
        }
        // Counted from a March, so that the leap day ends a year; days before the m-th month from March are (153 m + 2)
        // / 5.
        [$years, $months] = $month > 2 ? [$year, $month - 3] : [$year - 1, $month + 9];
        $leapDays = intdiv($years, 4) - intdiv($years, 100) + intdiv($years, 400);
        return $years * 365 + $leapDays + intdiv($months * 153 + 2, 5) + $day - 1 - self::DAYS_TO_1970;
    }

    /** The days of a month; 0 if there is no such month. */
    private static function daysOfMonth(int $year, int $month): int
    {
        if ($month === 2) {
            return $year % 4 === 0 && ($year % 100 !== 0 || $year % 400 === 0) ? 29 : 28;
        }
        if ($month < 1 || $month > 12) {
            return 0;
        }
        return in_array($month, [4, 6, 9, 11], true) ? 30 : 31;
    }

    /**
     * Writes seconds since 1970, which are not negative, as an RFC 3339 date-time in UTC. Years beyond 9999, which RFC
     * 3339 cannot write, are written with the digits that they have.
     */
    public static function utc(int $seconds): string
    {
        $ofDay = $seconds % self::SECONDS_OF_DAY;
        [$year, $month, $day] = self::dateOf(intdiv($seconds, self::SECONDS_OF_DAY));
        $time = [intdiv($ofDay, 3600), intdiv($ofDay, 60) % 60, $ofDay % 60];
        return vsprintf('%04d-%02d-%02dT%02d:%02d:%02dZ', [$year, $month, $day, ...$time]);
    }

    /**
     * Year, month and day of a day after 1970-01-01: the inverse of daysSince1970().
     *
     * @return array{int, int, int}
     */
    private static function dateOf(int $days): array
    {
        // The day's own year is at most one away from this estimate.
        $year = intdiv(($days + self::DAYS_TO_1970) * 400, self::DAYS_OF_400_YEARS) + 1;
        while (self::daysSince1970($year, 1, 1) > $days) {
            $year--;
        }
        $left = $days - self::daysSince1970($year, 1, 1);
        $month = 1;
        while ($left >= self::daysOfMonth($year, $month)) {
            $left -= self::daysOfMonth($year, $month);
            $month++;
        }
        return [$year, $month, $left + 1];
    }
}
