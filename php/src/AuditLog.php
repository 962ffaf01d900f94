<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\Maker;
use FedVerify\Backend\Request;

/**
 * The audit log of a did:plc. As the extension's class of this name: php-ext/stubs/fedverify.php documents both.
 */
final class AuditLog
{
    private function __construct()
    {
    }

    /** @param array<string, int> $limits */
    public static function verify(
        string $json,
        string $did,
        ?string $pin = null,
        ?int $now = null,
        array $limits = []
    ): Identity {
        $now = $now ?? time();
        $report = Request::withLog('plc-log', $did, $json, $pin, $now, $limits)->verify();
        // On a first visit the pin that came of it spares the signature checks of the next walk.
        return Maker::identity($report, $json, $pin ?? (string) $report->pin(), $now, $limits);
    }
}
