<?php

declare(strict_types=1);

namespace FedVerify\Core;

/** The place of a version in the order of versions: SemVer's precedence (section 11), with missing numbers as 0. */
final class Precedence
{
    /** Numbers that are always written. */
    private const LEAST_NUMBERS = 3;

    /** @var list<string> at least three, without zeros at the end beyond the third; digits without leading zeros */
    private $numbers;

    /** @var list<string> numbers without leading zeros, and words */
    private $preRelease;

    /**
     * @param list<string> $numbers decimal digits
     * @param list<string> $preRelease identifiers
     */
    public function __construct(array $numbers, array $preRelease)
    {
        $numbers = array_map([self::class, 'significant'], $numbers);
        while (end($numbers) === '0') {
            array_pop($numbers);
        }
        $this->numbers = array_pad($numbers, self::LEAST_NUMBERS, '0');
        $this->preRelease = array_map([self::class, 'significant'], $preRelease);
    }

    /** Whether this is decimal digits, one at least. */
    public static function isNumber(string $text): bool
    {
        return $text !== '' && strspn($text, '0123456789') === strlen($text);
    }

    /** A number without its leading zeros; a word as it is. */
    private static function significant(string $text): string
    {
        if (!self::isNumber($text)) {
            return $text;
        }
        $digits = ltrim($text, '0');
        return $digits === '' ? '0' : $digits;
    }

    /** Whether this is a pre-release. */
    public function isPreRelease(): bool
    {
        return $this->preRelease !== [];
    }

    /** Below, equal to or above 0, as this place is lower than, equal to or higher than the other. */
    public function cmp(self $other): int
    {
        // Without zeros at the end, a longer list of numbers that starts alike is a higher version.
        $numbers = self::compareLists($this->numbers, $other->numbers);
        if ($numbers !== 0) {
            return $numbers;
        }
        // SemVer 11.3: a pre-release comes before the release. 11.4: else part by part, fewer parts first.
        if ($this->isPreRelease() !== $other->isPreRelease()) {
            return $this->isPreRelease() ? -1 : 1;
        }
        return self::compareLists($this->preRelease, $other->preRelease);
    }

    /**
     * @param list<string> $parts
     * @param list<string> $others
     */
    private static function compareLists(array $parts, array $others): int
    {
        foreach ($parts as $index => $part) {
            if (!isset($others[$index])) {
                return 1;
            }
            $order = self::compareParts($part, $others[$index]);
            if ($order !== 0) {
                return $order;
            }
        }
        return count($parts) <=> count($others);
    }

    private static function compareParts(string $part, string $other): int
    {
        $isNumber = self::isNumber($part);
        // Numbers come before words (SemVer section 11.4.3).
        if ($isNumber !== self::isNumber($other)) {
            return $isNumber ? -1 : 1;
        }
        // A number may have any length: ordered by length, then by digits.
        $byLength = $isNumber ? strlen($part) <=> strlen($other) : 0;
        return $byLength !== 0 ? $byLength : strcmp($part, $other);
    }

    public function toString(): string
    {
        return implode('.', $this->numbers) . ($this->isPreRelease() ? '-' . implode('.', $this->preRelease) : '');
    }
}
