<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\Arguments;
use FedVerify\Backend\MadeByVerification;
use FedVerify\Backend\ProvenPublisher;
use FedVerify\Core\Directory;
use FedVerify\Core\Limits;

/**
 * An identity whose whole log was verified. As the extension's class of this name: php-ext/stubs/fedverify.php
 * documents both.
 */
final class Identity
{
    use MadeByVerification;
    use ProvenPublisher;

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

    /** @return array<string, mixed> */
    public function didDocument(): array
    {
        return $this->withHistory()['didDocument'] ?? [];
    }

    public function pin(): string
    {
        return (string) $this->report->pin();
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
        return $this->evidence->request('fair-package', $pin, $limits)->with([
            'metadata' => $metadataJson,
            'package' => $path,
            'release' => $version,
            'artifactUrl' => $artifactUrl,
            'noDowngrade' => $noDowngrade,
            'waitRecoveryWindow' => $waitRecoveryWindow,
        ])->verify();
    }

    /** @param array<string, int> $limits */
    public function release(
        string $metadataJson,
        ?string $version = null,
        ?string $pin = null,
        bool $noDowngrade = false,
        array $limits = []
    ): Release {
        return $this->evidence->release($metadataJson, $version, $pin, $noDowngrade, $limits);
    }

    /** @return array{code: string, message: string}|null */
    public function compareDocument(string $served, string $url = 'https://plc.directory'): ?array
    {
        $document = $this->withHistory()['didDocument'] ?? null;
        $flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE;
        $derived = $document === null ? null : (string) json_encode($document, $flags);
        $limits = new Limits($this->evidence->limits());
        $warning = Directory::compareDocument($url, $derived, $this->did(), $served, $limits);
        return $warning === null ? null : ['code' => $warning->code(), 'message' => $warning->message()];
    }

    /**
     * What the log proves, with the history and what follows from it. Reports have it only where it is asked for.
     *
     * @return array<string, mixed>
     */
    private function withHistory(): array
    {
        return $this->evidence->request('plc-log')->with(['history' => true])->verify()->identity();
    }
}
