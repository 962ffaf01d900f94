<?php

declare(strict_types=1);

namespace FedVerify\Core;

/** Size, SHA-256 and SHA-384 of a package. All that verification ever needs of its bytes. */
final class PackageDigests
{
    /** @var int */
    private $size;

    /** @var string */
    private $sha256;

    /** @var string */
    private $sha384;

    /** Use PackageHasher, which makes them of bytes. */
    public function __construct(int $size, string $sha256, string $sha384)
    {
        $this->size = $size;
        $this->sha256 = $sha256;
        $this->sha384 = $sha384;
    }

    /**
     * Reads a package to its end.
     *
     * @param resource $stream
     * @param callable(int): void|null $progress is told now and then how many bytes were read so far
     * @throws Fault `input.too_large`; `io.file.unreadable` when reading fails
     */
    public static function fromStream($stream, Limits $limits, ?callable $progress = null): self
    {
        $hasher = new PackageHasher($limits);
        $hasher->updateFrom($stream, $progress);
        return $hasher->finish();
    }

    /** The number of bytes. */
    public function size(): int
    {
        return $this->size;
    }

    /** The SHA-256 digest, 32 bytes. */
    public function sha256(): string
    {
        return $this->sha256;
    }

    /** The SHA-384 digest, 48 bytes. */
    public function sha384(): string
    {
        return $this->sha384;
    }

    /** The SHA-256 digest in lower-case hexadecimal. */
    public function sha256Hex(): string
    {
        return bin2hex($this->sha256);
    }

    /** The SHA-384 digest in lower-case hexadecimal. */
    public function sha384Hex(): string
    {
        return bin2hex($this->sha384);
    }
}
