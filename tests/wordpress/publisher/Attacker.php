<?php

declare(strict_types=1);

/** What an attacker has: a key, servers, and code that nobody asked for. */
final class Attacker
{
    public const REPOSITORY = 'https://repo.attacker.example/x';

    private function __construct()
    {
    }

    public static function key(): KeyPair
    {
        return KeyPair::of('Ed25519', 'attacker');
    }

    /**
     * His release of somebody else's product, signed by him, on his server.
     *
     * @param array<string, mixed> $options see Product::made()
     */
    public static function release(Product $product, string $version = '9.0.0', array $options = []): Release
    {
        $url = self::REPOSITORY . "/{$product->slug}-$version.zip";
        return $product->made($version, $options + ['evil' => true, 'key' => self::key(), 'url' => $url]);
    }

    /**
     * The document of an identity with his key and his repository in it.
     *
     * @param array<string, mixed> $document
     * @return array<string, mixed>
     */
    public static function document(array $document): array
    {
        $document['verificationMethod'] = [self::method($document['id'])];
        $document['service'][0]['serviceEndpoint'] = self::REPOSITORY;
        return $document;
    }

    /** @return array<string, string> */
    public static function method(string $did, string $fragment = 'fair_x'): array
    {
        $key = self::key()->multibase();
        return ['id' => "$did#$fragment", 'type' => 'Multikey', 'controller' => $did, 'publicKeyMultibase' => $key];
    }
}
