<?php

declare(strict_types=1);

namespace FedVerify\Core\Curve;

/**
 * Points of edwards25519 (RFC 8032, section 5.1), for what libsodium's versions judge differently, and where it is
 * missing. Not in constant time: verification has no secrets.
 *
 * A point is its extended coordinates X, Y, Z and T (section 5.1.4).
 */
final class Edwards
{
    /** The prime of the field: 2^255 - 19. */
    private const PRIME = "\x7f\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
        . "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xed";

    /** The order of the base point: 2^252 + 27742317777372353535851937790883648493. */
    public const ORDER = "\x10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
        . "\x14\xde\xf9\xde\xa2\xf7\x9c\xd6\x58\x12\x63\x1a\x5c\xf5\xd3\xed";

    /** (PRIME - 5) / 8: the exponent of the square root. */
    private const ROOT_EXPONENT = "\x0f\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
        . "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xfd";

    /** (PRIME - 1) / 4: two to its power is a square root of -1. */
    private const QUARTER = "\x1f\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
        . "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xfb";

    /** The base point: y is 4/5, x is even. */
    private const BASE_POINT = "\x58\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66"
        . "\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66";

    /** Every y of a point of small order, little-endian: 0, 1, -1, those of order 8, and 0 and 1 not reduced. */
    private const SMALL_ORDER_Y = [
        '0000000000000000000000000000000000000000000000000000000000000000',
        '0100000000000000000000000000000000000000000000000000000000000000',
        'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
        '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
        'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
        'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
        'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    ];

    /** @var self|null */
    private static $instance;

    /** @var PrimeField */
    private $field;

    /** @var PrimeField the scalars */
    private $scalars;

    /** @var list<int> d of the equation: -121665 / 121666 */
    private $d;

    /** @var list<int> */
    private $twiceD;

    /** @var list<int> */
    private $rootOfMinusOne;

    private function __construct()
    {
        $field = $this->field = new PrimeField(self::PRIME);
        $this->scalars = new PrimeField(self::ORDER);
        $zero = $field->fromInt(0);
        $quotient = $field->multiply($field->fromInt(121665), $field->inverse($field->fromInt(121666)));
        $this->d = $field->subtract($zero, $quotient);
        $this->twiceD = $field->add($this->d, $this->d);
        $this->rootOfMinusOne = $field->power($field->fromInt(2), self::QUARTER);
    }

    public static function instance(): self
    {
        return self::$instance = self::$instance ?? new self();
    }

    /**
     * Decodes a point (RFC 8032, section 5.1.3), but reduces a y that is not below the prime, and ignores the sign of
     * an x that is 0: encode() tells such an encoding from the canonical one. Null where no point has that y.
     *
     * @return list<list<int>>|null
     */
    public function decode(string $bytes): ?array
    {
        $field = $this->field;
        $bytes = strrev($bytes);
        $isOdd = (ord($bytes[0]) & 0x80) !== 0;
        $bytes[0] = chr(ord($bytes[0]) & 0x7f);
        $one = $field->fromInt(1);
        $y = $field->fromBytes($bytes);
        $square = $field->multiply($y, $y);
        $x = $this->rootOfQuotient(
            $field->subtract($square, $one),
            $field->add($field->multiply($this->d, $square), $one)
        );
        if ($x === null) {
            return null;
        }
        if ($this->isOdd($x) !== $isOdd) {
            $x = $field->subtract($field->fromInt(0), $x);
        }
        return [$x, $y, $one, $field->multiply($x, $y)];
    }

    /**
     * A square root of u / v (RFC 8032, section 5.1.3, steps 2 and 3); null where there is none.
     *
     * @param list<int> $u
     * @param list<int> $v
     * @return list<int>|null
     */
    private function rootOfQuotient(array $u, array $v): ?array
    {
        $field = $this->field;
        $cube = $field->multiply($field->multiply($v, $v), $v);
        $seventh = $field->multiply($field->multiply($cube, $cube), $v);
        $power = $field->power($field->multiply($u, $seventh), self::ROOT_EXPONENT);
        $root = $field->multiply($field->multiply($u, $cube), $power);
        $squared = $field->multiply($v, $field->multiply($root, $root));
        if ($field->equal($squared, $u)) {
            return $root;
        }
        return $field->isZero($field->add($squared, $u)) ? $field->multiply($root, $this->rootOfMinusOne) : null;
    }

    /** @param list<int> $number */
    private function isOdd(array $number): bool
    {
        return (ord($this->field->toBytes($number)[31]) & 1) === 1;
    }

    /**
     * The canonical encoding (RFC 8032, section 5.1.2).
     *
     * @param list<list<int>> $point
     */
    public function encode(array $point): string
    {
        [$x, $y, $z] = $point;
        $inverse = $this->field->inverse($z);
        $bytes = $this->field->toBytes($this->field->multiply($y, $inverse));
        if ($this->isOdd($this->field->multiply($x, $inverse))) {
            $bytes[0] = chr(ord($bytes[0]) | 0x80);
        }
        return strrev($bytes);
    }

    /** Whether these 32 bytes are a point of small order, canonically encoded or not. */
    public static function isSmallOrderEncoding(string $bytes): bool
    {
        $bytes[31] = chr(ord($bytes[31]) & 0x7f);
        return in_array(bin2hex($bytes), self::SMALL_ORDER_Y, true);
    }

    /**
     * Adds two points, which may be the same (RFC 8032, section 5.1.4).
     *
     * @param list<list<int>> $one
     * @param list<list<int>> $other
     * @return list<list<int>>
     */
    private function add(array $one, array $other): array
    {
        $field = $this->field;
        [$x1, $y1, $z1, $t1] = $one;
        [$x2, $y2, $z2, $t2] = $other;
        $a = $field->multiply($field->subtract($y1, $x1), $field->subtract($y2, $x2));
        $b = $field->multiply($field->add($y1, $x1), $field->add($y2, $x2));
        $c = $field->multiply($field->multiply($t1, $this->twiceD), $t2);
        $d = $field->multiply($z1, $z2);
        $d = $field->add($d, $d);
        [$e, $f, $g, $h] = [
            $field->subtract($b, $a), $field->subtract($d, $c), $field->add($d, $c), $field->add($b, $a),
        ];
        return [
            $field->multiply($e, $f), $field->multiply($g, $h), $field->multiply($f, $g), $field->multiply($e, $h),
        ];
    }

    /**
     * The point that R must be: S times the base point less k times the key, where k is the hash (RFC 8032, section
     * 5.1.7).
     *
     * @param string $s 32 bytes, little-endian, below the order
     * @param string $hash 64 bytes, little-endian
     * @param list<list<int>> $key
     * @return string its canonical encoding
     */
    public function expectedR(string $s, string $hash, array $key): string
    {
        [$x, $y, $z, $t] = $key;
        $zero = $this->field->fromInt(0);
        $minusKey = [$this->field->subtract($zero, $x), $y, $z, $this->field->subtract($zero, $t)];
        $neutral = [$zero, $z, $z, $zero];
        $base = $this->decode(self::BASE_POINT);
        // What is added for one bit of each scalar.
        $sums = [$neutral, $minusKey, $base, $this->add($base, $minusKey)];
        $point = $neutral;
        $bits = self::bits($this->reducedScalar($hash));
        foreach (self::bits(strrev($s)) as $place => $bit) {
            $point = $this->add($point, $point);
            $index = 2 * $bit + $bits[$place];
            $point = $index === 0 ? $point : $this->add($point, $sums[$index]);
        }
        return $this->encode($point);
    }

    /** A number of 64 bytes, little-endian, modulo the order; as 32 bytes, big-endian. */
    private function reducedScalar(string $bytes): string
    {
        $bytes = strrev($bytes);
        $scalars = $this->scalars;
        // 2^256, as 2^128 squared.
        $shift = $scalars->fromBytes(str_repeat("\0", 15) . "\1" . str_repeat("\0", 16));
        $high = $scalars->multiply($scalars->fromBytes(substr($bytes, 0, 32)), $scalars->multiply($shift, $shift));
        return $scalars->toBytes($scalars->add($high, $scalars->fromBytes(substr($bytes, 32))));
    }

    /** @return list<int> the bits of 32 bytes, big-endian, without the three that no scalar has */
    private static function bits(string $bytes): array
    {
        $bits = [];
        foreach (unpack('C*', $bytes) as $byte) {
            for ($bit = 7; $bit >= 0; $bit--) {
                $bits[] = $byte >> $bit & 1;
            }
        }
        return array_slice($bits, 3);
    }
}
