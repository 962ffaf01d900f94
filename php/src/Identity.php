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
        return $this->fact('did');
    }

    public function head(): string
    {
        return $this->fact('head');
    }

    public function operations(): int
    {
        return $this->fact('operations');
    }

    /** @return list<string> */
    public function nullified(): array
    {
        return $this->fact('nullified');
    }

    public function isTombstoned(): bool
    {
        return $this->fact('tombstoned');
    }

    /** @return list<string> */
    public function rotationKeys(): array
    {
        return $this->fact('rotationKeys');
    }

    /** @return array<string, string> */
    public function verificationMethods(): array
    {
        return $this->fact('verificationMethods');
    }

    /** @return list<string> */
    public function alsoKnownAs(): array
    {
        return $this->fact('alsoKnownAs');
    }

    /** @return array<string, array{type: string, endpoint: string}> */
    public function services(): array
    {
        return $this->fact('services');
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

    /** @return mixed */
    private function fact(string $name)
    {
        return $this->report->identity()[$name];
    }
}
