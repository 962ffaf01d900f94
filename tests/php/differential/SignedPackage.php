<?php

declare(strict_types=1);

use FedVerify\Core\Tables\Kind;

/** FAIR packages with signatures of every form, right and wrong ones, of a did:web or a did:plc. */
final class SignedPackage
{
    private const DID = 'did:web:a.example';

    private const NOW = 1767225600;

    /** Where an artifact is, and two that none has: a password is not repeated. */
    private const PLACES = ['https://a.example/', 'https://me:secret@a.example/', 'A:me@'];

    private const VERSIONS = [
        '1.0.0', '1.0.0', '1.0', '01.0', '1.0.0-rc.1', '1.0.0-rc.11', '1.0.0-rc.2', 'v1.0.0', '1.0.0+b', '2.0.0',
        '1.10', '1.9', '1.0.0.0', 'trunk', '', '2025.01.05', '99999999999999999999.0', '1.0.0-0a.-', '1.2.3-alpha.01',
    ];

    /** Limits below what a case needs, or not. */
    private const LIMITS = [
        'packageSignatureChecks' => 12,
        'packageArtifacts' => 4,
        'signingKeys' => 4,
        'versionBytes' => 9,
    ];

    /** @var string */
    private $package;

    /** @var list<KeyPair> */
    private $keys = [];

    private function __construct()
    {
        // SHA-384 digests that start with zeros are cut in two ways by those who sign 32 bytes of them.
        $this->package = 'package ' . Random::pick([1, 2, 687, 743, 209071]);
        for ($i = 0; $i < 6; $i++) {
            $this->keys[] = KeyPair::of(['Ed25519', 'secp256k1', 'P-256'][$i % 3], "signing $i");
        }
    }

    public static function random(): Request
    {
        $case = new self();
        $signing = Random::some($case->keys, 1 + Random::below(4));
        $inputs = ['package' => $case->package, 'now' => self::NOW];
        if (Random::once(2)) {
            $inputs += ['did' => self::DID, 'document' => $case->document($signing)];
        } else {
            $methods = [];
            foreach ($signing as $i => $key) {
                $methods[(Random::once(9) ? 'atproto' : 'fair') . $i] = $key->did;
            }
            $log = new SignedLog(1 + Random::below(3), $methods);
            $inputs = ['now' => $log->time() + Random::below(600000)] + $inputs;
            $inputs += ['did' => $log->did, 'log' => $log->text(), 'remember' => Random::once(2)];
            $inputs += Random::once(5) ? ['waitRecoveryWindow' => true] : [];
        }
        $inputs += Random::once(5) ? ['artifactUrl' => Random::pick(self::PLACES) . Random::below(3)] : [];
        $inputs += Random::once(5) ? ['release' => Random::pick(self::VERSIONS)] : [];
        $inputs += Random::once(5) ? ['txt' => Random::pick(['', "x\n", 'did=']) . $inputs['did'] . "\n"] : [];
        $inputs['metadata'] = $case->metadata($inputs['did'], $signing);
        return new Request(Kind::FAIR_PACKAGE, $inputs, self::limits());
    }

    /** @return array<string, int> */
    private static function limits(): array
    {
        $limits = [];
        foreach (self::LIMITS as $name => $most) {
            $limits += Random::once(9) ? [$name => Random::below($most)] : [];
        }
        return $limits;
    }

    /** @param list<KeyPair> $signing */
    private function document(array $signing): string
    {
        $methods = [];
        foreach ($signing as $i => $key) {
            $method = ['id' => (Random::once(9) ? '#atproto' : '#fair') . $i, 'type' => 'Multikey'];
            $method += ['publicKeyMultibase' => Random::once(12) ? 'z6Mk' : $key->multibase()];
            $methods[] = $method + (Random::once(9) ? ['revoked' => '2025-01-01T00:00:00Z'] : []);
        }
        $repository = ['id' => '#r', 'type' => 'FairPackageManagementRepo', 'serviceEndpoint' => 'https://a.example/m'];
        return self::json([
            'id' => self::DID,
            'alsoKnownAs' => Random::once(3) ? ['fair://a.example'] : [],
            'verificationMethod' => $methods,
            'service' => [$repository],
        ]);
    }

    /** @param list<KeyPair> $signing */
    private function metadata(string $did, array $signing): string
    {
        $releases = [];
        for ($left = Random::pick([1, 1, 2, 4]); $left > 0; $left--) {
            $artifacts = [];
            for ($more = 1 + Random::below(3); $more > 0; $more--) {
                $artifacts[] = $this->artifact(Random::once(6) ? $this->keys : $signing);
            }
            $version = Random::once(2) ? '1.0.0' : Random::pick(self::VERSIONS);
            $releases[] = ['version' => $version, 'artifacts' => ['package' => $artifacts]];
        }
        return self::json([
            '@context' => 'https://fair.pm/ns/metadata/v1',
            'id' => $did,
            'type' => Random::pick(['wp-plugin', 'wp-plugin', 'wp-theme', 'typo3-extension', 'x']),
            'license' => 'MIT',
            'authors' => [['name' => 'A']],
            'security' => [['email' => 'a@a.example']],
            'releases' => $releases,
        ]);
    }

    /**
     * @param list<KeyPair> $keys
     * @return array<string, mixed>
     */
    private function artifact(array $keys): array
    {
        $signature = SignedOperation::base64url($this->signature(Random::pick($keys)));
        $signature .= Random::once(20) ? '=' : '';
        $sha256 = hash('sha256', $this->package);
        $sha384 = hash('sha384', $this->package);
        $checksums = ["sha256:$sha256", "sha256:$sha256", 'SHA256:' . strtoupper($sha256), "sha384:$sha384"];
        $wrong = ['sha256:' . bin2hex(Random::bytes(32)), "sha384:$sha256", "sha1:00", ''];
        $checksum = Random::once(8) ? Random::pick($wrong) : Random::pick($checksums);
        $artifact = ['url' => 'https://a.example/' . Random::below(3), 'signature' => $signature];
        return $artifact + (Random::once(4) ? [] : ['checksum' => $checksum]);
    }

    private function signature(KeyPair $key): string
    {
        $sha256 = hash('sha256', $this->package, true);
        $sha384 = hash('sha384', $this->package, true);
        if (Random::once(8)) {
            [$sha256, $sha384] = [Random::bytes(32), Random::bytes(48)];
        }
        if ($key->type === 'Ed25519') {
            return $key->sign(Random::once(8) ? $sha256 : $sha384);
        }
        $zeros = strspn($sha384, "\0");
        $digest = Random::pick([$sha256, substr($sha384, 0, 32), substr($sha384, $zeros, 32), substr($sha384, 1, 32)]);
        $signature = $key->signDigest($digest, !Random::once(8));
        $signature = Random::once(4) ? SignedOperation::der($signature, Random::pick([0, 0, 0, 1, 2, 3])) : $signature;
        return Random::once(20) ? substr($signature, 1) : $signature;
    }

    /** @param array<string, mixed> $value */
    private static function json(array $value): string
    {
        return json_encode($value, JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR);
    }
}
