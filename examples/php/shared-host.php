<?php

// Does this package come from its publisher? For hosts that allow nothing: no extension, no FFI, no programs.
//     php shared-host.php LOG METADATA PACKAGE DID
require __DIR__ . '/../../php/autoload.php';

[, $log, $metadata, $package, $did] = $argv;
try {
    $identity = FedVerify\AuditLog::verify(file_get_contents($log), $did);
    $version = $identity->verifyPackage(file_get_contents($metadata), $package)->release()['version'];
    echo "verified: $version, by fedverify ", FedVerify\Backend::detect()->name(), "\n";
} catch (FedVerify\Exception $refusal) {
    fwrite(STDERR, "not verified: {$refusal->getMessage()}\n");
    exit(1);
}
