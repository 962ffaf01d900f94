<?php

declare(strict_types=1);

namespace FedVerify\Core;

use FedVerify\Code;

/**
 * The version of a release: up to 128 bytes of letters, digits and `._+~-` (fair.md, "Versions").
 *
 * Most versions have an order (fair.md, "Version order"): numbers with dots between them, optionally a pre-release and
 * build metadata. Others, such as `trunk`, can only be asked for by name.
 */
final class Version
{
    private const LETTERS_AND_DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

    /** Numbers of a version by FAIR's grammar. */
    private const FAIR_NUMBERS = 3;

    /** @var string */
    private $text;

    /** @var Precedence|null */
    private $precedence;

    /** @var string */
    private $form;

    private function __construct(string $text, ?Precedence $precedence, string $form)
    {
        $this->text = $text;
        $this->precedence = $precedence;
        $this->form = $form;
    }

    /**
     * Reads a version; null where it is empty, longer than `versionBytes`, or has other characters than letters, digits
     * and `._+~-`.
     */
    public static function parse(string $text, Limits $limits): ?self
    {
        return strlen($text) <= $limits->get('versionBytes') ? self::ofAnyLength($text) : null;
    }

    /** The error of what is no version. */
    public static function refusal(string $text, Limits $limits): Fault
    {
        $limit = $limits->get('versionBytes');
        $expected = "a version of 1 to $limit letters, digits and ._+~- (limit versionBytes)";
        return new Fault(Code::FAIR_VERSION_INVALID, "expected $expected, found " . Quote::quote($text));
    }

    /** The version with this number, of any length; null for what number() never gives. */
    public static function fromNumber(string $number): ?self
    {
        $version = self::ofAnyLength($number);
        return $version !== null && $version->number() === $number ? $version : null;
    }

    private static function ofAnyLength(string $text): ?self
    {
        if ($text === '' || strspn($text, self::LETTERS_AND_DIGITS . '._+~-') !== strlen($text)) {
            return null;
        }
        return self::readOrder($text) ?? new self($text, null, VersionForm::UNORDERED);
    }

    /** Reads a version that has an order. */
    private static function readOrder(string $text): ?self
    {
        $parts = explode('+', $text, 2);
        if (isset($parts[1]) && !self::areIdentifiers(explode('.', $parts[1]))) {
            return null;
        }
        $parts = explode('-', $parts[0], 2);
        $isWithV = strncmp($parts[0], 'v', 1) === 0;
        $numbers = explode('.', $isWithV ? substr($parts[0], 1) : $parts[0]);
        $preRelease = isset($parts[1]) ? explode('.', $parts[1]) : [];
        if (!self::areNumbers($numbers) || !self::areIdentifiers($preRelease)) {
            return null;
        }
        $isFair = !$isWithV && count($numbers) <= self::FAIR_NUMBERS;
        $precedence = new Precedence($numbers, $preRelease);
        return new self($text, $precedence, $isFair ? VersionForm::FAIR : VersionForm::LOOSE);
    }

    /**
     * Whether each is decimal digits, one at least. Leading zeros are allowed and mean nothing: FAIR's grammar has them
     * (`2024.01.05`, `2.1.0-20250801.0930`), where SemVer does not.
     *
     * @param list<string> $texts
     */
    private static function areNumbers(array $texts): bool
    {
        foreach ($texts as $text) {
            if (!Precedence::isNumber($text)) {
                return false;
            }
        }
        return true;
    }

    /** @param list<string> $texts */
    private static function areIdentifiers(array $texts): bool
    {
        foreach ($texts as $text) {
            if ($text === '' || strspn($text, self::LETTERS_AND_DIGITS . '-') !== strlen($text)) {
                return false;
            }
        }
        return true;
    }

    /** The version as it is written. */
    public function asStr(): string
    {
        return $this->text;
    }

    public function toString(): string
    {
        return $this->text;
    }

    /** How it is written: one of VersionForm. */
    public function form(): string
    {
        return $this->form;
    }

    /** Its place in the order of versions; null where it has none. */
    public function precedence(): ?Precedence
    {
        return $this->precedence;
    }

    /**
     * The version by its number and not by its spelling: `1`, `1.0`, `v1.0.0` and `1.0.0+build` are all `1.0.0`. A
     * version without an order is its own name.
     */
    public function number(): string
    {
        return $this->precedence === null ? $this->text : $this->precedence->toString();
    }
}
