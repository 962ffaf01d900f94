<?php

declare(strict_types=1);

namespace FedVerify\Core\Curve;

/**
 * Arithmetic modulo a prime of 253 to 256 bits, where neither gmp nor bcmath is there. Not in constant time:
 * verification has no secrets.
 *
 * A number is a list of nine limbs of 29 bits, least significant first, in Montgomery's form with R = 2^261 (Handbook
 * of Applied Cryptography, 14.3.2). It is below four times the prime, so that products add up below 2^63 and no result
 * is reduced further than it must be; only toBytes() gives the one number below the prime.
 */
final class PrimeField
{
    private const LIMBS = 9;

    private const LIMB_BITS = 29;

    private const MASK = (1 << self::LIMB_BITS) - 1;

    /** Bytes of a number, big-endian. */
    private const BYTES = 32;

    /** @var list<int> the prime, not in Montgomery's form */
    private $prime;

    /** @var int the number that its last limb makes -1 of, modulo 2^29 */
    private $factor;

    /** @var list<int> R squared: what a number is multiplied with to get its Montgomery form */
    private $square;

    /** @var string the prime minus 2: the exponent that inverts (Fermat) */
    private $inversion;

    /** @param string $prime 32 bytes, big-endian */
    public function __construct(string $prime)
    {
        $this->prime = self::limbs($prime);
        // Newton's iteration: every step doubles the bits that are right, from the three of an odd number's own value.
        $inverse = $this->prime[0];
        for ($bits = 3; $bits < self::LIMB_BITS; $bits *= 2) {
            $inverse = $inverse * (2 - ($this->prime[0] * $inverse & self::MASK)) & self::MASK;
        }
        $this->factor = -$inverse & self::MASK;
        // The last byte of every prime here is above 2.
        $this->inversion = substr($prime, 0, -1) . chr(ord($prime[self::BYTES - 1]) - 2);
        $this->square = $this->squareOfR();
    }

    /** @return list<int> */
    private function squareOfR(): array
    {
        // From 2^252, which is below four times any of the primes, to 2^262, which is 2 in Montgomery's form.
        $power = self::limbs(str_pad("\x10", self::BYTES, "\0"));
        for ($bit = 252; $bit < 262; $bit++) {
            $power = $this->add($power, $power);
        }
        // To 2^261 in that form: 261 in binary, after its first bit.
        foreach ([0, 0, 0, 0, 0, 1, 0, 1] as $bit) {
            $power = $this->multiply($power, $power);
            $power = $bit === 1 ? $this->add($power, $power) : $power;
        }
        return $power;
    }

    /**
     * The number that 32 bytes are, big-endian. It may be the prime or above.
     *
     * @return list<int>
     */
    public function fromBytes(string $bytes): array
    {
        return $this->multiply(self::limbs($bytes), $this->square);
    }

    /** @return list<int> */
    public function fromInt(int $number): array
    {
        return $this->fromBytes(str_pad(pack('J', $number), self::BYTES, "\0", STR_PAD_LEFT));
    }

    /**
     * The number below the prime, as 32 bytes, big-endian.
     *
     * @param list<int> $number
     */
    public function toBytes(array $number): string
    {
        $number = $this->multiply($number, [1, 0, 0, 0, 0, 0, 0, 0, 0]);
        // That product is at most the prime.
        if ($number === $this->prime) {
            return str_repeat("\0", self::BYTES);
        }
        $bytes = '';
        [$bits, $held] = [0, 0];
        foreach ($number as $limb) {
            $bits |= $limb << $held;
            for ($held += self::LIMB_BITS; $held >= 8; $held -= 8) {
                $bytes .= chr($bits & 0xff);
                $bits >>= 8;
            }
        }
        return strrev($bytes);
    }

    /** @param list<int> $number */
    public function isZero(array $number): bool
    {
        return $this->toBytes($number) === str_repeat("\0", self::BYTES);
    }

    /**
     * @param list<int> $a
     * @param list<int> $b
     */
    public function equal(array $a, array $b): bool
    {
        return $this->isZero($this->subtract($a, $b));
    }

    /**
     * @param list<int> $a
     * @param list<int> $b
     * @return list<int>
     */
    public function add(array $a, array $b): array
    {
        foreach ($b as $place => $limb) {
            $a[$place] += $limb;
        }
        return $this->reduced($a);
    }

    /**
     * @param list<int> $a
     * @param list<int> $b
     * @return list<int>
     */
    public function subtract(array $a, array $b): array
    {
        // Four times the prime is more than any number: the difference stays positive.
        foreach ($this->prime as $place => $limb) {
            $a[$place] += 4 * $limb - $b[$place];
        }
        return $this->reduced($a);
    }

    /**
     * Montgomery's product, row by row; a carry is taken only where a limb is dropped.
     *
     * @param list<int> $a
     * @param list<int> $b
     * @return list<int>
     */
    public function multiply(array $a, array $b): array
    {
        [$b0, $b1, $b2, $b3, $b4, $b5, $b6, $b7, $b8] = $b;
        [$p0, $p1, $p2, $p3, $p4, $p5, $p6, $p7, $p8] = $this->prime;
        $factor = $this->factor;
        $t0 = $t1 = $t2 = $t3 = $t4 = $t5 = $t6 = $t7 = 0;
        foreach ($a as $x) {
            $t0 += $x * $b0;
            $m = ($t0 & self::MASK) * $factor & self::MASK;
            // The lowest limb is now a multiple of 2^29, so it is dropped and all others move down by one.
            $t0 = (($t0 + $m * $p0) >> self::LIMB_BITS) + $t1 + $x * $b1 + $m * $p1;
            $t1 = $t2 + $x * $b2 + $m * $p2;
            $t2 = $t3 + $x * $b3 + $m * $p3;
            $t3 = $t4 + $x * $b4 + $m * $p4;
            $t4 = $t5 + $x * $b5 + $m * $p5;
            $t5 = $t6 + $x * $b6 + $m * $p6;
            $t6 = $t7 + $x * $b7 + $m * $p7;
            $t7 = $x * $b8 + $m * $p8;
        }
        $t1 += $t0 >> self::LIMB_BITS;
        $t2 += $t1 >> self::LIMB_BITS;
        $t3 += $t2 >> self::LIMB_BITS;
        $t4 += $t3 >> self::LIMB_BITS;
        $t5 += $t4 >> self::LIMB_BITS;
        $t6 += $t5 >> self::LIMB_BITS;
        $t7 += $t6 >> self::LIMB_BITS;
        return [
            $t0 & self::MASK, $t1 & self::MASK, $t2 & self::MASK, $t3 & self::MASK, $t4 & self::MASK,
            $t5 & self::MASK, $t6 & self::MASK, $t7 & self::MASK, $t7 >> self::LIMB_BITS,
        ];
    }

    /**
     * @param list<int> $base
     * @param string $exponent bytes, big-endian
     * @return list<int>
     */
    public function power(array $base, string $exponent): array
    {
        $powers = [$this->fromInt(1)];
        for ($index = 1; $index < 16; $index++) {
            $powers[] = $this->multiply($powers[$index - 1], $base);
        }
        $result = $powers[0];
        // Four bits at a time.
        foreach (str_split(bin2hex($exponent)) as $digit) {
            for ($bit = 0; $bit < 4; $bit++) {
                $result = $this->multiply($result, $result);
            }
            $result = $this->multiply($result, $powers[hexdec($digit)]);
        }
        return $result;
    }

    /**
     * One divided by the number; 0 for 0.
     *
     * @param list<int> $number
     * @return list<int>
     */
    public function inverse(array $number): array
    {
        return $this->power($number, $this->inversion);
    }

    /**
     * Takes off as many primes as the number has for certain, so that less than two are left, and carries.
     *
     * @param list<int> $number below eight times the prime, its limbs of any size and sign
     * @return list<int>
     */
    private function reduced(array $number): array
    {
        $top = self::LIMBS - 1;
        return $this->lessPrimes($number, intdiv($number[$top], $this->prime[$top] + 1));
    }

    /**
     * @param list<int> $number
     * @return list<int>
     */
    private function lessPrimes(array $number, int $count): array
    {
        $carry = 0;
        foreach ($this->prime as $place => $limb) {
            $carry += $number[$place] - $count * $limb;
            $number[$place] = $carry & self::MASK;
            $carry >>= self::LIMB_BITS;
        }
        // Nothing is carried out of the last limb: the number has 258 bits at most.
        return $number;
    }

    /** @return list<int> the limbs of 32 bytes, big-endian */
    private static function limbs(string $bytes): array
    {
        $limbs = [];
        [$bits, $held] = [0, 0];
        foreach (unpack('C*', strrev($bytes)) as $byte) {
            $bits |= $byte << $held;
            $held += 8;
            if ($held >= self::LIMB_BITS) {
                $limbs[] = $bits & self::MASK;
                $bits >>= self::LIMB_BITS;
                $held -= self::LIMB_BITS;
            }
        }
        $limbs[] = $bits;
        return $limbs;
    }
}
