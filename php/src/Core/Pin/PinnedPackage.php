<?php

declare(strict_types=1);

namespace FedVerify\Core\Pin;

use FedVerify\Core\Json\JsonObject;
use FedVerify\Core\PackageDigests;

/** A package that was verified. */
final class PinnedPackage
{
    /** @var string in hexadecimal */
    private $sha256;

    /** @var string in hexadecimal */
    private $sha384;

    public function __construct(string $sha256, string $sha384)
    {
        $this->sha256 = $sha256;
        $this->sha384 = $sha384;
    }

    /** What to remember of a package. */
    public static function of(PackageDigests $digests): self
    {
        return new self($digests->sha256Hex(), $digests->sha384Hex());
    }

    public function sha256(): string
    {
        return $this->sha256;
    }

    public function sha384(): string
    {
        return $this->sha384;
    }

    public function compare(self $other): int
    {
        return strcmp($this->sha256, $other->sha256) ?: strcmp($this->sha384, $other->sha384);
    }

    public function toValue(): JsonObject
    {
        return new JsonObject(['sha256', 'sha384'], [$this->sha256, $this->sha384]);
    }
}
