<?php

// Generated from core/src/tables by `make generated`: do not edit.

declare(strict_types=1);

namespace FedVerify\Backend;

/** The names of the limits. */
final class Limits
{
    public const NAMES = [
        'logBytes',
        'metadataBytes',
        'packageBytes',
        'recordBytes',
        'pinBytes',
        'jsonDepth',
        'jsonValues',
        'logOperations',
        'logSignatureChecks',
        'operationBytes',
        'rotationKeys',
        'verificationMethods',
        'services',
        'alsoKnownAs',
        'signingKeys',
        'versionBytes',
        'packageArtifacts',
        'packageSignatureChecks',
        'challengeBytes',
        'archiveEntries',
    ];
}
