<?php

declare(strict_types=1);

namespace FedVerify\Core\Key;

use FedVerify\Core\Encoding\Base58;
use FedVerify\Core\Fault;

/**
 * A did:key of any type, known only to be `did:key:z` and base58btc.
 *
 * A verification method may have a key of an unknown type; it is carried as it is written, and becomes a PublicKey only
 * when a signature is verified with it (keys.md, "did:key").
 */
final class DidKey
{
    /** What precedes the digits of base58btc. */
    private const START = PublicKey::DID_KEY_PREFIX . PublicKey::BASE58BTC;

    /** @var string */
    private $text;

    private function __construct(string $text)
    {
        $this->text = $text;
    }

    /** Takes a string of this form; null for any other. Linear in its length: nothing is decoded. */
    public static function fromText(string $text): ?self
    {
        $digitsAt = strlen(self::START);
        if (strncmp($text, self::START, $digitsAt) !== 0 || strlen($text) === $digitsAt) {
            return null;
        }
        return Base58::isBase58(substr($text, $digitsAt)) ? new self($text) : null;
    }

    /** The whole did:key, as written. */
    public function asStr(): string
    {
        return $this->text;
    }

    public function toString(): string
    {
        return $this->text;
    }

    /** The part after `did:key:`, as documents write it in `publicKeyMultibase`. */
    public function multibase(): string
    {
        return substr($this->text, strlen(PublicKey::DID_KEY_PREFIX));
    }

    /**
     * The key itself.
     *
     * @throws Fault `key.invalid`
     */
    public function key(): PublicKey
    {
        return PublicKey::parse($this->text);
    }
}
