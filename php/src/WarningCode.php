<?php

// Generated from core/src/tables by `make generated`: do not edit.

declare(strict_types=1);

namespace FedVerify;

/**
 * The stable codes of warnings. docs/codes.md says what each means.
 */
final class WarningCode
{
    public const PLC_LOG_BARE = 'plc.log.bare';
    public const PLC_DEACTIVATED = 'plc.deactivated';
    public const PLC_ENTRY_UNKNOWN_MEMBER = 'plc.entry.unknown_member';
    public const PLC_ROTATION_KEYS_EMPTY = 'plc.rotation_keys.empty';
    public const PLC_ROTATION_KEYS_DUPLICATE = 'plc.rotation_keys.duplicate';
    public const PLC_ROTATION_KEY_UNUSABLE = 'plc.rotation_key.unusable';
    public const PLC_VERIFICATION_METHODS_MANY = 'plc.verification_methods.many';
    public const PLC_OPERATION_OVERSIZED = 'plc.operation.oversized';
    public const PLC_DIRECTORY_LAG = 'plc.directory.lag';
    public const PLC_DIRECTORY_UNREACHABLE = 'plc.directory.unreachable';
    public const PLC_DOCUMENT_DIFFERS = 'plc.document.differs';
    public const PIN_NULLIFICATION_UNWITNESSED = 'pin.nullification.unwitnessed';
    public const FAIR_METADATA_LOOSE = 'fair.metadata.loose';
    public const FAIR_SECURITY_MISSING = 'fair.security.missing';
    public const FAIR_RELEASE_UNUSABLE = 'fair.release.unusable';
    public const FAIR_RELEASE_ADVISORY = 'fair.release.advisory';
    public const FAIR_RELEASE_INSECURE = 'fair.release.insecure';
    public const FAIR_VERSION_LOOSE = 'fair.version.loose';
    public const FAIR_KEY_UNUSABLE = 'fair.key.unusable';
    public const FAIR_KEY_FRESH = 'fair.key.fresh';
    public const FAIR_CHECKSUM_ABSENT = 'fair.checksum.absent';
    public const FAIR_SIGNATURE_LEGACY = 'fair.signature.legacy';
    public const FAIR_ALIAS_UNCONFIRMED = 'fair.alias.unconfirmed';
    public const IO_NETWORK_PRIVATE = 'io.network.private';
    public const PFN_ARCHIVE_UNBOUND = 'pfn.archive.unbound';
    public const PFN_AUTHOR_DATA_PARTIAL = 'pfn.author_data.partial';
    public const PFN_SIGNATURE_ORACLE = 'pfn.signature.oracle';

    private function __construct()
    {
    }
}
