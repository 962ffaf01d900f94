<?php

declare(strict_types=1);

namespace FedVerify\Core\Encoding;

/**
 * Base58 with Bitcoin's alphabet. It takes time quadratic in the length, so callers bound it.
 *
 * Numbers are lists of limbs, least significant first: of 32 bits on the side of the bytes, of five digits on the side
 * of the string. The product of the two is below 2^62, so every step fits into PHP's integers.
 */
final class Base58
{
    private const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

    /** Digits in one limb. */
    private const LIMB_DIGITS = 5;

    /** 58 to the power of LIMB_DIGITS. */
    private const LIMB_BASE = 656356768;

    /** @var array<int, int>|null the value of each character, by its byte */
    private static $values;

    private function __construct()
    {
    }

    /** Whether the string is of nothing but the characters of base58. */
    public static function isBase58(string $text): bool
    {
        return strspn($text, self::ALPHABET) === strlen($text);
    }

    /** Null where the string has other characters. */
    public static function decode(string $text): ?string
    {
        if (!self::isBase58($text)) {
            return null;
        }
        $zeros = strspn($text, '1');
        $limbs = self::toWords(substr($text, $zeros));
        $bytes = '';
        foreach ($limbs as $limb) {
            $bytes = pack('N', $limb) . $bytes;
        }
        return str_repeat("\0", $zeros) . ltrim($bytes, "\0");
    }

    public static function encode(string $bytes): string
    {
        $zeros = strspn($bytes, "\0");
        $text = '';
        foreach (self::toDigitLimbs(substr($bytes, $zeros)) as $limb) {
            for ($count = 0; $count < self::LIMB_DIGITS; $count++) {
                $text .= self::ALPHABET[$limb % 58];
                $limb = intdiv($limb, 58);
            }
        }
        return str_repeat('1', $zeros) . ltrim(strrev($text), '1');
    }

    /** @return list<int> limbs of 32 bits */
    private static function toWords(string $digits): array
    {
        self::$values = self::$values ?? array_flip(array_map('ord', str_split(self::ALPHABET)));
        $length = strlen($digits);
        $limbs = [];
        // The first step takes what is left over, so that every other one takes a whole limb.
        $take = $length % self::LIMB_DIGITS ?: self::LIMB_DIGITS;
        for ($at = 0; $at < $length; $at += $take, $take = self::LIMB_DIGITS) {
            $carry = 0;
            for ($place = $at; $place < $at + $take; $place++) {
                $carry = $carry * 58 + self::$values[ord($digits[$place])];
            }
            foreach ($limbs as $index => $limb) {
                $carry += $limb * self::LIMB_BASE;
                $limbs[$index] = $carry & 0xffffffff;
                $carry >>= 32;
            }
            if ($carry !== 0) {
                $limbs[] = $carry;
            }
        }
        return $limbs;
    }

    /** @return list<int> limbs of LIMB_DIGITS digits */
    private static function toDigitLimbs(string $bytes): array
    {
        $padded = str_pad($bytes, intdiv(strlen($bytes) + 3, 4) * 4, "\0", STR_PAD_LEFT);
        $limbs = [];
        foreach ($padded === '' ? [] : unpack('N*', $padded) as $carry) {
            foreach ($limbs as $index => $limb) {
                $carry += $limb << 32;
                $limbs[$index] = $carry % self::LIMB_BASE;
                $carry = intdiv($carry, self::LIMB_BASE);
            }
            while ($carry !== 0) {
                $limbs[] = $carry % self::LIMB_BASE;
                $carry = intdiv($carry, self::LIMB_BASE);
            }
        }
        return $limbs;
    }
}
