<?php

declare(strict_types=1);

namespace FedVerify\Core\Key;

use FedVerify\Code;
use FedVerify\Core\Encoding\Base58;
use FedVerify\Core\Fault;
use FedVerify\Core\Limits;
use FedVerify\Core\Quote;
use FedVerify\Core\Tables\Check;

/** A public key: a valid point of its curve, or bytes of a type that cannot verify here but can be carried. */
final class PublicKey
{
    /** How every did:key starts. */
    public const DID_KEY_PREFIX = 'did:key:';

    /** The multibase prefix of base58btc, the only base that did:key and Multikey use. */
    public const BASE58BTC = 'z';

    /**
     * The longest multibase string that is decoded (keys.md, "Multibase and multicodec"). Base58 takes quadratic time,
     * so it is bounded; the directory accepts did:keys of at most 256 characters.
     */
    private const MAX_MULTIBASE_CHARS = 256;

    /** The multicodec of an Ed25519 public key (multicodec table). */
    private const CODEC_ED25519 = 0xed;

    /** The multicodec of a compressed secp256k1 public key. */
    private const CODEC_SECP256K1 = 0xe7;

    /** The multicodec of a compressed P-256 public key. */
    private const CODEC_P256 = 0x1200;

    /** @var KeyType */
    private $type;

    /** @var Ed25519Key|EcdsaKey|null null for a key of another type */
    private $key;

    /** @var string */
    private $bytes;

    /** @param Ed25519Key|EcdsaKey|null $key */
    private function __construct(int $codec, $key, string $bytes)
    {
        $this->type = KeyType::fromCodec($codec);
        $this->key = $key;
        $this->bytes = $bytes;
    }

    /**
     * Reads a did:key (keys.md, "did:key").
     *
     * @throws Fault `key.invalid`
     */
    public static function parse(string $text): self
    {
        if (strncmp($text, self::DID_KEY_PREFIX, strlen(self::DID_KEY_PREFIX)) !== 0) {
            $message = 'expected ' . self::DID_KEY_PREFIX . 'z…, found ' . Quote::quote($text);
            throw new Fault(Code::KEY_INVALID, $message);
        }
        return self::fromMultibase(substr($text, strlen(self::DID_KEY_PREFIX)));
    }

    /**
     * Reads a key that can verify signatures from any form that one is kept in: a did:key, a multibase string, or what
     * PublisherKey::parse() accepts (PEM, base64). White space around it is ignored.
     *
     * A string of nothing but base58btc characters that starts with `z` is a multibase string.
     *
     * @throws Fault `input.too_large`, `input.not_utf8`, `key.invalid`, `key.unsupported`, `pfn.key.invalid`. The
     *     message names what is often given in place of a key, and does not repeat what could be secret
     */
    public static function read(string $text, Limits $limits): self
    {
        try {
            return Forms::read($text, $limits);
        } catch (Fault $fault) {
            throw $fault->at(Check::KEY);
        }
    }

    /**
     * Reads a key from its multibase string: `z` and the base58btc of multicodec and key bytes (keys.md, "Multibase and
     * multicodec").
     *
     * @throws Fault `key.invalid`
     */
    public static function fromMultibase(string $text): self
    {
        $size = strlen($text);
        if ($size > self::MAX_MULTIBASE_CHARS) {
            $most = self::MAX_MULTIBASE_CHARS;
            $message = "expected a key of at most $most characters in multibase, found $size";
            throw new Fault(Code::KEY_INVALID, $message);
        }
        $hasPrefix = strncmp($text, self::BASE58BTC, 1) === 0;
        $bytes = $hasPrefix ? Base58::decode((string) substr($text, 1)) : null;
        if ($bytes === null) {
            throw new Fault(Code::KEY_INVALID, 'expected z and base58btc, found ' . Quote::quote($text));
        }
        return self::decoded($bytes);
    }

    /**
     * Reads a key from its multicodec bytes: the codec as an unsigned varint, then the key: 32 bytes for Ed25519, the
     * 33 bytes of a compressed point for secp256k1 and P-256, anything for other codecs.
     *
     * @throws Fault `key.invalid`, also for an Ed25519 key of small order, under which anyone can sign
     */
    private static function decoded(string $bytes): self
    {
        $split = Varint::split($bytes);
        if ($split === null) {
            throw new Fault(Code::KEY_INVALID, 'the key does not start with a minimal multicodec varint');
        }
        [$codec, $key] = $split;
        if ($codec === self::CODEC_ED25519) {
            return self::fromEd25519($key);
        }
        if ($codec === self::CODEC_SECP256K1) {
            return new self($codec, EcdsaKey::secp256k1($key), $key);
        }
        if ($codec === self::CODEC_P256) {
            return new self($codec, EcdsaKey::p256($key), $key);
        }
        if ($key === '') {
            throw new Fault(Code::KEY_INVALID, 'no key follows the multicodec varint');
        }
        return new self($codec, null, $key);
    }

    /**
     * Makes a key from the 32 bytes of an Ed25519 public key (keys.md, "Ed25519").
     *
     * @throws Fault `key.invalid`
     */
    public static function fromEd25519(string $bytes): self
    {
        return new self(self::CODEC_ED25519, Ed25519Key::fromBytes($bytes), $bytes);
    }

    /** The type of the key. */
    public function keyType(): KeyType
    {
        return $this->type;
    }

    /** The key's bytes without the multicodec: 32 for Ed25519, 33 for the curves of ECDSA. */
    public function toBytes(): string
    {
        return $this->bytes;
    }

    /** The multicodec bytes, of which a multibase string is made. */
    public function toMulticodec(): string
    {
        return Varint::encode($this->type->codec()) . $this->bytes;
    }

    /** The multibase string: `z` and base58btc. */
    public function toMultibase(): string
    {
        return self::BASE58BTC . Base58::encode($this->toMulticodec());
    }

    /** The did:key. */
    public function toDidKey(): string
    {
        return self::DID_KEY_PREFIX . $this->toMultibase();
    }

    public function toString(): string
    {
        return $this->toDidKey();
    }

    /** The key, if it is one that can sign operations. */
    public function asEcdsa(): ?EcdsaKey
    {
        return $this->key instanceof EcdsaKey ? $this->key : null;
    }

    /** The key, if it is an Ed25519 key. */
    public function asEd25519(): ?Ed25519Key
    {
        return $this->key instanceof Ed25519Key ? $this->key : null;
    }

    public function equals(self $other): bool
    {
        return $this->toMulticodec() === $other->toMulticodec();
    }
}
