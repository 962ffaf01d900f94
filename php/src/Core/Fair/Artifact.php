<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Core\Json\Fields;
use FedVerify\Core\Problem;

/** An installable file of a release, as the metadata document describes it: a claim. */
final class Artifact
{
    /** The content type of a release asset. */
    private const OCTET_STREAM = 'application/octet-stream';

    private string $url;
    private ?string $signature;
    private ?string $checksum;
    private ?string $contentType;
    private bool $isReleaseAsset;
    private bool $requiresAuth;

    private function __construct(string $url, ?string $signature, ?string $checksum)
    {
        $this->url = $url;
        $this->signature = $signature;
        $this->checksum = $checksum;
    }

    /**
     * What security rests on has its type or is refused; the rest is taken where it has its type.
     *
     * @throws Problem what was wrong
     */
    public static function fromFields(string $url, Fields $fields): self
    {
        $signature = $fields->takeOptionalString('signature');
        $artifact = new self($url, $signature, $fields->takeOptionalString('checksum'));
        $artifact->contentType = $fields->string('content-type');
        $artifact->isReleaseAsset = $fields->take('release-asset') === true;
        $artifact->requiresAuth = $fields->take('requires-auth') === true;
        return $artifact;
    }

    /** Where the file is available. Any string. */
    public function url(): string
    {
        return $this->url;
    }

    public function signature(): ?string
    {
        return $this->signature;
    }

    /** The checksum that the document gives, if any, as it is written there. */
    public function checksum(): ?string
    {
        return $this->checksum;
    }

    /** The media type that the document gives, if any. */
    public function contentType(): ?string
    {
        return $this->contentType;
    }

    /**
     * Whether the host must be asked for `application/octet-stream`: the flag says so, or the content type, which is how
     * the reference repository marks release assets (fair.md, "Fetching").
     */
    public function isReleaseAsset(): bool
    {
        return $this->isReleaseAsset || $this->contentType === self::OCTET_STREAM;
    }

    /** Whether the host wants credentials. */
    public function requiresAuth(): bool
    {
        return $this->requiresAuth;
    }
}
