<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\Arguments;
use FedVerify\Backend\Evidence;
use FedVerify\Backend\MadeByVerification;
use FedVerify\Backend\Maker;
use FedVerify\Backend\ProvenPublisher;

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
