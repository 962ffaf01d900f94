<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn;

use FedVerify\Core\Fault;
use FedVerify\Core\Key\Pem;
use FedVerify\Core\Key\PublicKey;
use FedVerify\Core\Limits;
use FedVerify\Core\Tables\Check;

/** The Ed25519 public key of a publisher, which the caller already trusts (pfn.md, "Publisher keys"). */
final class PublisherKey
{
    /** @var PublicKey */
    private $key;

    private function __construct(PublicKey $key)
    {
        $this->key = $key;
    }

    /**
     * Reads a key from PEM on several lines or on one, the PEM body without its markers, or the bare 32 bytes; base64
     * or base64url, with or without padding. White space around and inside is ignored (keys.md, "PEM and SPKI").
     *
     * @throws Fault input.too_large above recordBytes, input.not_utf8, pfn.key.invalid. The message says what was given
     *     instead, and never repeats any of it: it may be a private key
     */
    public static function parse(string $text, Limits $limits): self
    {
        try {
            return new self(Pem::readEd25519('publisher key', $text, $limits));
        } catch (Fault $fault) {
            throw $fault->at(Check::PFN_KEY);
        }
    }

    /** The key itself. */
    public function publicKey(): PublicKey
    {
        return $this->key;
    }
}
