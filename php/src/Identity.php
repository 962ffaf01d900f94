<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\Arguments;
use FedVerify\Backend\MadeByVerification;
use FedVerify\Backend\Request;

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

    /** @var string the pin that the log was verified with, or on a first visit the one that came of it */
    private $pin;

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

    public function repository(): ?string
    {
        return $this->report->identity()['repository'] ?? null;
    }

    /** @return list<array<string, mixed>> */
    public function contestable(): array
    {
        return $this->report->identity()['contestable'];
    }

    /** @return list<array<string, mixed>> */
    public function history(): array
    {
        return $this->withHistory()['history'];
    }

    /** @return list<array{code: string, message: string}> */
    public function warnings(): array
    {
        return $this->report->warnings();
    }

    /** @return array<string, mixed> */
    public function didDocument(): array
    {
        return $this->withHistory()['didDocument'] ?? [];
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
        array $limits = [],
        bool $waitRecoveryWindow = false
    ): Report {
        Arguments::checkPath(__METHOD__, 2, 'path', $path);
        return $this->request('fair-package', $pin ?? $this->pin, $limits + $this->limits)->with([
            'metadata' => $metadataJson,
            'package' => $path,
            'release' => $version,
            'artifactUrl' => $artifactUrl,
            'noDowngrade' => $noDowngrade,
            'waitRecoveryWindow' => $waitRecoveryWindow,
        ])->verify();
    }

    /**
     * What the log proves, with the history and what follows from it. Reports have it only where it is asked for.
     *
     * @return array<string, mixed>
     */
    private function withHistory(): array
    {
        $request = $this->request('plc-log', $this->pin, $this->limits);
        return $request->with(['history' => true])->verify()->identity();
    }

    /** @param array<string, int> $limits */
    private function request(string $kind, string $pin, array $limits): Request
    {
        return Request::withLog($kind, $this->did(), $this->log, $pin, $this->now, $limits);
    }
}
