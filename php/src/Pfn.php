<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\Arguments;
use FedVerify\Backend\CheckedLimits;
use FedVerify\Backend\Input;
use FedVerify\Backend\Refusal;
use FedVerify\Backend\Request;
use FedVerify\Core\Pfn\Challenge;

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
        Arguments::checkPath(__METHOD__, 4, 'archivePath', (string) $archivePath);
        return (new Request('pfn-plugin', $limits))->with([
            'key' => $key,
            'plugin' => $pluginJson,
            'signature' => $signature,
            'archive' => $archivePath,
            'archiveSignature' => $archiveSignature,
        ])->verify();
    }

    /** @param array<string, int> $limits */
    public static function verifyChallenge(
        string $key,
        string $challenge,
        string $signature,
        array $limits = []
    ): Report {
        return (new Request('pfn-challenge', $limits))->with([
            'key' => $key,
            'challenge' => $challenge,
            'signature' => $signature,
        ])->verify();
    }

    /** @param array<string, int> $limits */
    public static function checkChallenge(string $challenge, array $limits = []): void
    {
        Refusal::orElse(static function () use ($challenge, $limits): void {
            $checked = CheckedLimits::of($limits);
            new Challenge(Input::text('challenge', $challenge), $checked);
        });
    }
}
