<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Identity;

/** The DID document that follows from a verified identity, in the directory's own shape. */
final class DidDocument
{
    /** The directory adds a context for the two curves that it knows. */
    private const SUITES = [
        'secp256k1' => 'https://w3id.org/security/suites/secp256k1-2019/v1',
        'P-256' => 'https://w3id.org/security/suites/ecdsa-2019/v1',
    ];

    /** @return array<string, mixed> */
    public static function of(Identity $identity, Engine $engine): array
    {
        $context = ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'];
        $methods = [];
        foreach ($identity->verificationMethods() as $id => $key) {
            $suite = self::SUITES[$engine->keyType($key) ?? ''] ?? null;
            if ($suite !== null && !in_array($suite, $context, true)) {
                $context[] = $suite;
            }
            $methods[] = [
                'id' => $identity->did() . '#' . $id,
                'type' => 'Multikey',
                'controller' => $identity->did(),
                'publicKeyMultibase' => substr($key, strlen('did:key:')),
            ];
        }
        $services = [];
        foreach ($identity->services() as $id => $service) {
            $services[] = ['id' => "#$id", 'type' => $service['type'], 'serviceEndpoint' => $service['endpoint']];
        }
        return [
            '@context' => $context,
            'id' => $identity->did(),
            'alsoKnownAs' => $identity->alsoKnownAs(),
            'verificationMethod' => $methods,
            'service' => $services,
        ];
    }
}
