// Generated from core/src/tables by `make generated`: do not edit.

/** The stable codes of errors. */
export declare const ErrorCode: {
  /** The input is not well-formed JSON. Give the document itself. If a server sent this, it may be an error page or a truncated response: fetch it again. Number 101. */
  readonly InputMalformed: 'input.malformed';
  /** The input is larger than the limit. Raise the limit that the message names if you expect inputs of this size. Number 102. */
  readonly InputTooLarge: 'input.too_large';
  /** A JSON object has the same member twice, so two readers could see two values. Do not use this document: no honest JSON writer produces it. Number 103. */
  readonly InputDuplicateMember: 'input.duplicate_member';
  /** The JSON is nested deeper than the limit. Do not use this document: no honest one nests like this. Number 104. */
  readonly InputTooDeep: 'input.too_deep';
  /** The input goes on after the end of the JSON document. Fetch it again. If the error persists, the server is not serving one JSON document. Number 105. */
  readonly InputTrailingBytes: 'input.trailing_bytes';
  /** The input starts with a byte order mark, which JSON forbids (RFC 8259, section 8.1). Save the file as UTF-8 without a byte order mark. Number 106. */
  readonly InputByteOrderMark: 'input.byte_order_mark';
  /** The JSON value has the wrong type for this document. Check that this is the right kind of document and was not swapped with another input. Number 107. */
  readonly InputWrongType: 'input.wrong_type';
  /** The input is not UTF-8. Save or fetch it as UTF-8; nothing else is JSON (RFC 8259, section 8.1). Number 108. */
  readonly InputNotUtf8: 'input.not_utf8';
  /** The JSON has more values than the limit. Raise the limit that the message names if you expect inputs of this size. Number 109. */
  readonly InputTooManyValues: 'input.too_many_values';
  /** The string is not a DID that can be verified: it breaks the syntax of its method. Check for missing characters, capitals and white space; a did:plc has 32 characters. Number 201. */
  readonly DidInvalid: 'did.invalid';
  /** The DID has a method that is not supported here. Give a did:plc with its log, or a did:web with its DID document; no other method can be verified. Number 202. */
  readonly DidUnsupported: 'did.unsupported';
  /** The DID document lacks a member, or a member is not usable. Check that the URL serves the DID document; tell the publisher if it does. Number 203. */
  readonly DidDocumentMalformed: 'did.document.malformed';
  /** The DID document is about another DID. Do not install: the server answered with another identity's document. Number 204. */
  readonly DidDocumentIdMismatch: 'did.document.id_mismatch';
  /** The string is not a public key, or the key is not a valid point of its curve. Check that the whole key was copied; only compressed curve points are accepted. Number 301. */
  readonly KeyInvalid: 'key.invalid';
  /** The key is well-formed, but its type cannot verify signatures here. Use an Ed25519, secp256k1 or P-256 key. Number 302. */
  readonly KeyUnsupported: 'key.unsupported';
  /** The log has no operations. Check the DID: a directory has no log for an identity that it does not know. Number 401. */
  readonly PlcLogEmpty: 'plc.log.empty';
  /** The log has more operations than the limit. Raise the limit that the message names if this identity really has so long a history. Number 402. */
  readonly PlcLogTooLong: 'plc.log.too_long';
  /** Verifying the log would take more signature checks than the limit. Raise the limit that the message names if this identity really has such a history. Number 403. */
  readonly PlcLogTooMuchWork: 'plc.log.too_much_work';
  /** An entry of the audit log lacks a member, or a member has the wrong type. Ask another directory or mirror for the log; this one serves something else. Number 404. */
  readonly PlcEntryMalformed: 'plc.entry.malformed';
  /** The log is not the log of this DID. Check that the log and the DID belong together; if they do, the directory forged the log. Number 405. */
  readonly PlcDidMismatch: 'plc.did_mismatch';
  /** An operation lacks a member, or a member has the wrong type or form. Ask another directory or mirror for the log; no client could have submitted this operation. Number 406. */
  readonly PlcOperationMalformed: 'plc.operation.malformed';
  /** An operation has a member that its type does not have. Ask another directory or mirror for the log; such operations were purged as never valid. Number 407. */
  readonly PlcOperationUnknownField: 'plc.operation.unknown_field';
  /** An operation has more rotation keys than the limit, the most that any directory has ever allowed. Ask another directory or mirror for the log. Number 408. */
  readonly PlcOperationTooManyRotationKeys: 'plc.operation.too_many_rotation_keys';
  /** The log does not start with a genesis operation. Ask for the whole log from its start; this one was cut or reordered. Number 409. */
  readonly PlcGenesisInvalid: 'plc.genesis.invalid';
  /** The log has a second genesis operation. Ask another directory or mirror for the log. Number 410. */
  readonly PlcGenesisRepeated: 'plc.genesis.repeated';
  /** The served CID is not the hash of the operation. Ask another directory or mirror for the log; the operation or its CID was changed. Number 411. */
  readonly PlcCidMismatch: 'plc.cid.mismatch';
  /** An operation does not follow an earlier operation of the log. Ask another directory or mirror for the log; operations were dropped, changed or reordered. Number 412. */
  readonly PlcPrevMismatch: 'plc.prev.mismatch';
  /** An operation follows one that a recovery had nullified. Ask another directory or mirror for the log; the directory must never have accepted this operation. Number 413. */
  readonly PlcPrevNullified: 'plc.prev.nullified';
  /** The identity was deactivated by a tombstone: no operation may follow it, and it no longer vouches for anything. Do not install: the publisher deactivated this identity. Number 414. */
  readonly PlcTombstoned: 'plc.tombstoned';
  /** A signature is not 64 bytes in canonical base64url without padding. Ask another directory or mirror for the log; such operations were purged as never valid. Number 415. */
  readonly PlcSignatureEncoding: 'plc.signature.encoding';
  /** A signature has the high-S form, which anyone can make from a valid one. Ask another directory or mirror for the log; such operations were purged as never valid. Number 416. */
  readonly PlcSignatureHighS: 'plc.signature.high_s';
  /** The signature was not made by any key that may sign this operation. Do not use this log: it was forged or changed. Number 417. */
  readonly PlcSignatureInvalid: 'plc.signature.invalid';
  /** A recovery came more than 72 hours after the operation that it nullifies. Ask another directory or mirror for the log; the directory must never have accepted this operation. Number 418. */
  readonly PlcNullificationLate: 'plc.nullification.late';
  /** A recovery is signed by a key without higher authority than the signer of the operation it nullifies. Ask another directory or mirror for the log; the directory must never have accepted this operation. Number 419. */
  readonly PlcNullificationAuthority: 'plc.nullification.authority';
  /** The directory's nullified flag does not match the operations. Ask another directory or mirror for the log; this one misstates which operations count. Number 420. */
  readonly PlcNullifiedFlag: 'plc.nullified_flag';
  /** A createdAt is not an RFC 3339 date-time as the AT protocol writes it. Ask another directory or mirror for the log. Number 421. */
  readonly PlcTimestampMalformed: 'plc.timestamp.malformed';
  /** An operation is not later than the previous head. Ask another directory or mirror for the log; its times were changed or its entries reordered. Number 422. */
  readonly PlcTimestampOrder: 'plc.timestamp.order';
  /** Directories serve logs of this DID that contradict each other. Trust none of these logs: at least one directory withholds operations, shows a fork or changed the times. Ask the publisher. Number 423. */
  readonly PlcDirectoryDisagree: 'plc.directory.disagree';
  /** A rotation key before the signer's is not a secp256k1 or P-256 key, so no verifier can read past it. Ask another directory or mirror for the log; the directory must never have accepted this operation. Number 424. */
  readonly PlcRotationKeyInvalid: 'plc.rotation_key.invalid';
  /** An operation has more bytes of DAG-CBOR than the limit. Raise the limit that the message names if this identity really has such an operation. Number 425. */
  readonly PlcOperationTooLarge: 'plc.operation.too_large';
  /** An operation lists more verification methods, services or aliases than the limit. Raise the limit that the message names if this identity really has so many. Number 426. */
  readonly PlcOperationTooManyMembers: 'plc.operation.too_many_members';
  /** The metadata document is not a FAIR metadata document of a known version. Check that the URL serves the package's metadata; tell the publisher if it does. Number 501. */
  readonly FairMetadataMalformed: 'fair.metadata.malformed';
  /** The metadata document is about another DID. Do not install: the repository answered with another package's metadata. Number 502. */
  readonly FairMetadataIdMismatch: 'fair.metadata.id_mismatch';
  /** The package has a type that this verifier does not know. Do not install: FAIR forbids installing packages of unknown types. Number 503. */
  readonly FairMetadataTypeUnknown: 'fair.metadata.type_unknown';
  /** The identity names no FAIR package repository. Check the DID: this identity does not publish a FAIR package. Number 504. */
  readonly FairServiceMissing: 'fair.service.missing';
  /** The identity has no FAIR signing key. Do not install: the publisher withdrew the keys that sign packages, or never added any. Number 505. */
  readonly FairKeyMissing: 'fair.key.missing';
  /** The metadata document has no such release. Ask for a version that the metadata document lists. Number 506. */
  readonly FairReleaseMissing: 'fair.release.missing';
  /** The metadata document does not describe the release in a usable form. Choose another release, or tell the publisher. Number 507. */
  readonly FairReleaseMalformed: 'fair.release.malformed';
  /** The metadata document describes this version more than once. Choose another release, or tell the publisher: a published version never changes. Number 508. */
  readonly FairReleaseAmbiguous: 'fair.release.ambiguous';
  /** The release has no such package artifact. Check the artifact's URL against the metadata document. Number 509. */
  readonly FairArtifactMissing: 'fair.artifact.missing';
  /** The metadata document does not describe the package artifact in a usable form. Choose another release, or tell the publisher. Number 510. */
  readonly FairArtifactMalformed: 'fair.artifact.malformed';
  /** The release has more package artifacts than the limit. Pass the URL that the package was fetched from (artifactUrl), or raise the limit that the message names. Number 511. */
  readonly FairArtifactTooMany: 'fair.artifact.too_many';
  /** The package artifact has no signature. Do not install: a checksum alone proves nothing about the publisher. Number 512. */
  readonly FairSignatureMissing: 'fair.signature.missing';
  /** The package signature is not canonical base64url without padding, or has the wrong length. Tell the publisher; do not install. Number 513. */
  readonly FairSignatureEncoding: 'fair.signature.encoding';
  /** No current signing key of the identity made this signature over these bytes. Do not install: the package was changed, or someone else signed it. Number 514. */
  readonly FairSignatureInvalid: 'fair.signature.invalid';
  /** The checksum is not an algorithm, a colon and that algorithm's digest in hexadecimal. Tell the publisher; do not install. Number 515. */
  readonly FairChecksumMalformed: 'fair.checksum.malformed';
  /** The package does not match the checksum in the metadata document. Download it again; if the error persists, do not install. Number 516. */
  readonly FairChecksumMismatch: 'fair.checksum.mismatch';
  /** The checksum uses an algorithm other than SHA-256 and SHA-384. Tell the publisher; do not install. Number 517. */
  readonly FairChecksumUnsupported: 'fair.checksum.unsupported';
  /** Checking the package would take more signing keys or signature checks than the limit. Pass the URL that the package was fetched from (artifactUrl), or raise the limit that the message names. Number 518. */
  readonly FairTooMuchWork: 'fair.too_much_work';
  /** The domain that the identity claims as its alias does not confirm it. Do not rely on the domain. To verify anyway, pass the DID. Number 519. */
  readonly FairAliasMismatch: 'fair.alias.mismatch';
  /** The identity's package repository is not an absolute https URL with a host. Do not install: FAIR declares such an identity invalid. Tell the publisher. Number 520. */
  readonly FairServiceInvalid: 'fair.service.invalid';
  /** The key that signed the package is so new that its owner can still undo it. Wait until the time that the message names. If you know that the publisher changed the key, verify without waitRecoveryWindow. Number 521. */
  readonly FairKeyTooFresh: 'fair.key.too_fresh';
  /** The version is empty or too long, has characters that versions do not have, or has no order where one is needed. Choose another release, or tell the publisher. Number 522. */
  readonly FairVersionInvalid: 'fair.version.invalid';
  /** The publisher key is not an Ed25519 public key in PEM or base64. Ask the publisher for the whole Ed25519 public key, as PEM or as 32 bytes in base64. Number 601. */
  readonly PfnKeyInvalid: 'pfn.key.invalid';
  /** The plugin record lacks a member, or a member is not usable. Check that this is one plugin's record and not a list of them. Number 602. */
  readonly PfnPluginMalformed: 'pfn.plugin.malformed';
  /** A signed member of the plugin record is neither a string nor null. Ask the publisher to write it as a string: for other types, JSON.stringify signs something else than the document holds. Number 603. */
  readonly PfnPluginNotText: 'pfn.plugin.not_text';
  /** There is no signature to check. Ask the publisher to sign, or give the signature beside the record. Number 604. */
  readonly PfnSignatureMissing: 'pfn.signature.missing';
  /** The signature is not 64 bytes in base64 or base64url. Check that the whole signature was copied. Number 605. */
  readonly PfnSignatureEncoding: 'pfn.signature.encoding';
  /** The publisher's key did not make this signature over these bytes. Do not install: the record was changed, or someone else signed it. Number 606. */
  readonly PfnSignatureInvalid: 'pfn.signature.invalid';
  /** The federation-info document lacks a member, or a member is not usable. Check that the URL belongs to a federation source. Number 607. */
  readonly PfnFederationInfoMalformed: 'pfn.federation_info.malformed';
  /** The author-data document lacks a member, or a member is not usable. Check that the URL belongs to a federation source and names an author. Number 608. */
  readonly PfnAuthorDataMalformed: 'pfn.author_data.malformed';
  /** Domain, naming scheme and names do not form a URL within the source's domain that every node reads alike. Do not fetch the archive; tell the source's operator. Number 609. */
  readonly PfnAssetUrlRefused: 'pfn.asset_url.refused';
  /** The archive cannot be read as a plugin's ZIP file. Download it again; if the error persists, do not install. Number 610. */
  readonly PfnArchiveUnreadable: 'pfn.archive.unreadable';
  /** The archive's plugin header or folder does not match what was signed. Do not install: this is not the plugin version that the record describes. Number 611. */
  readonly PfnArchiveInconsistent: 'pfn.archive.inconsistent';
  /** The publisher's key did not make this signature over the archive. Do not install: the archive was changed, or someone else signed it. Number 612. */
  readonly PfnArchiveSignatureInvalid: 'pfn.archive.signature_invalid';
  /** The challenge is empty or longer than the limit. Give the challenge exactly as it was sent. Number 613. */
  readonly PfnChallengeMalformed: 'pfn.challenge.malformed';
  /** The challenge is a JSON object, so its answer could serve as the signature of a plugin record. Never send or accept such a challenge; make a new one that is not a JSON object. Number 614. */
  readonly PfnChallengeAmbiguous: 'pfn.challenge.ambiguous';
  /** The pin cannot be read: it is damaged, belongs to another identity, or has another format. Restore the pin from a backup. Remove it only if there is no backup: everything that it remembers is then lost. Number 701. */
  readonly PinMalformed: 'pin.malformed';
  /** The log lacks operations that were seen before: it was cut back. Do not install. Ask another directory or mirror; this one withholds the newest operations. Number 702. */
  readonly PinRollback: 'pin.rollback';
  /** The log leaves the history that was seen before without lawfully nullifying it. Do not install. Ask another directory or mirror; this one shows different histories to different clients. Number 703. */
  readonly PinFork: 'pin.fork';
  /** The log nullifies an operation that this verifier still saw in force after the recovery window. Do not install before the publisher has confirmed the recovery by other means; then remove the pin. Number 704. */
  readonly PinNullificationLate: 'pin.nullification_late';
  /** A version that was seen before has other bytes now, or known bytes come under another version. Do not install: a published version never changes. Number 705. */
  readonly PinReleaseChanged: 'pin.release_changed';
  /** The version is lower than one that was verified before. If you do want the older version, verify without noDowngrade. Number 706. */
  readonly PinDowngrade: 'pin.downgrade';
  /** What must be remembered does not fit into a pin. Raise the limit that the message names, now and on every later visit. Number 707. */
  readonly PinTooLarge: 'pin.too_large';
  /** A file does not exist. Check the path. Number 801. */
  readonly IoFileMissing: 'io.file.missing';
  /** A file could not be read to its end. Check that it is a file and that you may read it. Number 802. */
  readonly IoFileUnreadable: 'io.file.unreadable';
  /** The name of a server could not be resolved. Check the URL for typos and that DNS works. Number 803. */
  readonly IoNetworkDns: 'io.network.dns';
  /** No connection to a server could be made. Check that the server is up and whether this machine needs a proxy. Number 804. */
  readonly IoNetworkConnect: 'io.network.connect';
  /** No trusted connection to a server could be made: TLS failed. Check this machine's clock and its certificate authorities. Number 805. */
  readonly IoNetworkTls: 'io.network.tls';
  /** A server did not answer in time. Try again later, or allow more time. Number 806. */
  readonly IoNetworkTimeout: 'io.network.timeout';
  /** A server answered with a status other than success. Check the URL and the DID; for a status of 500 or above, or 429, try again later. Number 807. */
  readonly IoNetworkStatus: 'io.network.status';
  /** A server redirected too often, or to where a verifier must not follow. Ask the server's operator for the final URL. Number 808. */
  readonly IoNetworkRedirect: 'io.network.redirect';
  /** The URL is not https, or leads to this machine or its network; http is for loopback only. Use an https URL. Number 809. */
  readonly IoNetworkInsecure: 'io.network.insecure';
  /** A server's response is not HTTP, ended early, or has an encoding that was not asked for. Try again later; tell the server's operator if the error persists. Number 810. */
  readonly IoNetworkAnswer: 'io.network.answer';
  /** What must be remembered could not be written. Check that the folder exists and that you may write to it, or verify without remembering. Number 811. */
  readonly IoFileUnwritable: 'io.file.unwritable';
  /** Memory ran out before the input was read. Give the process more memory, or lower the limit of this input. Number 812. */
  readonly IoMemory: 'io.memory';
  /** The directory does not know the DID. Check the DID, or ask another directory. Number 813. */
  readonly IoDirectoryUnknown: 'io.directory.unknown';
  /** The directory says that the DID is deactivated, but serves no log that shows it. Ask another directory for the log. Number 814. */
  readonly IoDirectoryDeactivated: 'io.directory.deactivated';
  /** An argument is missing or invalid. Fix the call; the function's documentation says what each argument must be. Number 901. */
  readonly ApiArgument: 'api.argument';
  /** The object was used up by an earlier call. Create a new object for each use; the documentation says which call uses it up. Number 902. */
  readonly ApiUsedUp: 'api.used_up';
  /** fedverify itself failed and judged nothing: this is a bug. Treat the input as not verified, and report the bug with the input. Number 903. */
  readonly ApiPanicked: 'api.panicked';
  /** This backend cannot judge this input. Treat the input as not verified; use the PHP extension, the C library or the command, which can judge it. Number 904. */
  readonly ApiUnsupported: 'api.unsupported';
};
export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

/** The stable codes of warnings. */
export declare const WarningCode: {
  /** The log has the bare form, without times and nullified operations: recoveries could not be judged. */
  readonly PlcLogBare: 'plc.log.bare';
  /** The log ends in a tombstone: the identity was deactivated, and nothing that rests on it verifies. */
  readonly PlcDeactivated: 'plc.deactivated';
  /** Entries of the log have unknown members; they were ignored, since no signature covers them. */
  readonly PlcEntryUnknownMember: 'plc.entry.unknown_member';
  /** An operation has no rotation keys: nothing can follow it, so the identity is frozen. */
  readonly PlcRotationKeysEmpty: 'plc.rotation_keys.empty';
  /** An operation lists a rotation key twice; its first place counts. */
  readonly PlcRotationKeysDuplicate: 'plc.rotation_keys.duplicate';
  /** A current rotation key can sign nothing: it is malformed or neither secp256k1 nor P-256. */
  readonly PlcRotationKeyUnusable: 'plc.rotation_key.unusable';
  /** An operation has more than ten verification methods, more than the directory accepts today. */
  readonly PlcVerificationMethodsMany: 'plc.verification_methods.many';
  /** An operation is larger than 7,500 bytes, more than the directory accepts today. */
  readonly PlcOperationOversized: 'plc.operation.oversized';
  /** A directory serves an older state of the log than another; the newest was used. */
  readonly PlcDirectoryLag: 'plc.directory.lag';
  /** A directory served no log; the others were used. */
  readonly PlcDirectoryUnreachable: 'plc.directory.unreachable';
  /** The directory serves a DID document that does not match its log; the log was used. */
  readonly PlcDocumentDiffers: 'plc.document.differs';
  /** A recovery undid an operation, and this verifier did not visit soon enough to confirm that it came in time. */
  readonly PinNullificationUnwitnessed: 'pin.nullification.unwitnessed';
  /** The metadata document lacks members that FAIR requires, or has them with the wrong type. */
  readonly FairMetadataLoose: 'fair.metadata.loose';
  /** The metadata document names no security contact; FAIR clients should refuse such packages. */
  readonly FairSecurityMissing: 'fair.security.missing';
  /** The metadata document lists malformed releases; they were skipped. */
  readonly FairReleaseUnusable: 'fair.release.unusable';
  /** The metadata document has an advisory on this release. */
  readonly FairReleaseAdvisory: 'fair.release.advisory';
  /** The metadata document names a later release as the latest one with security fixes. */
  readonly FairReleaseInsecure: 'fair.release.insecure';
  /** The version does not follow FAIR's grammar. */
  readonly FairVersionLoose: 'fair.version.loose';
  /** A FAIR signing key of the identity is malformed or has an unknown type; it was skipped. */
  readonly FairKeyUnusable: 'fair.key.unusable';
  /** The key that signed the package is so new that its owner can still undo it. */
  readonly FairKeyFresh: 'fair.key.fresh';
  /** The package artifact has no checksum; the signature alone binds the bytes. */
  readonly FairChecksumAbsent: 'fair.checksum.absent';
  /** The package signature has a legacy form (ECDSA); WordPress checks only Ed25519. */
  readonly FairSignatureLegacy: 'fair.signature.legacy';
  /** The identity claims a domain as its alias, and the domain's DNS does not confirm it. */
  readonly FairAliasUnconfirmed: 'fair.alias.unconfirmed';
  /** A server on this machine or in a private network was contacted, as the caller allowed. */
  readonly IoNetworkPrivate: 'io.network.private';
  /** The signature binds the plugin's id, name, version and description, not the archive's bytes. */
  readonly PfnArchiveUnbound: 'pfn.archive.unbound';
  /** The key signed some of the plugins that the author-data document lists, and not all. */
  readonly PfnAuthorDataPartial: 'pfn.author_data.partial';
  /** The key also signs ownership challenges, so anyone may be able to obtain a signed plugin record. */
  readonly PfnSignatureOracle: 'pfn.signature.oracle';
};
export type WarningCode = (typeof WarningCode)[keyof typeof WarningCode];

/** The steps of verifications. */
export declare const CheckName: {
  /** Checks that the DID is well-formed. */
  readonly Did: 'did';
  /** Checks that the log is one strict JSON document within the limits. */
  readonly PlcJson: 'plc.json';
  /** Checks that every entry belongs to this DID, and every operation has exactly the members of its type. */
  readonly PlcOperations: 'plc.operations';
  /** Checks that every served CID is the hash of its operation. */
  readonly PlcCids: 'plc.cids';
  /** Checks that the DID is the hash of the genesis operation, which one of its own rotation keys signed. */
  readonly PlcGenesis: 'plc.genesis';
  /** Checks that every operation follows an earlier one that is neither nullified nor a tombstone. */
  readonly PlcChain: 'plc.chain';
  /** Checks that every operation is later than the previous head. */
  readonly PlcTimes: 'plc.times';
  /** Checks that every operation is signed by a rotation key of the operation before it. */
  readonly PlcSignatures: 'plc.signatures';
  /** Checks that every recovery came within 72 hours and from a key of higher authority. */
  readonly PlcRecoveries: 'plc.recoveries';
  /** Checks that the directory's nullified flags match the operations. */
  readonly PlcFlags: 'plc.flags';
  /** Checks that the log takes back nothing that was seen before. */
  readonly PinLog: 'pin.log';
  /** Checks that the DID document is one strict JSON document about this DID. */
  readonly WebDocument: 'web.document';
  /** Checks that the metadata document is one strict JSON document of a known version. */
  readonly FairMetadata: 'fair.metadata';
  /** Checks that the metadata document is about this DID and of a known type, and the DID names a repository. */
  readonly FairIdentity: 'fair.identity';
  /** Checks that the identity has keys that sign packages. */
  readonly FairKeys: 'fair.keys';
  /** Checks that the metadata document lists the release, once. */
  readonly FairRelease: 'fair.release';
  /** Checks that no version that was seen before has a different checksum now. */
  readonly PinMetadata: 'pin.metadata';
  /** Checks that the package was read to its end within the limit. */
  readonly FairBytes: 'fair.bytes';
  /** Checks that the release describes the package, with a signature. */
  readonly FairArtifact: 'fair.artifact';
  /** Checks that the package matches the checksum of the release. */
  readonly FairChecksum: 'fair.checksum';
  /** Checks that a signing key of the identity signed the package's bytes. */
  readonly FairSignature: 'fair.signature';
  /** Checks that the signing key can no longer be undone, or the caller accepts that it can. */
  readonly FairRecoveryWindow: 'fair.recovery_window';
  /** Checks that the bytes contradict nothing that was seen before of this version or another. */
  readonly PinPackage: 'pin.package';
  /** Checks that the domain that the identity claims confirms it in DNS. */
  readonly FairAlias: 'fair.alias';
  /** Checks that the publisher's key is an Ed25519 public key. */
  readonly PfnKey: 'pfn.key';
  /** Checks that the plugin record is one strict JSON document with the signed members. */
  readonly PfnPlugin: 'pfn.plugin';
  /** Checks that the challenge is within the limit and cannot be a plugin record. */
  readonly PfnChallenge: 'pfn.challenge';
  /** Checks that the publisher's key signed the bytes. */
  readonly PfnSignature: 'pfn.signature';
  /** Checks that the archive's folder and plugin header match what was signed. */
  readonly PfnArchive: 'pfn.archive';
  /** Checks that the publisher's key signed the archive's bytes. */
  readonly PfnArchiveSignature: 'pfn.archive_signature';
  /** Checks that the federation-info document is one strict JSON document with the required members. */
  readonly PfnFederationInfo: 'pfn.federation_info';
  /** Checks that the author-data document is one strict JSON document with the required members. */
  readonly PfnAuthorData: 'pfn.author_data';
  /** Checks that the naming scheme gives a URL within the source's own domain. */
  readonly PfnAssetUrl: 'pfn.asset_url';
  /** Checks that the string is a public key of a type that can verify signatures. */
  readonly Key: 'key';
};
export type CheckName = (typeof CheckName)[keyof typeof CheckName];

/** What can be verified. */
export declare const Kind: {
  /** The log of a did:plc. */
  readonly PlcLog: 'plc-log';
  /** The DID document of a did:web. */
  readonly WebDocument: 'web-document';
  /** The metadata document of a FAIR package, down to one release, without the package's bytes. */
  readonly FairMetadata: 'fair-metadata';
  /** A FAIR package. */
  readonly FairPackage: 'fair-package';
  /** The domain alias that an identity claims, against the domain's TXT records. */
  readonly FairAlias: 'fair-alias';
  /** A plugin record of the Plugin Federation Network. */
  readonly PfnPlugin: 'pfn-plugin';
  /** The answer to an ownership challenge of the Plugin Federation Network. */
  readonly PfnChallenge: 'pfn-challenge';
  /** The document by which a federation source introduces itself. */
  readonly PfnFederationInfo: 'pfn-federation-info';
  /** The document in which a federation source lists an author's plugins. */
  readonly PfnAuthorData: 'pfn-author-data';
  /** The URL of a plugin's archive at a federation source. */
  readonly PfnAssetUrl: 'pfn-asset-url';
  /** A public key as a string. */
  readonly Key: 'key';
};
export type Kind = (typeof Kind)[keyof typeof Kind];

/** How much untrusted input may cost. Every limit is inclusive: an input of exactly the limit passes. */
export declare const LimitName: {
  /** Bytes of a log. */
  readonly LogBytes: 'logBytes';
  /** Bytes of a metadata document. */
  readonly MetadataBytes: 'metadataBytes';
  /** Bytes of a package or an archive. */
  readonly PackageBytes: 'packageBytes';
  /** Bytes of a PFN document, of a did:web document or of a key. */
  readonly RecordBytes: 'recordBytes';
  /** Bytes of the pin that is given, and of the one to keep, written on one line without white space. */
  readonly PinBytes: 'pinBytes';
  /** Open arrays and objects around any value; `[]` has depth 1. Values above 100 count as 100. */
  readonly JsonDepth: 'jsonDepth';
  /** Values in one JSON document: strings, numbers, arrays, objects and so on, without the names of members. */
  readonly JsonValues: 'jsonValues';
  /** Operations of one log. */
  readonly LogOperations: 'logOperations';
  /** Signature checks for one log; one for each operation where the same key signs all. */
  readonly LogSignatureChecks: 'logSignatureChecks';
  /** Bytes of an operation's DAG-CBOR, signature included. */
  readonly OperationBytes: 'operationBytes';
  /** Rotation keys of one operation. */
  readonly RotationKeys: 'rotationKeys';
  /** Verification methods of one operation. */
  readonly VerificationMethods: 'verificationMethods';
  /** Services of one operation. */
  readonly Services: 'services';
  /** Aliases of one operation. */
  readonly AlsoKnownAs: 'alsoKnownAs';
  /** Signing keys of one identity: those whose ids start with `fair`. */
  readonly SigningKeys: 'signingKeys';
  /** Bytes of a version. */
  readonly VersionBytes: 'versionBytes';
  /** Package artifacts of one release. */
  readonly PackageArtifacts: 'packageArtifacts';
  /** Signature checks for one package, over all its artifacts; one for each Ed25519 key tried. */
  readonly PackageSignatureChecks: 'packageSignatureChecks';
  /** Bytes of a PFN ownership challenge, in UTF-8. */
  readonly ChallengeBytes: 'challengeBytes';
  /** Entries of a PFN archive that is searched for its plugin header. */
  readonly ArchiveEntries: 'archiveEntries';
};
export type LimitName = (typeof LimitName)[keyof typeof LimitName];

/**
 * The inputs of verifications.
 *
 * - `did`: The expected DID of the log, the document or the package.
 * - `log`: The audit log, bare log or export, as the directory serves it.
 * - `document`: A document: the DID document of a did:web, a federation-info or an author-data document.
 * - `metadata`: The FAIR metadata document, as the repository serves it.
 * - `pin`: The pin of the last visit.
 * - `remember`: Ask for a pin to keep. Giving a pin asks for one too.
 * - `now`: The verifier's clock, in seconds since 1970.
 * - `release`: The expected version of the package; the latest by default.
 * - `artifactUrl`: The URL that the package was fetched from: only that artifact counts.
 * - `noDowngrade`: Refuse a version below the highest that was seen before.
 * - `waitRecoveryWindow`: Refuse a package whose signing key a recovery can still undo.
 * - `history`: Put the identity's history, and the DID document that follows from it, into the report.
 * - `txt`: The TXT records of the claimed domain, one per line.
 * - `key`: A public key: PEM, base64, did:key or multibase.
 * - `plugin`: The plugin record: one JSON object.
 * - `signature`: The signature, if the record does not contain it.
 * - `archiveSignature`: The publisher's signature over the archive.
 * - `challenge`: The ownership challenge, exactly as it was sent.
 * - `author`: The author's user name at the federation source.
 * - `slug`: The plugin's id at the federation source.
 * - `package`: The package, as a stream.
 * - `archive`: The plugin's archive, as a stream.
 */
export type InputName = 'did' | 'log' | 'document' | 'metadata' | 'pin' | 'remember' | 'now' | 'release' | 'artifactUrl' | 'noDowngrade' | 'waitRecoveryWindow' | 'history' | 'txt' | 'key' | 'plugin' | 'signature' | 'archiveSignature' | 'challenge' | 'author' | 'slug' | 'package' | 'archive';

/**
 * What can become of a step.
 *
 * - `pass`: The step passed.
 * - `fail`: The step failed.
 * - `skipped`: There was nothing to check; the detail says why.
 * - `not-reached`: An earlier step stopped the verification, or what this step needs was missing; the detail says what.
 */
export type Outcome = 'pass' | 'fail' | 'skipped' | 'not-reached';

/**
 * How a verification can end.
 *
 * - `verified`: Nothing was refused, and what the report's trust names was proven; without a trust, what was read is well-formed, and no more.
 * - `rejected`: Something was judged and refused.
 * - `undetermined`: Nothing could be judged: an input is missing or unreadable, or the call was wrong.
 */
export type Verdict = 'verified' | 'rejected' | 'undetermined';

/**
 * What a verdict can rest on.
 *
 * - `self-certified`: The DID commits to the keys, through its whole log.
 * - `web`: A did:web document: whoever controls the domain and its TLS said so.
 * - `key`: The caller already trusts this public key.
 */
export type Trust = 'self-certified' | 'web' | 'key';

/**
 * The types of operations.
 *
 * - `plc_operation`: It sets the whole state of the identity.
 * - `plc_tombstone`: It deactivates the identity.
 * - `create`: The legacy form of a genesis.
 */
export type OperationType = 'plc_operation' | 'plc_tombstone' | 'create';

/**
 * How much depends on what an operation did.
 *
 * - `none`: Nothing changed, or the operation is the genesis.
 * - `minor`: Services or aliases changed: where the identity is found and what it is called.
 * - `serious`: Verification methods changed: who signs for the identity.
 * - `grave`: Rotation keys changed, operations were undone, or the identity was deactivated: who controls it.
 */
export type Gravity = 'none' | 'minor' | 'serious' | 'grave';

/**
 * What can become of a part of a state.
 *
 * - `removed`: The state before has it, the one after does not.
 * - `added`: The state after has it, the one before does not.
 * - `reordered`: Rotation keys that both states have are in a different order, which changes their authority.
 */
export type ChangeKind = 'removed' | 'added' | 'reordered';

/**
 * The parts of an identity's state.
 *
 * - `rotationKeys`: Who controls the identity.
 * - `verificationMethods`: Who signs for the identity.
 * - `services`: Where the identity is found.
 * - `alsoKnownAs`: What else the identity is called.
 */
export type StatePart = 'rotationKeys' | 'verificationMethods' | 'services' | 'alsoKnownAs';

/**
 * The types of FAIR packages.
 *
 * - `wp-plugin`: A WordPress plugin.
 * - `wp-theme`: A WordPress theme.
 * - `wp-core`: WordPress itself.
 * - `typo3-extension`: A TYPO3 extension.
 */
export type PackageType = 'wp-plugin' | 'wp-theme' | 'wp-core' | 'typo3-extension';

/**
 * How a package can be signed.
 *
 * - `ed25519-sha384`: Ed25519 over the raw SHA-384 digest: the form that WordPress checks.
 * - `secp256k1-sha256`: secp256k1 ECDSA over the SHA-256 digest: legacy, until 2025-09-21.
 * - `secp256k1-sha384`: secp256k1 ECDSA over the leftmost 32 bytes of the SHA-384 digest: legacy.
 * - `p256-sha256`: P-256 ECDSA over the SHA-256 digest: legacy.
 * - `p256-sha384`: P-256 ECDSA over the leftmost 32 bytes of the SHA-384 digest: legacy.
 */
export type SignatureForm = 'ed25519-sha384' | 'secp256k1-sha256' | 'secp256k1-sha384' | 'p256-sha256' | 'p256-sha384';

/** How much untrusted input may cost. Every limit is inclusive: an input of exactly the limit passes. */
export interface Limits {
  /** Bytes of a log. Default: 8 MiB. */
  readonly logBytes?: number;
  /** Bytes of a metadata document. Default: 8 MiB. */
  readonly metadataBytes?: number;
  /** Bytes of a package or an archive. Default: 512 MiB. */
  readonly packageBytes?: number;
  /** Bytes of a PFN document, of a did:web document or of a key. Default: 1 MiB. */
  readonly recordBytes?: number;
  /** Bytes of the pin that is given, and of the one to keep, written on one line without white space. Default: 4 MiB. */
  readonly pinBytes?: number;
  /** Open arrays and objects around any value; `[]` has depth 1. Values above 100 count as 100. Default: 32. */
  readonly jsonDepth?: number;
  /** Values in one JSON document: strings, numbers, arrays, objects and so on, without the names of members. Default: 500,000. */
  readonly jsonValues?: number;
  /** Operations of one log. Default: 10,000. */
  readonly logOperations?: number;
  /** Signature checks for one log; one for each operation where the same key signs all. Default: 20,000. */
  readonly logSignatureChecks?: number;
  /** Bytes of an operation's DAG-CBOR, signature included. Default: 750,000. */
  readonly operationBytes?: number;
  /** Rotation keys of one operation. Default: 10. */
  readonly rotationKeys?: number;
  /** Verification methods of one operation. Default: 1,000. */
  readonly verificationMethods?: number;
  /** Services of one operation. Default: 1,000. */
  readonly services?: number;
  /** Aliases of one operation. Default: 1,000. */
  readonly alsoKnownAs?: number;
  /** Signing keys of one identity: those whose ids start with `fair`. Default: 64. */
  readonly signingKeys?: number;
  /** Bytes of a version. Default: 128. */
  readonly versionBytes?: number;
  /** Package artifacts of one release. Default: 64. */
  readonly packageArtifacts?: number;
  /** Signature checks for one package, over all its artifacts; one for each Ed25519 key tried. Default: 256. */
  readonly packageSignatureChecks?: number;
  /** Bytes of a PFN ownership challenge, in UTF-8. Default: 1,024. */
  readonly challengeBytes?: number;
  /** Entries of a PFN archive that is searched for its plugin header. Default: 10,000. */
  readonly archiveEntries?: number;
}

/** The limits that hold where a call gives none. */
export declare const defaultLimits: Readonly<Required<Limits>>;

/** What each limit counts, in one line. */
export declare const limitMeanings: Readonly<Record<LimitName, string>>;
