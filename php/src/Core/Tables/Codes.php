<?php

// Generated from core/src/tables by `make generated`: do not edit.

declare(strict_types=1);

namespace FedVerify\Core\Tables;

/** What is known of the stable codes of errors: the strings of FedVerify\Code. */
final class Codes
{
    /** What each code means. */
    public const MEANINGS = [
        'input.malformed' => 'The input is not well-formed JSON.',
        'input.too_large' => 'The input is larger than the limit.',
        'input.duplicate_member' => 'A JSON object has the same member twice, so two readers could see two values.',
        'input.too_deep' => 'The JSON is nested deeper than the limit.',
        'input.trailing_bytes' => 'The input goes on after the end of the JSON document.',
        'input.byte_order_mark'
            => 'The input starts with a byte order mark, which JSON forbids (RFC 8259, section 8.1).',
        'input.wrong_type' => 'The JSON value has the wrong type for this document.',
        'input.not_utf8' => 'The input is not UTF-8.',
        'input.too_many_values' => 'The JSON has more values than the limit.',
        'did.invalid' => 'The string is not a DID that can be verified: it breaks the syntax of its method.',
        'did.unsupported' => 'The DID has a method that is not supported here.',
        'did.document.malformed' => 'The DID document lacks a member, or a member is not usable.',
        'did.document.id_mismatch' => 'The DID document is about another DID.',
        'key.invalid' => 'The string is not a public key, or the key is not a valid point of its curve.',
        'key.unsupported' => 'The key is well-formed, but its type cannot verify signatures here.',
        'plc.log.empty' => 'The log has no operations.',
        'plc.log.too_long' => 'The log has more operations than the limit.',
        'plc.log.too_much_work' => 'Verifying the log would take more signature checks than the limit.',
        'plc.entry.malformed' => 'An entry of the audit log lacks a member, or a member has the wrong type.',
        'plc.did_mismatch' => 'The log is not the log of this DID.',
        'plc.operation.malformed' => 'An operation lacks a member, or a member has the wrong type or form.',
        'plc.operation.unknown_field' => 'An operation has a member that its type does not have.',
        'plc.operation.too_many_rotation_keys'
            => 'An operation has more rotation keys than the limit, the most that any directory has ever allowed.',
        'plc.genesis.invalid' => 'The log does not start with a genesis operation.',
        'plc.genesis.repeated' => 'The log has a second genesis operation.',
        'plc.cid.mismatch' => 'The served CID is not the hash of the operation.',
        'plc.prev.mismatch' => 'An operation does not follow an earlier operation of the log.',
        'plc.prev.nullified' => 'An operation follows one that a recovery had nullified.',
        'plc.tombstoned'
            => 'The identity was deactivated by a tombstone: no operation may follow it, and it no longer vouches for anything.',
        'plc.signature.encoding' => 'A signature is not 64 bytes in canonical base64url without padding.',
        'plc.signature.high_s' => 'A signature has the high-S form, which anyone can make from a valid one.',
        'plc.signature.invalid' => 'The signature was not made by any key that may sign this operation.',
        'plc.nullification.late' => 'A recovery came more than 72 hours after the operation that it nullifies.',
        'plc.nullification.authority'
            => 'A recovery is signed by a key without higher authority than the signer of the operation it nullifies.',
        'plc.nullified_flag' => 'The directory\'s nullified flag does not match the operations.',
        'plc.timestamp.malformed' => 'A createdAt is not an RFC 3339 date-time as the AT protocol writes it.',
        'plc.timestamp.order' => 'An operation is not later than the previous head.',
        'plc.directory.disagree' => 'Directories serve logs of this DID that contradict each other.',
        'plc.rotation_key.invalid'
            => 'A rotation key before the signer\'s is not a secp256k1 or P-256 key, so no verifier can read past it.',
        'plc.operation.too_large' => 'An operation has more bytes of DAG-CBOR than the limit.',
        'plc.operation.too_many_members'
            => 'An operation lists more verification methods, services or aliases than the limit.',
        'fair.metadata.malformed' => 'The metadata document is not a FAIR metadata document of a known version.',
        'fair.metadata.id_mismatch' => 'The metadata document is about another DID.',
        'fair.metadata.type_unknown' => 'The package has a type that this verifier does not know.',
        'fair.service.missing' => 'The identity names no FAIR package repository.',
        'fair.key.missing' => 'The identity has no FAIR signing key.',
        'fair.release.missing' => 'The metadata document has no such release.',
        'fair.release.malformed' => 'The metadata document does not describe the release in a usable form.',
        'fair.release.ambiguous' => 'The metadata document describes this version more than once.',
        'fair.artifact.missing' => 'The release has no such package artifact.',
        'fair.artifact.malformed' => 'The metadata document does not describe the package artifact in a usable form.',
        'fair.artifact.too_many' => 'The release has more package artifacts than the limit.',
        'fair.signature.missing' => 'The package artifact has no signature.',
        'fair.signature.encoding'
            => 'The package signature is not canonical base64url without padding, or has the wrong length.',
        'fair.signature.invalid' => 'No current signing key of the identity made this signature over these bytes.',
        'fair.checksum.malformed'
            => 'The checksum is not an algorithm, a colon and that algorithm\'s digest in hexadecimal.',
        'fair.checksum.mismatch' => 'The package does not match the checksum in the metadata document.',
        'fair.checksum.unsupported' => 'The checksum uses an algorithm other than SHA-256 and SHA-384.',
        'fair.too_much_work'
            => 'Checking the package would take more signing keys or signature checks than the limit.',
        'fair.alias.mismatch' => 'The domain that the identity claims as its alias does not confirm it.',
        'fair.service.invalid' => 'The identity\'s package repository is not an absolute https URL with a host.',
        'fair.key.too_fresh' => 'The key that signed the package is so new that its owner can still undo it.',
        'fair.version.invalid'
            => 'The version is empty or too long, has characters that versions do not have, or has no order where one is needed.',
        'pfn.key.invalid' => 'The publisher key is not an Ed25519 public key in PEM or base64.',
        'pfn.plugin.malformed' => 'The plugin record lacks a member, or a member is not usable.',
        'pfn.plugin.not_text' => 'A signed member of the plugin record is neither a string nor null.',
        'pfn.signature.missing' => 'There is no signature to check.',
        'pfn.signature.encoding' => 'The signature is not 64 bytes in base64 or base64url.',
        'pfn.signature.invalid' => 'The publisher\'s key did not make this signature over these bytes.',
        'pfn.federation_info.malformed' => 'The federation-info document lacks a member, or a member is not usable.',
        'pfn.author_data.malformed' => 'The author-data document lacks a member, or a member is not usable.',
        'pfn.asset_url.refused'
            => 'Domain, naming scheme and names do not form a URL within the source\'s domain that every node reads alike.',
        'pfn.archive.unreadable' => 'The archive cannot be read as a plugin\'s ZIP file.',
        'pfn.archive.inconsistent' => 'The archive\'s plugin header or folder does not match what was signed.',
        'pfn.archive.signature_invalid' => 'The publisher\'s key did not make this signature over the archive.',
        'pfn.challenge.malformed' => 'The challenge is empty or longer than the limit.',
        'pfn.challenge.ambiguous'
            => 'The challenge is a JSON object, so its answer could serve as the signature of a plugin record.',
        'pin.malformed'
            => 'The pin cannot be read: it is damaged, belongs to another identity, or has another format.',
        'pin.rollback' => 'The log lacks operations that were seen before: it was cut back.',
        'pin.fork' => 'The log leaves the history that was seen before without lawfully nullifying it.',
        'pin.nullification_late'
            => 'The log nullifies an operation that this verifier still saw in force after the recovery window.',
        'pin.release_changed'
            => 'A version that was seen before has other bytes now, or known bytes come under another version.',
        'pin.downgrade' => 'The version is lower than one that was verified before.',
        'pin.too_large' => 'What must be remembered does not fit into a pin.',
        'io.file.missing' => 'A file does not exist.',
        'io.file.unreadable' => 'A file could not be read to its end.',
        'io.network.dns' => 'The name of a server could not be resolved.',
        'io.network.connect' => 'No connection to a server could be made.',
        'io.network.tls' => 'No trusted connection to a server could be made: TLS failed.',
        'io.network.timeout' => 'A server did not answer in time.',
        'io.network.status' => 'A server answered with a status other than success.',
        'io.network.redirect' => 'A server redirected too often, or to where a verifier must not follow.',
        'io.network.insecure'
            => 'The URL is not https, or leads to this machine or its network; http is for loopback only.',
        'io.network.answer'
            => 'A server\'s response is not HTTP, ended early, or has an encoding that was not asked for.',
        'io.file.unwritable' => 'What must be remembered could not be written.',
        'io.memory' => 'Memory ran out before the input was read.',
        'io.directory.unknown' => 'The directory does not know the DID.',
        'io.directory.deactivated'
            => 'The directory says that the DID is deactivated, but serves no log that shows it.',
        'api.argument' => 'An argument is missing or invalid.',
        'api.used_up' => 'The object was used up by an earlier call.',
        'api.panicked' => 'fedverify itself failed and judged nothing: this is a bug.',
        'api.unsupported' => 'This backend cannot judge this input.',
    ];

    /** What whoever meets a code can do about it. */
    public const REMEDIES = [
        'input.malformed'
            => 'Give the document itself. If a server sent this, it may be an error page or a truncated response: fetch it again.',
        'input.too_large' => 'Raise the limit that the message names if you expect inputs of this size.',
        'input.duplicate_member' => 'Do not use this document: no honest JSON writer produces it.',
        'input.too_deep' => 'Do not use this document: no honest one nests like this.',
        'input.trailing_bytes'
            => 'Fetch it again. If the error persists, the server is not serving one JSON document.',
        'input.byte_order_mark' => 'Save the file as UTF-8 without a byte order mark.',
        'input.wrong_type' => 'Check that this is the right kind of document and was not swapped with another input.',
        'input.not_utf8' => 'Save or fetch it as UTF-8; nothing else is JSON (RFC 8259, section 8.1).',
        'input.too_many_values' => 'Raise the limit that the message names if you expect inputs of this size.',
        'did.invalid' => 'Check for missing characters, capitals and white space; a did:plc has 32 characters.',
        'did.unsupported'
            => 'Give a did:plc with its log, or a did:web with its DID document; no other method can be verified.',
        'did.document.malformed' => 'Check that the URL serves the DID document; tell the publisher if it does.',
        'did.document.id_mismatch' => 'Do not install: the server answered with another identity\'s document.',
        'key.invalid' => 'Check that the whole key was copied; only compressed curve points are accepted.',
        'key.unsupported' => 'Use an Ed25519, secp256k1 or P-256 key.',
        'plc.log.empty' => 'Check the DID: a directory has no log for an identity that it does not know.',
        'plc.log.too_long' => 'Raise the limit that the message names if this identity really has so long a history.',
        'plc.log.too_much_work'
            => 'Raise the limit that the message names if this identity really has such a history.',
        'plc.entry.malformed' => 'Ask another directory or mirror for the log; this one serves something else.',
        'plc.did_mismatch'
            => 'Check that the log and the DID belong together; if they do, the directory forged the log.',
        'plc.operation.malformed'
            => 'Ask another directory or mirror for the log; no client could have submitted this operation.',
        'plc.operation.unknown_field'
            => 'Ask another directory or mirror for the log; such operations were purged as never valid.',
        'plc.operation.too_many_rotation_keys' => 'Ask another directory or mirror for the log.',
        'plc.genesis.invalid' => 'Ask for the whole log from its start; this one was cut or reordered.',
        'plc.genesis.repeated' => 'Ask another directory or mirror for the log.',
        'plc.cid.mismatch' => 'Ask another directory or mirror for the log; the operation or its CID was changed.',
        'plc.prev.mismatch'
            => 'Ask another directory or mirror for the log; operations were dropped, changed or reordered.',
        'plc.prev.nullified'
            => 'Ask another directory or mirror for the log; the directory must never have accepted this operation.',
        'plc.tombstoned' => 'Do not install: the publisher deactivated this identity.',
        'plc.signature.encoding'
            => 'Ask another directory or mirror for the log; such operations were purged as never valid.',
        'plc.signature.high_s'
            => 'Ask another directory or mirror for the log; such operations were purged as never valid.',
        'plc.signature.invalid' => 'Do not use this log: it was forged or changed.',
        'plc.nullification.late'
            => 'Ask another directory or mirror for the log; the directory must never have accepted this operation.',
        'plc.nullification.authority'
            => 'Ask another directory or mirror for the log; the directory must never have accepted this operation.',
        'plc.nullified_flag'
            => 'Ask another directory or mirror for the log; this one misstates which operations count.',
        'plc.timestamp.malformed' => 'Ask another directory or mirror for the log.',
        'plc.timestamp.order'
            => 'Ask another directory or mirror for the log; its times were changed or its entries reordered.',
        'plc.directory.disagree'
            => 'Trust none of these logs: at least one directory withholds operations, shows a fork or changed the times. Ask the publisher.',
        'plc.rotation_key.invalid'
            => 'Ask another directory or mirror for the log; the directory must never have accepted this operation.',
        'plc.operation.too_large'
            => 'Raise the limit that the message names if this identity really has such an operation.',
        'plc.operation.too_many_members'
            => 'Raise the limit that the message names if this identity really has so many.',
        'fair.metadata.malformed'
            => 'Check that the URL serves the package\'s metadata; tell the publisher if it does.',
        'fair.metadata.id_mismatch' => 'Do not install: the repository answered with another package\'s metadata.',
        'fair.metadata.type_unknown' => 'Do not install: FAIR forbids installing packages of unknown types.',
        'fair.service.missing' => 'Check the DID: this identity does not publish a FAIR package.',
        'fair.key.missing'
            => 'Do not install: the publisher withdrew the keys that sign packages, or never added any.',
        'fair.release.missing' => 'Ask for a version that the metadata document lists.',
        'fair.release.malformed' => 'Choose another release, or tell the publisher.',
        'fair.release.ambiguous'
            => 'Choose another release, or tell the publisher: a published version never changes.',
        'fair.artifact.missing' => 'Check the artifact\'s URL against the metadata document.',
        'fair.artifact.malformed' => 'Choose another release, or tell the publisher.',
        'fair.artifact.too_many'
            => 'Pass the URL that the package was fetched from (artifactUrl), or raise the limit that the message names.',
        'fair.signature.missing' => 'Do not install: a checksum alone proves nothing about the publisher.',
        'fair.signature.encoding' => 'Tell the publisher; do not install.',
        'fair.signature.invalid' => 'Do not install: the package was changed, or someone else signed it.',
        'fair.checksum.malformed' => 'Tell the publisher; do not install.',
        'fair.checksum.mismatch' => 'Download it again; if the error persists, do not install.',
        'fair.checksum.unsupported' => 'Tell the publisher; do not install.',
        'fair.too_much_work'
            => 'Pass the URL that the package was fetched from (artifactUrl), or raise the limit that the message names.',
        'fair.alias.mismatch' => 'Do not rely on the domain. To verify anyway, pass the DID.',
        'fair.service.invalid' => 'Do not install: FAIR declares such an identity invalid. Tell the publisher.',
        'fair.key.too_fresh'
            => 'Wait until the time that the message names. If you know that the publisher changed the key, verify without waitRecoveryWindow.',
        'fair.version.invalid' => 'Choose another release, or tell the publisher.',
        'pfn.key.invalid' => 'Ask the publisher for the whole Ed25519 public key, as PEM or as 32 bytes in base64.',
        'pfn.plugin.malformed' => 'Check that this is one plugin\'s record and not a list of them.',
        'pfn.plugin.not_text'
            => 'Ask the publisher to write it as a string: for other types, JSON.stringify signs something else than the document holds.',
        'pfn.signature.missing' => 'Ask the publisher to sign, or give the signature beside the record.',
        'pfn.signature.encoding' => 'Check that the whole signature was copied.',
        'pfn.signature.invalid' => 'Do not install: the record was changed, or someone else signed it.',
        'pfn.federation_info.malformed' => 'Check that the URL belongs to a federation source.',
        'pfn.author_data.malformed' => 'Check that the URL belongs to a federation source and names an author.',
        'pfn.asset_url.refused' => 'Do not fetch the archive; tell the source\'s operator.',
        'pfn.archive.unreadable' => 'Download it again; if the error persists, do not install.',
        'pfn.archive.inconsistent' => 'Do not install: this is not the plugin version that the record describes.',
        'pfn.archive.signature_invalid' => 'Do not install: the archive was changed, or someone else signed it.',
        'pfn.challenge.malformed' => 'Give the challenge exactly as it was sent.',
        'pfn.challenge.ambiguous'
            => 'Never send or accept such a challenge; make a new one that is not a JSON object.',
        'pin.malformed'
            => 'Restore the pin from a backup. Remove it only if there is no backup: everything that it remembers is then lost.',
        'pin.rollback' => 'Do not install. Ask another directory or mirror; this one withholds the newest operations.',
        'pin.fork'
            => 'Do not install. Ask another directory or mirror; this one shows different histories to different clients.',
        'pin.nullification_late'
            => 'Do not install before the publisher has confirmed the recovery by other means; then remove the pin.',
        'pin.release_changed' => 'Do not install: a published version never changes.',
        'pin.downgrade' => 'If you do want the older version, verify without noDowngrade.',
        'pin.too_large' => 'Raise the limit that the message names, now and on every later visit.',
        'io.file.missing' => 'Check the path.',
        'io.file.unreadable' => 'Check that it is a file and that you may read it.',
        'io.network.dns' => 'Check the URL for typos and that DNS works.',
        'io.network.connect' => 'Check that the server is up and whether this machine needs a proxy.',
        'io.network.tls' => 'Check this machine\'s clock and its certificate authorities.',
        'io.network.timeout' => 'Try again later, or allow more time.',
        'io.network.status' => 'Check the URL and the DID; for a status of 500 or above, or 429, try again later.',
        'io.network.redirect' => 'Ask the server\'s operator for the final URL.',
        'io.network.insecure' => 'Use an https URL.',
        'io.network.answer' => 'Try again later; tell the server\'s operator if the error persists.',
        'io.file.unwritable'
            => 'Check that the folder exists and that you may write to it, or verify without remembering.',
        'io.memory' => 'Give the process more memory, or lower the limit of this input.',
        'io.directory.unknown' => 'Check the DID, or ask another directory.',
        'io.directory.deactivated' => 'Ask another directory for the log.',
        'api.argument' => 'Fix the call; the function\'s documentation says what each argument must be.',
        'api.used_up' => 'Create a new object for each use; the documentation says which call uses it up.',
        'api.panicked' => 'Treat the input as not verified, and report the bug with the input.',
        'api.unsupported'
            => 'Treat the input as not verified; use the PHP extension, the C library or the command, which can judge it.',
    ];

    /** The codes that say that nothing could be judged. */
    public const UNDETERMINED = [
        'io.file.missing',
        'io.file.unreadable',
        'io.network.dns',
        'io.network.connect',
        'io.network.tls',
        'io.network.timeout',
        'io.network.status',
        'io.network.redirect',
        'io.network.insecure',
        'io.network.answer',
        'io.file.unwritable',
        'io.memory',
        'io.directory.unknown',
        'io.directory.deactivated',
        'api.argument',
        'api.used_up',
        'api.panicked',
        'api.unsupported',
    ];
}
