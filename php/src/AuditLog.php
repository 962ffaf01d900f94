<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\Evidence;
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
        $inputs = ['did' => $did, 'log' => $json, 'pin' => $pin, 'remember' => true, 'now' => $now];
        $report = (new Request('plc-log', $limits))->with($inputs)->verify();
        $evidence = Evidence::log($did, $json, $pin ?? (string) $report->pin(), $now, $limits);
        return Maker::identity($report, $evidence);
    }
}
