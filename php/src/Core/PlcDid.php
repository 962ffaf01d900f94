<?php

declare(strict_types=1);

namespace FedVerify\Core;

use FedVerify\Core\Encoding\Encoding;

/**
 * The identifier of an identity that has a signed operation log: `did:plc:` and 24 characters of `a-z2-7`.
 *
 * The DID commits to the genesis operation, and through it to everything that its keys may do. Case matters: a string
 * with a capital letter is not this DID (did-plc.md, "The DID").
 */
final class PlcDid extends Did
{
    /** What every did:plc starts with. */
    private const PLC_PREFIX = 'did:plc:';

    /** Characters of a did:plc after its prefix: 120 bits of the hash in base32 (did-plc.md, "The DID"). */
    private const PLC_IDENTIFIER_CHARS = 24;

    /** @var string */
    private $text;

    private function __construct(string $text)
    {
        $this->text = $text;
    }

    /** @throws Fault `did.invalid`; `did.unsupported` for a well-formed DID of another method */
    public static function parse(string $text): self
    {
        $identifier = self::identifierOf($text, 'plc');
        $isBase32 = strspn($identifier, 'abcdefghijklmnopqrstuvwxyz234567') === strlen($identifier);
        if (strlen($identifier) !== self::PLC_IDENTIFIER_CHARS || !$isBase32) {
            throw self::invalid('did:plc: and 24 characters of a-z and 2-7', $text);
        }
        return new self($text);
    }

    /**
     * The DID of a genesis operation: the first 24 characters of the base32 of the SHA-256 of its signed DAG-CBOR bytes
     * (did-plc.md, "The DID").
     */
    public static function fromGenesis(string $sha256): self
    {
        return new self(self::PLC_PREFIX . substr(Encoding::base32($sha256), 0, self::PLC_IDENTIFIER_CHARS));
    }

    public function asStr(): string
    {
        return $this->text;
    }
}
