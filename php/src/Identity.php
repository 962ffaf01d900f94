<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\Arguments;
use FedVerify\Backend\DidDocument;
use FedVerify\Backend\Maker;
use FedVerify\Backend\MadeByVerification;

/**
 * An identity whose whole log was verified. As the extension's class of this name: php-ext/stubs/fedverify.php documents
 * both.
 */
final class Identity
{
    use MadeByVerification;

    /** @var Report */
    private $report;

    /** @var string */
    private $log;

    /** @var int */
    private $now;

    /** @var array<string, int> */
    private $limits;

    private function __construct()
    {
    }

    public function did(): string
    {
        return $this->report->identity()['did'];
    }

    public function head(): string
    {
        return $this->report->identity()['head'];
    }

    public function operations(): int
    {
        return $this->report->identity()['operations'];
    }

    /** @return list<string> */
    public function nullified(): array
    {
        return $this->report->identity()['nullified'];
    }

    public function isTombstoned(): bool
    {
        return $this->report->identity()['tombstoned'];
    }

    /** @return list<string> */
    public function rotationKeys(): array
    {
        return $this->report->identity()['rotationKeys'];
    }

    /** @return array<string, string> */
    public function verificationMethods(): array
    {
        return $this->report->identity()['verificationMethods'];
    }

    /** @return list<string> */
    public function alsoKnownAs(): array
    {
        return $this->report->identity()['alsoKnownAs'];
    }

    /** @return array<string, array{type: string, endpoint: string}> */
    public function services(): array
    {
        return $this->report->identity()['services'];
    }

    /** @return list<array{code: string, message: string}> */
    public function warnings(): array
    {
        return $this->report->warnings();
    }

    /** @return array<string, mixed> */
    public function didDocument(): array
    {
        return $this->isTombstoned() ? [] : DidDocument::of($this, Backend::engine());
    }

    public function pin(): string
    {
        return (string) $this->report->pin();
    }

    public function report(): Report
    {
        return $this->report;
    }

    /** @param array<string, int> $limits */
    public function verifyPackage(
        string $metadataJson,
        string $path,
        ?string $version = null,
        ?string $pin = null,
        ?string $artifactUrl = null,
        bool $noDowngrade = false,
        array $limits = []
    ): Report {
        $engine = Backend::engine();
        $arguments = new Arguments($engine, 'fair-package');
        $arguments->text('version', $version);
        $arguments->text('artifactUrl', $artifactUrl);
        $arguments->limits($limits);
        $file = $arguments->file('path', $path);
        return Maker::verified($file->explain($engine->verifyPackage(
            $this->log,
            $this->did(),
            $pin ?? $this->pin(),
            $this->now,
            $metadataJson,
            $file,
            $version,
            $artifactUrl,
            $noDowngrade,
            $limits + $this->limits
        )));
    }
}
