<?php

// Generated from core/src/tables by `make generated`: do not edit.

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\Arguments;
use FedVerify\Core\Tables\Codes;

/**
 * The stable codes of errors. docs/codes.md says what each means.
 */
final class Code
{
    public const INPUT_MALFORMED = 'input.malformed';
    public const INPUT_TOO_LARGE = 'input.too_large';
    public const INPUT_DUPLICATE_MEMBER = 'input.duplicate_member';
    public const INPUT_TOO_DEEP = 'input.too_deep';
    public const INPUT_TRAILING_BYTES = 'input.trailing_bytes';
    public const INPUT_BYTE_ORDER_MARK = 'input.byte_order_mark';
    public const INPUT_WRONG_TYPE = 'input.wrong_type';
    public const INPUT_NOT_UTF8 = 'input.not_utf8';
    public const INPUT_TOO_MANY_VALUES = 'input.too_many_values';
    public const DID_INVALID = 'did.invalid';
    public const DID_UNSUPPORTED = 'did.unsupported';
    public const DID_DOCUMENT_MALFORMED = 'did.document.malformed';
    public const DID_DOCUMENT_ID_MISMATCH = 'did.document.id_mismatch';
    public const KEY_INVALID = 'key.invalid';
    public const KEY_UNSUPPORTED = 'key.unsupported';
    public const PLC_LOG_EMPTY = 'plc.log.empty';
    public const PLC_LOG_TOO_LONG = 'plc.log.too_long';
    public const PLC_LOG_TOO_MUCH_WORK = 'plc.log.too_much_work';
    public const PLC_ENTRY_MALFORMED = 'plc.entry.malformed';
    public const PLC_DID_MISMATCH = 'plc.did_mismatch';
    public const PLC_OPERATION_MALFORMED = 'plc.operation.malformed';
    public const PLC_OPERATION_UNKNOWN_FIELD = 'plc.operation.unknown_field';
    public const PLC_OPERATION_TOO_MANY_ROTATION_KEYS = 'plc.operation.too_many_rotation_keys';
    public const PLC_GENESIS_INVALID = 'plc.genesis.invalid';
    public const PLC_GENESIS_REPEATED = 'plc.genesis.repeated';
    public const PLC_CID_MISMATCH = 'plc.cid.mismatch';
    public const PLC_PREV_MISMATCH = 'plc.prev.mismatch';
    public const PLC_PREV_NULLIFIED = 'plc.prev.nullified';
    public const PLC_TOMBSTONED = 'plc.tombstoned';
    public const PLC_SIGNATURE_ENCODING = 'plc.signature.encoding';
    public const PLC_SIGNATURE_HIGH_S = 'plc.signature.high_s';
    public const PLC_SIGNATURE_INVALID = 'plc.signature.invalid';
    public const PLC_NULLIFICATION_LATE = 'plc.nullification.late';
    public const PLC_NULLIFICATION_AUTHORITY = 'plc.nullification.authority';
    public const PLC_NULLIFIED_FLAG = 'plc.nullified_flag';
    public const PLC_TIMESTAMP_MALFORMED = 'plc.timestamp.malformed';
    public const PLC_TIMESTAMP_ORDER = 'plc.timestamp.order';
    public const PLC_DIRECTORY_DISAGREE = 'plc.directory.disagree';
    public const PLC_ROTATION_KEY_INVALID = 'plc.rotation_key.invalid';
    public const PLC_OPERATION_TOO_LARGE = 'plc.operation.too_large';
    public const PLC_OPERATION_TOO_MANY_MEMBERS = 'plc.operation.too_many_members';
    public const FAIR_METADATA_MALFORMED = 'fair.metadata.malformed';
    public const FAIR_METADATA_ID_MISMATCH = 'fair.metadata.id_mismatch';
    public const FAIR_METADATA_TYPE_UNKNOWN = 'fair.metadata.type_unknown';
    public const FAIR_SERVICE_MISSING = 'fair.service.missing';
    public const FAIR_KEY_MISSING = 'fair.key.missing';
    public const FAIR_RELEASE_MISSING = 'fair.release.missing';
    public const FAIR_RELEASE_MALFORMED = 'fair.release.malformed';
    public const FAIR_RELEASE_AMBIGUOUS = 'fair.release.ambiguous';
    public const FAIR_ARTIFACT_MISSING = 'fair.artifact.missing';
    public const FAIR_ARTIFACT_MALFORMED = 'fair.artifact.malformed';
    public const FAIR_ARTIFACT_TOO_MANY = 'fair.artifact.too_many';
    public const FAIR_SIGNATURE_MISSING = 'fair.signature.missing';
    public const FAIR_SIGNATURE_ENCODING = 'fair.signature.encoding';
    public const FAIR_SIGNATURE_INVALID = 'fair.signature.invalid';
    public const FAIR_CHECKSUM_MALFORMED = 'fair.checksum.malformed';
    public const FAIR_CHECKSUM_MISMATCH = 'fair.checksum.mismatch';
    public const FAIR_CHECKSUM_UNSUPPORTED = 'fair.checksum.unsupported';
    public const FAIR_TOO_MUCH_WORK = 'fair.too_much_work';
    public const FAIR_ALIAS_MISMATCH = 'fair.alias.mismatch';
    public const FAIR_SERVICE_INVALID = 'fair.service.invalid';
    public const FAIR_KEY_TOO_FRESH = 'fair.key.too_fresh';
    public const FAIR_VERSION_INVALID = 'fair.version.invalid';
    public const PFN_KEY_INVALID = 'pfn.key.invalid';
    public const PFN_PLUGIN_MALFORMED = 'pfn.plugin.malformed';
    public const PFN_PLUGIN_NOT_TEXT = 'pfn.plugin.not_text';
    public const PFN_SIGNATURE_MISSING = 'pfn.signature.missing';
    public const PFN_SIGNATURE_ENCODING = 'pfn.signature.encoding';
    public const PFN_SIGNATURE_INVALID = 'pfn.signature.invalid';
    public const PFN_FEDERATION_INFO_MALFORMED = 'pfn.federation_info.malformed';
    public const PFN_AUTHOR_DATA_MALFORMED = 'pfn.author_data.malformed';
    public const PFN_ASSET_URL_REFUSED = 'pfn.asset_url.refused';
    public const PFN_ARCHIVE_UNREADABLE = 'pfn.archive.unreadable';
    public const PFN_ARCHIVE_INCONSISTENT = 'pfn.archive.inconsistent';
    public const PFN_ARCHIVE_SIGNATURE_INVALID = 'pfn.archive.signature_invalid';
    public const PFN_CHALLENGE_MALFORMED = 'pfn.challenge.malformed';
    public const PFN_CHALLENGE_AMBIGUOUS = 'pfn.challenge.ambiguous';
    public const PIN_MALFORMED = 'pin.malformed';
    public const PIN_ROLLBACK = 'pin.rollback';
    public const PIN_FORK = 'pin.fork';
    public const PIN_NULLIFICATION_LATE = 'pin.nullification_late';
    public const PIN_RELEASE_CHANGED = 'pin.release_changed';
    public const PIN_DOWNGRADE = 'pin.downgrade';
    public const PIN_TOO_LARGE = 'pin.too_large';
    public const IO_FILE_MISSING = 'io.file.missing';
    public const IO_FILE_UNREADABLE = 'io.file.unreadable';
    public const IO_NETWORK_DNS = 'io.network.dns';
    public const IO_NETWORK_CONNECT = 'io.network.connect';
    public const IO_NETWORK_TLS = 'io.network.tls';
    public const IO_NETWORK_TIMEOUT = 'io.network.timeout';
    public const IO_NETWORK_STATUS = 'io.network.status';
    public const IO_NETWORK_REDIRECT = 'io.network.redirect';
    public const IO_NETWORK_INSECURE = 'io.network.insecure';
    public const IO_NETWORK_ANSWER = 'io.network.answer';
    public const IO_FILE_UNWRITABLE = 'io.file.unwritable';
    public const IO_MEMORY = 'io.memory';
    public const IO_DIRECTORY_UNKNOWN = 'io.directory.unknown';
    public const IO_DIRECTORY_DEACTIVATED = 'io.directory.deactivated';
    public const API_ARGUMENT = 'api.argument';
    public const API_USED_UP = 'api.used_up';
    public const API_PANICKED = 'api.panicked';
    public const API_UNSUPPORTED = 'api.unsupported';

    private function __construct()
    {
    }

    /**
     * What a code means, in one line.
     *
     * @throws \ValueError there is no such code
     */
    public static function meaning(string $code): string
    {
        if (!isset(Codes::MEANINGS[$code])) {
            throw Arguments::valueError(__METHOD__, 1, 'code', 'must be an error code');
        }
        return Codes::MEANINGS[$code];
    }

    /**
     * What whoever meets a code can do about it, in one line.
     *
     * @throws \ValueError there is no such code
     */
    public static function remedy(string $code): string
    {
        if (!isset(Codes::REMEDIES[$code])) {
            throw Arguments::valueError(__METHOD__, 1, 'code', 'must be an error code');
        }
        return Codes::REMEDIES[$code];
    }
}
