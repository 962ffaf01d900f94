<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\Arguments;
use FedVerify\Backend\Evidence;
use FedVerify\Backend\Input;
use FedVerify\Backend\MadeByVerification;
use FedVerify\Backend\Maker;
use FedVerify\Backend\ProvenPublisher;
use FedVerify\Backend\Refusal;
use FedVerify\Core\WebDid;

/**
 * The document of a did:web. As the extension's class of this name: php-ext/stubs/fedverify.php documents both.
 */
final class WebDocument
{
    use MadeByVerification;
    use ProvenPublisher;

    /** @param array<string, int> $limits */
    public static function verify(string $json, string $did, ?int $now = null, array $limits = []): WebDocument
    {
        $evidence = Evidence::document($did, $json, $now ?? time(), $limits);
        return Maker::webDocument($evidence->request('web-document')->verify(), $evidence);
    }

    public static function url(string $did): string
    {
        return Refusal::orElse(static function () use ($did): string {
            return WebDid::parse(Input::text('did', $did))->documentUrl();
        });
    }

    public function documentUrl(): string
    {
        return $this->report->identity()['documentUrl'];
    }

    /** @return list<string> */
    public function withdrawn(): array
    {
        return $this->report->identity()['withdrawn'];
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
}
