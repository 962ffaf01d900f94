/*
 * fedverify: does this plugin package really come from its publisher?
 *
 * fedverify answers from the bytes, on this machine, trusting no server. It walks the signed log of a FAIR identity back
 * to the operation that its did:plc is the hash of, and proves metadata, checksum and signature of a package. It does the
 * same for plugins of the Plugin Federation Network, as far as that network signs them.
 *
 * Every kind of verification is a request, whose inputs are set by name, and ends in a report (examples/c/verify.c is a
 * whole program):
 *
 *     fedverify_request_new(FEDVERIFY_LITERAL(FEDVERIFY_KIND_FAIR_PACKAGE), &request, &error)
 *     fedverify_request_set_string(request, FEDVERIFY_LITERAL(FEDVERIFY_REQUEST_INPUT_DID), did, did_len, &error)
 *     fedverify_request_set_bytes(request, FEDVERIFY_LITERAL(FEDVERIFY_REQUEST_INPUT_LOG), log, log_len, &error)
 *     fedverify_request_set_bytes(request, FEDVERIFY_LITERAL(FEDVERIFY_REQUEST_INPUT_METADATA), json, json_len, &error)
 *     fedverify_verification_start(request, &verification, &error)
 *     fedverify_verification_read_file(verification, path, path_len, &error)
 *     fedverify_verification_finish(verification, &report, &error)      FEDVERIFY_OK: it comes from its publisher
 *
 * Programs that want the steps one by one, each with a handle that is its proof, call the typed functions, which make no
 * reports:
 *
 *     fedverify_identity_verify(log, log_len, did, did_len, NULL, &identity, &error)
 *     fedverify_metadata_parse(json, json_len, NULL, &metadata, &error)
 *     fedverify_identity_release(identity, metadata, NULL, 0, &release, &error)
 *     fedverify_package_digests_from_file(path, path_len, NULL, &digests, &error)
 *     fedverify_release_verify(release, digests, &package, &error)      FEDVERIFY_OK: it comes from its publisher
 *
 * How all functions work:
 *
 *  - Status. Calls that can fail return a fedverify_status: FEDVERIFY_OK, or why not. Nothing is verified unless
 *    fedverify_verification_finish, or a function with verify in its name, returned FEDVERIFY_OK. Where the last
 *    parameter is a fedverify_error **, it gets NULL on success, else a new error that says more and is yours to free; pass
 *    NULL if you do not want it.
 *  - Handles. Every T ** gets an opaque handle. Caller owns it and must free it once, with the function of its type that
 *    ends in _free. On failure it gets NULL, except from fedverify_verification_finish, which gives a report whatever
 *    the verdict. On success it is NULL only where the function's comment says so. Handles do
 *    not depend on one another: free them in any order. _free ignores NULL.
 *  - Input is a pointer and a length, read during the call and never kept; a request copies it. Bytes are const void *,
 *    strings const char * in UTF-8 that need no NUL at the end. NULL with the length 0 is empty input. Input above a limit is
 *    refused unread with FEDVERIFY_INPUT_TOO_LARGE. Bytes can also come from your own function, a fedverify_reader.
 *  - Strings out are fedverify_str: UTF-8 with a length, no NUL at the end, borrowed from the handle. Strings that come from
 *    input may hold any character, NUL and line feeds too. An empty string has data that is not NULL; an absent one has NULL.
 *  - Getters read a handle and cannot fail, so they have no status. They return an absent string, 0 or -1 only for the reason
 *    that their comment names; lists have a count, and every item below it is present. On a NULL handle they return the same
 *    as for nothing: check the status of the call that made the handle.
 *  - Wrong calls never crash. A handle, a function or a place for a result that is NULL, NULL as input with a length, an
 *    impossible length, a string that is not UTF-8, an unknown name or number, an index past the end, and a step before its
 *    time are FEDVERIFY_API_ARGUMENT; a verification or a hasher that was finished is FEDVERIFY_API_USED_UP. The
 *    message of the error says what was expected and what was found. Reports show wrong calls too: missing or untimely inputs always,
 *    others if the caller passes the message to fedverify_request_refuse.
 *  - Threads. Nothing is global. Any function may be called from any thread, with the same handles at the same time;
 *    only while _free frees a handle, no other call may use it.
 *  - Nothing unwinds into C. A fault inside fedverify is the status FEDVERIFY_API_PANICKED; a getter then behaves as if the
 *    handle were NULL. If the system runs out of memory the process aborts, as Rust programs do.
 *  - fedverify reads the files whose paths it is given, and nothing else: no network, no clock, no environment.
 *
 * What a verdict proves, and what it does not, is in SECURITY.md.
 */

#ifndef FEDVERIFY_H
#define FEDVERIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Constants ------------------------------------------------------------------ */

/** The version of this header; fedverify_version() is that of the library. */
#define FEDVERIFY_VERSION "0.1.0"
#define FEDVERIFY_VERSION_MAJOR 0
#define FEDVERIFY_VERSION_MINOR 1
#define FEDVERIFY_VERSION_PATCH 0

/** The parts that this library has. */
#define FEDVERIFY_HAS_FAIR 1
#define FEDVERIFY_HAS_PFN 1
#define FEDVERIFY_HAS_PINS 1
#define FEDVERIFY_HAS_DID_WEB 1

/**
 * What every function is declared with. For the static library on Windows define FEDVERIFY_STATIC; in a library that has the
 * static one inside and exports its functions, FEDVERIFY_EXPORT; for anything else, FEDVERIFY_API itself.
 */
#if !defined(FEDVERIFY_API)
#if defined(_WIN32) && defined(FEDVERIFY_EXPORT)
#define FEDVERIFY_API __declspec(dllexport)
#elif defined(_WIN32) && !defined(FEDVERIFY_STATIC)
#define FEDVERIFY_API __declspec(dllimport)
#elif !defined(_WIN32) && defined(__GNUC__)
#define FEDVERIFY_API __attribute__((visibility("default")))
#else
#define FEDVERIFY_API
#endif
#endif

/** Compilers that can warn of a status that is ignored do so. */
#if defined(__GNUC__)
#define FEDVERIFY_MUST_USE __attribute__((warn_unused_result))
#else
#define FEDVERIFY_MUST_USE
#endif

/** A string literal as two arguments, its bytes and their number: FEDVERIFY_LITERAL("did"). */
#define FEDVERIFY_LITERAL(string) ("" string), (sizeof("" string) - 1)

/**
 * The form of a log: an audit log (`GET /<did>/log/audit`).
 */
#define FEDVERIFY_LOG_AUDIT 1

/**
 * The form of a log: a bare log (`GET /<did>/log`), without times and nullified operations.
 */
#define FEDVERIFY_LOG_BARE 2

/**
 * The form of a log: JSON lines of an export (`GET /export`).
 */
#define FEDVERIFY_LOG_EXPORT 3

/**
 * What an input is: bytes.
 */
#define FEDVERIFY_TYPE_BYTES 1

/**
 * What an input is: a string.
 */
#define FEDVERIFY_TYPE_STRING 2

/**
 * What an input is: a whole number.
 */
#define FEDVERIFY_TYPE_NUMBER 3

/**
 * What an input is: a flag.
 */
#define FEDVERIFY_TYPE_FLAG 4

/**
 * What an input is: bytes that the verification is given after its start. It is announced like a flag.
 */
#define FEDVERIFY_TYPE_STREAM 5

/**
 * The version of the binary interface: a program that was compiled with another number must not go on. It counts up with
 * every change that such a program would not survive.
 */
#define FEDVERIFY_ABI_VERSION 4

/**
 * Success: nothing was refused. What was proven, if anything, the trust of the result says.
 */
#define FEDVERIFY_OK 0

/* ---- Codes of errors, as statuses ----------------------------------------------- */

/** input.malformed: The input is not well-formed JSON. */
#define FEDVERIFY_INPUT_MALFORMED 101

/** input.too_large: The input is larger than the limit. */
#define FEDVERIFY_INPUT_TOO_LARGE 102

/** input.duplicate_member: A JSON object has the same member twice, so two readers could see two values. */
#define FEDVERIFY_INPUT_DUPLICATE_MEMBER 103

/** input.too_deep: The JSON is nested deeper than the limit. */
#define FEDVERIFY_INPUT_TOO_DEEP 104

/** input.trailing_bytes: The input goes on after the end of the JSON document. */
#define FEDVERIFY_INPUT_TRAILING_BYTES 105

/** input.byte_order_mark: The input starts with a byte order mark, which JSON forbids (RFC 8259, section 8.1). */
#define FEDVERIFY_INPUT_BYTE_ORDER_MARK 106

/** input.wrong_type: The JSON value has the wrong type for this document. */
#define FEDVERIFY_INPUT_WRONG_TYPE 107

/** input.not_utf8: The input is not UTF-8. */
#define FEDVERIFY_INPUT_NOT_UTF8 108

/** input.too_many_values: The JSON has more values than the limit. */
#define FEDVERIFY_INPUT_TOO_MANY_VALUES 109

/** did.invalid: The string is not a DID that can be verified: it breaks the syntax of its method. */
#define FEDVERIFY_DID_INVALID 201

/** did.unsupported: The DID has a method that is not supported here. */
#define FEDVERIFY_DID_UNSUPPORTED 202

/** did.document.malformed: The DID document lacks a member, or a member is not usable. */
#define FEDVERIFY_DID_DOCUMENT_MALFORMED 203

/** did.document.id_mismatch: The DID document is about another DID. */
#define FEDVERIFY_DID_DOCUMENT_ID_MISMATCH 204

/** key.invalid: The string is not a public key, or the key is not a valid point of its curve. */
#define FEDVERIFY_KEY_INVALID 301

/** key.unsupported: The key is well-formed, but its type cannot verify signatures here. */
#define FEDVERIFY_KEY_UNSUPPORTED 302

/** plc.log.empty: The log has no operations. */
#define FEDVERIFY_PLC_LOG_EMPTY 401

/** plc.log.too_long: The log has more operations than the limit. */
#define FEDVERIFY_PLC_LOG_TOO_LONG 402

/** plc.log.too_much_work: Verifying the log would take more signature checks than the limit. */
#define FEDVERIFY_PLC_LOG_TOO_MUCH_WORK 403

/** plc.entry.malformed: An entry of the audit log lacks a member, or a member has the wrong type. */
#define FEDVERIFY_PLC_ENTRY_MALFORMED 404

/** plc.did_mismatch: The log is not the log of this DID. */
#define FEDVERIFY_PLC_DID_MISMATCH 405

/** plc.operation.malformed: An operation lacks a member, or a member has the wrong type or form. */
#define FEDVERIFY_PLC_OPERATION_MALFORMED 406

/** plc.operation.unknown_field: An operation has a member that its type does not have. */
#define FEDVERIFY_PLC_OPERATION_UNKNOWN_FIELD 407

/** plc.operation.too_many_rotation_keys: An operation has more rotation keys than the limit, the most that any directory has ever allowed. */
#define FEDVERIFY_PLC_OPERATION_TOO_MANY_ROTATION_KEYS 408

/** plc.genesis.invalid: The log does not start with a genesis operation. */
#define FEDVERIFY_PLC_GENESIS_INVALID 409

/** plc.genesis.repeated: The log has a second genesis operation. */
#define FEDVERIFY_PLC_GENESIS_REPEATED 410

/** plc.cid.mismatch: The served CID is not the hash of the operation. */
#define FEDVERIFY_PLC_CID_MISMATCH 411

/** plc.prev.mismatch: An operation does not follow an earlier operation of the log. */
#define FEDVERIFY_PLC_PREV_MISMATCH 412

/** plc.prev.nullified: An operation follows one that a recovery had nullified. */
#define FEDVERIFY_PLC_PREV_NULLIFIED 413

/** plc.tombstoned: The identity was deactivated by a tombstone: no operation may follow it, and it no longer vouches for anything. */
#define FEDVERIFY_PLC_TOMBSTONED 414

/** plc.signature.encoding: A signature is not 64 bytes in canonical base64url without padding. */
#define FEDVERIFY_PLC_SIGNATURE_ENCODING 415

/** plc.signature.high_s: A signature has the high-S form, which anyone can make from a valid one. */
#define FEDVERIFY_PLC_SIGNATURE_HIGH_S 416

/** plc.signature.invalid: The signature was not made by any key that may sign this operation. */
#define FEDVERIFY_PLC_SIGNATURE_INVALID 417

/** plc.nullification.late: A recovery came more than 72 hours after the operation that it nullifies. */
#define FEDVERIFY_PLC_NULLIFICATION_LATE 418

/** plc.nullification.authority: A recovery is signed by a key without higher authority than the signer of the operation it nullifies. */
#define FEDVERIFY_PLC_NULLIFICATION_AUTHORITY 419

/** plc.nullified_flag: The directory's nullified flag does not match the operations. */
#define FEDVERIFY_PLC_NULLIFIED_FLAG 420

/** plc.timestamp.malformed: A createdAt is not an RFC 3339 date-time as the AT protocol writes it. */
#define FEDVERIFY_PLC_TIMESTAMP_MALFORMED 421

/** plc.timestamp.order: An operation is not later than the previous head. */
#define FEDVERIFY_PLC_TIMESTAMP_ORDER 422

/** plc.directory.disagree: Directories serve logs of this DID that contradict each other. */
#define FEDVERIFY_PLC_DIRECTORY_DISAGREE 423

/** plc.rotation_key.invalid: A rotation key before the signer's is not a secp256k1 or P-256 key, so no verifier can read past it. */
#define FEDVERIFY_PLC_ROTATION_KEY_INVALID 424

/** plc.operation.too_large: An operation has more bytes of DAG-CBOR than the limit. */
#define FEDVERIFY_PLC_OPERATION_TOO_LARGE 425

/** plc.operation.too_many_members: An operation lists more verification methods, services or aliases than the limit. */
#define FEDVERIFY_PLC_OPERATION_TOO_MANY_MEMBERS 426

/** fair.metadata.malformed: The metadata document is not a FAIR metadata document of a known version. */
#define FEDVERIFY_FAIR_METADATA_MALFORMED 501

/** fair.metadata.id_mismatch: The metadata document is about another DID. */
#define FEDVERIFY_FAIR_METADATA_ID_MISMATCH 502

/** fair.metadata.type_unknown: The package has a type that this verifier does not know. */
#define FEDVERIFY_FAIR_METADATA_TYPE_UNKNOWN 503

/** fair.service.missing: The identity names no FAIR package repository. */
#define FEDVERIFY_FAIR_SERVICE_MISSING 504

/** fair.key.missing: The identity has no FAIR signing key. */
#define FEDVERIFY_FAIR_KEY_MISSING 505

/** fair.release.missing: The metadata document has no such release. */
#define FEDVERIFY_FAIR_RELEASE_MISSING 506

/** fair.release.malformed: The metadata document does not describe the release in a usable form. */
#define FEDVERIFY_FAIR_RELEASE_MALFORMED 507

/** fair.release.ambiguous: The metadata document describes this version more than once. */
#define FEDVERIFY_FAIR_RELEASE_AMBIGUOUS 508

/** fair.artifact.missing: The release has no such package artifact. */
#define FEDVERIFY_FAIR_ARTIFACT_MISSING 509

/** fair.artifact.malformed: The metadata document does not describe the package artifact in a usable form. */
#define FEDVERIFY_FAIR_ARTIFACT_MALFORMED 510

/** fair.artifact.too_many: The release has more package artifacts than the limit. */
#define FEDVERIFY_FAIR_ARTIFACT_TOO_MANY 511

/** fair.signature.missing: The package artifact has no signature. */
#define FEDVERIFY_FAIR_SIGNATURE_MISSING 512

/** fair.signature.encoding: The package signature is not canonical base64url without padding, or has the wrong length. */
#define FEDVERIFY_FAIR_SIGNATURE_ENCODING 513

/** fair.signature.invalid: No current signing key of the identity made this signature over these bytes. */
#define FEDVERIFY_FAIR_SIGNATURE_INVALID 514

/** fair.checksum.malformed: The checksum is not an algorithm, a colon and that algorithm's digest in hexadecimal. */
#define FEDVERIFY_FAIR_CHECKSUM_MALFORMED 515

/** fair.checksum.mismatch: The package does not match the checksum in the metadata document. */
#define FEDVERIFY_FAIR_CHECKSUM_MISMATCH 516

/** fair.checksum.unsupported: The checksum uses an algorithm other than SHA-256 and SHA-384. */
#define FEDVERIFY_FAIR_CHECKSUM_UNSUPPORTED 517

/** fair.too_much_work: Checking the package would take more signing keys or signature checks than the limit. */
#define FEDVERIFY_FAIR_TOO_MUCH_WORK 518

/** fair.alias.mismatch: The domain that the identity claims as its alias does not confirm it. */
#define FEDVERIFY_FAIR_ALIAS_MISMATCH 519

/** fair.service.invalid: The identity's package repository is not an absolute https URL with a host. */
#define FEDVERIFY_FAIR_SERVICE_INVALID 520

/** fair.key.too_fresh: The key that signed the package is so new that its owner can still undo it. */
#define FEDVERIFY_FAIR_KEY_TOO_FRESH 521

/** fair.version.invalid: The version is empty or too long, has characters that versions do not have, or has no order where one is needed. */
#define FEDVERIFY_FAIR_VERSION_INVALID 522

/** pfn.key.invalid: The publisher key is not an Ed25519 public key in PEM or base64. */
#define FEDVERIFY_PFN_KEY_INVALID 601

/** pfn.plugin.malformed: The plugin record lacks a member, or a member is not usable. */
#define FEDVERIFY_PFN_PLUGIN_MALFORMED 602

/** pfn.plugin.not_text: A signed member of the plugin record is neither a string nor null. */
#define FEDVERIFY_PFN_PLUGIN_NOT_TEXT 603

/** pfn.signature.missing: There is no signature to check. */
#define FEDVERIFY_PFN_SIGNATURE_MISSING 604

/** pfn.signature.encoding: The signature is not 64 bytes in base64 or base64url. */
#define FEDVERIFY_PFN_SIGNATURE_ENCODING 605

/** pfn.signature.invalid: The publisher's key did not make this signature over these bytes. */
#define FEDVERIFY_PFN_SIGNATURE_INVALID 606

/** pfn.federation_info.malformed: The federation-info document lacks a member, or a member is not usable. */
#define FEDVERIFY_PFN_FEDERATION_INFO_MALFORMED 607

/** pfn.author_data.malformed: The author-data document lacks a member, or a member is not usable. */
#define FEDVERIFY_PFN_AUTHOR_DATA_MALFORMED 608

/** pfn.asset_url.refused: Domain, naming scheme and names do not form a URL within the source's domain that every node reads alike. */
#define FEDVERIFY_PFN_ASSET_URL_REFUSED 609

/** pfn.archive.unreadable: The archive cannot be read as a plugin's ZIP file. */
#define FEDVERIFY_PFN_ARCHIVE_UNREADABLE 610

/** pfn.archive.inconsistent: The archive's plugin header or folder does not match what was signed. */
#define FEDVERIFY_PFN_ARCHIVE_INCONSISTENT 611

/** pfn.archive.signature_invalid: The publisher's key did not make this signature over the archive. */
#define FEDVERIFY_PFN_ARCHIVE_SIGNATURE_INVALID 612

/** pfn.challenge.malformed: The challenge is empty or longer than the limit. */
#define FEDVERIFY_PFN_CHALLENGE_MALFORMED 613

/** pfn.challenge.ambiguous: The challenge is a JSON object, so its answer could serve as the signature of a plugin record. */
#define FEDVERIFY_PFN_CHALLENGE_AMBIGUOUS 614

/** pin.malformed: The pin cannot be read: it is damaged, belongs to another identity, or has another format. */
#define FEDVERIFY_PIN_MALFORMED 701

/** pin.rollback: The log lacks operations that were seen before: it was cut back. */
#define FEDVERIFY_PIN_ROLLBACK 702

/** pin.fork: The log leaves the history that was seen before without lawfully nullifying it. */
#define FEDVERIFY_PIN_FORK 703

/** pin.nullification_late: The log nullifies an operation that this verifier still saw in force after the recovery window. */
#define FEDVERIFY_PIN_NULLIFICATION_LATE 704

/** pin.release_changed: A version that was seen before has other bytes now, or known bytes come under another version. */
#define FEDVERIFY_PIN_RELEASE_CHANGED 705

/** pin.downgrade: The version is lower than one that was verified before. */
#define FEDVERIFY_PIN_DOWNGRADE 706

/** pin.too_large: What must be remembered does not fit into a pin. */
#define FEDVERIFY_PIN_TOO_LARGE 707

/** io.file.missing: A file does not exist. */
#define FEDVERIFY_IO_FILE_MISSING 801

/** io.file.unreadable: A file could not be read to its end. */
#define FEDVERIFY_IO_FILE_UNREADABLE 802

/** io.network.dns: The name of a server could not be resolved. */
#define FEDVERIFY_IO_NETWORK_DNS 803

/** io.network.connect: No connection to a server could be made. */
#define FEDVERIFY_IO_NETWORK_CONNECT 804

/** io.network.tls: No trusted connection to a server could be made: TLS failed. */
#define FEDVERIFY_IO_NETWORK_TLS 805

/** io.network.timeout: A server did not answer in time. */
#define FEDVERIFY_IO_NETWORK_TIMEOUT 806

/** io.network.status: A server answered with a status other than success. */
#define FEDVERIFY_IO_NETWORK_STATUS 807

/** io.network.redirect: A server redirected too often, or to where a verifier must not follow. */
#define FEDVERIFY_IO_NETWORK_REDIRECT 808

/** io.network.insecure: The URL is not https, or leads to this machine or its network; http is for loopback only. */
#define FEDVERIFY_IO_NETWORK_INSECURE 809

/** io.network.answer: A server's response is not HTTP, ended early, or has an encoding that was not asked for. */
#define FEDVERIFY_IO_NETWORK_ANSWER 810

/** io.file.unwritable: What must be remembered could not be written. */
#define FEDVERIFY_IO_FILE_UNWRITABLE 811

/** io.memory: Memory ran out before the input was read. */
#define FEDVERIFY_IO_MEMORY 812

/** io.directory.unknown: The directory does not know the DID. */
#define FEDVERIFY_IO_DIRECTORY_UNKNOWN 813

/** io.directory.deactivated: The directory says that the DID is deactivated, but serves no log that shows it. */
#define FEDVERIFY_IO_DIRECTORY_DEACTIVATED 814

/** api.argument: An argument is missing or invalid. */
#define FEDVERIFY_API_ARGUMENT 901

/** api.used_up: The object was used up by an earlier call. */
#define FEDVERIFY_API_USED_UP 902

/** api.panicked: fedverify itself failed and judged nothing: this is a bug. */
#define FEDVERIFY_API_PANICKED 903

/** api.unsupported: This backend cannot judge this input. */
#define FEDVERIFY_API_UNSUPPORTED 904

/* ---- Verdicts ------------------------------------------------------------------- */

/** Nothing was refused, and what the report's trust names was proven; without a trust, what was read is well-formed, and no more. */
#define FEDVERIFY_VERDICT_VERIFIED 1

/** Something was judged and refused. */
#define FEDVERIFY_VERDICT_REJECTED 2

/** Nothing could be judged: an input is missing or unreadable, or the call was wrong. */
#define FEDVERIFY_VERDICT_UNDETERMINED 3

/* ---- Kinds of verifications ----------------------------------------------------- */

/** The log of a did:plc. */
#define FEDVERIFY_KIND_PLC_LOG "plc-log"

/** The DID document of a did:web. */
#define FEDVERIFY_KIND_WEB_DOCUMENT "web-document"

/** The metadata document of a FAIR package, down to one release, without the package's bytes. */
#define FEDVERIFY_KIND_FAIR_METADATA "fair-metadata"

/** A FAIR package. */
#define FEDVERIFY_KIND_FAIR_PACKAGE "fair-package"

/** The domain alias that an identity claims, against the domain's TXT records. */
#define FEDVERIFY_KIND_FAIR_ALIAS "fair-alias"

/** A plugin record of the Plugin Federation Network. */
#define FEDVERIFY_KIND_PFN_PLUGIN "pfn-plugin"

/** The answer to an ownership challenge of the Plugin Federation Network. */
#define FEDVERIFY_KIND_PFN_CHALLENGE "pfn-challenge"

/** The document by which a federation source introduces itself. */
#define FEDVERIFY_KIND_PFN_FEDERATION_INFO "pfn-federation-info"

/** The document in which a federation source lists an author's plugins. */
#define FEDVERIFY_KIND_PFN_AUTHOR_DATA "pfn-author-data"

/** The URL of a plugin's archive at a federation source. */
#define FEDVERIFY_KIND_PFN_ASSET_URL "pfn-asset-url"

/** A public key as a string. */
#define FEDVERIFY_KIND_KEY "key"

/* ---- Inputs of requests --------------------------------------------------------- */

/** The expected DID of the log, the document or the package. A string input of plc-log, web-document, fair-metadata, fair-package, fair-alias. */
#define FEDVERIFY_REQUEST_INPUT_DID "did"

/** The audit log, bare log or export, as the directory serves it. A bytes input of plc-log, fair-metadata, fair-package, fair-alias. */
#define FEDVERIFY_REQUEST_INPUT_LOG "log"

/** A document: the DID document of a did:web, a federation-info or an author-data document. A bytes input of web-document, fair-metadata, fair-package, fair-alias, pfn-federation-info, pfn-author-data, pfn-asset-url. */
#define FEDVERIFY_REQUEST_INPUT_DOCUMENT "document"

/** The FAIR metadata document, as the repository serves it. A bytes input of fair-metadata, fair-package. */
#define FEDVERIFY_REQUEST_INPUT_METADATA "metadata"

/** The pin of the last visit. A bytes input of plc-log, fair-metadata, fair-package, fair-alias. */
#define FEDVERIFY_REQUEST_INPUT_PIN "pin"

/** Ask for a pin to keep. Giving a pin asks for one too. A flag input of plc-log, fair-metadata, fair-package, fair-alias. */
#define FEDVERIFY_REQUEST_INPUT_REMEMBER "remember"

/** The verifier's clock, in seconds since 1970. A number input of plc-log, web-document, fair-metadata, fair-package, fair-alias. */
#define FEDVERIFY_REQUEST_INPUT_NOW "now"

/** The expected version of the package; the latest by default. A string input of fair-metadata, fair-package. */
#define FEDVERIFY_REQUEST_INPUT_RELEASE "release"

/** The URL that the package was fetched from: only that artifact counts. A string input of fair-package. */
#define FEDVERIFY_REQUEST_INPUT_ARTIFACT_URL "artifactUrl"

/** Refuse a version below the highest that was seen before. A flag input of fair-metadata, fair-package. */
#define FEDVERIFY_REQUEST_INPUT_NO_DOWNGRADE "noDowngrade"

/** Refuse a package whose signing key a recovery can still undo. A flag input of fair-package. */
#define FEDVERIFY_REQUEST_INPUT_WAIT_RECOVERY_WINDOW "waitRecoveryWindow"

/** Put the identity's history, and the DID document that follows from it, into the report. A flag input of plc-log, fair-metadata, fair-package, fair-alias. */
#define FEDVERIFY_REQUEST_INPUT_HISTORY "history"

/** The TXT records of the claimed domain, one per line. A string input of fair-metadata, fair-package, fair-alias. */
#define FEDVERIFY_REQUEST_INPUT_TXT "txt"

/** A public key: PEM, base64, did:key or multibase. A bytes input of pfn-plugin, pfn-challenge, pfn-author-data, key. */
#define FEDVERIFY_REQUEST_INPUT_KEY "key"

/** The plugin record: one JSON object. A bytes input of pfn-plugin. */
#define FEDVERIFY_REQUEST_INPUT_PLUGIN "plugin"

/** The signature, if the record does not contain it. A string input of pfn-plugin, pfn-challenge. */
#define FEDVERIFY_REQUEST_INPUT_SIGNATURE "signature"

/** The publisher's signature over the archive. A string input of pfn-plugin. */
#define FEDVERIFY_REQUEST_INPUT_ARCHIVE_SIGNATURE "archiveSignature"

/** The ownership challenge, exactly as it was sent. A string input of pfn-challenge. */
#define FEDVERIFY_REQUEST_INPUT_CHALLENGE "challenge"

/** The author's user name at the federation source. A string input of pfn-asset-url. */
#define FEDVERIFY_REQUEST_INPUT_AUTHOR "author"

/** The plugin's id at the federation source. A string input of pfn-asset-url. */
#define FEDVERIFY_REQUEST_INPUT_SLUG "slug"

/** The package, as a stream. A stream input of fair-package. */
#define FEDVERIFY_REQUEST_INPUT_PACKAGE "package"

/** The plugin's archive, as a stream. A stream input of pfn-plugin. */
#define FEDVERIFY_REQUEST_INPUT_ARCHIVE "archive"

/* ---- Limits --------------------------------------------------------------------- */

/** Bytes of a log. Default: 8 MiB. */
#define FEDVERIFY_LIMIT_LOG_BYTES "logBytes"

/** Bytes of a metadata document. Default: 8 MiB. */
#define FEDVERIFY_LIMIT_METADATA_BYTES "metadataBytes"

/** Bytes of a package or an archive. Default: 512 MiB. */
#define FEDVERIFY_LIMIT_PACKAGE_BYTES "packageBytes"

/** Bytes of a PFN document, of a did:web document or of a key. Default: 1 MiB. */
#define FEDVERIFY_LIMIT_RECORD_BYTES "recordBytes"

/** Bytes of the pin that is given, and of the one to keep, written on one line without white space. Default: 4 MiB. */
#define FEDVERIFY_LIMIT_PIN_BYTES "pinBytes"

/** Open arrays and objects around any value; `[]` has depth 1. Values above 100 count as 100. Default: 32. */
#define FEDVERIFY_LIMIT_JSON_DEPTH "jsonDepth"

/** Values in one JSON document: strings, numbers, arrays, objects and so on, without the names of members. Default: 500,000. */
#define FEDVERIFY_LIMIT_JSON_VALUES "jsonValues"

/** Operations of one log. Default: 10,000. */
#define FEDVERIFY_LIMIT_LOG_OPERATIONS "logOperations"

/** Signature checks for one log; one for each operation where the same key signs all. Default: 20,000. */
#define FEDVERIFY_LIMIT_LOG_SIGNATURE_CHECKS "logSignatureChecks"

/** Bytes of an operation's DAG-CBOR, signature included. Default: 750,000. */
#define FEDVERIFY_LIMIT_OPERATION_BYTES "operationBytes"

/** Rotation keys of one operation. Default: 10. */
#define FEDVERIFY_LIMIT_ROTATION_KEYS "rotationKeys"

/** Verification methods of one operation. Default: 1,000. */
#define FEDVERIFY_LIMIT_VERIFICATION_METHODS "verificationMethods"

/** Services of one operation. Default: 1,000. */
#define FEDVERIFY_LIMIT_SERVICES "services"

/** Aliases of one operation. Default: 1,000. */
#define FEDVERIFY_LIMIT_ALSO_KNOWN_AS "alsoKnownAs"

/** Signing keys of one identity: those whose ids start with `fair`. Default: 64. */
#define FEDVERIFY_LIMIT_SIGNING_KEYS "signingKeys"

/** Bytes of a version. Default: 128. */
#define FEDVERIFY_LIMIT_VERSION_BYTES "versionBytes"

/** Package artifacts of one release. Default: 64. */
#define FEDVERIFY_LIMIT_PACKAGE_ARTIFACTS "packageArtifacts"

/** Signature checks for one package, over all its artifacts; one for each Ed25519 key tried. Default: 256. */
#define FEDVERIFY_LIMIT_PACKAGE_SIGNATURE_CHECKS "packageSignatureChecks"

/** Bytes of a PFN ownership challenge, in UTF-8. Default: 1,024. */
#define FEDVERIFY_LIMIT_CHALLENGE_BYTES "challengeBytes"

/** Entries of a PFN archive that is searched for its plugin header. Default: 10,000. */
#define FEDVERIFY_LIMIT_ARCHIVE_ENTRIES "archiveEntries"

/* ---- What a verdict rests on ---------------------------------------------------- */

/** The DID commits to the keys, through its whole log. */
#define FEDVERIFY_TRUST_SELF_CERTIFIED "self-certified"

/** A did:web document: whoever controls the domain and its TLS said so. */
#define FEDVERIFY_TRUST_WEB "web"

/** The caller already trusts this public key. */
#define FEDVERIFY_TRUST_KEY "key"

/* ---- Codes of warnings ---------------------------------------------------------- */

/** The log has the bare form, without times and nullified operations: recoveries could not be judged. */
#define FEDVERIFY_WARNING_PLC_LOG_BARE "plc.log.bare"

/** The log ends in a tombstone: the identity was deactivated, and nothing that rests on it verifies. */
#define FEDVERIFY_WARNING_PLC_DEACTIVATED "plc.deactivated"

/** Entries of the log have unknown members; they were ignored, since no signature covers them. */
#define FEDVERIFY_WARNING_PLC_ENTRY_UNKNOWN_MEMBER "plc.entry.unknown_member"

/** An operation has no rotation keys: nothing can follow it, so the identity is frozen. */
#define FEDVERIFY_WARNING_PLC_ROTATION_KEYS_EMPTY "plc.rotation_keys.empty"

/** An operation lists a rotation key twice; its first place counts. */
#define FEDVERIFY_WARNING_PLC_ROTATION_KEYS_DUPLICATE "plc.rotation_keys.duplicate"

/** A current rotation key can sign nothing: it is malformed or neither secp256k1 nor P-256. */
#define FEDVERIFY_WARNING_PLC_ROTATION_KEY_UNUSABLE "plc.rotation_key.unusable"

/** An operation has more than ten verification methods, more than the directory accepts today. */
#define FEDVERIFY_WARNING_PLC_VERIFICATION_METHODS_MANY "plc.verification_methods.many"

/** An operation is larger than 7,500 bytes, more than the directory accepts today. */
#define FEDVERIFY_WARNING_PLC_OPERATION_OVERSIZED "plc.operation.oversized"

/** A directory serves an older state of the log than another; the newest was used. */
#define FEDVERIFY_WARNING_PLC_DIRECTORY_LAG "plc.directory.lag"

/** A directory served no log; the others were used. */
#define FEDVERIFY_WARNING_PLC_DIRECTORY_UNREACHABLE "plc.directory.unreachable"

/** The directory serves a DID document that does not match its log; the log was used. */
#define FEDVERIFY_WARNING_PLC_DOCUMENT_DIFFERS "plc.document.differs"

/** A recovery undid an operation, and this verifier did not visit soon enough to confirm that it came in time. */
#define FEDVERIFY_WARNING_PIN_NULLIFICATION_UNWITNESSED "pin.nullification.unwitnessed"

/** The metadata document lacks members that FAIR requires, or has them with the wrong type. */
#define FEDVERIFY_WARNING_FAIR_METADATA_LOOSE "fair.metadata.loose"

/** The metadata document names no security contact; FAIR clients should refuse such packages. */
#define FEDVERIFY_WARNING_FAIR_SECURITY_MISSING "fair.security.missing"

/** The metadata document lists malformed releases; they were skipped. */
#define FEDVERIFY_WARNING_FAIR_RELEASE_UNUSABLE "fair.release.unusable"

/** The metadata document has an advisory on this release. */
#define FEDVERIFY_WARNING_FAIR_RELEASE_ADVISORY "fair.release.advisory"

/** The metadata document names a later release as the latest one with security fixes. */
#define FEDVERIFY_WARNING_FAIR_RELEASE_INSECURE "fair.release.insecure"

/** The version does not follow FAIR's grammar. */
#define FEDVERIFY_WARNING_FAIR_VERSION_LOOSE "fair.version.loose"

/** A FAIR signing key of the identity is malformed or has an unknown type; it was skipped. */
#define FEDVERIFY_WARNING_FAIR_KEY_UNUSABLE "fair.key.unusable"

/** The key that signed the package is so new that its owner can still undo it. */
#define FEDVERIFY_WARNING_FAIR_KEY_FRESH "fair.key.fresh"

/** The package artifact has no checksum; the signature alone binds the bytes. */
#define FEDVERIFY_WARNING_FAIR_CHECKSUM_ABSENT "fair.checksum.absent"

/** The package signature has a legacy form (ECDSA); WordPress checks only Ed25519. */
#define FEDVERIFY_WARNING_FAIR_SIGNATURE_LEGACY "fair.signature.legacy"

/** The identity claims a domain as its alias, and the domain's DNS does not confirm it. */
#define FEDVERIFY_WARNING_FAIR_ALIAS_UNCONFIRMED "fair.alias.unconfirmed"

/** A server on this machine or in a private network was contacted, as the caller allowed. */
#define FEDVERIFY_WARNING_IO_NETWORK_PRIVATE "io.network.private"

/** The signature binds the plugin's id, name, version and description, not the archive's bytes. */
#define FEDVERIFY_WARNING_PFN_ARCHIVE_UNBOUND "pfn.archive.unbound"

/** The key signed some of the plugins that the author-data document lists, and not all. */
#define FEDVERIFY_WARNING_PFN_AUTHOR_DATA_PARTIAL "pfn.author_data.partial"

/** The key also signs ownership challenges, so anyone may be able to obtain a signed plugin record. */
#define FEDVERIFY_WARNING_PFN_SIGNATURE_ORACLE "pfn.signature.oracle"

/* ---- Steps of verifications ----------------------------------------------------- */

/** Checks that the DID is well-formed. */
#define FEDVERIFY_CHECK_DID "did"

/** Checks that the log is one strict JSON document within the limits. */
#define FEDVERIFY_CHECK_PLC_JSON "plc.json"

/** Checks that every entry belongs to this DID, and every operation has exactly the members of its type. */
#define FEDVERIFY_CHECK_PLC_OPERATIONS "plc.operations"

/** Checks that every served CID is the hash of its operation. */
#define FEDVERIFY_CHECK_PLC_CIDS "plc.cids"

/** Checks that the DID is the hash of the genesis operation, which one of its own rotation keys signed. */
#define FEDVERIFY_CHECK_PLC_GENESIS "plc.genesis"

/** Checks that every operation follows an earlier one that is neither nullified nor a tombstone. */
#define FEDVERIFY_CHECK_PLC_CHAIN "plc.chain"

/** Checks that every operation is later than the previous head. */
#define FEDVERIFY_CHECK_PLC_TIMES "plc.times"

/** Checks that every operation is signed by a rotation key of the operation before it. */
#define FEDVERIFY_CHECK_PLC_SIGNATURES "plc.signatures"

/** Checks that every recovery came within 72 hours and from a key of higher authority. */
#define FEDVERIFY_CHECK_PLC_RECOVERIES "plc.recoveries"

/** Checks that the directory's nullified flags match the operations. */
#define FEDVERIFY_CHECK_PLC_FLAGS "plc.flags"

/** Checks that the log takes back nothing that was seen before. */
#define FEDVERIFY_CHECK_PIN_LOG "pin.log"

/** Checks that the DID document is one strict JSON document about this DID. */
#define FEDVERIFY_CHECK_WEB_DOCUMENT "web.document"

/** Checks that the metadata document is one strict JSON document of a known version. */
#define FEDVERIFY_CHECK_FAIR_METADATA "fair.metadata"

/** Checks that the metadata document is about this DID and of a known type, and the DID names a repository. */
#define FEDVERIFY_CHECK_FAIR_IDENTITY "fair.identity"

/** Checks that the identity has keys that sign packages. */
#define FEDVERIFY_CHECK_FAIR_KEYS "fair.keys"

/** Checks that the metadata document lists the release, once. */
#define FEDVERIFY_CHECK_FAIR_RELEASE "fair.release"

/** Checks that no version that was seen before has a different checksum now. */
#define FEDVERIFY_CHECK_PIN_METADATA "pin.metadata"

/** Checks that the package was read to its end within the limit. */
#define FEDVERIFY_CHECK_FAIR_BYTES "fair.bytes"

/** Checks that the release describes the package, with a signature. */
#define FEDVERIFY_CHECK_FAIR_ARTIFACT "fair.artifact"

/** Checks that the package matches the checksum of the release. */
#define FEDVERIFY_CHECK_FAIR_CHECKSUM "fair.checksum"

/** Checks that a signing key of the identity signed the package's bytes. */
#define FEDVERIFY_CHECK_FAIR_SIGNATURE "fair.signature"

/** Checks that the signing key can no longer be undone, or the caller accepts that it can. */
#define FEDVERIFY_CHECK_FAIR_RECOVERY_WINDOW "fair.recovery_window"

/** Checks that the bytes contradict nothing that was seen before of this version or another. */
#define FEDVERIFY_CHECK_PIN_PACKAGE "pin.package"

/** Checks that the domain that the identity claims confirms it in DNS. */
#define FEDVERIFY_CHECK_FAIR_ALIAS "fair.alias"

/** Checks that the publisher's key is an Ed25519 public key. */
#define FEDVERIFY_CHECK_PFN_KEY "pfn.key"

/** Checks that the plugin record is one strict JSON document with the signed members. */
#define FEDVERIFY_CHECK_PFN_PLUGIN "pfn.plugin"

/** Checks that the challenge is within the limit and cannot be a plugin record. */
#define FEDVERIFY_CHECK_PFN_CHALLENGE "pfn.challenge"

/** Checks that the publisher's key signed the bytes. */
#define FEDVERIFY_CHECK_PFN_SIGNATURE "pfn.signature"

/** Checks that the archive's folder and plugin header match what was signed. */
#define FEDVERIFY_CHECK_PFN_ARCHIVE "pfn.archive"

/** Checks that the publisher's key signed the archive's bytes. */
#define FEDVERIFY_CHECK_PFN_ARCHIVE_SIGNATURE "pfn.archive_signature"

/** Checks that the federation-info document is one strict JSON document with the required members. */
#define FEDVERIFY_CHECK_PFN_FEDERATION_INFO "pfn.federation_info"

/** Checks that the author-data document is one strict JSON document with the required members. */
#define FEDVERIFY_CHECK_PFN_AUTHOR_DATA "pfn.author_data"

/** Checks that the naming scheme gives a URL within the source's own domain. */
#define FEDVERIFY_CHECK_PFN_ASSET_URL "pfn.asset_url"

/** Checks that the string is a public key of a type that can verify signatures. */
#define FEDVERIFY_CHECK_KEY "key"

/* ---- Types ---------------------------------------------------------------------- */

/**
 * The domain that an identity claims as its alias: `fair://<domain>` among its names. A claim, until the domain's DNS says
 * the same. Freed with `fedverify_alias_free`.
 */
typedef struct fedverify_alias fedverify_alias;

/**
 * An installable file of a release, as the metadata document describes it. A claim. Freed with `fedverify_artifact_free`.
 */
typedef struct fedverify_artifact fedverify_artifact;

/**
 * What several directories' logs of one identity prove. A directory can withhold operations and change times, and one alone cannot
 * be caught at it; asked beside others it can. Freed with `fedverify_directories_free`.
 */
typedef struct fedverify_directories fedverify_directories;

/**
 * Why a call failed. Freed with `fedverify_error_free`.
 */
typedef struct fedverify_error fedverify_error;

/**
 * An identity whose log was verified back to the genesis operation that its DID is the hash of. Holding one is the proof:
 * nothing else makes one. Freed with `fedverify_identity_free`.
 */
typedef struct fedverify_identity fedverify_identity;

/**
 * A public key that can verify signatures: Ed25519, secp256k1 or P-256. Freed with `fedverify_key_free`.
 */
typedef struct fedverify_key fedverify_key;

/**
 * How much untrusted input may cost: bytes, operations, signature checks and so on, each by its name, one of the
 * `FEDVERIFY_LIMIT_` constants. Every limit is inclusive. Where a function takes limits, its comment names those that it
 * counts, and NULL means the defaults; calls read the limits once, at their start. Freed with `fedverify_limits_free`.
 */
typedef struct fedverify_limits fedverify_limits;

/**
 * A FAIR metadata document, well-formed but unsigned: only a claim. Freed with
 * `fedverify_metadata_free`.
 */
typedef struct fedverify_metadata fedverify_metadata;

/**
 * The newest of several directories' logs: the one that lawfully continues every other. Freed with `fedverify_newest_free`.
 */
typedef struct fedverify_newest fedverify_newest;

/**
 * One operation of a verified log. Freed with `fedverify_operation_free`.
 */
typedef struct fedverify_operation fedverify_operation;

/**
 * A package whose bytes carry a valid signature by a current signing key of the identity, and match the checksum of the
 * release where it gives one. Holding one is the proof: nothing else makes one. Freed with `fedverify_package_free`.
 */
typedef struct fedverify_package fedverify_package;

/**
 * Size, SHA-256 and SHA-384 of a package: all that verifying needs of its bytes. Freed with
 * `fedverify_package_digests_free`.
 */
typedef struct fedverify_package_digests fedverify_package_digests;

/**
 * Takes a package's bytes in pieces, for callers that have neither a file nor all of the bytes at once. Calls on the same
 * hasher wait for one another. Freed with `fedverify_package_hasher_free`.
 */
typedef struct fedverify_package_hasher fedverify_package_hasher;

/**
 * What a plugin's archive says of itself, and the digests of its bytes. A claim. Freed with `fedverify_pfn_archive_free`.
 */
typedef struct fedverify_pfn_archive fedverify_pfn_archive;

/**
 * What a source serves at `/author-data` for one author. Each plugin in it has its own signature; the rest is the source's
 * word. Freed with `fedverify_pfn_author_data_free`.
 */
typedef struct fedverify_pfn_author_data fedverify_pfn_author_data;

/**
 * A challenge that the holder of a key answered. Freed with `fedverify_pfn_challenge_free`.
 */
typedef struct fedverify_pfn_challenge fedverify_pfn_challenge;

/**
 * What a source serves at `/federation-info`. Nobody signs it. Freed with `fedverify_pfn_federation_info_free`.
 */
typedef struct fedverify_pfn_federation_info fedverify_pfn_federation_info;

/**
 * The Ed25519 key of a publisher. It is the trust basis of every verdict on what it signed: bring it from where you trust
 * it. Freed with `fedverify_pfn_key_free`.
 */
typedef struct fedverify_pfn_key fedverify_pfn_key;

/**
 * Four strings that a publisher's key signed: a plugin's id, name, version and description. Nothing else of the plugin is
 * proven; above all, its bytes are not. Freed with `fedverify_pfn_plugin_free`.
 */
typedef struct fedverify_pfn_plugin fedverify_pfn_plugin;

/**
 * What a verifier remembers of one identity, so that no directory can take back what it once showed: its operations,
 * when this verifier first saw each, and the digests of the packages that it verified.
 *
 * Keep the JSON of the pin that the last verification gave, where only you can write, and replace it as a whole: write
 * a new file, sync, rename. Freed with `fedverify_pin_free`.
 */
typedef struct fedverify_pin fedverify_pin;

/**
 * A release that a metadata document lists for an identity. That the publisher released it is not proven yet:
 * `fedverify_release_verify` proves it, with the bytes. Freed with `fedverify_release_free`.
 */
typedef struct fedverify_release fedverify_release;

/**
 * The account of a verification, the same in every language: `schema/report.v1.json` describes its JSON. Freed with
 * `fedverify_report_free`.
 */
typedef struct fedverify_report fedverify_report;

/**
 * What to verify: its kind, and inputs that are set by name. It keeps copies of what it is given. One request may start
 * any number of verifications. Freed with `fedverify_request_free`.
 */
typedef struct fedverify_request fedverify_request;

/**
 * What an identity was after an operation: its keys, names and services. Freed with `fedverify_state_free`.
 */
typedef struct fedverify_state fedverify_state;

/**
 * A string that was made for the caller. Freed with `fedverify_string_free`.
 */
typedef struct fedverify_string fedverify_string;

/**
 * A verification between its start and its report. Calls on the same verification wait for one another. Freed with
 * `fedverify_verification_free`.
 */
typedef struct fedverify_verification fedverify_verification;

/**
 * The DID document of a did:web. There is no log: whoever controls the domain and its TLS said so, and the trust of every
 * verdict on it is `web`. Freed with `fedverify_web_document_free`.
 */
typedef struct fedverify_web_document fedverify_web_document;

/**
 * What every call that can fail returns: `FEDVERIFY_OK`, or the number of the error's code, one of the constants above.
 * Newer versions of the library may return numbers that this header does not name.
 */
typedef int32_t fedverify_status;

/**
 * A string that a handle lends: UTF-8, `len` bytes from `data` on, without a NUL at its end.
 *
 * It is valid until the handle that it came from is freed. An absent string has NULL as `data` and 0 as `len`. To print
 * one: `printf("%.*s", (int)string.len, string.data)`.
 */
typedef struct fedverify_str {
    /**
     * The first byte; NULL for an absent string.
     */
    const char *data;
    /**
     * The number of bytes.
     */
    size_t len;
} fedverify_str;

/**
 * Gives the next bytes of a package or an archive: writes at most `len` of them to `buffer` and returns how many it wrote: 0 at
 * the end, a negative number if they cannot be read. That may be any number, or a negated status that
 * `fedverify_request_set_unreadable` takes, such as `-FEDVERIFY_IO_NETWORK_TIMEOUT`: the report then gives that reason.
 *
 * `context` is the pointer that was passed with the function. The function is called on the thread that called fedverify, until it
 * returns 0 or less, or no more bytes are wanted; `len` is never 0. No lock is held meanwhile: it may call any function of
 * fedverify, also on the handles of the current call, but must not free them. It must return: `longjmp` out of it is not
 * allowed, and an exception that leaves it ends the process.
 */
typedef int64_t (*fedverify_reader)(void *context,
                                    void *buffer,
                                    size_t len);

/* ---- Version of the library ----------------------------------------------------- */

/**
 * The version of the library, such as `0.1.0`; `FEDVERIFY_VERSION` is that of the header. Always valid.
 */
FEDVERIFY_API
fedverify_str fedverify_version(void);

/**
 * The version of the library's binary interface. A program that loads the library at run time compares it with
 * `FEDVERIFY_ABI_VERSION` first.
 */
FEDVERIFY_API
uint32_t fedverify_abi_version(void);

/* ---- Statuses ------------------------------------------------------------------- */

/**
 * The stable dotted code of a status, such as `plc.cid.mismatch`: the same in every report and every language.
 *
 * Always valid. Absent for `FEDVERIFY_OK` and for a number that is no code.
 */
FEDVERIFY_API
fedverify_str fedverify_status_code(fedverify_status status);

/**
 * What a status means, in one line for people. Always valid; absent as for `fedverify_status_code`.
 */
FEDVERIFY_API
fedverify_str fedverify_status_meaning(fedverify_status status);

/**
 * What to do about a status, in one line for people. Always valid; absent as for `fedverify_status_code`.
 */
FEDVERIFY_API
fedverify_str fedverify_status_remedy(fedverify_status status);

/**
 * Whether a status says that nothing could be judged (a file is missing, an argument is NULL), rather than that something
 * was judged and refused. Neither is verified. True for a number that is no code, false for `FEDVERIFY_OK`.
 */
FEDVERIFY_API
bool fedverify_status_is_undetermined(fedverify_status status);

/* ---- Errors --------------------------------------------------------------------- */

/**
 * Frees an error. NULL is ignored; do not free twice.
 */
FEDVERIFY_API
void fedverify_error_free(fedverify_error *error);

/**
 * The status that the call returned; `FEDVERIFY_OK` for NULL. `fedverify_status_code` and the functions beside it say more.
 */
FEDVERIFY_API
fedverify_status fedverify_error_status(const fedverify_error *error);

/**
 * What was expected, what was found, and where. For people; not stable. Strings from the input are quoted and escaped, so
 * it is safe to print on a terminal. Valid until the error is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_error_message(const fedverify_error *error);

/**
 * The index in the log of the operation that the error is about, counted from 0; -1 if it is about none.
 */
FEDVERIFY_API
int64_t fedverify_error_operation(const fedverify_error *error);

/**
 * The recomputed CID of the operation that the error is about; absent where none was computed. Whether it is about an
 * operation at all is what `fedverify_error_operation` says. Valid until the error is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_error_cid(const fedverify_error *error);

/**
 * The step that the verification stopped at, one of the `FEDVERIFY_CHECK_` constants; absent where it was none. Always valid.
 */
FEDVERIFY_API
fedverify_str fedverify_error_check(const fedverify_error *error);

/**
 * The limit that was exceeded, one of the `FEDVERIFY_LIMIT_` constants; absent where none was. Always valid.
 */
FEDVERIFY_API
fedverify_str fedverify_error_limit(const fedverify_error *error);

/* ---- Limits --------------------------------------------------------------------- */

/**
 * Makes limits with the default values: 8 MiB for a log or a metadata document, 512 MiB for a package and so on. Never
 * NULL.
 */
FEDVERIFY_API
fedverify_limits *fedverify_limits_new(void);

/**
 * Frees limits. NULL is ignored; do not free twice.
 */
FEDVERIFY_API
void fedverify_limits_free(fedverify_limits *limits);

/**
 * Sets a limit by its name, one of the `FEDVERIFY_LIMIT_` constants.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, also for a name that no limit has; then nothing is changed.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_limits_set(fedverify_limits *limits,
                                      const char *name,
                                      size_t name_len,
                                      uint64_t value,
                                      fedverify_error **error);

/**
 * Puts the value of a limit by its name into `value`. NULL as `limits` means the defaults.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, also for a name that no limit has.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_limits_get(const fedverify_limits *limits,
                                      const char *name,
                                      size_t name_len,
                                      uint64_t *value,
                                      fedverify_error **error);

/**
 * The number of limits. With their names, a program can list every limit, its default and what it counts, also those of later
 * versions.
 */
FEDVERIFY_API
size_t fedverify_limits_count(void);

/**
 * The name of a limit, in the order of the `FEDVERIFY_LIMIT_` constants; absent past the end. Always valid.
 */
FEDVERIFY_API
fedverify_str fedverify_limits_name(size_t index);

/**
 * What a limit counts, in one line; absent for a name that no limit has. Always valid.
 */
FEDVERIFY_API
fedverify_str fedverify_limits_meaning(const char *name,
                                       size_t name_len);

/* ---- Requests: what to verify, of any kind -------------------------------------- */

/**
 * Makes a request without inputs. `kind` is one of the `FEDVERIFY_KIND_` constants.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, also for a kind that there is not.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_request_new(const char *kind,
                                       size_t kind_len,
                                       fedverify_request **request,
                                       fedverify_error **error);

/**
 * Frees a request. NULL is ignored; do not free twice. Verifications that it started are not affected.
 */
FEDVERIFY_API
void fedverify_request_free(fedverify_request *request);

/**
 * What an input is: one of the `FEDVERIFY_TYPE_` constants; 0 where the request's kind takes no input of this name.
 */
FEDVERIFY_API
int32_t fedverify_request_input_type(const fedverify_request *request,
                                     const char *name,
                                     size_t name_len);

/**
 * Sets an input of bytes, such as a log. `name` is one of the `FEDVERIFY_REQUEST_INPUT_` constants. An input that was set before
 * is replaced.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, also where the kind does not take the input, or it has another type;
 * `FEDVERIFY_IO_MEMORY`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_request_set_bytes(fedverify_request *request,
                                             const char *name,
                                             size_t name_len,
                                             const void *bytes,
                                             size_t bytes_len,
                                             fedverify_error **error);

/**
 * Sets an input of bytes to the content of a file. A file that is missing or cannot be read is no error of this call: the
 * verification reports it at the step that wants the input.
 *
 * `path` is as the operating system has it: any bytes on Unix, UTF-8 elsewhere. It must be a regular file, and is opened
 * once. Set limits first: no more is read than the input's limit allows, and a byte that shows what is above it.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, as for `fedverify_request_set_bytes`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_request_set_file(fedverify_request *request,
                                            const char *name,
                                            size_t name_len,
                                            const char *path,
                                            size_t path_len,
                                            fedverify_error **error);

/**
 * Says that an input of bytes could not be read, so that the verification reports it at the step that wants the input.
 *
 * `why` is `FEDVERIFY_IO_FILE_MISSING`, `FEDVERIFY_IO_FILE_UNREADABLE`, `FEDVERIFY_IO_MEMORY` or one of the family
 * `FEDVERIFY_IO_NETWORK_`; `message` says more to people.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, as for `fedverify_request_set_bytes` and for another status.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_request_set_unreadable(fedverify_request *request,
                                                  const char *name,
                                                  size_t name_len,
                                                  fedverify_status why,
                                                  const char *message,
                                                  size_t message_len,
                                                  fedverify_error **error);

/**
 * Sets a string, such as a DID.
 *
 * Errors: as `fedverify_request_set_bytes`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_request_set_string(fedverify_request *request,
                                              const char *name,
                                              size_t name_len,
                                              const char *string,
                                              size_t string_len,
                                              fedverify_error **error);

/**
 * Sets a number, such as the clock.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, as for `fedverify_request_set_bytes`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_request_set_number(fedverify_request *request,
                                              const char *name,
                                              size_t name_len,
                                              uint64_t number,
                                              fedverify_error **error);

/**
 * Sets a flag, or takes it back. The inputs `package` and `archive` are announced like this: their bytes follow. An archive
 * must be announced, since a plugin can be verified without one; a package only where it may turn out to have no bytes.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, as for `fedverify_request_set_bytes`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_request_set_flag(fedverify_request *request,
                                            const char *name,
                                            size_t name_len,
                                            bool is_set,
                                            fedverify_error **error);

/**
 * Sets a limit by its name, one of the `FEDVERIFY_LIMIT_` constants.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, also for a name that no limit has.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_request_set_limit(fedverify_request *request,
                                             const char *name,
                                             size_t name_len,
                                             uint64_t value,
                                             fedverify_error **error);

/**
 * Says that the request cannot be used, and why: a verification that it starts is refused before anything is judged, with
 * `FEDVERIFY_API_ARGUMENT` and this message in its report. The first message counts. For callers that want a report
 * whatever went wrong, also where setting an input failed.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_request_refuse(fedverify_request *request,
                                          const char *message,
                                          size_t message_len,
                                          fedverify_error **error);

/* ---- Verifications: from a request to its report -------------------------------- */

/**
 * Starts a verification: takes every step that the inputs of the request allow.
 *
 * What the steps found is in the report, not in the status of this call. Ask `fedverify_verification_is_decided` before
 * you read a large package.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_verification_start(const fedverify_request *request,
                                              fedverify_verification **verification,
                                              fedverify_error **error);

/**
 * Frees a verification, finished or not. NULL is ignored; do not free twice. Reports, identities and releases that came from
 * it are not affected.
 */
FEDVERIFY_API
void fedverify_verification_free(fedverify_verification *verification);

/**
 * Whether no more input is wanted: the verdict is known already, or the verification was finished. True for NULL.
 */
FEDVERIFY_API
bool fedverify_verification_is_decided(const fedverify_verification *verification);

/**
 * The report, as soon as the verdict is known: a new report, to be freed. Puts NULL into `report` before.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_verification_report(const fedverify_verification *verification,
                                               fedverify_report **report,
                                               fedverify_error **error);

/**
 * The identity, as soon as the log of a did:plc is proven: a new identity, to be freed. Puts NULL into `identity` where none
 * is.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_verification_identity(const fedverify_verification *verification,
                                                 fedverify_identity **identity,
                                                 fedverify_error **error);

/**
 * The document of a did:web, as soon as it was read: a new document, to be freed. Puts NULL into `document` where none was.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_verification_web_document(const fedverify_verification *verification,
                                                     fedverify_web_document **document,
                                                     fedverify_error **error);

/**
 * The release, as soon as it is tied to its identity: a new release, to be freed. Its artifacts say what to fetch. Puts NULL
 * into `release` where none is.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_verification_release(const fedverify_verification *verification,
                                                fedverify_release **release,
                                                fedverify_error **error);

/**
 * The URL from which to fetch the metadata document that `fedverify_verification_give_metadata` takes; absent where none is
 * wanted. Valid until the verification is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_verification_wants_metadata_from(const fedverify_verification *verification);

/**
 * Gives the metadata document, where the request had none.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`. What is wrong with the document is in the report.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_verification_give_metadata(fedverify_verification *verification,
                                                      const void *json,
                                                      size_t json_len,
                                                      fedverify_error **error);

/**
 * Says that the metadata document could not be fetched; `why` and `message` are as for `fedverify_request_set_unreadable`.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_verification_metadata_unreadable(fedverify_verification *verification,
                                                            fedverify_status why,
                                                            const char *message,
                                                            size_t message_len,
                                                            fedverify_error **error);

/**
 * The domain alias that the identity claims, so that you can look up its TXT records: a new alias, to be freed. Puts NULL
 * into `alias` where the identity claims none.
 *
 * Errors: `FEDVERIFY_FAIR_ALIAS_MISMATCH` for more than one alias, and for one that is no domain name in lower case;
 * `FEDVERIFY_API_ARGUMENT`, also where no identity is proven; `FEDVERIFY_API_USED_UP`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_verification_alias(const fedverify_verification *verification,
                                              fedverify_alias **alias,
                                              fedverify_error **error);

/**
 * Compares the TXT records of `_fairpm.<domain>` with the alias that the identity claims. It never changes the verdict on a
 * package; the report has the domain or a warning. Nothing happens where no alias is claimed.
 *
 * `records` are views of `count` strings, one for each record; NULL is allowed with a count of 0.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_verification_give_txt(fedverify_verification *verification,
                                                 const fedverify_str *records,
                                                 size_t count,
                                                 fedverify_error **error);

/**
 * Says that the TXT records could not be looked up, and why. As `fedverify_verification_give_txt`.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_verification_txt_unreadable(fedverify_verification *verification,
                                                       const char *message,
                                                       size_t message_len,
                                                       fedverify_error **error);

/**
 * Compares the DID document that a directory serves at `url` with the one that follows from its log. The served one is not
 * signed, so a difference is a warning in the report, and no more. Nothing happens where no log is verified.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_verification_compare_document(fedverify_verification *verification,
                                                         const char *url,
                                                         size_t url_len,
                                                         const void *served,
                                                         size_t served_len,
                                                         fedverify_error **error);

/**
 * Says which URL the package is fetched from, where the request had no input `artifactUrl`: then only that artifact counts.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_verification_fetch_from(fedverify_verification *verification,
                                                   const char *url,
                                                   size_t url_len,
                                                   fedverify_error **error);

/**
 * Forgets the bytes that were taken so far, for a download that starts again.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_verification_restart(fedverify_verification *verification,
                                                fedverify_error **error);

/**
 * Takes the next bytes of the package or the archive. Bytes that are not wanted any more are ignored; what was wrong with
 * them is in the report.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_verification_update(fedverify_verification *verification,
                                               const void *bytes,
                                               size_t bytes_len,
                                               fedverify_error **error);

/**
 * Reads the whole package or archive from a file, in constant memory. Install the same file: verify it in a folder that
 * only you can write to.
 *
 * `path` is as the operating system has it: any bytes on Unix, UTF-8 elsewhere. It must be a regular file, and is opened
 * once. A file that is missing or cannot be read is no error of this call: it is in the report.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_verification_read_file(fedverify_verification *verification,
                                                  const char *path,
                                                  size_t path_len,
                                                  fedverify_error **error);

/**
 * Reads the whole package or archive from a function of the caller, piece by piece, for streams. What was taken before is
 * forgotten. The function is not called where no bytes are wanted any more, and not again once that is so.
 *
 * That the function cannot read on is no error of this call: it is in the report. An archive is held in memory, as it is when
 * it comes by `fedverify_verification_update`.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, also where the function says that it wrote more than it was asked for, which is in the
 * report, too; `FEDVERIFY_API_USED_UP`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_verification_read(fedverify_verification *verification,
                                             fedverify_reader reader,
                                             void *context,
                                             fedverify_error **error);

/**
 * Says that the package or the archive could not be read to its end; `why` and `message` are as for
 * `fedverify_request_set_unreadable`.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_verification_fail(fedverify_verification *verification,
                                             fedverify_status why,
                                             const char *message,
                                             size_t message_len,
                                             fedverify_error **error);

/**
 * Ends the verification and puts its report into `report`, whatever the verdict. It uses the verification up, which still
 * has to be freed.
 *
 * Returns `FEDVERIFY_OK` only where the report is verified; any other status is the reason in the report, and `error` gets
 * the same reason. Where `report` is NULL afterwards, there was nothing to report on, and the reason is one of the errors
 * named here. A request that could not be used gives the same status with a report: free every report that is not NULL.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_verification_finish(fedverify_verification *verification,
                                               fedverify_report **report,
                                               fedverify_error **error);

/* ---- Reports -------------------------------------------------------------------- */

/**
 * Frees a report. NULL is ignored; do not free twice.
 */
FEDVERIFY_API
void fedverify_report_free(fedverify_report *report);

/**
 * How the verification ended: one of the `FEDVERIFY_VERDICT_` constants; 0 for NULL.
 */
FEDVERIFY_API
int32_t fedverify_report_verdict(const fedverify_report *report);

/**
 * Whether the report is verified, or why not: the status and the error that `fedverify_verification_finish` gave.
 *
 * Errors: that of the report; `FEDVERIFY_API_ARGUMENT` for NULL.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_report_outcome(const fedverify_report *report,
                                          fedverify_error **error);

/**
 * What the verdict rests on, one of the `FEDVERIFY_TRUST_` constants; absent where nothing was proven that it could rest
 * on. Always valid.
 */
FEDVERIFY_API
fedverify_str fedverify_report_trust(const fedverify_report *report);

/**
 * What was verified, in a few words for people, safe to print on a terminal. Valid until the report is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_report_subject(const fedverify_report *report);

/**
 * The report as JSON on one line. Valid until the report is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_report_json(const fedverify_report *report);

/**
 * What to keep for the next visit, whatever the verdict: a new pin, to be freed. Puts NULL into `pin` where there is nothing to
 * keep, because no memory was asked for or the log itself was not proven: then leave what was kept before as it is.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_report_pin(const fedverify_report *report,
                                      fedverify_pin **pin,
                                      fedverify_error **error);

/**
 * The report for where its pin could not be kept, and why: a new report, to be freed. A verdict that is not remembered could
 * be undone by the next visit, so it becomes undetermined, with the code `io.file.unwritable`.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_report_not_remembered(const fedverify_report *report,
                                                 const char *message,
                                                 size_t message_len,
                                                 fedverify_report **changed,
                                                 fedverify_error **error);

/**
 * The number of warnings: non-fatal findings.
 */
FEDVERIFY_API
size_t fedverify_report_warning_count(const fedverify_report *report);

/**
 * The stable code of a warning, one of the `FEDVERIFY_WARNING_` constants; absent past the end. Always valid.
 */
FEDVERIFY_API
fedverify_str fedverify_report_warning_code(const fedverify_report *report,
                                            size_t index);

/**
 * A warning for people, safe to print on a terminal; absent past the end. Valid until the report is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_report_warning_message(const fedverify_report *report,
                                               size_t index);

/* ---- Pins ----------------------------------------------------------------------- */

/**
 * What to keep for the next visit: a new pin, to be freed. Puts NULL into `pin` unless the identity was verified with a memory.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_identity_pin(const fedverify_identity *identity,
                                        fedverify_pin **pin,
                                        fedverify_error **error);

/**
 * What to keep for the next visit, this package included: a new pin, to be freed. Puts NULL into `pin` unless the
 * identity was verified with a memory.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_package_pin(const fedverify_package *package,
                                       fedverify_pin **pin,
                                       fedverify_error **error);

/**
 * Reads a pin from the JSON that `fedverify_pin_json` gave.
 *
 * Limits: `pinBytes`, `jsonDepth`, `jsonValues`.
 *
 * Errors: `FEDVERIFY_PIN_MALFORMED`, whatever is wrong: torn, truncated, damaged, of another format or too large;
 * `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_pin_parse(const void *json,
                                     size_t json_len,
                                     const fedverify_limits *limits,
                                     fedverify_pin **pin,
                                     fedverify_error **error);

/**
 * Frees a pin. NULL is ignored; do not free twice.
 */
FEDVERIFY_API
void fedverify_pin_free(fedverify_pin *pin);

/**
 * What two pins of one identity know, from visits that ran at the same time: a new pin. Merging never forgets, and the order
 * of the two does not matter.
 *
 * Limits: `pinBytes`, `jsonValues`.
 *
 * Errors: `FEDVERIFY_PIN_MALFORMED` for pins of two identities; `FEDVERIFY_PIN_FORK` where each has an operation in force
 * that the other never saw, or nothing is in force by both; `FEDVERIFY_PIN_NULLIFICATION_LATE` where one has an operation as
 * undone that the other proves to have been undone too late; `FEDVERIFY_PIN_TOO_LARGE` where `fedverify_pin_parse` would refuse
 * the merged pin by these limits; `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_pin_merge(const fedverify_pin *a,
                                     const fedverify_pin *b,
                                     const fedverify_limits *limits,
                                     fedverify_pin **merged,
                                     fedverify_error **error);

/**
 * Compares the logs of two pins of one identity: `order` becomes -1, 0 or 1 where that of `a` is older than, the same as or newer
 * than that of `b`. The newer one has all operations that are in force by the other, and more. Of two with the same operations in
 * force, the newer one knows more operations, nullified ones included; else it is of the later visit; else the SHA-256 of its log is
 * the greater. The packages do not count.
 *
 * Errors: `FEDVERIFY_PIN_MALFORMED` for pins of two identities; `FEDVERIFY_PIN_FORK` where they know histories that contradict each
 * other; `FEDVERIFY_API_ARGUMENT`. Then `order` becomes 0.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_pin_compare(const fedverify_pin *a,
                                       const fedverify_pin *b,
                                       int32_t *order,
                                       fedverify_error **error);

/**
 * Whether two pins know the same; false where one is NULL.
 */
FEDVERIFY_API
bool fedverify_pin_equals(const fedverify_pin *a,
                          const fedverify_pin *b);

/**
 * The pin as JSON on one line, to be kept. Valid until the pin is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_pin_json(const fedverify_pin *pin);

/**
 * The DID that the pin is about. Valid until the pin is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_pin_did(const fedverify_pin *pin);

/**
 * The CID of the last operation that was seen and is not nullified. Valid until the pin is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_pin_head(const fedverify_pin *pin);

/**
 * When the log was last verified, in seconds since 1970 by the verifier's own clock.
 */
FEDVERIFY_API
uint64_t fedverify_pin_last_visit(const fedverify_pin *pin);

/**
 * The highest version of which a package was verified; absent where none with a place in the order of versions was. Valid
 * until the pin is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_pin_highest_version(const fedverify_pin *pin);

/* ---- Identities of did:plc ------------------------------------------------------ */

/**
 * Verifies a log, as a directory serves it, back to the genesis operation that the DID is the hash of.
 *
 * `log` is JSON: an audit log, a bare log (it shows nothing of recoveries, which is a warning), or lines of an export.
 * `did` is a did:plc from where you trust it, never from the log. NULL as `limits` means the defaults. A log may verify and
 * yet lack its newest operations: `fedverify_identity_verify_remembering` notices that.
 *
 * Limits: `logBytes`, `jsonDepth`, `jsonValues`, `logOperations`, `logSignatureChecks`, `operationBytes`, `rotationKeys`,
 * `verificationMethods`, `services`, `alsoKnownAs`.
 *
 * Errors: `FEDVERIFY_DID_INVALID`, `FEDVERIFY_DID_UNSUPPORTED`, those of the families `FEDVERIFY_INPUT_` and
 * `FEDVERIFY_PLC_`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_identity_verify(const void *log,
                                           size_t log_len,
                                           const char *did,
                                           size_t did_len,
                                           const fedverify_limits *limits,
                                           fedverify_identity **identity,
                                           fedverify_error **error);

/**
 * Verifies a log, and compares it with what was seen before. `fedverify_identity_pin` and `fedverify_package_pin` then
 * give the pin to keep for the next visit.
 *
 * As `fedverify_identity_verify`; and `pin` is what was kept, or NULL on the first visit, and `now` is this machine's clock
 * in seconds since 1970. Signatures of operations that the pin knows are not checked again.
 *
 * Limits: as `fedverify_identity_verify`; `pinBytes`, for the pin to keep.
 *
 * Errors: as `fedverify_identity_verify`; `FEDVERIFY_PIN_ROLLBACK`, `FEDVERIFY_PIN_FORK`,
 * `FEDVERIFY_PIN_NULLIFICATION_LATE`, `FEDVERIFY_PIN_TOO_LARGE`; `FEDVERIFY_PIN_MALFORMED` for the pin of another identity;
 * `FEDVERIFY_API_ARGUMENT` for a clock later than the year 9999.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_identity_verify_remembering(const void *log,
                                                       size_t log_len,
                                                       const char *did,
                                                       size_t did_len,
                                                       const fedverify_pin *pin,
                                                       uint64_t now,
                                                       const fedverify_limits *limits,
                                                       fedverify_identity **identity,
                                                       fedverify_error **error);

/**
 * Frees an identity. NULL is ignored; do not free twice. What came from it is not affected: operations, states, releases,
 * packages and pins.
 */
FEDVERIFY_API
void fedverify_identity_free(fedverify_identity *identity);

/**
 * The DID. Valid until the identity is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_identity_did(const fedverify_identity *identity);

/**
 * The CID of the last operation that is not nullified. Valid until the identity is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_identity_head(const fedverify_identity *identity);

/**
 * Whether the identity was deactivated. Then it has no keys, no services and no names.
 */
FEDVERIFY_API
bool fedverify_identity_is_tombstoned(const fedverify_identity *identity);

/**
 * The form of the log: one of the `FEDVERIFY_LOG_` constants; 0 for NULL.
 */
FEDVERIFY_API
int32_t fedverify_identity_log_form(const fedverify_identity *identity);

/**
 * The number of nullified operations.
 */
FEDVERIFY_API
size_t fedverify_identity_nullified_count(const fedverify_identity *identity);

/**
 * The CID of a nullified operation, in the order of the log; absent past the end. Valid until the identity is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_identity_nullified(const fedverify_identity *identity,
                                           size_t index);

/**
 * Puts the URL of the package repository, which serves the metadata document, into `url`: the endpoint of the first service
 * of the type `FairPackageManagementRepo`. Valid until the identity is freed.
 *
 * Errors: `FEDVERIFY_PLC_TOMBSTONED`, `FEDVERIFY_FAIR_SERVICE_MISSING`, `FEDVERIFY_FAIR_SERVICE_INVALID`,
 * `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_identity_repository(const fedverify_identity *identity,
                                               fedverify_str *url,
                                               fedverify_error **error);

/**
 * How many signatures were checked to verify the log. Those of operations that a pin knows are not.
 */
FEDVERIFY_API
uint64_t fedverify_identity_signature_checks(const fedverify_identity *identity);

/**
 * The DID document that follows from the log, as JSON; absent for a deactivated identity. Valid until the
 * identity is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_identity_did_document(const fedverify_identity *identity);

/**
 * Compares the DID document that a directory serves at `url` with the one that follows from its log, by what they say. The
 * served one is not signed, so a difference says something about the directory and nothing about the identity.
 *
 * `difference` gets a new string for people that names it, safe to print on a terminal: what a report has as the warning
 * `FEDVERIFY_WARNING_PLC_DOCUMENT_DIFFERS`. It gets NULL where both documents say the same.
 *
 * Limits: `logBytes`, `jsonDepth`, `jsonValues`.
 *
 * No document follows from the log of a deactivated identity: one that is served with keys, services or aliases differs.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_identity_compare_document(const fedverify_identity *identity,
                                                     const char *url,
                                                     size_t url_len,
                                                     const void *served,
                                                     size_t served_len,
                                                     const fedverify_limits *limits,
                                                     fedverify_string **difference,
                                                     fedverify_error **error);

/**
 * The number of warnings: non-fatal findings.
 */
FEDVERIFY_API
size_t fedverify_identity_warning_count(const fedverify_identity *identity);

/**
 * The stable code of a warning; absent past the end. Always valid.
 */
FEDVERIFY_API
fedverify_str fedverify_identity_warning_code(const fedverify_identity *identity,
                                              size_t index);

/**
 * A warning for people, safe to print on a terminal; absent past the end. Valid until the identity is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_identity_warning_message(const fedverify_identity *identity,
                                                 size_t index);

/* ---- Operations of did:plc, and the states that they set ------------------------ */

/**
 * The number of operations in the log, nullified ones too.
 */
FEDVERIFY_API
size_t fedverify_identity_operation_count(const fedverify_identity *identity);

/**
 * The operation at `index`, in the order of the log: a new operation, to be freed.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, also past the end.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_identity_operation(const fedverify_identity *identity,
                                              size_t index,
                                              fedverify_operation **operation,
                                              fedverify_error **error);

/**
 * Frees an operation. NULL is ignored; do not free twice. States that came from it are not affected.
 */
FEDVERIFY_API
void fedverify_operation_free(fedverify_operation *operation);

/**
 * The recomputed CID. Valid until the operation is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_operation_cid(const fedverify_operation *operation);

/**
 * The type: `plc_operation`, `plc_tombstone`, or `create` for a genesis of the old form. Always valid.
 */
FEDVERIFY_API
fedverify_str fedverify_operation_type(const fedverify_operation *operation);

/**
 * The number of bytes that were signed and hashed: its DAG-CBOR, signature included.
 */
FEDVERIFY_API
size_t fedverify_operation_size(const fedverify_operation *operation);

/**
 * The index of the operation that this one follows; -1 for the genesis, which follows none.
 */
FEDVERIFY_API
int64_t fedverify_operation_prev(const fedverify_operation *operation);

/**
 * The CID of the operation that this one follows; absent for the genesis, which follows none. Valid until the operation is
 * freed.
 */
FEDVERIFY_API
fedverify_str fedverify_operation_prev_cid(const fedverify_operation *operation);

/**
 * When the directory says that it accepted the operation (RFC 3339). Times are not signed. Absent in a bare log, which has
 * none. Valid until the operation is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_operation_created_at(const fedverify_operation *operation);

/**
 * When this verifier first saw the operation, in seconds since 1970 by its own clock; -1 unless the identity was verified
 * with a memory.
 */
FEDVERIFY_API
int64_t fedverify_operation_first_seen(const fedverify_operation *operation);

/**
 * The index of the recovery that undid the operation; -1 for an operation in force.
 */
FEDVERIFY_API
int64_t fedverify_operation_nullified_by(const fedverify_operation *operation);

/**
 * The index of the key that signed, among the rotation keys of the operation that this one follows (of the genesis: its
 * own). 0 has the highest authority.
 */
FEDVERIFY_API
int64_t fedverify_operation_signer(const fedverify_operation *operation);

/**
 * The key that signed, as a did:key. Valid until the operation is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_operation_signer_key(const fedverify_operation *operation);

/**
 * What the identity was after the operation, nullified or not: a new state, to be freed. Puts NULL into `state` for a
 * tombstone, which deactivates the identity.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_operation_state(const fedverify_operation *operation,
                                           fedverify_state **state,
                                           fedverify_error **error);

/**
 * What the identity is now: a new state, to be freed. Puts NULL into `state` for a deactivated identity, which has no keys,
 * no services and no names.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_identity_state(const fedverify_identity *identity,
                                          fedverify_state **state,
                                          fedverify_error **error);

/**
 * Frees a state. NULL is ignored; do not free twice.
 */
FEDVERIFY_API
void fedverify_state_free(fedverify_state *state);

/**
 * The number of rotation keys.
 */
FEDVERIFY_API
size_t fedverify_state_rotation_key_count(const fedverify_state *state);

/**
 * A rotation key as a did:key, by authority: index 0 has the highest. Absent past the end. Valid until the state is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_state_rotation_key(const fedverify_state *state,
                                           size_t index);

/**
 * The number of verification methods.
 */
FEDVERIFY_API
size_t fedverify_state_verification_method_count(const fedverify_state *state);

/**
 * The id of a verification method, without `#`, such as `fair`; in canonical order, shorter ids first. Absent past the
 * end. Valid until the state is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_state_verification_method_id(const fedverify_state *state,
                                                     size_t index);

/**
 * The key of a verification method as a did:key; absent past the end. Valid until the state is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_state_verification_method_key(const fedverify_state *state,
                                                      size_t index);

/**
 * The number of names that the identity claims.
 */
FEDVERIFY_API
size_t fedverify_state_also_known_as_count(const fedverify_state *state);

/**
 * A name that the identity claims, a URI. A claim: anyone can claim any name. Absent past the end. Valid until the state
 * is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_state_also_known_as(const fedverify_state *state,
                                            size_t index);

/**
 * The number of services.
 */
FEDVERIFY_API
size_t fedverify_state_service_count(const fedverify_state *state);

/**
 * The id of a service, without `#`; in canonical order, shorter ids first. Absent past the end. Valid until the state is
 * freed.
 */
FEDVERIFY_API
fedverify_str fedverify_state_service_id(const fedverify_state *state,
                                         size_t index);

/**
 * The type of a service; absent past the end. Valid until the state is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_state_service_type(const fedverify_state *state,
                                           size_t index);

/**
 * The URL of a service: any string, as it was signed; absent past the end. Valid until the state is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_state_service_endpoint(const fedverify_state *state,
                                               size_t index);

/* ---- Several directories' logs of one did:plc ----------------------------------- */

/**
 * Makes a list without logs. Never NULL.
 */
FEDVERIFY_API
fedverify_directories *fedverify_directories_new(void);

/**
 * Frees the list. NULL is ignored; do not free twice. Neither the identities in it nor what it said of them are affected.
 */
FEDVERIFY_API
void fedverify_directories_free(fedverify_directories *directories);

/**
 * Adds what the log of the directory at `url` proves. It keeps the URL and what it needs of the identity, which may be freed.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_directories_add(fedverify_directories *directories,
                                           const char *url,
                                           size_t url_len,
                                           const fedverify_identity *identity,
                                           fedverify_error **error);

/**
 * Chooses the newest of the logs that were added: the one that lawfully continues every other. Of equals it is the first of those
 * that show most. More can be added afterwards, and the newest asked for again.
 *
 * Errors: `FEDVERIFY_PLC_DIRECTORY_DISAGREE` where there is none such, because the directories show different histories, or other
 * times of the same operations; `FEDVERIFY_PLC_LOG_EMPTY` where none was added; `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_directories_newest(const fedverify_directories *directories,
                                              fedverify_newest **newest,
                                              fedverify_error **error);

/**
 * Frees the answer. NULL is ignored; do not free twice.
 */
FEDVERIFY_API
void fedverify_newest_free(fedverify_newest *newest);

/**
 * Which of the logs it is, counted from 0 in the order in which they were added: go on with the identity of that one.
 */
FEDVERIFY_API
size_t fedverify_newest_index(const fedverify_newest *newest);

/**
 * The URL of the directory that served it. Valid until the answer is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_newest_url(const fedverify_newest *newest);

/**
 * The number of warnings, one for each directory that lags behind the newest.
 */
FEDVERIFY_API
size_t fedverify_newest_warning_count(const fedverify_newest *newest);

/**
 * The stable code of a warning, `FEDVERIFY_WARNING_PLC_DIRECTORY_LAG`; absent past the end. Always valid.
 */
FEDVERIFY_API
fedverify_str fedverify_newest_warning_code(const fedverify_newest *newest,
                                            size_t index);

/**
 * A warning for people, safe to print on a terminal; absent past the end. Valid until the answer is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_newest_warning_message(const fedverify_newest *newest,
                                               size_t index);

/* ---- Identities of did:web ------------------------------------------------------ */

/**
 * The https URL that serves the DID document of a did:web.
 *
 * Errors: `FEDVERIFY_DID_INVALID`, `FEDVERIFY_DID_UNSUPPORTED`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_web_document_url(const char *did,
                                            size_t did_len,
                                            fedverify_string **url,
                                            fedverify_error **error);

/**
 * Reads the DID document of a did:web, which must have come over TLS from the URL that `fedverify_web_document_url` gives.
 * `now` is this machine's clock in seconds since 1970, by which keys expire.
 *
 * Limits: `recordBytes`, `jsonDepth`, `jsonValues`.
 *
 * Errors: `FEDVERIFY_DID_INVALID`, `FEDVERIFY_DID_UNSUPPORTED`, those of the family `FEDVERIFY_INPUT_`,
 * `FEDVERIFY_DID_DOCUMENT_MALFORMED`, `FEDVERIFY_DID_DOCUMENT_ID_MISMATCH`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_web_document_parse(const void *json,
                                              size_t json_len,
                                              const char *did,
                                              size_t did_len,
                                              uint64_t now,
                                              const fedverify_limits *limits,
                                              fedverify_web_document **document,
                                              fedverify_error **error);

/**
 * Frees a DID document. NULL is ignored; do not free twice. Releases that came from it are not affected.
 */
FEDVERIFY_API
void fedverify_web_document_free(fedverify_web_document *document);

/**
 * The DID. Valid until the document is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_web_document_did(const fedverify_web_document *document);

/**
 * The number of verification methods of the type `Multikey`, without those that are revoked or have expired.
 */
FEDVERIFY_API
size_t fedverify_web_document_verification_method_count(const fedverify_web_document *document);

/**
 * The id of a verification method, without `#`, in the order of the document; absent past the end. Valid until the document
 * is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_web_document_verification_method_id(const fedverify_web_document *document,
                                                            size_t index);

/**
 * The key of a verification method as a did:key; absent past the end. Valid until the document is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_web_document_verification_method_key(const fedverify_web_document *document,
                                                             size_t index);

/**
 * The number of verification methods that are no keys any more, because they are revoked or have expired.
 */
FEDVERIFY_API
size_t fedverify_web_document_withdrawn_count(const fedverify_web_document *document);

/**
 * The id of a verification method that is no key any more; absent past the end. Valid until the document is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_web_document_withdrawn(const fedverify_web_document *document,
                                               size_t index);

/**
 * The number of names that the document claims.
 */
FEDVERIFY_API
size_t fedverify_web_document_also_known_as_count(const fedverify_web_document *document);

/**
 * A name that the document claims. A claim: anyone can claim any name. Absent past the end. Valid until the document is
 * freed.
 */
FEDVERIFY_API
fedverify_str fedverify_web_document_also_known_as(const fedverify_web_document *document,
                                                   size_t index);

/**
 * The number of services.
 */
FEDVERIFY_API
size_t fedverify_web_document_service_count(const fedverify_web_document *document);

/**
 * The id of a service, without `#`, in the order of the document; absent past the end. Valid until the document is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_web_document_service_id(const fedverify_web_document *document,
                                                size_t index);

/**
 * The type of a service; absent past the end. Valid until the document is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_web_document_service_type(const fedverify_web_document *document,
                                                  size_t index);

/**
 * The URL of a service; absent past the end. Valid until the document is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_web_document_service_endpoint(const fedverify_web_document *document,
                                                      size_t index);

/**
 * Puts the URL of the package repository, which serves the metadata document, into `url`. Valid until the document is freed.
 *
 * Errors: `FEDVERIFY_FAIR_SERVICE_MISSING`, `FEDVERIFY_FAIR_SERVICE_INVALID`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_web_document_repository(const fedverify_web_document *document,
                                                   fedverify_str *url,
                                                   fedverify_error **error);

/* ---- Domain aliases ------------------------------------------------------------- */

/**
 * The domain alias that a did:plc claims. Where it claims none, the call succeeds and puts NULL into `alias`.
 *
 * Errors: `FEDVERIFY_FAIR_ALIAS_MISMATCH` for more than one alias, and for one that is no domain name in lower case;
 * `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_identity_alias(const fedverify_identity *identity,
                                          fedverify_alias **alias,
                                          fedverify_error **error);

/**
 * The domain alias that a did:web claims. As `fedverify_identity_alias`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_web_document_alias(const fedverify_web_document *document,
                                              fedverify_alias **alias,
                                              fedverify_error **error);

/**
 * Frees an alias. NULL is ignored; do not free twice.
 */
FEDVERIFY_API
void fedverify_alias_free(fedverify_alias *alias);

/**
 * The domain. Valid until the alias is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_alias_domain(const fedverify_alias *alias);

/**
 * The name whose TXT records confirm the alias: `_fairpm.<domain>`. Valid until the alias is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_alias_record_name(const fedverify_alias *alias);

/**
 * Compares the TXT records of that name with the DID: one must be `did=` and the DID, and none `did=` and another.
 *
 * `records` are views of `count` strings, one for each record; NULL is allowed with a count of 0. Looking them up is the
 * caller's work.
 *
 * Errors: `FEDVERIFY_FAIR_ALIAS_MISMATCH`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_alias_confirm(const fedverify_alias *alias,
                                         const fedverify_str *records,
                                         size_t count,
                                         fedverify_error **error);

/* ---- Metadata documents --------------------------------------------------------- */

/**
 * Reads a metadata document, as the identity's repository serves it.
 *
 * Limits: `metadataBytes`, `jsonDepth`, `jsonValues`, `versionBytes`; for its releases and their packages, `signingKeys`, `packageArtifacts`,
 * `packageSignatureChecks`.
 *
 * Errors: those of the family `FEDVERIFY_INPUT_`, `FEDVERIFY_FAIR_METADATA_MALFORMED`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_metadata_parse(const void *json,
                                          size_t json_len,
                                          const fedverify_limits *limits,
                                          fedverify_metadata **metadata,
                                          fedverify_error **error);

/**
 * Frees a metadata document. NULL is ignored; do not free twice. Releases that came from it are not affected.
 */
FEDVERIFY_API
void fedverify_metadata_free(fedverify_metadata *metadata);

/**
 * The DID that the document says it is about. Valid until the document is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_metadata_id(const fedverify_metadata *metadata);

/**
 * The type of the package: `wp-plugin`, `wp-theme`, `wp-core` or `typo3-extension`; absent for a type that is not known,
 * which must not be installed. Always valid.
 */
FEDVERIFY_API
fedverify_str fedverify_metadata_package_type(const fedverify_metadata *metadata);

/**
 * The number of well-formed releases.
 */
FEDVERIFY_API
size_t fedverify_metadata_version_count(const fedverify_metadata *metadata);

/**
 * The version of a release, in the order of the document; absent past the end. Valid until the document is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_metadata_version(const fedverify_metadata *metadata,
                                         size_t index);

/* ---- Releases ------------------------------------------------------------------- */

/**
 * The number of well-formed package artifacts.
 */
FEDVERIFY_API
size_t fedverify_release_artifact_count(const fedverify_release *release);

/**
 * The package artifact at `index`, in the order of the document: a new artifact, to be freed.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, also past the end.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_release_artifact(const fedverify_release *release,
                                            size_t index,
                                            fedverify_artifact **artifact,
                                            fedverify_error **error);

/**
 * Frees an artifact. NULL is ignored; do not free twice.
 */
FEDVERIFY_API
void fedverify_artifact_free(fedverify_artifact *artifact);

/**
 * The URL: any string. Valid until the artifact is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_artifact_url(const fedverify_artifact *artifact);

/**
 * The media type; absent where the document gives none. Valid until the artifact is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_artifact_content_type(const fedverify_artifact *artifact);

/**
 * The checksum, such as `sha256:` and hexadecimal digits, as the document writes it; absent where it gives none. Valid until
 * the artifact is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_artifact_checksum(const fedverify_artifact *artifact);

/**
 * Whether the host must be asked for `application/octet-stream`.
 */
FEDVERIFY_API
bool fedverify_artifact_is_release_asset(const fedverify_artifact *artifact);

/**
 * Whether the host wants credentials.
 */
FEDVERIFY_API
bool fedverify_artifact_requires_auth(const fedverify_artifact *artifact);

/**
 * The release of a did:plc that the metadata document lists under this version; NULL as `version` is the latest by
 * precedence. The version is named by its exact string.
 *
 * Errors: `FEDVERIFY_PLC_TOMBSTONED`, `FEDVERIFY_FAIR_METADATA_ID_MISMATCH`, `FEDVERIFY_FAIR_METADATA_TYPE_UNKNOWN`,
 * `FEDVERIFY_FAIR_SERVICE_MISSING`, `FEDVERIFY_FAIR_SERVICE_INVALID`, `FEDVERIFY_FAIR_KEY_MISSING`,
 * `FEDVERIFY_KEY_UNSUPPORTED`, `FEDVERIFY_FAIR_RELEASE_MISSING`, `FEDVERIFY_FAIR_RELEASE_AMBIGUOUS`,
 * `FEDVERIFY_FAIR_RELEASE_MALFORMED`, `FEDVERIFY_FAIR_VERSION_INVALID`, `FEDVERIFY_FAIR_TOO_MUCH_WORK`; where the identity
 * was verified with a pin, `FEDVERIFY_PIN_RELEASE_CHANGED`; `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_identity_release(const fedverify_identity *identity,
                                            const fedverify_metadata *metadata,
                                            const char *version,
                                            size_t version_len,
                                            fedverify_release **release,
                                            fedverify_error **error);

/**
 * The release of a did:web. As `fedverify_identity_release`, without the errors of logs and pins.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_web_document_release(const fedverify_web_document *document,
                                                const fedverify_metadata *metadata,
                                                const char *version,
                                                size_t version_len,
                                                fedverify_release **release,
                                                fedverify_error **error);

/**
 * Frees a release. NULL is ignored; do not free twice. Packages and artifacts that came from it are not
 * affected.
 */
FEDVERIFY_API
void fedverify_release_free(fedverify_release *release);

/**
 * Refuses a release whose version is below the highest that was verified before. Nothing is refused on a first visit.
 *
 * Errors: `FEDVERIFY_PIN_DOWNGRADE`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_release_refuse_downgrade(const fedverify_release *release,
                                                    fedverify_error **error);

/**
 * The version. Valid until the release is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_release_version(const fedverify_release *release);

/**
 * The type of the package: `wp-plugin`, `wp-theme`, `wp-core` or `typo3-extension`. Always valid.
 */
FEDVERIFY_API
fedverify_str fedverify_release_package_type(const fedverify_release *release);

/**
 * The URL of the package repository, which serves the metadata document. Valid until the release is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_release_repository(const fedverify_release *release);

/**
 * The number of warnings: non-fatal findings.
 */
FEDVERIFY_API
size_t fedverify_release_warning_count(const fedverify_release *release);

/**
 * The stable code of a warning; absent past the end. Always valid.
 */
FEDVERIFY_API
fedverify_str fedverify_release_warning_code(const fedverify_release *release,
                                             size_t index);

/**
 * A warning for people, safe to print on a terminal; absent past the end. Valid until the release is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_release_warning_message(const fedverify_release *release,
                                                size_t index);

/* ---- Versions of packages ------------------------------------------------------- */

/**
 * Compares two versions by precedence, as releases are: `order` becomes -1, 0 or 1 for `a` below, equal to or above `b`.
 * Versions with equal precedence may be different strings: `1.0` and `1.0.0`.
 *
 * Limits: `versionBytes`.
 *
 * Errors: `FEDVERIFY_FAIR_VERSION_INVALID` for a string that is no version, or has no place in the order of versions, such as
 * `trunk`; `FEDVERIFY_API_ARGUMENT`. Then `order` becomes 0.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_version_compare(const char *a,
                                           size_t a_len,
                                           const char *b,
                                           size_t b_len,
                                           const fedverify_limits *limits,
                                           int32_t *order,
                                           fedverify_error **error);

/**
 * A version by its number and not by its spelling: `1`, `1.0`, `v1.0.0` and `1.0.0+build` are all `1.0.0`. A version without a place
 * in the order of versions is its own name. Pins name versions so.
 *
 * Limits: `versionBytes`.
 *
 * Errors: `FEDVERIFY_FAIR_VERSION_INVALID` for a string that is no version; `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_version_number(const char *version,
                                          size_t version_len,
                                          const fedverify_limits *limits,
                                          fedverify_string **number,
                                          fedverify_error **error);

/* ---- The bytes of packages ------------------------------------------------------ */

/**
 * Reads a file to its end, in constant memory. Install the same file: hash it in a folder that only you can write to.
 *
 * `path` is as the operating system has it: any bytes on Unix, UTF-8 elsewhere. It must be a regular file, and is opened
 * once.
 *
 * Limits: `packageBytes`.
 *
 * Errors: `FEDVERIFY_IO_FILE_MISSING`, `FEDVERIFY_IO_FILE_UNREADABLE`, `FEDVERIFY_INPUT_TOO_LARGE`,
 * `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_package_digests_from_file(const char *path,
                                                     size_t path_len,
                                                     const fedverify_limits *limits,
                                                     fedverify_package_digests **digests,
                                                     fedverify_error **error);

/**
 * Takes a package that is in memory.
 *
 * Limits: `packageBytes`.
 *
 * Errors: `FEDVERIFY_INPUT_TOO_LARGE`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_package_digests_from_bytes(const void *package,
                                                      size_t package_len,
                                                      const fedverify_limits *limits,
                                                      fedverify_package_digests **digests,
                                                      fedverify_error **error);

/**
 * Takes a package that a function of the caller gives piece by piece, for streams.
 *
 * Limits: `packageBytes`.
 *
 * Errors: why the function could not read on, of the families `FEDVERIFY_IO_FILE_` and `FEDVERIFY_IO_NETWORK_` or
 * `FEDVERIFY_IO_MEMORY`; `FEDVERIFY_INPUT_TOO_LARGE`; `FEDVERIFY_API_ARGUMENT`, also where the function says that it wrote more
 * than it was asked for.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_package_digests_from_reader(fedverify_reader reader,
                                                       void *context,
                                                       const fedverify_limits *limits,
                                                       fedverify_package_digests **digests,
                                                       fedverify_error **error);

/**
 * Frees digests. NULL is ignored; do not free twice.
 */
FEDVERIFY_API
void fedverify_package_digests_free(fedverify_package_digests *digests);

/**
 * The number of bytes.
 */
FEDVERIFY_API
uint64_t fedverify_package_digests_size(const fedverify_package_digests *digests);

/**
 * The SHA-256 digest in lower-case hexadecimal. Valid until the digests are freed.
 */
FEDVERIFY_API
fedverify_str fedverify_package_digests_sha256(const fedverify_package_digests *digests);

/**
 * The SHA-384 digest in lower-case hexadecimal. Valid until the digests are freed.
 */
FEDVERIFY_API
fedverify_str fedverify_package_digests_sha384(const fedverify_package_digests *digests);

/**
 * Starts a package. Never NULL.
 *
 * Limits: `packageBytes`.
 */
FEDVERIFY_API
fedverify_package_hasher *fedverify_package_hasher_new(const fedverify_limits *limits);

/**
 * Frees a hasher, finished or not. NULL is ignored; do not free twice.
 */
FEDVERIFY_API
void fedverify_package_hasher_free(fedverify_package_hasher *hasher);

/**
 * A second hasher that has taken the same bytes: a new hasher, to be freed.
 *
 * Errors: `FEDVERIFY_API_USED_UP`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_package_hasher_copy(const fedverify_package_hasher *hasher,
                                               fedverify_package_hasher **copy,
                                               fedverify_error **error);

/**
 * Takes the next bytes of the package.
 *
 * Errors: `FEDVERIFY_INPUT_TOO_LARGE`, after which the hasher is used up: part of a package must not pass for the whole;
 * `FEDVERIFY_API_USED_UP`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_package_hasher_update(fedverify_package_hasher *hasher,
                                                 const void *bytes,
                                                 size_t bytes_len,
                                                 fedverify_error **error);

/**
 * The digests of all bytes taken. It uses the hasher up, which still has to be freed.
 *
 * Errors: `FEDVERIFY_API_USED_UP`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_package_hasher_finish(fedverify_package_hasher *hasher,
                                                 fedverify_package_digests **digests,
                                                 fedverify_error **error);

/* ---- Packages ------------------------------------------------------------------- */

/**
 * Verifies a package as an artifact of a release. Of several artifacts it is the first that the bytes prove to be.
 *
 * Errors: `FEDVERIFY_FAIR_ARTIFACT_MISSING`, `FEDVERIFY_FAIR_ARTIFACT_TOO_MANY`, `FEDVERIFY_FAIR_ARTIFACT_MALFORMED`,
 * `FEDVERIFY_FAIR_SIGNATURE_MISSING`, those of the family `FEDVERIFY_FAIR_CHECKSUM_`, `FEDVERIFY_FAIR_SIGNATURE_ENCODING`,
 * `FEDVERIFY_FAIR_SIGNATURE_INVALID`, `FEDVERIFY_FAIR_TOO_MUCH_WORK`; where the identity was verified with a pin,
 * `FEDVERIFY_PIN_RELEASE_CHANGED`; `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_release_verify(const fedverify_release *release,
                                          const fedverify_package_digests *digests,
                                          fedverify_package **package,
                                          fedverify_error **error);

/**
 * Verifies a package as the artifact that was fetched from this URL: no other counts.
 *
 * Errors: as `fedverify_release_verify`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_release_verify_from(const fedverify_release *release,
                                               const char *url,
                                               size_t url_len,
                                               const fedverify_package_digests *digests,
                                               fedverify_package **package,
                                               fedverify_error **error);

/**
 * Frees a package. NULL is ignored; do not free twice.
 */
FEDVERIFY_API
void fedverify_package_free(fedverify_package *package);

/**
 * The version under which the metadata document lists the package. That is the document's word: the signature covers only
 * the bytes. Valid until the package is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_package_version(const fedverify_package *package);

/**
 * The type of the package, as `fedverify_release_package_type` says it. Always valid.
 */
FEDVERIFY_API
fedverify_str fedverify_package_type(const fedverify_package *package);

/**
 * The URL of the artifact that the package is. Valid until the package is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_package_artifact(const fedverify_package *package);

/**
 * The URL of the package repository, which serves the metadata document. Valid until the package is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_package_repository(const fedverify_package *package);

/**
 * The number of bytes.
 */
FEDVERIFY_API
uint64_t fedverify_package_size(const fedverify_package *package);

/**
 * The SHA-256 digest in lower-case hexadecimal. Valid until the package is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_package_sha256(const fedverify_package *package);

/**
 * The SHA-384 digest in lower-case hexadecimal. Valid until the package is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_package_sha384(const fedverify_package *package);

/**
 * The id of the verification method that signed, without `#`. Valid until the package is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_package_key_id(const fedverify_package *package);

/**
 * The key that signed, as a did:key. Valid until the package is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_package_key(const fedverify_package *package);

/**
 * Until when the key that signed can still be undone: `until` becomes that time, in seconds since 1970, or 0 where the key
 * cannot be undone at `now`, this machine's clock.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT`, also for a clock later than the year 9999. Then `until` becomes `UINT64_MAX`, so that no key counts as
 * settled for a caller who does not look at the status.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_package_key_fresh_until(const fedverify_package *package,
                                                   uint64_t now,
                                                   uint64_t *until,
                                                   fedverify_error **error);

/**
 * The form of the signature, such as `ed25519-sha384`. Always valid.
 */
FEDVERIFY_API
fedverify_str fedverify_package_algorithm(const fedverify_package *package);

/**
 * The number of warnings: non-fatal findings, those of the release included.
 */
FEDVERIFY_API
size_t fedverify_package_warning_count(const fedverify_package *package);

/**
 * The stable code of a warning; absent past the end. Always valid.
 */
FEDVERIFY_API
fedverify_str fedverify_package_warning_code(const fedverify_package *package,
                                             size_t index);

/**
 * A warning for people, safe to print on a terminal; absent past the end. Valid until the package is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_package_warning_message(const fedverify_package *package,
                                                size_t index);

/* ---- Plugin Federation Network: keys of publishers ------------------------------ */

/**
 * Reads a publisher's key from PEM, on one line or several, or from 32 bytes in base64.
 *
 * Limits: `recordBytes`.
 *
 * Errors: `FEDVERIFY_INPUT_TOO_LARGE`, `FEDVERIFY_INPUT_NOT_UTF8`, `FEDVERIFY_PFN_KEY_INVALID`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_key_parse(const void *string,
                                         size_t string_len,
                                         const fedverify_limits *limits,
                                         fedverify_pfn_key **key,
                                         fedverify_error **error);

/**
 * Frees a key. NULL is ignored; do not free twice.
 */
FEDVERIFY_API
void fedverify_pfn_key_free(fedverify_pfn_key *key);

/**
 * The key as a did:key. Valid until the key is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_pfn_key_did_key(const fedverify_pfn_key *key);

/* ---- Plugin Federation Network: plugins ----------------------------------------- */

/**
 * Reads a plugin's ZIP from a file. `path` is as for `fedverify_package_digests_from_file`.
 *
 * Limits: `packageBytes`, `archiveEntries`.
 *
 * Errors: `FEDVERIFY_IO_FILE_MISSING`, `FEDVERIFY_IO_FILE_UNREADABLE`, `FEDVERIFY_INPUT_TOO_LARGE`,
 * `FEDVERIFY_PFN_ARCHIVE_UNREADABLE`, `FEDVERIFY_PFN_ARCHIVE_INCONSISTENT`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_archive_from_file(const char *path,
                                                 size_t path_len,
                                                 const fedverify_limits *limits,
                                                 fedverify_pfn_archive **archive,
                                                 fedverify_error **error);

/**
 * Reads a plugin's ZIP that is in memory. As `fedverify_pfn_archive_from_file`, without the errors of files.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_archive_from_bytes(const void *zip,
                                                  size_t zip_len,
                                                  const fedverify_limits *limits,
                                                  fedverify_pfn_archive **archive,
                                                  fedverify_error **error);

/**
 * Reads a plugin's ZIP that a function of the caller gives piece by piece. A ZIP is read from its end, so it is held in memory
 * until then. As `fedverify_pfn_archive_from_file`, without the errors of files.
 *
 * Errors: as `fedverify_package_digests_from_reader`, too.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_archive_from_reader(fedverify_reader reader,
                                                   void *context,
                                                   const fedverify_limits *limits,
                                                   fedverify_pfn_archive **archive,
                                                   fedverify_error **error);

/**
 * Frees an archive. NULL is ignored; do not free twice.
 */
FEDVERIFY_API
void fedverify_pfn_archive_free(fedverify_pfn_archive *archive);

/**
 * Checks that a publisher's key signed a digest as that of an archive: `sha384` is the SHA-384 digest that a node lists, in
 * hexadecimal. It says nothing about bytes until they are found to have that digest; of bytes that are there,
 * `fedverify_pfn_plugin_with_archive` checks it.
 *
 * Errors: `FEDVERIFY_PFN_ARCHIVE_SIGNATURE_INVALID`, `FEDVERIFY_PFN_SIGNATURE_ENCODING`; `FEDVERIFY_API_ARGUMENT`, also for what is
 * no digest.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_archive_check_signature(const fedverify_pfn_key *key,
                                                       const char *sha384,
                                                       size_t sha384_len,
                                                       const char *signature,
                                                       size_t signature_len,
                                                       fedverify_error **error);

/**
 * Verifies a plugin record, one JSON object. NULL as `signature` means the one in the record.
 *
 * Limits: `recordBytes`, `jsonDepth`, `jsonValues`.
 *
 * Errors: those of the family `FEDVERIFY_INPUT_`, `FEDVERIFY_PFN_PLUGIN_MALFORMED`, `FEDVERIFY_PFN_PLUGIN_NOT_TEXT`,
 * `FEDVERIFY_PFN_SIGNATURE_MISSING`, `FEDVERIFY_PFN_SIGNATURE_ENCODING`, `FEDVERIFY_PFN_SIGNATURE_INVALID`,
 * `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_plugin_verify(const void *record,
                                             size_t record_len,
                                             const fedverify_pfn_key *key,
                                             const char *signature,
                                             size_t signature_len,
                                             const fedverify_limits *limits,
                                             fedverify_pfn_plugin **plugin,
                                             fedverify_error **error);

/**
 * Compares an archive with what was signed, and verifies the publisher's signature over the archive's own bytes where
 * there is one; NULL as `signature` means none. The result is a new plugin.
 *
 * Without a signature over the bytes, nothing about them is proven, whatever the archive says of itself; a warning says
 * so.
 *
 * Errors: `FEDVERIFY_PFN_ARCHIVE_INCONSISTENT`, `FEDVERIFY_PFN_SIGNATURE_ENCODING`,
 * `FEDVERIFY_PFN_ARCHIVE_SIGNATURE_INVALID`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_plugin_with_archive(const fedverify_pfn_plugin *plugin,
                                                   const fedverify_pfn_archive *archive,
                                                   const char *signature,
                                                   size_t signature_len,
                                                   fedverify_pfn_plugin **with_archive,
                                                   fedverify_error **error);

/**
 * Frees a plugin. NULL is ignored; do not free twice.
 */
FEDVERIFY_API
void fedverify_pfn_plugin_free(fedverify_pfn_plugin *plugin);

/**
 * The id that was signed. Valid until the plugin is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_pfn_plugin_id(const fedverify_pfn_plugin *plugin);

/**
 * The name that was signed; absent where none was. Valid until the plugin is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_pfn_plugin_name(const fedverify_pfn_plugin *plugin);

/**
 * The version that was signed; absent where none was. Valid until the plugin is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_pfn_plugin_version(const fedverify_pfn_plugin *plugin);

/**
 * The description that was signed; absent where none was. Valid until the plugin is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_pfn_plugin_description(const fedverify_pfn_plugin *plugin);

/**
 * The number of warnings: non-fatal findings.
 */
FEDVERIFY_API
size_t fedverify_pfn_plugin_warning_count(const fedverify_pfn_plugin *plugin);

/**
 * The stable code of a warning; absent past the end. Always valid.
 */
FEDVERIFY_API
fedverify_str fedverify_pfn_plugin_warning_code(const fedverify_pfn_plugin *plugin,
                                                size_t index);

/**
 * A warning for people, safe to print on a terminal; absent past the end. Valid until the plugin is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_pfn_plugin_warning_message(const fedverify_pfn_plugin *plugin,
                                                   size_t index);

/* ---- Plugin Federation Network: challenges -------------------------------------- */

/**
 * Verifies the answer to an ownership challenge: the signature over the challenge exactly as it was sent. Make a fresh one,
 * random and unguessable, each time.
 *
 * Limits: `challengeBytes`.
 *
 * Errors: `FEDVERIFY_PFN_CHALLENGE_MALFORMED`, `FEDVERIFY_PFN_CHALLENGE_AMBIGUOUS`, `FEDVERIFY_PFN_SIGNATURE_ENCODING`,
 * `FEDVERIFY_PFN_SIGNATURE_INVALID`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_challenge_verify(const char *string,
                                                size_t string_len,
                                                const fedverify_pfn_key *key,
                                                const char *signature,
                                                size_t signature_len,
                                                const fedverify_limits *limits,
                                                fedverify_pfn_challenge **challenge,
                                                fedverify_error **error);

/**
 * Checks a challenge before it is sent: what this refuses should never be signed.
 *
 * Limits: `challengeBytes`.
 *
 * Errors: `FEDVERIFY_PFN_CHALLENGE_MALFORMED`, `FEDVERIFY_PFN_CHALLENGE_AMBIGUOUS`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_challenge_check(const char *string,
                                               size_t string_len,
                                               const fedverify_limits *limits,
                                               fedverify_error **error);

/**
 * Frees a challenge. NULL is ignored; do not free twice.
 */
FEDVERIFY_API
void fedverify_pfn_challenge_free(fedverify_pfn_challenge *challenge);

/**
 * The challenge, as it was sent. Valid until the challenge is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_pfn_challenge_string(const fedverify_pfn_challenge *challenge);

/* ---- Plugin Federation Network: documents --------------------------------------- */

/**
 * Reads an author-data document. A plugin whose record cannot be used spoils only itself.
 *
 * Limits: `recordBytes`, `jsonDepth`, `jsonValues`.
 *
 * Errors: those of the family `FEDVERIFY_INPUT_`, `FEDVERIFY_PFN_AUTHOR_DATA_MALFORMED`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_author_data_parse(const void *json,
                                                 size_t json_len,
                                                 const fedverify_limits *limits,
                                                 fedverify_pfn_author_data **author_data,
                                                 fedverify_error **error);

/**
 * Frees a document. NULL is ignored; do not free twice.
 */
FEDVERIFY_API
void fedverify_pfn_author_data_free(fedverify_pfn_author_data *author_data);

/**
 * The author's name at this source. Valid until the document is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_pfn_author_data_username(const fedverify_pfn_author_data *author_data);

/**
 * The number of plugins, usable or not.
 */
FEDVERIFY_API
size_t fedverify_pfn_author_data_plugin_count(const fedverify_pfn_author_data *author_data);

/**
 * The slug of a plugin, in the order of the document, or `plugins[<index>]` where it has none; absent past the end. Valid
 * until the document is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_pfn_author_data_plugin_slug(const fedverify_pfn_author_data *author_data,
                                                    size_t index);

/**
 * Verifies a plugin of the author by the signature in its record.
 *
 * Errors: `FEDVERIFY_PFN_PLUGIN_MALFORMED`, `FEDVERIFY_PFN_PLUGIN_NOT_TEXT`, `FEDVERIFY_PFN_SIGNATURE_MISSING`,
 * `FEDVERIFY_PFN_SIGNATURE_ENCODING`, `FEDVERIFY_PFN_SIGNATURE_INVALID`; `FEDVERIFY_API_ARGUMENT`, also past the end.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_author_data_verify_plugin(const fedverify_pfn_author_data *author_data,
                                                         size_t index,
                                                         const fedverify_pfn_key *key,
                                                         fedverify_pfn_plugin **plugin,
                                                         fedverify_error **error);

/**
 * Reads a federation-info document.
 *
 * Limits: `recordBytes`, `jsonDepth`, `jsonValues`.
 *
 * Errors: those of the family `FEDVERIFY_INPUT_`, `FEDVERIFY_PFN_FEDERATION_INFO_MALFORMED`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_federation_info_parse(const void *json,
                                                     size_t json_len,
                                                     const fedverify_limits *limits,
                                                     fedverify_pfn_federation_info **info,
                                                     fedverify_error **error);

/**
 * Frees a document. NULL is ignored; do not free twice.
 */
FEDVERIFY_API
void fedverify_pfn_federation_info_free(fedverify_pfn_federation_info *info);

/**
 * The version of the protocol that the source says it speaks. Valid until the document is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_pfn_federation_info_version(const fedverify_pfn_federation_info *info);

/**
 * The number of features.
 */
FEDVERIFY_API
size_t fedverify_pfn_federation_info_feature_count(const fedverify_pfn_federation_info *info);

/**
 * Something that the source says it can do; absent past the end. Valid until the document is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_pfn_federation_info_feature(const fedverify_pfn_federation_info *info,
                                                    size_t index);

/**
 * The origin that archives are served from, as the source writes it. Valid until the document is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_pfn_federation_info_domain(const fedverify_pfn_federation_info *info);

/**
 * How the URL of an archive is put together, as the source writes it. Valid until the document is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_pfn_federation_info_naming_scheme(const fedverify_pfn_federation_info *info);

/**
 * The https URL of a plugin's archive by the source's naming scheme, within the source's domain.
 *
 * Errors: `FEDVERIFY_PFN_ASSET_URL_REFUSED` for what would leave the domain or the scheme; `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_federation_info_asset_url(const fedverify_pfn_federation_info *info,
                                                         const char *author,
                                                         size_t author_len,
                                                         const char *plugin_id,
                                                         size_t plugin_id_len,
                                                         fedverify_string **url,
                                                         fedverify_error **error);

/* ---- Public keys ---------------------------------------------------------------- */

/**
 * Reads a key from any string that one is kept in: a did:key, multibase, PEM or base64. White space around it is ignored.
 *
 * Limits: `recordBytes`.
 *
 * Errors: `FEDVERIFY_INPUT_TOO_LARGE`, `FEDVERIFY_INPUT_NOT_UTF8`, `FEDVERIFY_KEY_INVALID`, `FEDVERIFY_KEY_UNSUPPORTED`,
 * `FEDVERIFY_PFN_KEY_INVALID`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_API FEDVERIFY_MUST_USE
fedverify_status fedverify_key_read(const void *string,
                                    size_t string_len,
                                    const fedverify_limits *limits,
                                    fedverify_key **key,
                                    fedverify_error **error);

/**
 * Frees a key. NULL is ignored; do not free twice.
 */
FEDVERIFY_API
void fedverify_key_free(fedverify_key *key);

/**
 * The type of the key: `Ed25519`, `secp256k1` or `P-256`. Valid until the key is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_key_type(const fedverify_key *key);

/**
 * The key as a did:key. Valid until the key is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_key_did_key(const fedverify_key *key);

/* ---- Strings -------------------------------------------------------------------- */

/**
 * Frees a string. NULL is ignored; do not free twice.
 */
FEDVERIFY_API
void fedverify_string_free(fedverify_string *string);

/**
 * The bytes of the string. Valid until the string is freed.
 */
FEDVERIFY_API
fedverify_str fedverify_string_view(const fedverify_string *string);

#ifdef __cplusplus
}
#endif

#endif /* FEDVERIFY_H */
