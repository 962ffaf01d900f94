<?php

/**
 * Ed25519 signatures of publishers. Not every PHP can sign: signatures.json has what sodium signed, and where sodium is, it is
 * held to that. FEDVERIFY_WRITE=1 writes the file.
 */

declare(strict_types=1);

final class Signatures
{
    private const FILE = __DIR__ . '/signatures.json';

    /** @var array<string, string> */
    private static $known;

    /** The PEM of a publisher's public key. */
    public static function key(string $publisher): string
    {
        $key = self::known("key of $publisher", static function () use ($publisher): string {
            return sodium_crypto_sign_publickey(self::pair($publisher));
        });
        $der = hex2bin('302a300506032b6570032100') . base64_decode($key);
        return "-----BEGIN PUBLIC KEY-----\n" . base64_encode($der) . "\n-----END PUBLIC KEY-----\n";
    }

    /** A publisher's signature, in base64. */
    public static function by(string $publisher, string $signed): string
    {
        return self::known("$publisher over " . hash('sha256', $signed), static function () use ($publisher, $signed): string {
            return sodium_crypto_sign_detached($signed, sodium_crypto_sign_secretkey(self::pair($publisher)));
        });
    }

    private static function pair(string $publisher): string
    {
        return sodium_crypto_sign_seed_keypair(hash('sha256', $publisher, true));
    }

    private static function known(string $name, callable $make): string
    {
        self::$known = self::$known ?? (array) json_decode((string) @file_get_contents(self::FILE), true);
        if (extension_loaded('sodium')) {
            $made = base64_encode($make());
            if (getenv('FEDVERIFY_WRITE') && (self::$known[$name] ?? null) !== $made) {
                self::$known[$name] = $made;
                ksort(self::$known);
                file_put_contents(self::FILE, json_encode(self::$known, JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES) . "\n");
            }
            if ((self::$known[$name] ?? null) !== $made) {
                throw new LogicException("signatures.json has another $name: run this test with FEDVERIFY_WRITE=1");
            }
        }
        if (!isset(self::$known[$name])) {
            throw new LogicException("signatures.json has no $name");
        }
        return self::$known[$name];
    }
}
