<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Key\PublicKey;
use FedVerify\Core\Tables\Check;

/** A challenge that the holder of a key signed. Made only by verify(). */
final class VerifiedChallenge
{
    /** @var Challenge */
    private $challenge;

    /** @var PublisherKey */
    private $key;

    private function __construct(Challenge $challenge, PublisherKey $key)
    {
        $this->challenge = $challenge;
        $this->key = $key;
    }

    /**
     * Checks that the key signed the challenge.
     *
     * @throws Fault pfn.signature.encoding, pfn.signature.invalid
     */
    public static function verify(Challenge $challenge, PublisherKey $key, string $signature): self
    {
        try {
            self::checkSignature($challenge, $key, $signature);
        } catch (Fault $fault) {
            throw $fault->at(Check::PFN_SIGNATURE);
        }
        return new self($challenge, $key);
    }

    private static function checkSignature(Challenge $challenge, PublisherKey $key, string $signature): void
    {
        if (!Signature::parse($signature)->isBy($key, $challenge->asStr())) {
            $message = 'the key ' . $key->publicKey()->toString() . ' did not sign this challenge';
            throw new Fault(Code::PFN_SIGNATURE_INVALID, $message);
        }
    }

    /** The challenge. */
    public function asStr(): string
    {
        return $this->challenge->asStr();
    }

    /** The key that signed it. */
    public function key(): PublicKey
    {
        return $this->key->publicKey();
    }
}
