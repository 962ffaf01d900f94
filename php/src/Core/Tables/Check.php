<?php

// Generated from core/src/tables by `make generated`: do not edit.

declare(strict_types=1);

namespace FedVerify\Core\Tables;

/** The steps of verifications. */
final class Check
{
    public const DID = 'did';
    public const PLC_JSON = 'plc.json';
    public const PLC_OPERATIONS = 'plc.operations';
    public const PLC_CIDS = 'plc.cids';
    public const PLC_GENESIS = 'plc.genesis';
    public const PLC_CHAIN = 'plc.chain';
    public const PLC_TIMES = 'plc.times';
    public const PLC_SIGNATURES = 'plc.signatures';
    public const PLC_RECOVERIES = 'plc.recoveries';
    public const PLC_FLAGS = 'plc.flags';
    public const PIN_LOG = 'pin.log';
    public const WEB_DOCUMENT = 'web.document';
    public const FAIR_METADATA = 'fair.metadata';
    public const FAIR_IDENTITY = 'fair.identity';
    public const FAIR_KEYS = 'fair.keys';
    public const FAIR_RELEASE = 'fair.release';
    public const PIN_METADATA = 'pin.metadata';
    public const FAIR_BYTES = 'fair.bytes';
    public const FAIR_ARTIFACT = 'fair.artifact';
    public const FAIR_CHECKSUM = 'fair.checksum';
    public const FAIR_SIGNATURE = 'fair.signature';
    public const FAIR_RECOVERY_WINDOW = 'fair.recovery_window';
    public const PIN_PACKAGE = 'pin.package';
    public const FAIR_ALIAS = 'fair.alias';
    public const PFN_KEY = 'pfn.key';
    public const PFN_PLUGIN = 'pfn.plugin';
    public const PFN_CHALLENGE = 'pfn.challenge';
    public const PFN_SIGNATURE = 'pfn.signature';
    public const PFN_ARCHIVE = 'pfn.archive';
    public const PFN_ARCHIVE_SIGNATURE = 'pfn.archive_signature';
    public const PFN_FEDERATION_INFO = 'pfn.federation_info';
    public const PFN_AUTHOR_DATA = 'pfn.author_data';
    public const PFN_ASSET_URL = 'pfn.asset_url';
    public const KEY = 'key';

    /** What a report says of a step that passed. */
    public const MEANINGS = [
        'did' => 'the DID is well-formed',
        'plc.json' => 'the log is one strict JSON document within the limits',
        'plc.operations' => 'every entry belongs to this DID, and every operation has exactly the members of its type',
        'plc.cids' => 'every served CID is the hash of its operation',
        'plc.genesis' => 'the DID is the hash of the genesis operation, which one of its own rotation keys signed',
        'plc.chain' => 'every operation follows an earlier one that is neither nullified nor a tombstone',
        'plc.times' => 'every operation is later than the previous head',
        'plc.signatures' => 'every operation is signed by a rotation key of the operation before it',
        'plc.recoveries' => 'every recovery came within 72 hours and from a key of higher authority',
        'plc.flags' => 'the directory\'s nullified flags match the operations',
        'pin.log' => 'the log takes back nothing that was seen before',
        'web.document' => 'the DID document is one strict JSON document about this DID',
        'fair.metadata' => 'the metadata document is one strict JSON document of a known version',
        'fair.identity'
            => 'the metadata document is about this DID and of a known type, and the DID names a repository',
        'fair.keys' => 'the identity has keys that sign packages',
        'fair.release' => 'the metadata document lists the release, once',
        'pin.metadata' => 'no version that was seen before has a different checksum now',
        'fair.bytes' => 'the package was read to its end within the limit',
        'fair.artifact' => 'the release describes the package, with a signature',
        'fair.checksum' => 'the package matches the checksum of the release',
        'fair.signature' => 'a signing key of the identity signed the package\'s bytes',
        'fair.recovery_window' => 'the signing key can no longer be undone, or the caller accepts that it can',
        'pin.package' => 'the bytes contradict nothing that was seen before of this version or another',
        'fair.alias' => 'the domain that the identity claims confirms it in DNS',
        'pfn.key' => 'the publisher\'s key is an Ed25519 public key',
        'pfn.plugin' => 'the plugin record is one strict JSON document with the signed members',
        'pfn.challenge' => 'the challenge is within the limit and cannot be a plugin record',
        'pfn.signature' => 'the publisher\'s key signed the bytes',
        'pfn.archive' => 'the archive\'s folder and plugin header match what was signed',
        'pfn.archive_signature' => 'the publisher\'s key signed the archive\'s bytes',
        'pfn.federation_info' => 'the federation-info document is one strict JSON document with the required members',
        'pfn.author_data' => 'the author-data document is one strict JSON document with the required members',
        'pfn.asset_url' => 'the naming scheme gives a URL within the source\'s own domain',
        'key' => 'the string is a public key of a type that can verify signatures',
    ];
}
