<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\Arguments;
use FedVerify\Backend\Maker;

/**
 * The Plugin Federation Network. As the extension's class of this name: php-ext/stubs/fedverify.php documents both.
 */
final class Pfn
{
    private function __construct()
    {
    }

    /** @param array<string, int> $limits */
    public static function verifyPlugin(
        string $key,
        string $pluginJson,
        ?string $signature = null,
        ?string $archivePath = null,
        ?string $archiveSignature = null,
        array $limits = []
    ): Report {
        $engine = Backend::engine();
        $arguments = new Arguments($engine, 'pfn-plugin');
        $arguments->limits($limits);
        $arguments->text('archiveSignature', $archiveSignature);
        if ($archivePath === null && $archiveSignature !== null) {
            $arguments->refuse('$archiveSignature signs an archive: give its $archivePath too');
        }
        $arguments->text('signature', $signature);
        $archive = $archivePath === null ? null : $arguments->file('archivePath', $archivePath);
        $report = $engine->verifyPlugin($key, $pluginJson, $signature, $archive, $archiveSignature, $limits);
        return Maker::verified($archive === null ? $report : $archive->explain($report));
    }

    /** @param array<string, int> $limits */
    public static function verifyChallenge(
        string $key,
        string $challenge,
        string $signature,
        array $limits = []
    ): Report {
        $engine = Backend::engine();
        $arguments = new Arguments($engine, 'pfn-challenge');
        $arguments->limits($limits);
        $arguments->text('challenge', $challenge);
        $arguments->text('signature', $signature);
        return Maker::verified($engine->verifyChallenge($key, $challenge, $signature, $limits));
    }
}
