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

    /** What each limit counts. */
    public const MEANINGS = [
        'logBytes' => 'Bytes of a log.',
        'metadataBytes' => 'Bytes of a metadata document.',
        'packageBytes' => 'Bytes of a package or an archive.',
        'recordBytes' => 'Bytes of a PFN document, of a did:web document or of a key.',
        'pinBytes'
            => 'Bytes of the pin that is given, and of the one to keep, written on one line without white space.',
        'jsonDepth' => 'Open arrays and objects around any value; `[]` has depth 1. Values above 100 count as 100.',
        'jsonValues'
            => 'Values in one JSON document: strings, numbers, arrays, objects and so on, without the names of members.',
        'logOperations' => 'Operations of one log.',
        'logSignatureChecks' => 'Signature checks for one log; one for each operation where the same key signs all.',
        'operationBytes' => 'Bytes of an operation\'s DAG-CBOR, signature included.',
        'rotationKeys' => 'Rotation keys of one operation.',
        'verificationMethods' => 'Verification methods of one operation.',
        'services' => 'Services of one operation.',
        'alsoKnownAs' => 'Aliases of one operation.',
        'signingKeys' => 'Signing keys of one identity: those whose ids start with `fair`.',
        'versionBytes' => 'Bytes of a version.',
        'packageArtifacts' => 'Package artifacts of one release.',
        'packageSignatureChecks'
            => 'Signature checks for one package, over all its artifacts; one for each Ed25519 key tried.',
        'challengeBytes' => 'Bytes of a PFN ownership challenge, in UTF-8.',
        'archiveEntries' => 'Entries of a PFN archive that is searched for its plugin header.',
    ];
}
