<?php

declare(strict_types=1);

namespace FedVerify\Core\Key;

use FedVerify\Core\Fault;

/**
 * Whether this PHP can verify what the core in Rust can: hosts differ in what their openssl was built with, and in what
 * they disable. Known answers are asked for once in a process, in about two milliseconds.
 *
 * Ed25519 needs no test: without the extension sodium, or with one that judges otherwise, PHP verifies by its own
 * arithmetic.
 */
final class SelfTest
{
    /** What the signatures below are over. */
    private const MESSAGE = 'fedverify';

    /** By curve: a public key, its signature, and an x that no point of the curve has. */
    private const VECTORS = [
        KeyType::SECP256K1 => [
            '0319280df6e11e54a4093a2b6e4e74ee49cb0561d965cfe27ecb0d3a6c2447d0ad',
            '137e1934f198666bbdcda37d24ffd848a409b2f37eeb4cc7d2e57632725dcb57'
            . '439c0ef9037efb73357c948e025abf59db6954e1913c8ed875704597003d92bd',
            '020000000000000000000000000000000000000000000000000000000000000005',
        ],
        KeyType::P256 => [
            '02e2280e7eece01d9ab6eeebebf2c48b358025ea035b9e54e7df722abae69b37a2',
            'a252b35a7d77c143a365769f4b01debf9a215f0f73db3bc307882730ea89f336'
            . '69b39e6a4ae4feec345002656debb93d3bcb6df35cedf3bb853462854b00917b',
            '020000000000000000000000000000000000000000000000000000000000000007',
        ],
    ];

    /** The digests of "abc" (FIPS 180-4, example values), as they start. */
    private const DIGESTS = [
        'sha256' => 'ba7816bf8f01cfea',
        'sha384' => 'cb00753f45a35e8b',
        'sha512' => 'ddaf35a193617aba',
    ];

    /** @var array{string|null}|null the answer, once it is known */
    private static $failure;

    private function __construct()
    {
    }

    /** Why this PHP cannot verify; null where it can. */
    public static function failure(): ?string
    {
        self::$failure = self::$failure ?? [self::run()];
        return self::$failure[0];
    }

    private static function run(): ?string
    {
        if (PHP_INT_SIZE !== 8) {
            return 'PHP was built for 32 bits; 64 are needed';
        }
        foreach (['openssl_pkey_get_public', 'openssl_verify'] as $function) {
            if (!function_exists($function)) {
                return "the extension openssl is missing, or its function $function is disabled";
            }
        }
        foreach (self::DIGESTS as $algorithm => $start) {
            if (strncmp(hash($algorithm, 'abc'), $start, strlen($start)) !== 0) {
                return "PHP's hash() gives a wrong $algorithm";
            }
        }
        return self::failureOf(KeyType::SECP256K1) ?? self::failureOf(KeyType::P256);
    }

    private static function failureOf(string $curve): ?string
    {
        [$key, $signature, $noPoint] = array_map('hex2bin', self::VECTORS[$curve]);
        try {
            $key = self::key($curve, $key);
        } catch (Fault $fault) {
            return "openssl cannot read a $curve key: it was built without the curve or without compressed points";
        }
        if ($key->checkMessage(self::MESSAGE, $signature) !== EcdsaOutcome::VALID) {
            return "openssl refuses a valid signature of a $curve key";
        }
        if ($key->checkMessage(self::MESSAGE . '.', $signature) !== EcdsaOutcome::INVALID) {
            return "openssl accepts an invalid signature of a $curve key";
        }
        try {
            self::key($curve, $noPoint);
        } catch (Fault $fault) {
            return null;
        }
        return "openssl accepts a $curve key that is not on the curve";
    }

    /** @throws Fault */
    private static function key(string $curve, string $bytes): EcdsaKey
    {
        return $curve === KeyType::P256 ? EcdsaKey::p256($bytes) : EcdsaKey::secp256k1($bytes);
    }
}
