<?php

// Written by tests/php/stubs.php --write.

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
        'rotationKeys',
        'signingKeys',
        'packageArtifacts',
        'packageSignatureChecks',
        'challengeBytes',
        'archiveEntries',
    ];
}
