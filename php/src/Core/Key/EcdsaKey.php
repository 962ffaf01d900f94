<?php

declare(strict_types=1);

namespace FedVerify\Core\Key;

use FedVerify\Code;
use FedVerify\Core\Curve\MovedKey;
use FedVerify\Core\Curve\Parameters;
use FedVerify\Core\Curve\Point;
use FedVerify\Core\Fault;

/** ECDSA over secp256k1 and P-256: compressed keys, low-S signatures (keys.md, "ECDSA"). */
final class EcdsaKey
{
    /** Bytes of a compressed point (SEC 1, section 2.3.3). */
    private const COMPRESSED_BYTES = 33;

    /** Bytes of the signed digest, on both curves. */
    public const PREHASH_BYTES = 32;

    /** Bytes of a signature: r and s, 32 each, big-endian. */
    public const SIGNATURE_BYTES = 64;

    /** @var KeyCache|null keys as openssl has them: reading one takes about as long as a check */
    private static $cache;

    /** @var Parameters */
    private $curve;

    /** @var string */
    private $bytes;

    /** @var mixed what openssl calls a key: a resource up to PHP 7.4, then an object */
    private $handle;

    /** @param mixed $handle */
    private function __construct(Parameters $curve, string $bytes, $handle)
    {
        $this->curve = $curve;
        $this->bytes = $bytes;
        $this->handle = $handle;
    }

    /** @throws Fault `key.invalid` */
    public static function secp256k1(string $bytes): self
    {
        return self::of(Parameters::secp256k1(), $bytes);
    }

    /** @throws Fault `key.invalid` */
    public static function p256(string $bytes): self
    {
        return self::of(Parameters::p256(), $bytes);
    }

    /** @throws Fault */
    private static function of(Parameters $curve, string $bytes): self
    {
        self::checkForm($curve->name, $bytes);
        self::$cache = self::$cache ?? new KeyCache();
        $spki = $curve->spkiPrefix . $bytes;
        $handle = self::$cache->get($spki);
        if ($handle === null) {
            $handle = self::load($curve, $bytes, $spki);
            self::$cache->put($spki, $handle);
        }
        return new self($curve, $bytes, $handle);
    }

    /**
     * Checks the length and first byte of a compressed point; openssl accepts other forms too.
     *
     * @throws Fault
     */
    private static function checkForm(string $curve, string $bytes): void
    {
        $size = strlen($bytes);
        if ($size === self::COMPRESSED_BYTES && ($bytes[0] === "\2" || $bytes[0] === "\3")) {
            return;
        }
        $expected = 'expected a compressed point of ' . self::COMPRESSED_BYTES . ' bytes';
        throw new Fault(Code::KEY_INVALID, "not a $curve public key: $expected, found $size");
    }

    /**
     * @return mixed
     * @throws Fault
     */
    private static function load(Parameters $curve, string $bytes, string $spki)
    {
        $isBelowPrime = strcmp(substr($bytes, 1), $curve->prime) < 0;
        if (!function_exists('openssl_pkey_get_public')) {
            // The key can be read and verifies nothing: for callers that have signatures verified elsewhere.
            return self::checked($curve, $isBelowPrime && Point::isOn($curve, substr($bytes, 1)));
        }
        $pem = "-----BEGIN PUBLIC KEY-----\n" . base64_encode($spki) . "\n-----END PUBLIC KEY-----\n";
        // openssl computes y, and so refuses an x that no point of the curve has: SelfTest sees that it does.
        $handle = $isBelowPrime ? @openssl_pkey_get_public($pem) : false;
        return self::checked($curve, $handle);
    }

    /**
     * @param mixed $handle
     * @return mixed
     * @throws Fault
     */
    private static function checked(Parameters $curve, $handle)
    {
        if ($handle === false) {
            $message = "not a {$curve->name} public key: the bytes are not a point of the curve";
            throw new Fault(Code::KEY_INVALID, $message);
        }
        return $handle;
    }

    public function toBytes(): string
    {
        return $this->bytes;
    }

    public function isP256(): bool
    {
        return $this->curve === Parameters::p256();
    }

    /**
     * Checks a signature over the SHA-256 of a message. Throughout, r and s must be between 1 and n-1, and s at most
     * half of n, on both curves (keys.md, "ECDSA").
     *
     * @return string one of EcdsaOutcome
     */
    public function checkMessage(string $message, string $signature): string
    {
        return $this->judge($signature, function (string $r, string $s) use ($message): bool {
            $der = Asn1::encodeSignature($r, $s);
            // -1 and false mean an error, such as that the sum of products is the neutral point: not valid either.
            return @openssl_verify($message, $der, $this->handle, 'sha256') === 1;
        });
    }

    /**
     * Checks a signature over a SHA-256 digest, or over the leftmost 32 bytes of a longer one. It takes ten times as
     * long as checkMessage(): openssl takes messages only.
     *
     * @return string one of EcdsaOutcome
     * @throws Fault `api.unsupported`
     */
    public function check(string $prehash, string $signature): string
    {
        return $this->judge($signature, function (string $r, string $s) use ($prehash): bool {
            return (new MovedKey($this->curve))->verifies($this->bytes, $prehash, $r, $s);
        });
    }

    /** @param callable(string, string): bool $verifies whether r and s are valid; of n - s it says the same as of s */
    private function judge(string $signature, callable $verifies): string
    {
        if (strlen($signature) !== self::SIGNATURE_BYTES || !function_exists('openssl_verify')) {
            return EcdsaOutcome::INVALID;
        }
        [$r, $s] = str_split($signature, 32);
        if (!$this->isInRange($r) || !$this->isInRange($s)) {
            return EcdsaOutcome::INVALID;
        }
        if (!$verifies($r, $s)) {
            return EcdsaOutcome::INVALID;
        }
        return strcmp($s, $this->curve->halfOrder) <= 0 ? EcdsaOutcome::VALID : EcdsaOutcome::HIGH_S;
    }

    /** Whether the number is between 1 and n-1. */
    private function isInRange(string $number): bool
    {
        return $number !== str_repeat("\0", 32) && strcmp($number, $this->curve->order) < 0;
    }

    /** Reads a P-256 signature from its strict DER form (X.690), as r and s. Null for any other form. */
    public static function p256SignatureFromDer(string $der): ?string
    {
        $signature = Asn1::decodeSignature($der);
        if ($signature === null) {
            return null;
        }
        // As the crate of the curve does, which reads no r or s that is 0 or the order or above.
        $order = Parameters::p256()->order;
        foreach (str_split($signature, 32) as $number) {
            if ($number === str_repeat("\0", 32) || strcmp($number, $order) >= 0) {
                return null;
            }
        }
        return $signature;
    }
}
