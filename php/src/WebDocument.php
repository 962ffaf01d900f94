<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\Arguments;
use FedVerify\Backend\Evidence;
use FedVerify\Backend\MadeByVerification;
use FedVerify\Backend\Maker;

/**
 * The document of a did:web. As the extension's class of this name: php-ext/stubs/fedverify.php documents both.
 */
final class WebDocument
{
    use MadeByVerification;

    /** @var Report */
    private $report;

    /** @var Evidence */
    private $evidence;

    private function __construct()
    {
    }

    /** @param array<string, int> $limits */
    public static function verify(string $json, string $did, ?int $now = null, array $limits = []): WebDocument
    {
        $evidence = Evidence::document($did, $json, $now ?? time(), $limits);
        return Maker::webDocument($evidence->request('web-document')->verify(), $evidence);
    }

    public function did(): string
    {
        return $this->report->identity()['did'];
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

    /** @return list<array{code: string, message: string}> */
    public function warnings(): array
    {
        return $this->report->warnings();
    }

    public function report(): Report
    {
        return $this->report;
    }

    /** @param array<string, int> $limits */
    public function release(string $metadataJson, ?string $version = null, array $limits = []): Release
    {
        return $this->evidence->release($metadataJson, $version, null, false, $limits);
    }

    /** @param array<string, int> $limits */
    public function verifyPackage(
        string $metadataJson,
        string $path,
        ?string $version = null,
        ?string $artifactUrl = null,
        array $limits = []
    ): Report {
        Arguments::checkPath(__METHOD__, 2, 'path', $path);
        return $this->evidence->request('fair-package', null, $limits)->with([
            'metadata' => $metadataJson,
            'package' => $path,
            'release' => $version,
            'artifactUrl' => $artifactUrl,
        ])->verify();
    }

    public function aliasRecordName(): ?string
    {
        return $this->evidence->aliasRecordName($this->report);
    }

    public function confirmAlias(string $txtRecords): Report
    {
        return $this->evidence->confirmAlias($txtRecords);
    }
}
