<?php

/** Several processes that store pins of one identity at once lose nothing. */

declare(strict_types=1);

require __DIR__ . '/wordpress.php';

use FedVerify\Core\Limits;
use FedVerify\Core\PackageDigests;
use FedVerify\Core\Pin\Pin;
use FedVerify\Core\Version;
use FedVerify\WordPress\Plugin;

const PROCESSES = 4;
const EACH = 15;

$plugin = Plugin::get();
$log = file_get_contents(__DIR__ . '/../../../examples/fair/log.json');
$did = json_decode($log, true)[0]['did'];
$first = FedVerify\AuditLog::verify($log, $did)->pin();

if ($part !== []) {
    $limits = Limits::defaults();
    for ($i = 0; $i < EACH; $i++) {
        $digests = new PackageDigests(1, hash('sha256', "$part[0] $i", true), hash('sha384', "$part[0] $i", true));
        $pin = Pin::parse($first, $limits)->withPackage(Version::parse("$part[0].$i.0", $limits), $digests);
        $plugin->pins()->update($did, $pin->toJson());
    }
    echo 'done';
    exit;
}

$plugin->identities()->forget($did);
$waits = [];
for ($i = 1; $i <= PROCESSES; $i++) {
    $waits[] = $play((string) $i);
}
foreach ($waits as $wait) {
    $check('no process failed', $wait() === 'done');
}
$stored = FedVerify\Pin::parse((string) $plugin->pins()->load($did));
$check('every package is in the pin', count($stored->releases()) === PROCESSES * EACH);
$check('the highest version', $stored->highestVersion() === PROCESSES . '.' . (EACH - 1) . '.0');
$plugin->identities()->forget($did);

$finish('races');
