<?php

declare(strict_types=1);

namespace FedVerify\Core\Curve;

/** A curve that ECDSA keys are of. All numbers are 32 bytes, big-endian. */
final class Parameters
{
    /** @var string what messages call the curve */
    public $name;

    /** @var string what a SubjectPublicKeyInfo with a compressed point starts with (RFC 5480, section 2) */
    public $spkiPrefix;

    /** @var string the prime of the field */
    public $prime;

    /** @var string half of the prime, rounded down: the exponent that tells squares (Euler) */
    public $halfPrime;

    /** @var string the a of y² = x³ + ax + b */
    public $a;

    /** @var string the b of y² = x³ + ax + b */
    public $b;

    /** @var string the order of the base point */
    public $order;

    /** @var string half of the order, rounded down: the greatest s that is low */
    public $halfOrder;

    /** @var self|null */
    private static $secp256k1;

    /** @var self|null */
    private static $p256;

    private function __construct()
    {
    }

    /** SEC 2, section 2.4.1. */
    public static function secp256k1(): self
    {
        return self::$secp256k1 = self::$secp256k1 ?? self::of([
            'name' => 'secp256k1',
            'spkiPrefix' => '3036301006072a8648ce3d020106052b8104000a032200',
            'prime' => 'fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f',
            'halfPrime' => '7fffffffffffffffffffffffffffffffffffffffffffffffffffffff7ffffe17',
            'a' => str_repeat('0', 64),
            'b' => str_pad('7', 64, '0', STR_PAD_LEFT),
            'order' => 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141',
            'halfOrder' => '7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0',
        ]);
    }

    /** FIPS 186-4, section D.1.2.3; SEC 2, section 2.4.2, as secp256r1. */
    public static function p256(): self
    {
        return self::$p256 = self::$p256 ?? self::of([
            'name' => 'P-256',
            'spkiPrefix' => '3039301306072a8648ce3d020106082a8648ce3d030107032200',
            'prime' => 'ffffffff00000001000000000000000000000000ffffffffffffffffffffffff',
            'halfPrime' => '7fffffff800000008000000000000000000000007fffffffffffffffffffffff',
            'a' => 'ffffffff00000001000000000000000000000000fffffffffffffffffffffffc',
            'b' => '5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b',
            'order' => 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
            'halfOrder' => '7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8',
        ]);
    }

    /** @param array<string, string> $members in hexadecimal, but for the name */
    private static function of(array $members): self
    {
        $parameters = new self();
        foreach ($members as $member => $value) {
            $parameters->$member = $member === 'name' ? $value : hex2bin($value);
        }
        return $parameters;
    }
}
