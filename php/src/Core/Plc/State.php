<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Core\Key\DidKey;

/** The state of an identity after an operation. */
final class State
{
    /** @var list<string> */
    private $rotationKeys;

    /** @var CanonicalMap<DidKey> */
    private $verificationMethods;

    /** @var list<string> */
    private $alsoKnownAs;

    /** @var CanonicalMap<Service> */
    private $services;

    /**
     * @param list<string>          $rotationKeys
     * @param CanonicalMap<DidKey>  $verificationMethods
     * @param list<string>          $alsoKnownAs
     * @param CanonicalMap<Service> $services
     */
    public function __construct(
        array $rotationKeys,
        CanonicalMap $verificationMethods,
        array $alsoKnownAs,
        CanonicalMap $services
    ) {
        $this->rotationKeys = $rotationKeys;
        $this->verificationMethods = $verificationMethods;
        $this->alsoKnownAs = $alsoKnownAs;
        $this->services = $services;
    }

    /**
     * The keys that may sign the next operation, highest authority first. Strings as they were signed: most are
     * did:keys of secp256k1 or P-256, others can sign nothing.
     *
     * @return list<string>
     */
    public function rotationKeys(): array
    {
        return $this->rotationKeys;
    }

    /**
     * The keys that speak for the identity, by their ids (fragments, without `#`).
     *
     * @return CanonicalMap<DidKey>
     */
    public function verificationMethods(): CanonicalMap
    {
        return $this->verificationMethods;
    }

    /**
     * Other names that the identity claims. Claims: the other side must confirm them.
     *
     * @return list<string>
     */
    public function alsoKnownAs(): array
    {
        return $this->alsoKnownAs;
    }

    /**
     * The services, by their ids (fragments, without `#`).
     *
     * @return CanonicalMap<Service>
     */
    public function services(): CanonicalMap
    {
        return $this->services;
    }
}
