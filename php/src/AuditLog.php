<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\Arguments;
use FedVerify\Backend\Maker;

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
        $engine = Backend::engine();
        $arguments = new Arguments($engine, 'plc-log');
        $arguments->text('did', $did);
        $arguments->count('now', $now);
        $arguments->limits($limits);
        $now = $now ?? time();
        $report = Maker::verified($engine->verifyLog($json, $did, $pin, $now, $limits));
        return Maker::identity($report, $json, $now, $limits);
    }
}
