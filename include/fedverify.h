/*
 * fedverify: does this plugin package really come from its publisher?
 *
 * fedverify answers from the bytes, on this machine, trusting no server. It walks the signed log of a FAIR identity
 * back to the operation that the did:plc is the hash of, and proves metadata, checksum and signature of a package. It does
 * the same for plugins of the Plugin Federation Network, as far as that network signs them.
 *
 * From a log to a verdict (examples/c/verify.c is the whole program):
 *
 *     fedverify_identity_verify(log, log_len, did, did_len, NULL, &identity, &error)
 *     fedverify_metadata_parse(json, json_len, NULL, &metadata, &error)
 *     fedverify_identity_release(identity, metadata, NULL, 0, &release, &error)
 *     fedverify_package_digests_of_file(path, path_len, NULL, &digests, &error)
 *     fedverify_release_verify(release, digests, &package, &error)      FEDVERIFY_OK: it comes from its publisher
 *
 * How all functions work:
 *
 *  - Status. Calls that can fail answer a fedverify_status: FEDVERIFY_OK, or why not. Anything but FEDVERIFY_OK means "not
 *    verified". Where the last parameter is a fedverify_error **, it gets NULL on success, else a new error that says more
 *    and is yours to free; pass NULL if you do not want it.
 *  - Handles. Each type that ends a list of parameters as T ** is an opaque handle. It is yours, until you give it back to
 *    the function of its type that ends in _free, once. On failure the place for it gets NULL. Handles do not depend
 *    on one another: free them in any order. A NULL handle is a failure (FEDVERIFY_API_ARGUMENT) unless stated; a
 *    function that only looks at it answers 0, false or an absent text; _free takes NULL.
 *  - Input is an address and a length, read during the call and never kept. Bytes are const void *, texts const char * in
 *    UTF-8 without need of a NUL at the end. NULL with the length 0 is empty input. NULL with another length, a length
 *    that no memory has and a text that is not UTF-8 are FEDVERIFY_API_ARGUMENT. Input beyond a limit is
 *    FEDVERIFY_INPUT_TOO_LARGE, and is not looked at.
 *  - Texts out are fedverify_str: UTF-8 with a length, no NUL at the end, lent by the handle for as long as it lives.
 *    Texts that come from input may hold any character, NUL and line feeds too.
 *  - Threads. Nothing is global. Any function may be called from any thread, with the same handles at the same time; only
 *    _free must have its handle to itself.
 *  - Nothing unwinds into C. A fault inside of fedverify is the status FEDVERIFY_API_PANICKED. Where the system has no more
 *    memory the process ends, as Rust programs do.
 *  - fedverify reads the files that it is given a path of, and nothing else: no network, no clock, no environment.
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

/** Compilers that can warn of a status that is not looked at do so. */
#if defined(__GNUC__)
#define FEDVERIFY_MUST_USE __attribute__((warn_unused_result))
#else
#define FEDVERIFY_MUST_USE
#endif

/** input.malformed: The input is not well-formed JSON. */
#define FEDVERIFY_INPUT_MALFORMED 101

/** input.too_large: The input is larger than the limit. */
#define FEDVERIFY_INPUT_TOO_LARGE 102

/** input.duplicate_member: A JSON object has the same member twice, so two readers could see two values. */
#define FEDVERIFY_INPUT_DUPLICATE_MEMBER 103

/** input.too_deep: The JSON is nested deeper than the limit. */
#define FEDVERIFY_INPUT_TOO_DEEP 104

/** input.trailing_bytes: Something follows the end of the JSON document. */
#define FEDVERIFY_INPUT_TRAILING_BYTES 105

/** input.byte_order_mark: The input starts with a byte order mark, which JSON forbids (RFC 8259, section 8.1). */
#define FEDVERIFY_INPUT_BYTE_ORDER_MARK 106

/** input.wrong_type: The JSON is of another type than the document has. */
#define FEDVERIFY_INPUT_WRONG_TYPE 107

/** input.not_utf8: The input is not UTF-8. */
#define FEDVERIFY_INPUT_NOT_UTF8 108

/** input.too_many_values: The JSON holds more values than the limit. */
#define FEDVERIFY_INPUT_TOO_MANY_VALUES 109

/** did.invalid: The text is not a DID that can be verified: it breaks the syntax of its method. */
#define FEDVERIFY_DID_INVALID 201

/** did.unsupported: The DID is of a method that cannot be used here. */
#define FEDVERIFY_DID_UNSUPPORTED 202

/** did.document.malformed: The DID document lacks a member, or a member is not usable. */
#define FEDVERIFY_DID_DOCUMENT_MALFORMED 203

/** did.document.id_mismatch: The DID document is about another DID. */
#define FEDVERIFY_DID_DOCUMENT_ID_MISMATCH 204

/** key.invalid: The text is not a public key, or the key is not a valid point of its curve. */
#define FEDVERIFY_KEY_INVALID 301

/** key.unsupported: The key is well-formed, but of a type that cannot verify signatures here. */
#define FEDVERIFY_KEY_UNSUPPORTED 302

/** plc.log.empty: The log holds no operations. */
#define FEDVERIFY_PLC_LOG_EMPTY 401

/** plc.log.too_long: The log holds more operations than the limit. */
#define FEDVERIFY_PLC_LOG_TOO_LONG 402

/** plc.log.too_much_work: Verifying the log would take more signature checks than the limit. */
#define FEDVERIFY_PLC_LOG_TOO_MUCH_WORK 403

/** plc.entry.malformed: An entry of the audit log does not have exactly the members did, operation, cid, nullified and createdAt. */
#define FEDVERIFY_PLC_ENTRY_MALFORMED 404

/** plc.did_mismatch: The log is not the log of this DID. */
#define FEDVERIFY_PLC_DID_MISMATCH 405

/** plc.operation.malformed: An operation lacks a member, or a member has the wrong type or form. */
#define FEDVERIFY_PLC_OPERATION_MALFORMED 406

/** plc.operation.unknown_field: An operation has a member that its type does not have. */
#define FEDVERIFY_PLC_OPERATION_UNKNOWN_FIELD 407

/** plc.operation.too_many_rotation_keys: An operation has more rotation keys than any directory ever allowed. */
#define FEDVERIFY_PLC_OPERATION_TOO_MANY_ROTATION_KEYS 408

/** plc.genesis.invalid: The log does not start with a genesis operation. */
#define FEDVERIFY_PLC_GENESIS_INVALID 409

/** plc.genesis.repeated: A second genesis operation stands inside the log. */
#define FEDVERIFY_PLC_GENESIS_REPEATED 410

/** plc.cid.mismatch: The served CID is not the hash of the operation. */
#define FEDVERIFY_PLC_CID_MISMATCH 411

/** plc.prev.mismatch: An operation does not follow on an earlier operation of the log. */
#define FEDVERIFY_PLC_PREV_MISMATCH 412

/** plc.prev.nullified: An operation follows on one that a recovery had nullified. */
#define FEDVERIFY_PLC_PREV_NULLIFIED 413

/** plc.tombstoned: The identity was deactivated by a tombstone, and nothing may follow or rest on it. */
#define FEDVERIFY_PLC_TOMBSTONED 414

/** plc.signature.encoding: A signature is not 64 bytes in canonical base64url without padding. */
#define FEDVERIFY_PLC_SIGNATURE_ENCODING 415

/** plc.signature.high_s: A signature is in the high-S form, which anyone can make from a valid one. */
#define FEDVERIFY_PLC_SIGNATURE_HIGH_S 416

/** plc.signature.invalid: No key that may sign this operation made its signature. */
#define FEDVERIFY_PLC_SIGNATURE_INVALID 417

/** plc.nullification.late: A recovery came more than 72 hours after the operation that it nullifies. */
#define FEDVERIFY_PLC_NULLIFICATION_LATE 418

/** plc.nullification.authority: A recovery is signed by a key that has no higher authority than the signer of the operation it nullifies. */
#define FEDVERIFY_PLC_NULLIFICATION_AUTHORITY 419

/** plc.nullified_flag: The directory's nullified flag is not what the operations themselves say. */
#define FEDVERIFY_PLC_NULLIFIED_FLAG 420

/** plc.timestamp.malformed: A createdAt is not an RFC 3339 date-time as the AT protocol writes it. */
#define FEDVERIFY_PLC_TIMESTAMP_MALFORMED 421

/** plc.timestamp.order: An operation is not later than the one it follows. */
#define FEDVERIFY_PLC_TIMESTAMP_ORDER 422

/** plc.directory.disagree: Directories serve logs of this DID that contradict each other. */
#define FEDVERIFY_PLC_DIRECTORY_DISAGREE 423

/** fair.metadata.malformed: The metadata document is not a FAIR metadata document of a known version. */
#define FEDVERIFY_FAIR_METADATA_MALFORMED 501

/** fair.metadata.id_mismatch: The metadata document is about another DID. */
#define FEDVERIFY_FAIR_METADATA_ID_MISMATCH 502

/** fair.metadata.type_unknown: The package is of a type that this verifier does not know. */
#define FEDVERIFY_FAIR_METADATA_TYPE_UNKNOWN 503

/** fair.service.missing: The identity names no FAIR package repository. */
#define FEDVERIFY_FAIR_SERVICE_MISSING 504

/** fair.key.missing: The identity holds no FAIR signing key. */
#define FEDVERIFY_FAIR_KEY_MISSING 505

/** fair.release.missing: The metadata document has no such release. */
#define FEDVERIFY_FAIR_RELEASE_MISSING 506

/** fair.release.malformed: The release is not described in a form that can be relied on. */
#define FEDVERIFY_FAIR_RELEASE_MALFORMED 507

/** fair.release.ambiguous: The metadata document describes this version more than once. */
#define FEDVERIFY_FAIR_RELEASE_AMBIGUOUS 508

/** fair.artifact.missing: The release has no such package artifact. */
#define FEDVERIFY_FAIR_ARTIFACT_MISSING 509

/** fair.artifact.malformed: The package artifact is not described in a form that can be relied on. */
#define FEDVERIFY_FAIR_ARTIFACT_MALFORMED 510

/** fair.artifact.too_many: The release has more package artifacts than the limit. */
#define FEDVERIFY_FAIR_ARTIFACT_TOO_MANY 511

/** fair.signature.missing: The package artifact carries no signature. */
#define FEDVERIFY_FAIR_SIGNATURE_MISSING 512

/** fair.signature.encoding: The package signature is not canonical base64url without padding, or not of a signature's length. */
#define FEDVERIFY_FAIR_SIGNATURE_ENCODING 513

/** fair.signature.invalid: No current signing key of the identity made this signature over these bytes. */
#define FEDVERIFY_FAIR_SIGNATURE_INVALID 514

/** fair.checksum.malformed: The checksum is not an algorithm, a colon and that algorithm's digest in hexadecimal. */
#define FEDVERIFY_FAIR_CHECKSUM_MALFORMED 515

/** fair.checksum.mismatch: The package is not the file whose checksum the metadata document gives. */
#define FEDVERIFY_FAIR_CHECKSUM_MISMATCH 516

/** fair.checksum.unsupported: The checksum is of an algorithm other than SHA-256 and SHA-384. */
#define FEDVERIFY_FAIR_CHECKSUM_UNSUPPORTED 517

/** fair.too_much_work: Checking the package would take more signing keys or signature checks than the limit. */
#define FEDVERIFY_FAIR_TOO_MUCH_WORK 518

/** fair.alias.mismatch: The domain that the identity claims as its alias does not confirm it. */
#define FEDVERIFY_FAIR_ALIAS_MISMATCH 519

/** pfn.key.invalid: The publisher key is not an Ed25519 public key in PEM or base64. */
#define FEDVERIFY_PFN_KEY_INVALID 601

/** pfn.plugin.malformed: The plugin record lacks a member, or a member is not usable. */
#define FEDVERIFY_PFN_PLUGIN_MALFORMED 602

/** pfn.plugin.not_text: A signed member of the plugin record is neither text nor null. */
#define FEDVERIFY_PFN_PLUGIN_NOT_TEXT 603

/** pfn.signature.missing: There is no signature to check. */
#define FEDVERIFY_PFN_SIGNATURE_MISSING 604

/** pfn.signature.encoding: The signature is not 64 bytes in base64 or base64url. */
#define FEDVERIFY_PFN_SIGNATURE_ENCODING 605

/** pfn.signature.invalid: The publisher's key did not make this signature over this text. */
#define FEDVERIFY_PFN_SIGNATURE_INVALID 606

/** pfn.federation_info.malformed: The federation-info document lacks a member, or a member is not usable. */
#define FEDVERIFY_PFN_FEDERATION_INFO_MALFORMED 607

/** pfn.author_data.malformed: The author-data document lacks a member, or a member is not usable. */
#define FEDVERIFY_PFN_AUTHOR_DATA_MALFORMED 608

/** pfn.asset_url.refused: The naming scheme does not lead to an https address inside the source's own domain. */
#define FEDVERIFY_PFN_ASSET_URL_REFUSED 609

/** pfn.archive.unreadable: The archive is not a ZIP file whose plugin header can be read. */
#define FEDVERIFY_PFN_ARCHIVE_UNREADABLE 610

/** pfn.archive.inconsistent: The archive's own plugin header or folder does not say what was signed. */
#define FEDVERIFY_PFN_ARCHIVE_INCONSISTENT 611

/** pfn.archive.signature_invalid: The publisher's key did not make this signature over the archive. */
#define FEDVERIFY_PFN_ARCHIVE_SIGNATURE_INVALID 612

/** pfn.challenge.malformed: The challenge is empty or longer than the limit. */
#define FEDVERIFY_PFN_CHALLENGE_MALFORMED 613

/** pin.malformed: What is remembered of this identity cannot be read: it is damaged, of another identity or of another form. */
#define FEDVERIFY_PIN_MALFORMED 701

/** pin.rollback: The log lacks operations that were seen before: it was cut back. */
#define FEDVERIFY_PIN_ROLLBACK 702

/** pin.fork: The log goes another way than the one that was seen before, without lawfully nullifying it. */
#define FEDVERIFY_PIN_FORK 703

/** pin.nullification_late: The log nullifies an operation that this verifier first saw more than 72 hours ago. */
#define FEDVERIFY_PIN_NULLIFICATION_LATE 704

/** pin.release_changed: A version that was verified before now has another checksum. */
#define FEDVERIFY_PIN_RELEASE_CHANGED 705

/** pin.downgrade: The version is lower than one that was verified before. */
#define FEDVERIFY_PIN_DOWNGRADE 706

/** io.file.missing: A file that was named does not exist. */
#define FEDVERIFY_IO_FILE_MISSING 801

/** io.file.unreadable: A file that was named could not be read to its end. */
#define FEDVERIFY_IO_FILE_UNREADABLE 802

/** io.network.dns: The name of a server could not be looked up. */
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

/** io.network.insecure: The address is not an https address; http is for the machine's own addresses only. */
#define FEDVERIFY_IO_NETWORK_INSECURE 809

/** io.network.answer: A server's answer is not HTTP, ended early, or is encoded in a way that was not asked for. */
#define FEDVERIFY_IO_NETWORK_ANSWER 810

/** io.file.unwritable: What is to be remembered could not be written. */
#define FEDVERIFY_IO_FILE_UNWRITABLE 811

/** api.argument: An argument is missing, or is not of the kind that the function takes. */
#define FEDVERIFY_API_ARGUMENT 901

/** api.used_up: The object was used up by an earlier call. */
#define FEDVERIFY_API_USED_UP 902

/** api.panicked: fedverify itself failed, and judged nothing: a bug in it. */
#define FEDVERIFY_API_PANICKED 903

/**
 * What was to be verified: the log of a did:plc.
 */
#define FEDVERIFY_KIND_PLC_LOG 1

/**
 * What was to be verified: a release of a FAIR package, without the package's bytes.
 */
#define FEDVERIFY_KIND_FAIR_METADATA 2

/**
 * What was to be verified: a FAIR package.
 */
#define FEDVERIFY_KIND_FAIR_PACKAGE 3

/**
 * What was to be verified: a plugin record of the Plugin Federation Network.
 */
#define FEDVERIFY_KIND_PFN_PLUGIN 4

/**
 * What was to be verified: an ownership challenge of the Plugin Federation Network.
 */
#define FEDVERIFY_KIND_PFN_CHALLENGE 5

/**
 * What was to be verified: the text of a public key.
 */
#define FEDVERIFY_KIND_KEY 6

/**
 * How it ended: everything was proven.
 */
#define FEDVERIFY_VERDICT_VERIFIED 1

/**
 * How it ended: something was judged and refused.
 */
#define FEDVERIFY_VERDICT_REJECTED 2

/**
 * How it ended: nothing could be judged. Not verified.
 */
#define FEDVERIFY_VERDICT_UNDETERMINED 3

/**
 * The version of the binary interface: a program that was compiled with another number must not go on. It counts up with
 * every change that such a program would not survive.
 */
#define FEDVERIFY_ABI_VERSION 1

/**
 * The call did what it is for. Of a verification: everything was proven.
 */
#define FEDVERIFY_OK 0

/* ---- Types ---------------------------------------------------------------------- */

/**
 * The domain that an identity claims as its alias: `fair://<domain>` among its names. A claim, until the domain's DNS says
 * the same. Freed with `fedverify_alias_free`.
 */
typedef struct fedverify_alias fedverify_alias;

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
 * How much a caller lets untrusted input cost: bytes, operations, signature checks and so on, each by its name, such as
 * `packageBytes`. Every limit is inclusive. Where a function takes limits, NULL stands for the defaults; calls read
 * the limits once, at their start. Freed with `fedverify_limits_free`.
 */
typedef struct fedverify_limits fedverify_limits;

/**
 * A FAIR metadata document, well-formed and nothing more: a claim that nobody signs. Freed with
 * `fedverify_metadata_free`.
 */
typedef struct fedverify_metadata fedverify_metadata;

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
 * What a source serves at `/author-data` for one author. Each plugin in it is signed by itself; the rest is the source's
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
 * Four texts that a publisher's key signed: a plugin's id, name, version and description. Nothing else of the plugin is
 * proven; above all, its bytes are not. Freed with `fedverify_pfn_plugin_free`.
 */
typedef struct fedverify_pfn_plugin fedverify_pfn_plugin;

/**
 * What a verifier remembers of one identity, so that no directory can take back what it once showed: its operations,
 * when this verifier first saw each, and the digests of the packages that it verified.
 *
 * Keep the JSON of the pin that the last verification gave, where nobody else can write, and replace it as a whole: write
 * beside, sync, rename. Freed with `fedverify_pin_free`.
 */
typedef struct fedverify_pin fedverify_pin;

/**
 * A release that belongs to a verified identity. It is not yet proven that the publisher released it: that is what
 * `fedverify_release_verify` does, with the bytes. Freed with `fedverify_release_free`.
 */
typedef struct fedverify_release fedverify_release;

/**
 * The account of a verification, the same in every language: `schema/report.v1.json` describes its JSON. Freed with
 * `fedverify_report_free`.
 */
typedef struct fedverify_report fedverify_report;

/**
 * A text that was made for the caller. Freed with `fedverify_text_free`.
 */
typedef struct fedverify_text fedverify_text;

/**
 * An identity as the web server of its did:web describes it. There is no log: whoever controls the domain and its TLS
 * said so, and the trust of every verdict on it is `web`. Freed with `fedverify_web_identity_free`.
 */
typedef struct fedverify_web_identity fedverify_web_identity;

/**
 * What every call that can fail answers: `FEDVERIFY_OK`, or the number of the error's code, one of the `FEDVERIFY_`
 * constants above. Newer versions of the library may answer numbers that this header does not name.
 */
typedef int32_t fedverify_status;

/**
 * A text that a handle lends: UTF-8, `len` bytes from `data` on, without a NUL at its end.
 *
 * It lives as long as the handle that it was got from. Where there is no such text, `data` is NULL and `len` is 0. To
 * print it: `printf("%.*s", (int)text.len, text.data)`.
 */
typedef struct {
    /**
     * The first byte; NULL where there is no text.
     */
    const char *data;
    /**
     * The number of bytes.
     */
    size_t len;
} fedverify_str;

/* ---- Version -------------------------------------------------------------------- */

/**
 * The version of the library, such as `0.1.0`; `FEDVERIFY_VERSION` is that of the header. The text lives for ever.
 */
fedverify_str fedverify_version(void);

/**
 * The version of the library's binary interface. A program that loads the library at run time compares it with
 * `FEDVERIFY_ABI_VERSION` first.
 */
uint32_t fedverify_abi_version(void);

/* ---- Statuses ------------------------------------------------------------------- */

/**
 * The stable dotted text of a status, such as `plc.cid.mismatch`: the code in every report and every language.
 *
 * The text lives for ever. It is absent for `FEDVERIFY_OK` and for a number that is no code.
 */
fedverify_str fedverify_status_code(fedverify_status status);

/**
 * What a status means, in one line for people. The text lives for ever; absent as for `fedverify_status_code`.
 */
fedverify_str fedverify_status_meaning(fedverify_status status);

/**
 * What whoever meets a status can do about it, in one line for people. The text lives for ever; absent as for
 * `fedverify_status_code`.
 */
fedverify_str fedverify_status_remedy(fedverify_status status);

/**
 * Whether a status says that nothing could be judged (a file is missing, an argument is NULL), rather than that something
 * was judged and refused. Neither is verified. True for a number that is no code, false for `FEDVERIFY_OK`.
 */
bool fedverify_status_is_undetermined(fedverify_status status);

/* ---- Errors --------------------------------------------------------------------- */

/**
 * Takes an error back. NULL is allowed, the same error twice is not.
 */
void fedverify_error_free(fedverify_error *error);

/**
 * The status that the call answered; `FEDVERIFY_OK` for NULL. `fedverify_status_code` and its like say more of it.
 */
fedverify_status fedverify_error_status(const fedverify_error *error);

/**
 * What was expected, what was found, and where. For people; not stable. Text from the input is quoted and escaped in it,
 * so it is safe to print on a terminal. It lives as long as the error.
 */
fedverify_str fedverify_error_message(const fedverify_error *error);

/**
 * The index in the log of the operation that the error is about, counted from 0; -1 if it is about none.
 */
int64_t fedverify_error_operation(const fedverify_error *error);

/**
 * The recomputed CID of the operation that the error is about; absent where there is none or it could not be computed. It
 * lives as long as the error.
 */
fedverify_str fedverify_error_cid(const fedverify_error *error);

/**
 * The step of the verification that failed, such as `plc.genesis`, as reports name it; absent where it was none. The text
 * lives for ever.
 */
fedverify_str fedverify_error_check(const fedverify_error *error);

/* ---- Limits --------------------------------------------------------------------- */

/**
 * Makes limits that have their default values: 8 MiB for a log or a metadata document, 512 MiB for a package and so on.
 * Never NULL.
 */
fedverify_limits *fedverify_limits_new(void);

/**
 * Takes limits back. NULL is allowed, the same limits twice are not.
 */
void fedverify_limits_free(fedverify_limits *limits);

/**
 * Sets a limit by its name: `logBytes`, `metadataBytes`, `packageBytes`, `recordBytes`, `pinBytes`, `jsonDepth`,
 * `jsonValues`, `logOperations`, `logSignatureChecks`, `rotationKeys`, `signingKeys`, `packageArtifacts`,
 * `packageSignatureChecks`, `challengeBytes`, `archiveEntries`. `tests/corpus/README.md` says what each counts.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT` for NULL and for a name that no limit has; then nothing is changed.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_limits_set(fedverify_limits *limits,
                                      const char *name,
                                      size_t name_len,
                                      uint64_t value,
                                      fedverify_error **error);

/**
 * The value of a limit by its name; 0 for NULL and for a name that no limit has.
 */
uint64_t fedverify_limits_get(const fedverify_limits *limits,
                              const char *name,
                              size_t name_len);

/* ---- Identities of did:plc ------------------------------------------------------ */

/**
 * Verifies a log, as a directory serves it, to the genesis operation that the DID is the hash of.
 *
 * `log` is JSON: an audit log (`GET /<did>/log/audit`) or a bare log (`GET /<did>/log`; it shows nothing of recoveries, and
 * the report warns of that). `did` is a did:plc from where you trust it, never from the log. NULL as `limits` stands
 * for the defaults. A log may verify and yet lack its newest operations: `fedverify_identity_verify_remembering` notices
 * that.
 *
 * Errors: `FEDVERIFY_DID_INVALID`, `FEDVERIFY_DID_UNSUPPORTED`, those of the families `FEDVERIFY_INPUT_` and
 * `FEDVERIFY_PLC_`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_MUST_USE
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
 * Errors: as `fedverify_identity_verify`; `FEDVERIFY_PIN_ROLLBACK`, `FEDVERIFY_PIN_FORK`,
 * `FEDVERIFY_PIN_NULLIFICATION_LATE`; `FEDVERIFY_PIN_MALFORMED` for the pin of another identity.
 */
FEDVERIFY_MUST_USE
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
 * Takes an identity back. NULL is allowed, the same identity twice is not. Releases, packages and reports that were made
 * from it stay as they are.
 */
void fedverify_identity_free(fedverify_identity *identity);

/**
 * The DID. It lives as long as the identity.
 */
fedverify_str fedverify_identity_did(const fedverify_identity *identity);

/**
 * The CID of the last operation that is not nullified. It lives as long as the identity.
 */
fedverify_str fedverify_identity_head(const fedverify_identity *identity);

/**
 * Whether the identity was deactivated. Then it has no keys, no services and no names.
 */
bool fedverify_identity_is_tombstoned(const fedverify_identity *identity);

/**
 * The number of operations in the log, nullified ones too.
 */
size_t fedverify_identity_operation_count(const fedverify_identity *identity);

/**
 * The CID of the operation at `index`, in the order of the log; absent beyond the end. It lives as long as the identity.
 */
fedverify_str fedverify_identity_operation_cid(const fedverify_identity *identity,
                                               size_t index);

/**
 * When the directory says that it accepted the operation at `index` (RFC 3339; nobody signs times); absent in a bare log
 * and beyond the end. It lives as long as the identity.
 */
fedverify_str fedverify_identity_operation_created_at(const fedverify_identity *identity,
                                                      size_t index);

/**
 * Whether a recovery undid the operation at `index`; false beyond the end.
 */
bool fedverify_identity_operation_is_nullified(const fedverify_identity *identity,
                                               size_t index);

/**
 * The index of the key that signed the operation at `index`, among the rotation keys of the operation before it (of the
 * genesis: its own); -1 beyond the end.
 */
int64_t fedverify_identity_operation_signer(const fedverify_identity *identity,
                                            size_t index);

/**
 * The number of nullified operations.
 */
size_t fedverify_identity_nullified_count(const fedverify_identity *identity);

/**
 * The CID of a nullified operation, in the order of the log; absent beyond the end. It lives as long as the identity.
 */
fedverify_str fedverify_identity_nullified(const fedverify_identity *identity,
                                           size_t index);

/**
 * The number of rotation keys.
 */
size_t fedverify_identity_rotation_key_count(const fedverify_identity *identity);

/**
 * A rotation key as a did:key, by authority: index 0 has the highest. Absent beyond the end. It lives as long as the
 * identity.
 */
fedverify_str fedverify_identity_rotation_key(const fedverify_identity *identity,
                                              size_t index);

/**
 * The number of verification methods.
 */
size_t fedverify_identity_verification_method_count(const fedverify_identity *identity);

/**
 * The id of a verification method, without `#`, such as `fair`; in canonical order, shorter ids first. Absent beyond the
 * end. It lives as long as the identity.
 */
fedverify_str fedverify_identity_verification_method_id(const fedverify_identity *identity,
                                                        size_t index);

/**
 * The key of a verification method as a did:key; absent beyond the end. It lives as long as the identity.
 */
fedverify_str fedverify_identity_verification_method_key(const fedverify_identity *identity,
                                                         size_t index);

/**
 * The number of names that the identity claims.
 */
size_t fedverify_identity_also_known_as_count(const fedverify_identity *identity);

/**
 * A name that the identity claims, a URI. A claim: anybody can claim any name. Absent beyond the end. It lives as long as
 * the identity.
 */
fedverify_str fedverify_identity_also_known_as(const fedverify_identity *identity,
                                               size_t index);

/**
 * The number of services.
 */
size_t fedverify_identity_service_count(const fedverify_identity *identity);

/**
 * The id of a service, without `#`; in canonical order, shorter ids first. Absent beyond the end. It lives as long as the
 * identity.
 */
fedverify_str fedverify_identity_service_id(const fedverify_identity *identity,
                                            size_t index);

/**
 * The type of a service; absent beyond the end. It lives as long as the identity.
 */
fedverify_str fedverify_identity_service_type(const fedverify_identity *identity,
                                              size_t index);

/**
 * The address of a service; absent beyond the end. It lives as long as the identity.
 */
fedverify_str fedverify_identity_service_endpoint(const fedverify_identity *identity,
                                                  size_t index);

/**
 * The address that serves the metadata of the identity's package: the endpoint of its first service of the type
 * `FairPackageManagementRepo`. Absent where there is none, and for a deactivated identity. It lives as long as the
 * identity.
 */
fedverify_str fedverify_identity_repository(const fedverify_identity *identity);

/**
 * How many signatures were checked to verify the log. Those of operations that a pin knows are not.
 */
uint64_t fedverify_identity_signature_checks(const fedverify_identity *identity);

/**
 * The DID document that follows from the log, as JSON; absent for a deactivated identity. It lives as long as the
 * identity.
 */
fedverify_str fedverify_identity_did_document(const fedverify_identity *identity);

/**
 * The report on the identity, of the kind `plc-log`.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT` for NULL.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_identity_report(const fedverify_identity *identity,
                                           fedverify_report **report,
                                           fedverify_error **error);

/* ---- Domain aliases ------------------------------------------------------------- */

/**
 * The domain alias that an identity claims. Where it claims none, the call succeeds and puts NULL into `alias`.
 *
 * Errors: `FEDVERIFY_FAIR_ALIAS_MISMATCH` for more than one alias, and for one that is no domain name in lower case;
 * `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_identity_alias(const fedverify_identity *identity,
                                          fedverify_alias **alias,
                                          fedverify_error **error);

/**
 * Takes an alias back. NULL is allowed, the same alias twice is not.
 */
void fedverify_alias_free(fedverify_alias *alias);

/**
 * The domain. It lives as long as the alias.
 */
fedverify_str fedverify_alias_domain(const fedverify_alias *alias);

/**
 * The name whose TXT records confirm the alias: `_fairpm.<domain>`. It lives as long as the alias.
 */
fedverify_str fedverify_alias_record_name(const fedverify_alias *alias);

/**
 * Compares the TXT records of that name with the DID: one must be `did=` and the DID, and none `did=` and another.
 *
 * `records` are views of `count` texts, one for each record; NULL is allowed with a count of 0. Looking them up is the
 * caller's work.
 *
 * Errors: `FEDVERIFY_FAIR_ALIAS_MISMATCH`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_alias_confirm(const fedverify_alias *alias,
                                         const fedverify_str *records,
                                         size_t count,
                                         fedverify_error **error);

/* ---- Identities of did:web ------------------------------------------------------ */

/**
 * The https address that serves the DID document of a did:web.
 *
 * Errors: `FEDVERIFY_DID_INVALID`, `FEDVERIFY_DID_UNSUPPORTED`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_web_document_url(const char *did,
                                            size_t did_len,
                                            fedverify_text **url,
                                            fedverify_error **error);

/**
 * Reads the DID document of a did:web, which must have come over TLS from the address that
 * `fedverify_web_document_url` gives.
 *
 * Errors: `FEDVERIFY_DID_INVALID`, `FEDVERIFY_DID_UNSUPPORTED`, those of the family `FEDVERIFY_INPUT_`,
 * `FEDVERIFY_DID_DOCUMENT_MALFORMED`, `FEDVERIFY_DID_DOCUMENT_ID_MISMATCH`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_web_identity_parse(const void *document,
                                              size_t document_len,
                                              const char *did,
                                              size_t did_len,
                                              const fedverify_limits *limits,
                                              fedverify_web_identity **identity,
                                              fedverify_error **error);

/**
 * Takes an identity back. NULL is allowed, the same identity twice is not. Releases and packages that were made from it
 * stay as they are.
 */
void fedverify_web_identity_free(fedverify_web_identity *identity);

/**
 * The DID. It lives as long as the identity.
 */
fedverify_str fedverify_web_identity_did(const fedverify_web_identity *identity);

/**
 * The address that serves the metadata of the identity's package; absent where the document names none. It lives as long
 * as the identity.
 */
fedverify_str fedverify_web_identity_repository(const fedverify_web_identity *identity);

/* ---- Metadata documents --------------------------------------------------------- */

/**
 * Reads a metadata document, as the identity's repository serves it. The limits also hold for its releases.
 *
 * Errors: those of the family `FEDVERIFY_INPUT_`, `FEDVERIFY_FAIR_METADATA_MALFORMED`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_metadata_parse(const void *json,
                                          size_t json_len,
                                          const fedverify_limits *limits,
                                          fedverify_metadata **metadata,
                                          fedverify_error **error);

/**
 * Takes a document back. NULL is allowed, the same document twice is not.
 */
void fedverify_metadata_free(fedverify_metadata *metadata);

/**
 * The DID that the document says it is about. It lives as long as the document.
 */
fedverify_str fedverify_metadata_id(const fedverify_metadata *metadata);

/**
 * The type of the package: `wp-plugin`, `wp-theme` or `wp-core`; absent for a type that is not known, which must not be
 * installed. The text lives for ever.
 */
fedverify_str fedverify_metadata_package_type(const fedverify_metadata *metadata);

/**
 * The number of well-formed releases.
 */
size_t fedverify_metadata_version_count(const fedverify_metadata *metadata);

/**
 * The version of a release, in the order of the document; absent beyond the end. It lives as long as the document.
 */
fedverify_str fedverify_metadata_version(const fedverify_metadata *metadata,
                                         size_t index);

/* ---- Releases ------------------------------------------------------------------- */

/**
 * The release of an identity that the metadata document lists under this version; NULL as `version` is the latest by
 * SemVer precedence. The version is named by its exact text.
 *
 * Errors: `FEDVERIFY_PLC_TOMBSTONED`, `FEDVERIFY_FAIR_METADATA_ID_MISMATCH`, `FEDVERIFY_FAIR_METADATA_TYPE_UNKNOWN`,
 * `FEDVERIFY_FAIR_SERVICE_MISSING`, `FEDVERIFY_FAIR_KEY_MISSING`, `FEDVERIFY_KEY_UNSUPPORTED`,
 * `FEDVERIFY_FAIR_RELEASE_MISSING`, `FEDVERIFY_FAIR_RELEASE_AMBIGUOUS`, `FEDVERIFY_FAIR_RELEASE_MALFORMED`,
 * `FEDVERIFY_FAIR_TOO_MUCH_WORK`; where the identity was verified with a pin, `FEDVERIFY_PIN_RELEASE_CHANGED`;
 * `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_identity_release(const fedverify_identity *identity,
                                            const fedverify_metadata *metadata,
                                            const char *version,
                                            size_t version_len,
                                            fedverify_release **release,
                                            fedverify_error **error);

/**
 * The release of a did:web. As `fedverify_identity_release`, without the errors of logs and pins.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_web_identity_release(const fedverify_web_identity *identity,
                                                const fedverify_metadata *metadata,
                                                const char *version,
                                                size_t version_len,
                                                fedverify_release **release,
                                                fedverify_error **error);

/**
 * Takes a release back. NULL is allowed, the same release twice is not. Packages and reports that were made from it stay
 * as they are.
 */
void fedverify_release_free(fedverify_release *release);

/**
 * Refuses a release whose version is below the highest that was verified before. Nothing is refused on a first visit.
 *
 * Errors: `FEDVERIFY_PIN_DOWNGRADE`; `FEDVERIFY_API_ARGUMENT` for NULL.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_release_refuse_downgrade(const fedverify_release *release,
                                                    fedverify_error **error);

/**
 * The version. It lives as long as the release.
 */
fedverify_str fedverify_release_version(const fedverify_release *release);

/**
 * The type of the package: `wp-plugin`, `wp-theme` or `wp-core`. The text lives for ever.
 */
fedverify_str fedverify_release_package_type(const fedverify_release *release);

/**
 * The address that serves the metadata document. It lives as long as the release.
 */
fedverify_str fedverify_release_repository(const fedverify_release *release);

/**
 * The number of well-formed package artifacts.
 */
size_t fedverify_release_artifact_count(const fedverify_release *release);

/**
 * Where a package artifact is to be had, in the order of the document. Nothing is known of it but that it is a text; absent
 * beyond the end. It lives as long as the release.
 */
fedverify_str fedverify_release_artifact_url(const fedverify_release *release,
                                             size_t index);

/**
 * The media type that the document gives a package artifact; absent where it gives none, and beyond the end. It lives as
 * long as the release.
 */
fedverify_str fedverify_release_artifact_content_type(const fedverify_release *release,
                                                      size_t index);

/**
 * Whether the host of a package artifact must be asked for `application/octet-stream`; false beyond the end.
 */
bool fedverify_release_artifact_is_release_asset(const fedverify_release *release,
                                                 size_t index);

/**
 * The report on the release, of the kind `fair-metadata`: of the package nothing was seen.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT` for NULL.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_release_report(const fedverify_release *release,
                                          fedverify_report **report,
                                          fedverify_error **error);

/* ---- The bytes of packages ------------------------------------------------------ */

/**
 * Reads a file to its end, in constant memory. Install the same file: hash it in a folder that nobody else can write.
 *
 * `path` is as the operating system has it: any bytes on Unix, UTF-8 on Windows. Of the limits `packageBytes` counts.
 *
 * Errors: `FEDVERIFY_IO_FILE_MISSING`, `FEDVERIFY_IO_FILE_UNREADABLE`, `FEDVERIFY_INPUT_TOO_LARGE`,
 * `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_package_digests_of_file(const char *path,
                                                   size_t path_len,
                                                   const fedverify_limits *limits,
                                                   fedverify_package_digests **digests,
                                                   fedverify_error **error);

/**
 * Takes a package that lies in memory. Of the limits `packageBytes` counts.
 *
 * Errors: `FEDVERIFY_INPUT_TOO_LARGE`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_package_digests_of_bytes(const void *package,
                                                    size_t package_len,
                                                    const fedverify_limits *limits,
                                                    fedverify_package_digests **digests,
                                                    fedverify_error **error);

/**
 * Takes digests back. NULL is allowed, the same digests twice are not.
 */
void fedverify_package_digests_free(fedverify_package_digests *digests);

/**
 * The number of bytes.
 */
uint64_t fedverify_package_digests_size(const fedverify_package_digests *digests);

/**
 * The SHA-256 digest in lower-case hexadecimal. It lives as long as the digests.
 */
fedverify_str fedverify_package_digests_sha256(const fedverify_package_digests *digests);

/**
 * The SHA-384 digest in lower-case hexadecimal. It lives as long as the digests.
 */
fedverify_str fedverify_package_digests_sha384(const fedverify_package_digests *digests);

/**
 * Starts a package of at most the limit `packageBytes`. Never NULL.
 */
fedverify_package_hasher *fedverify_package_hasher_new(const fedverify_limits *limits);

/**
 * Takes a hasher back, finished or not. NULL is allowed, the same hasher twice is not.
 */
void fedverify_package_hasher_free(fedverify_package_hasher *hasher);

/**
 * Takes the next bytes of the package.
 *
 * Errors: `FEDVERIFY_INPUT_TOO_LARGE`, after which the hasher is used up: part of a package must not pass for the whole;
 * `FEDVERIFY_API_USED_UP`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_package_hasher_update(fedverify_package_hasher *hasher,
                                                 const void *bytes,
                                                 size_t bytes_len,
                                                 fedverify_error **error);

/**
 * The digests of all bytes taken. It uses the hasher up, which still has to be freed.
 *
 * Errors: `FEDVERIFY_API_USED_UP`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_MUST_USE
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
FEDVERIFY_MUST_USE
fedverify_status fedverify_release_verify(const fedverify_release *release,
                                          const fedverify_package_digests *digests,
                                          fedverify_package **package,
                                          fedverify_error **error);

/**
 * Verifies a package as the artifact that was fetched from this address: no other counts.
 *
 * Errors: as `fedverify_release_verify`.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_release_verify_from(const fedverify_release *release,
                                               const char *url,
                                               size_t url_len,
                                               const fedverify_package_digests *digests,
                                               fedverify_package **package,
                                               fedverify_error **error);

/**
 * Takes a package back. NULL is allowed, the same package twice is not.
 */
void fedverify_package_free(fedverify_package *package);

/**
 * The version under which the metadata document lists the package. The document's word: the signature covers the bytes
 * alone. It lives as long as the package.
 */
fedverify_str fedverify_package_version(const fedverify_package *package);

/**
 * The address of the artifact that the package is. It lives as long as the package.
 */
fedverify_str fedverify_package_artifact(const fedverify_package *package);

/**
 * The address that serves the metadata document. It lives as long as the package.
 */
fedverify_str fedverify_package_repository(const fedverify_package *package);

/**
 * The number of bytes.
 */
uint64_t fedverify_package_size(const fedverify_package *package);

/**
 * The SHA-256 digest in lower-case hexadecimal. It lives as long as the package.
 */
fedverify_str fedverify_package_sha256(const fedverify_package *package);

/**
 * The SHA-384 digest in lower-case hexadecimal. It lives as long as the package.
 */
fedverify_str fedverify_package_sha384(const fedverify_package *package);

/**
 * The id of the verification method that signed, without `#`. It lives as long as the package.
 */
fedverify_str fedverify_package_key_id(const fedverify_package *package);

/**
 * The key that signed, as a did:key. It lives as long as the package.
 */
fedverify_str fedverify_package_key(const fedverify_package *package);

/**
 * In which form it signed, such as `ed25519-sha384`. The text lives for ever.
 */
fedverify_str fedverify_package_algorithm(const fedverify_package *package);

/**
 * The report on the package, of the kind `fair-package`.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT` for NULL.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_package_report(const fedverify_package *package,
                                          fedverify_report **report,
                                          fedverify_error **error);

/* ---- Pins ----------------------------------------------------------------------- */

/**
 * What to keep for the next visit: a new pin, to be freed. NULL unless the identity was verified with
 * `fedverify_identity_verify_remembering`.
 */
fedverify_pin *fedverify_identity_pin(const fedverify_identity *identity);

/**
 * What to keep for the next visit, this package included: a new pin, to be freed. NULL unless the identity was verified with
 * `fedverify_identity_verify_remembering`.
 */
fedverify_pin *fedverify_package_pin(const fedverify_package *package);

/**
 * Reads a pin from the JSON that `fedverify_pin_json` gave.
 *
 * Errors: `FEDVERIFY_PIN_MALFORMED`, whatever is wrong with it: torn, cut, damaged, of another form or too large;
 * `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_pin_parse(const void *json,
                                     size_t json_len,
                                     const fedverify_limits *limits,
                                     fedverify_pin **pin,
                                     fedverify_error **error);

/**
 * Takes a pin back. NULL is allowed, the same pin twice is not.
 */
void fedverify_pin_free(fedverify_pin *pin);

/**
 * The pin as JSON on one line, to be kept. It lives as long as the pin.
 */
fedverify_str fedverify_pin_json(const fedverify_pin *pin);

/**
 * The DID that the pin is about. It lives as long as the pin.
 */
fedverify_str fedverify_pin_did(const fedverify_pin *pin);

/**
 * The CID of the last operation that was seen and is not nullified. It lives as long as the pin.
 */
fedverify_str fedverify_pin_head(const fedverify_pin *pin);

/* ---- Reports -------------------------------------------------------------------- */

/**
 * The report on a refusal: `why` is the error that a call gave, and `kind` one of the `FEDVERIFY_KIND_` constants, what was
 * to be verified in the end. The steps before the one that failed are reported as passed, with the facts of what was
 * proven: `identity` and `release` are what was reached, each NULL where it was not. For a release of a did:web
 * `identity` is NULL.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT` where `why` is NULL or `kind` is none of the kinds.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_report_refused(int32_t kind,
                                          const fedverify_error *why,
                                          const fedverify_identity *identity,
                                          const fedverify_release *release,
                                          fedverify_report **report,
                                          fedverify_error **error);

/**
 * The report on a refusal of a FAIR package of a did:web. As `fedverify_report_refused`, with the trust `web`.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_report_refused_web(int32_t kind,
                                              const fedverify_error *why,
                                              const fedverify_web_identity *identity,
                                              const fedverify_release *release,
                                              fedverify_report **report,
                                              fedverify_error **error);

/**
 * Takes a report back. NULL is allowed, the same report twice is not.
 */
void fedverify_report_free(fedverify_report *report);

/**
 * How the verification ended: one of the `FEDVERIFY_VERDICT_` constants; 0 for NULL.
 */
int32_t fedverify_report_verdict(const fedverify_report *report);

/**
 * The report as JSON on one line. It lives as long as the report.
 */
fedverify_str fedverify_report_json(const fedverify_report *report);

/**
 * The number of warnings: what does not stop a verification but should be known.
 */
size_t fedverify_report_warning_count(const fedverify_report *report);

/**
 * The stable dotted code of a warning; absent beyond the end. The text lives for ever.
 */
fedverify_str fedverify_report_warning_code(const fedverify_report *report,
                                            size_t index);

/**
 * What a warning says to people, safe to print on a terminal; absent beyond the end. It lives as long as the report.
 */
fedverify_str fedverify_report_warning_message(const fedverify_report *report,
                                               size_t index);

/* ---- Plugin Federation Network: keys of publishers ------------------------------ */

/**
 * Reads a publisher's key from PEM, on one line or several, or from 32 bytes in base64. Of the limits `recordBytes` counts.
 *
 * Errors: `FEDVERIFY_INPUT_TOO_LARGE`, `FEDVERIFY_INPUT_NOT_UTF8`, `FEDVERIFY_PFN_KEY_INVALID`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_key_parse(const void *text,
                                         size_t text_len,
                                         const fedverify_limits *limits,
                                         fedverify_pfn_key **key,
                                         fedverify_error **error);

/**
 * Takes a key back. NULL is allowed, the same key twice is not.
 */
void fedverify_pfn_key_free(fedverify_pfn_key *key);

/**
 * The key as a did:key. It lives as long as the key.
 */
fedverify_str fedverify_pfn_key_did_key(const fedverify_pfn_key *key);

/* ---- Plugin Federation Network: plugins ----------------------------------------- */

/**
 * Reads a plugin's ZIP from a file. `path` is as for `fedverify_package_digests_of_file`. Of the limits `packageBytes` and
 * `archiveEntries` count.
 *
 * Errors: `FEDVERIFY_IO_FILE_MISSING`, `FEDVERIFY_IO_FILE_UNREADABLE`, `FEDVERIFY_INPUT_TOO_LARGE`,
 * `FEDVERIFY_PFN_ARCHIVE_UNREADABLE`, `FEDVERIFY_PFN_ARCHIVE_INCONSISTENT`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_archive_read_file(const char *path,
                                                 size_t path_len,
                                                 const fedverify_limits *limits,
                                                 fedverify_pfn_archive **archive,
                                                 fedverify_error **error);

/**
 * Reads a plugin's ZIP that lies in memory. As `fedverify_pfn_archive_read_file`, without the errors of files.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_archive_read_bytes(const void *zip,
                                                  size_t zip_len,
                                                  const fedverify_limits *limits,
                                                  fedverify_pfn_archive **archive,
                                                  fedverify_error **error);

/**
 * Takes an archive back. NULL is allowed, the same archive twice is not.
 */
void fedverify_pfn_archive_free(fedverify_pfn_archive *archive);

/**
 * Verifies a plugin record, one JSON object. NULL as `signature` stands for the one in the record. Of the limits
 * `recordBytes` and those of JSON count.
 *
 * Errors: those of the family `FEDVERIFY_INPUT_`, `FEDVERIFY_PFN_PLUGIN_MALFORMED`, `FEDVERIFY_PFN_PLUGIN_NOT_TEXT`,
 * `FEDVERIFY_PFN_SIGNATURE_MISSING`, `FEDVERIFY_PFN_SIGNATURE_ENCODING`, `FEDVERIFY_PFN_SIGNATURE_INVALID`,
 * `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_MUST_USE
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
 * there is one; NULL as `signature` stands for none. The result is a new plugin.
 *
 * Without a signature over the bytes, nothing about them is proven, whatever the archive says of itself; the report
 * warns of that.
 *
 * Errors: `FEDVERIFY_PFN_ARCHIVE_INCONSISTENT`, `FEDVERIFY_PFN_SIGNATURE_ENCODING`,
 * `FEDVERIFY_PFN_ARCHIVE_SIGNATURE_INVALID`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_plugin_with_archive(const fedverify_pfn_plugin *plugin,
                                                   const fedverify_pfn_archive *archive,
                                                   const char *signature,
                                                   size_t signature_len,
                                                   fedverify_pfn_plugin **with_archive,
                                                   fedverify_error **error);

/**
 * Takes a plugin back. NULL is allowed, the same plugin twice is not.
 */
void fedverify_pfn_plugin_free(fedverify_pfn_plugin *plugin);

/**
 * The id that was signed. It lives as long as the plugin.
 */
fedverify_str fedverify_pfn_plugin_id(const fedverify_pfn_plugin *plugin);

/**
 * The name that was signed; absent where none was. It lives as long as the plugin.
 */
fedverify_str fedverify_pfn_plugin_name(const fedverify_pfn_plugin *plugin);

/**
 * The version that was signed; absent where none was. It lives as long as the plugin.
 */
fedverify_str fedverify_pfn_plugin_version(const fedverify_pfn_plugin *plugin);

/**
 * The description that was signed; absent where none was. It lives as long as the plugin.
 */
fedverify_str fedverify_pfn_plugin_description(const fedverify_pfn_plugin *plugin);

/**
 * The report on the plugin, of the kind `pfn-plugin`.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT` for NULL.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_plugin_report(const fedverify_pfn_plugin *plugin,
                                             fedverify_report **report,
                                             fedverify_error **error);

/* ---- Plugin Federation Network: challenges -------------------------------------- */

/**
 * Verifies the answer to an ownership challenge: the signature over the challenge's text exactly as it was sent. Make a
 * fresh challenge each time. Of the limits `challengeBytes` counts.
 *
 * Errors: `FEDVERIFY_PFN_CHALLENGE_MALFORMED`, `FEDVERIFY_PFN_SIGNATURE_ENCODING`, `FEDVERIFY_PFN_SIGNATURE_INVALID`,
 * `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_challenge_verify(const char *text,
                                                size_t text_len,
                                                const fedverify_pfn_key *key,
                                                const char *signature,
                                                size_t signature_len,
                                                const fedverify_limits *limits,
                                                fedverify_pfn_challenge **challenge,
                                                fedverify_error **error);

/**
 * Takes a challenge back. NULL is allowed, the same challenge twice is not.
 */
void fedverify_pfn_challenge_free(fedverify_pfn_challenge *challenge);

/**
 * The text of the challenge. It lives as long as the challenge.
 */
fedverify_str fedverify_pfn_challenge_text(const fedverify_pfn_challenge *challenge);

/**
 * The report on the challenge, of the kind `pfn-challenge`.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT` for NULL.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_challenge_report(const fedverify_pfn_challenge *challenge,
                                                fedverify_report **report,
                                                fedverify_error **error);

/* ---- Plugin Federation Network: documents --------------------------------------- */

/**
 * Reads an author-data document. A plugin whose record cannot be used spoils only itself. Of the limits `recordBytes` and
 * those of JSON count.
 *
 * Errors: those of the family `FEDVERIFY_INPUT_`, `FEDVERIFY_PFN_AUTHOR_DATA_MALFORMED`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_author_data_parse(const void *json,
                                                 size_t json_len,
                                                 const fedverify_limits *limits,
                                                 fedverify_pfn_author_data **author_data,
                                                 fedverify_error **error);

/**
 * Takes a document back. NULL is allowed, the same document twice is not.
 */
void fedverify_pfn_author_data_free(fedverify_pfn_author_data *author_data);

/**
 * The author's name at this source. It lives as long as the document.
 */
fedverify_str fedverify_pfn_author_data_username(const fedverify_pfn_author_data *author_data);

/**
 * The number of plugins, usable or not.
 */
size_t fedverify_pfn_author_data_plugin_count(const fedverify_pfn_author_data *author_data);

/**
 * The slug of a plugin, in the order of the document, or `plugins[<index>]` where it has none; absent beyond the end. It
 * lives as long as the document.
 */
fedverify_str fedverify_pfn_author_data_plugin_slug(const fedverify_pfn_author_data *author_data,
                                                    size_t index);

/**
 * Verifies a plugin of the author by the signature in its record.
 *
 * Errors: `FEDVERIFY_PFN_PLUGIN_MALFORMED`, `FEDVERIFY_PFN_PLUGIN_NOT_TEXT`, `FEDVERIFY_PFN_SIGNATURE_MISSING`,
 * `FEDVERIFY_PFN_SIGNATURE_ENCODING`, `FEDVERIFY_PFN_SIGNATURE_INVALID`; `FEDVERIFY_API_ARGUMENT`, also beyond the end.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_author_data_verify_plugin(const fedverify_pfn_author_data *author_data,
                                                         size_t index,
                                                         const fedverify_pfn_key *key,
                                                         fedverify_pfn_plugin **plugin,
                                                         fedverify_error **error);

/**
 * Reads a federation-info document. Of the limits `recordBytes` and those of JSON count.
 *
 * Errors: those of the family `FEDVERIFY_INPUT_`, `FEDVERIFY_PFN_FEDERATION_INFO_MALFORMED`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_federation_info_parse(const void *json,
                                                     size_t json_len,
                                                     const fedverify_limits *limits,
                                                     fedverify_pfn_federation_info **info,
                                                     fedverify_error **error);

/**
 * Takes a document back. NULL is allowed, the same document twice is not.
 */
void fedverify_pfn_federation_info_free(fedverify_pfn_federation_info *info);

/**
 * The version of the protocol that the source speaks. It lives as long as the document.
 */
fedverify_str fedverify_pfn_federation_info_version(const fedverify_pfn_federation_info *info);

/**
 * The https address of a plugin's archive by the source's naming scheme, within the source's domain.
 *
 * Errors: `FEDVERIFY_PFN_ASSET_URL_REFUSED` for what would leave the domain or the scheme; `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_pfn_federation_info_asset_url(const fedverify_pfn_federation_info *info,
                                                         const char *author,
                                                         size_t author_len,
                                                         const char *plugin_id,
                                                         size_t plugin_id_len,
                                                         fedverify_text **url,
                                                         fedverify_error **error);

/* ---- Public keys ---------------------------------------------------------------- */

/**
 * Reads a key from any text that one is kept in: a did:key, a multibase text, PEM or base64. White space around it is
 * ignored. Of the limits `recordBytes` counts.
 *
 * Errors: `FEDVERIFY_INPUT_TOO_LARGE`, `FEDVERIFY_INPUT_NOT_UTF8`, `FEDVERIFY_KEY_INVALID`, `FEDVERIFY_KEY_UNSUPPORTED`,
 * `FEDVERIFY_PFN_KEY_INVALID`, `FEDVERIFY_API_ARGUMENT`.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_key_read(const void *text,
                                    size_t text_len,
                                    const fedverify_limits *limits,
                                    fedverify_key **key,
                                    fedverify_error **error);

/**
 * Takes a key back. NULL is allowed, the same key twice is not.
 */
void fedverify_key_free(fedverify_key *key);

/**
 * The type of the key: `Ed25519`, `secp256k1` or `P-256`. It lives as long as the key.
 */
fedverify_str fedverify_key_type(const fedverify_key *key);

/**
 * The key as a did:key. It lives as long as the key.
 */
fedverify_str fedverify_key_did_key(const fedverify_key *key);

/**
 * The report on the key, of the kind `key`.
 *
 * Errors: `FEDVERIFY_API_ARGUMENT` for NULL.
 */
FEDVERIFY_MUST_USE
fedverify_status fedverify_key_report(const fedverify_key *key,
                                      fedverify_report **report,
                                      fedverify_error **error);

/* ---- Texts ---------------------------------------------------------------------- */

/**
 * Takes a text back. NULL is allowed, the same text twice is not.
 */
void fedverify_text_free(fedverify_text *text);

/**
 * What the text says. It lives as long as the text.
 */
fedverify_str fedverify_text_view(const fedverify_text *text);

#ifdef __cplusplus
}
#endif

#endif /* FEDVERIFY_H */
