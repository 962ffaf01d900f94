<?php

declare(strict_types=1);

/** A version of a product, as its publisher or a liar releases it. */
final class Release
{
    /** @var string */
    public $version;

    /** @var string the archive */
    public $bytes;

    /** @var list<array<string, mixed>> its artifacts of the type package, as metadata lists them */
    public $artifacts;

    /** @var array<string, mixed> more members of the release */
    public $more = [];

    /** @var bool whether a scenario itself says what the server answers */
    public $isServed = false;

    /** @param KeyPair|null $key that signs; null: unsigned */
    public function __construct(string $version, string $bytes, string $url, ?KeyPair $key)
    {
        $this->version = $version;
        $this->bytes = $bytes;
        $this->artifacts = [self::artifact($bytes, $url, $key)];
    }

    /** @return array<string, mixed> */
    public static function artifact(string $bytes, string $url, ?KeyPair $key, ?string $language = null): array
    {
        return [
            'url' => $url,
            'content-type' => 'application/zip',
            'signature' => $key === null ? '' : self::signature($bytes, $key),
            'checksum' => 'sha256:' . hash('sha256', $bytes),
            'lang' => $language ?? 'en-US',
        ];
    }

    public static function signature(string $bytes, KeyPair $key): string
    {
        $digest = hash('sha384', $bytes, true);
        $isEd25519 = $key->type === 'Ed25519';
        return SignedOperation::base64url($isEd25519 ? $key->sign($digest) : $key->signDigest(substr($digest, 0, 32)));
    }

    public function url(): string
    {
        return $this->artifacts[0]['url'];
    }

    /** @return array<string, mixed> */
    public function metadata(): array
    {
        return $this->more + [
            'version' => $this->version,
            'requires' => ['env:php' => '>=7.4', 'env:wp' => '>=5.9'],
            'suggests' => ['env:wp' => '>=6.5'],
            'provides' => [],
            'artifacts' => ['package' => $this->artifacts],
        ];
    }
}
