<?php

declare(strict_types=1);

namespace FedVerify\Core\Key;

/** The type of a public key. */
final class KeyType
{
    /** Ed25519 (RFC 8032): signs packages and PFN records. */
    public const ED25519 = 'Ed25519';

    /** secp256k1 (SEC 2): signs operations, and packages in the legacy form. */
    public const SECP256K1 = 'secp256k1';

    /** P-256 (FIPS 186): signs operations, and packages in the legacy form. */
    public const P256 = 'P-256';

    private const CODECS = [0xed => self::ED25519, 0xe7 => self::SECP256K1, 0x1200 => self::P256];

    /** @var int */
    private $codec;

    private function __construct(int $codec)
    {
        $this->codec = $codec;
    }

    /** The type of a multicodec (multicodec table). */
    public static function fromCodec(int $codec): self
    {
        return new self($codec);
    }

    public function codec(): int
    {
        return $this->codec;
    }

    /** One of the constants; null for another multicodec. A document can carry such a key, but it verifies nothing. */
    public function name(): ?string
    {
        return self::CODECS[$this->codec] ?? null;
    }

    public function toString(): string
    {
        return $this->name() ?? sprintf('multicodec 0x%x', $this->codec);
    }
}
