<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Core\Fault;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Json\JsonObject;
use FedVerify\Core\Key\DidKey;
use FedVerify\Core\Key\KeyType;
use FedVerify\Core\PlcDid;

/**
 * A DID document as `GET /<did>` of an honest directory serves it. Derived from the log, never taken from a server.
 *
 * Services and verification methods are in the order of DAG-CBOR, as the directory keeps them.
 */
final class DidDocument
{
    private const CONTEXT = ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'];

    /** The directory adds a context for the two curves that it knows. */
    private const SUITE_CONTEXTS = [
        KeyType::SECP256K1 => 'https://w3id.org/security/suites/secp256k1-2019/v1',
        KeyType::P256 => 'https://w3id.org/security/suites/ecdsa-2019/v1',
    ];

    /** @var JsonObject */
    private $value;

    private function __construct(JsonObject $value)
    {
        $this->value = $value;
    }

    public static function fromState(PlcDid $did, State $state): self
    {
        $did = $did->asStr();
        $context = self::CONTEXT;
        $methods = [];
        foreach ($state->verificationMethods()->iter() as [$id, $key]) {
            $suite = self::suiteContext($key);
            if ($suite !== null && !in_array($suite, $context, true)) {
                $context[] = $suite;
            }
            $names = ['id', 'type', 'controller', 'publicKeyMultibase'];
            $methods[] = new JsonObject($names, ["{$did}#{$id}", 'Multikey', $did, $key->multibase()]);
        }
        $services = [];
        foreach ($state->services()->iter() as [$id, $service]) {
            $names = ['id', 'type', 'serviceEndpoint'];
            $services[] = new JsonObject($names, ["#{$id}", $service->serviceType(), $service->endpoint()]);
        }
        return new self(new JsonObject(
            ['@context', 'id', 'alsoKnownAs', 'verificationMethod', 'service'],
            [$context, $did, $state->alsoKnownAs(), $methods, $services]
        ));
    }

    public function toValue(): JsonObject
    {
        return $this->value;
    }

    /** The document as JSON, without white space. */
    public function toJson(): string
    {
        return Json::write($this->value);
    }

    /** Null where the key is not a point of a curve that the directory knows. */
    private static function suiteContext(DidKey $key): ?string
    {
        try {
            return self::SUITE_CONTEXTS[(string) $key->key()->keyType()->name()] ?? null;
        } catch (Fault $fault) {
            return null;
        }
    }
}
