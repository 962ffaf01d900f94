<?php

declare(strict_types=1);

namespace FedVerify\Core\Key;

use FedVerify\Code;
use FedVerify\Core\Curve\Edwards;
use FedVerify\Core\Fault;

/**
 * An Ed25519 public key: canonically encoded, on the curve, not of small order. Verified strictly (keys.md, "Ed25519").
 */
final class Ed25519Key
{
    /** Bytes of an Ed25519 public key (RFC 8032, section 5.1.5). */
    private const KEY_BYTES = 32;

    /** Bytes of an Ed25519 signature (RFC 8032, section 5.1.6). */
    public const SIGNATURE_BYTES = 64;

    /** @var KeyCache|null points of keys: decoding one takes about a millisecond */
    private static $cache;

    /** @var string */
    private $bytes;

    /** @var list<list<int>> */
    private $point;

    /** @param list<list<int>> $point */
    private function __construct(string $bytes, array $point)
    {
        $this->bytes = $bytes;
        $this->point = $point;
    }

    /** @throws Fault `key.invalid` */
    public static function fromBytes(string $bytes): self
    {
        $size = strlen($bytes);
        if ($size !== self::KEY_BYTES) {
            throw self::invalid('expected ' . self::KEY_BYTES . " bytes, found $size");
        }
        self::$cache = self::$cache ?? new KeyCache();
        $point = self::$cache->get($bytes);
        if ($point === null) {
            $point = self::decode($bytes);
            self::$cache->put($bytes, $point);
        }
        return new self($bytes, $point);
    }

    /**
     * @return list<list<int>>
     * @throws Fault
     */
    private static function decode(string $bytes): array
    {
        $curve = Edwards::instance();
        $point = $curve->decode($bytes);
        if ($point === null) {
            throw self::invalid('the bytes are not a point of the curve');
        }
        // RFC 8032, section 5.1.3: y must be below the field's prime, and an x that is 0 has no sign.
        if ($curve->encode($point) !== $bytes) {
            throw self::invalid('the point is not encoded canonically');
        }
        if (Edwards::isSmallOrderEncoding($bytes)) {
            throw self::invalid('the point has small order, so that anyone could sign for it');
        }
        return $point;
    }

    private static function invalid(string $what): Fault
    {
        return new Fault(Code::KEY_INVALID, "not an Ed25519 public key: $what");
    }

    public function toBytes(): string
    {
        return $this->bytes;
    }

    /**
     * Whether this key made the signature over the message: S is canonical, R does not have small order, and the
     * equation holds without the cofactor.
     */
    public function verifies(string $message, string $signature): bool
    {
        if (strlen($signature) !== self::SIGNATURE_BYTES) {
            return false;
        }
        [$r, $s] = str_split($signature, 32);
        if (strcmp(strrev($s), Edwards::ORDER) >= 0 || Edwards::isSmallOrderEncoding($r)) {
            return false;
        }
        $sodium = Sodium::verdict($message, $signature, $this->bytes);
        if ($sodium !== null) {
            return $sodium;
        }
        $hash = hash('sha512', $r . $this->bytes . $message, true);
        // R was written as the canonical encoding, or it is another string.
        return Edwards::instance()->expectedR($s, $hash, $this->point) === $r;
    }
}
