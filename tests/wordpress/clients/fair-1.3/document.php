<?php

/* DID documents: objects, fetched by WordPress's HTTP API. */

namespace FAIR\Packages\DID;

use FAIR\Packages;
use stdClass;
use WP_Error;

class Document
{
    public string $id;

    public array $service;

    public array $verificationMethod;

    public array $alsoKnownAs = [];

    public function __construct(string $id, array $service, array $verificationMethod, array $alsoKnownAs = [])
    {
        [$this->id, $this->service, $this->verificationMethod, $this->alsoKnownAs]
            = [$id, $service, $verificationMethod, $alsoKnownAs];
    }

    public function get_service(string $type): ?stdClass
    {
        foreach ($this->service as $candidate) {
            if ($candidate->type === $type) {
                return $candidate;
            }
        }
        return null;
    }

    /** The methods that sign packages. */
    public function get_fair_signing_keys(): array
    {
        $keys = [];
        foreach ($this->verificationMethod as $i => $method) {
            if ($method->type === 'Multikey' && strpos(parse_url($method->id)['fragment'], 'fair') === 0) {
                $keys[$i] = $method;
            }
        }
        return $keys;
    }
}

class PLC
{
    const DIRECTORY_URL = 'https://plc.directory/';
    const METHOD = 'plc';

    protected string $id;

    public function __construct(string $id)
    {
        $this->id = $id;
    }

    public function get_id(): string
    {
        return $this->id;
    }

    /** @return Document|WP_Error */
    public function fetch_document()
    {
        $response = wp_remote_get(self::DIRECTORY_URL . $this->id);
        if (is_wp_error($response)) {
            return $response;
        }
        $served = json_decode($response['body']);
        if (json_last_error()) {
            return new WP_Error('fair.packages.did.json_error', 'The document is not JSON.');
        }
        if (wp_remote_retrieve_response_code($response) !== 200 && property_exists($served, 'message')) {
            return new WP_Error('fair.packages.did.fetch.error', esc_html($served->message));
        }
        if (empty($served->id) || $served->id !== $this->id) {
            return new WP_Error('fair.packages.did.fetch.mismatch', 'The document is of another DID.');
        }
        return new Document(
            $served->id,
            $served->service ?? [],
            $served->verificationMethod ?? [],
            $served->alsoKnownAs ?? []
        );
    }
}

function repository_of(Document $document): ?string
{
    $service = $document->get_service(Packages\SERVICE_ID);
    return empty($service) ? null : $service->serviceEndpoint;
}

/** @return list<string> keys as multibase */
function signing_keys_of(Document $document): array
{
    return array_map(static function ($method) {
        return $method->publicKeyMultibase;
    }, $document->get_fair_signing_keys());
}
