<?php

declare(strict_types=1);

/** A did:web: a document on the publisher's own server, and no log. */
final class WebIdentity
{
    /** @var string */
    public $did;

    /** @var string */
    private $host;

    /** @var KeyPair */
    private $key;

    public function __construct(string $host)
    {
        $this->host = $host;
        $this->did = "did:web:$host";
        $this->key = KeyPair::of('Ed25519', $host);
    }

    public function signingKey(): KeyPair
    {
        return $this->key;
    }

    public function repository(): string
    {
        return "https://{$this->host}/packages";
    }

    /** Where the document is. */
    public function url(): string
    {
        return "https://{$this->host}/.well-known/did.json";
    }

    /** @return array<string, mixed> */
    public function document(): array
    {
        return [
            '@context' => ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
            'id' => $this->did,
            'verificationMethod' => [[
                'id' => "{$this->did}#fair",
                'type' => 'Multikey',
                'controller' => $this->did,
                'publicKeyMultibase' => $this->key->multibase(),
            ]],
            'service' => [[
                'id' => "{$this->did}#repository",
                'type' => Identity::REPOSITORY,
                'serviceEndpoint' => $this->repository(),
            ]],
        ];
    }
}
