<?php

// Generated from core/src/tables by `make generated`: do not edit.

declare(strict_types=1);

namespace FedVerify\Core\Tables;

/** The limits where the caller sets none. */
final class LimitDefaults
{
    /** The limit of each name. */
    public const VALUES = [
        'logBytes' => 8388608,
        'metadataBytes' => 8388608,
        'packageBytes' => 536870912,
        'recordBytes' => 1048576,
        'pinBytes' => 4194304,
        'jsonDepth' => 32,
        'jsonValues' => 500000,
        'logOperations' => 10000,
        'logSignatureChecks' => 20000,
        'operationBytes' => 750000,
        'rotationKeys' => 10,
        'verificationMethods' => 1000,
        'services' => 1000,
        'alsoKnownAs' => 1000,
        'signingKeys' => 64,
        'versionBytes' => 128,
        'packageArtifacts' => 64,
        'packageSignatureChecks' => 256,
        'challengeBytes' => 1024,
        'archiveEntries' => 10000,
    ];
}
