<?php

/**
 * Does this plugin package really come from its publisher?
 *
 *     php verify.php LOG METADATA PACKAGE DID
 */

declare(strict_types=1);

// With the extension loaded, its classes are used; without it the Composer library finds another way.
require __DIR__ . '/../../php/autoload.php';

if ($argc !== 5) {
    fwrite(STDERR, "usage: php verify.php LOG METADATA PACKAGE DID\n");
    exit(2);
}
[, $log, $metadata, $package, $did] = $argv;
try {
    $identity = FedVerify\AuditLog::verify(file_get_contents($log), $did);
    $report = $identity->verifyPackage(file_get_contents($metadata), $package);
    echo 'verified: ', $report->release()['version'], ' of ', $identity->did(), "\n";
    // Keep $report->pin(), and hand it to AuditLog::verify() on the next visit.
} catch (FedVerify\RejectedException $refusal) {
    fwrite(STDERR, "rejected: {$refusal->getMessage()}\n{$refusal->remedy()}\n");
    // $refusal->report()->pin(), where it is not null, is to be kept too: the identity was proven, if not its package.
    exit(1);
} catch (FedVerify\Exception $failure) {
    // The same, where there is a report: there is none where nothing is there that could verify.
    fwrite(STDERR, "could not verify: {$failure->getMessage()}\n");
    exit(2);
}
