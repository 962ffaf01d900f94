<?php

declare(strict_types=1);

namespace FedVerify\Core\Key\Prehash;

/**
 * Arithmetic modulo an odd prime of 256 bits, without gmp or bcmath. Only public values are computed with, so it may take
 * a time that tells of them.
 *
 * A number is a list of 28-bit limbs, the lowest first, in Montgomery's form: times R = 2^280, modulo the prime (Montgomery,
 * "Modular Multiplication Without Trial Division", 1985). Products of limbs and their sums stay below 2^63.
 */
final class Modulus
{
    private const LIMBS = 10;
    private const LIMB_BITS = 28;
    private const MASK = 0xfffffff;

    /** A limb has seven hexadecimal digits. */
    private const LIMB_DIGITS = 7;

    /** @var list<int> */
    private array $prime;

    /** The prime less 2, as 64 hexadecimal digits: the exponent of an inverse. */
    private string $exponent;

    /** -1 divided by the prime, modulo 2^28. */
    private int $negativeInverse;

    /** @var list<int> R in the form of a number, which is 1 */
    private array $one;

    /** @var list<int> R in the form of a number, squared */
    private array $square;

    /** @param string $prime 64 hexadecimal digits, whose last byte is 2 or more */
    public function __construct(string $prime)
    {
        $this->prime = self::limbs($prime);
        $this->exponent = substr($prime, 0, -2) . sprintf('%02x', (int) hexdec(substr($prime, -2)) - 2);
        $inverse = 1;
        // Each step doubles the number of low bits that are right (Newton).
        for ($bits = 1; $bits < self::LIMB_BITS; $bits *= 2) {
            $inverse = ($inverse * ((2 - $this->prime[0] * $inverse) & self::MASK)) & self::MASK;
        }
        $this->negativeInverse = (-$inverse) & self::MASK;
        $power = self::limbs('1');
        for ($bits = 0; $bits < 2 * self::LIMBS * self::LIMB_BITS; $bits++) {
            if ($bits === self::LIMBS * self::LIMB_BITS) {
                $this->one = $power;
            }
            $power = $this->add($power, $power);
        }
        $this->square = $power;
    }

    /**
     * The number that these 32 bytes write, modulo the prime.
     *
     * @return list<int>
     */
    public function read(string $bytes): array
    {
        return $this->multiply(self::limbs(bin2hex($bytes)), $this->square);
    }

    /**
     * The number in 32 bytes.
     *
     * @param list<int> $number
     */
    public function write(array $number): string
    {
        $hex = '';
        foreach ($this->multiply($number, self::limbs('1')) as $limb) {
            $hex = sprintf('%07x', $limb) . $hex;
        }
        return (string) hex2bin(substr($hex, -64));
    }

    /** Whether these 32 bytes write a number from 1 to the prime less 1. */
    public function isNonZero(string $bytes): bool
    {
        return trim($bytes, "\0") !== '' && !self::isAtLeast(self::limbs(bin2hex($bytes)), $this->prime);
    }

    /**
     * @param list<int> $a
     * @param list<int> $b
     * @return list<int>
     */
    public function add(array $a, array $b): array
    {
        $carry = 0;
        $sum = [];
        foreach ($a as $place => $limb) {
            $carry += $limb + $b[$place];
            $sum[] = $carry & self::MASK;
            $carry >>= self::LIMB_BITS;
        }
        return $this->reduced($sum);
    }

    /**
     * @param list<int> $a
     * @param list<int> $b
     * @return list<int>
     */
    public function subtract(array $a, array $b): array
    {
        return $this->add($a, self::difference($this->prime, $b));
    }

    /**
     * @param list<int> $a
     * @param list<int> $b
     * @return list<int>
     */
    public function multiply(array $a, array $b): array
    {
        $prime = $this->prime;
        $product = array_fill(0, self::LIMBS, 0);
        foreach ($a as $limb) {
            $low = $product[0] + $limb * $b[0];
            $factor = (($low & self::MASK) * $this->negativeInverse) & self::MASK;
            $carry = ($low + $factor * $prime[0]) >> self::LIMB_BITS;
            for ($place = 1; $place < self::LIMBS; $place++) {
                $carry += $product[$place] + $limb * $b[$place] + $factor * $prime[$place];
                $product[$place - 1] = $carry & self::MASK;
                $carry >>= self::LIMB_BITS;
            }
            $product[self::LIMBS - 1] = $carry;
        }
        return $this->reduced($product);
    }

    /**
     * 1 divided by the number, by Fermat's little theorem; 0 has no inverse and gives 0.
     *
     * @param list<int> $number
     * @return list<int>
     */
    public function inverse(array $number): array
    {
        $powers = [$this->one];
        for ($digit = 1; $digit < 16; $digit++) {
            $powers[] = $this->multiply($powers[$digit - 1], $number);
        }
        $inverse = $this->one;
        foreach (str_split($this->exponent) as $digit) {
            for ($doubling = 0; $doubling < 4; $doubling++) {
                $inverse = $this->multiply($inverse, $inverse);
            }
            $inverse = $this->multiply($inverse, $powers[(int) hexdec($digit)]);
        }
        return $inverse;
    }

    /**
     * A number below twice the prime, modulo the prime.
     *
     * @param list<int> $number
     * @return list<int>
     */
    private function reduced(array $number): array
    {
        return self::isAtLeast($number, $this->prime) ? self::difference($number, $this->prime) : $number;
    }

    /**
     * @param list<int> $a
     * @param list<int> $b
     */
    private static function isAtLeast(array $a, array $b): bool
    {
        for ($place = self::LIMBS - 1; $place >= 0; $place--) {
            if ($a[$place] !== $b[$place]) {
                return $a[$place] > $b[$place];
            }
        }
        return true;
    }

    /**
     * a - b, where b is not above a.
     *
     * @param list<int> $a
     * @param list<int> $b
     * @return list<int>
     */
    private static function difference(array $a, array $b): array
    {
        $borrow = 0;
        $difference = [];
        foreach ($a as $place => $limb) {
            $borrow += $limb - $b[$place];
            $difference[] = $borrow & self::MASK;
            $borrow >>= self::LIMB_BITS;
        }
        return $difference;
    }

    /** @return list<int> */
    private static function limbs(string $hex): array
    {
        $digits = str_pad($hex, self::LIMBS * self::LIMB_DIGITS, '0', STR_PAD_LEFT);
        return array_map('hexdec', array_reverse(str_split($digits, self::LIMB_DIGITS)));
    }
}
