// Generated from core/src/tables by `make generated`: do not edit.

import type {
  ChangeKind,
  CheckName,
  ErrorCode,
  Gravity,
  Kind,
  LimitName,
  OperationType,
  Outcome,
  PackageType,
  SignatureForm,
  StatePart,
  Trust,
  Verdict,
  WarningCode,
} from './codes.js';

/** The report of one verification, the same from every binding. */
export interface Report {
  /** Names the format. */
  readonly schema: 'fedverify/report/v1';
  /** How the verification ended. */
  readonly verdict: Verdict;
  /** What was verified. */
  readonly kind: Kind;
  /** What the verdict rests on. Present if the verdict rests on a proven identity or on the caller's key. */
  readonly trust?: Trust;
  /** Why it was not verified; null where the verdict is verified. */
  readonly error: ReportedError | null;
  /** Non-fatal findings. */
  readonly warnings: readonly Warning[];
  /** Every step of the kind, in order. */
  readonly checks: readonly Check[];
  /** Which log of a catalogue the report is about. Present if the report is of a batch. */
  readonly batch?: BatchFacts;
  /** The identity, as it was proven. Present if the identity was proven. */
  readonly identity?: IdentityFacts;
  /** The release that the metadata document lists. Present if the metadata document was tied to the identity. */
  readonly release?: ReleaseFacts;
  /** The domain name of the identity. Present if the domain that the identity claims was looked up and confirms it. */
  readonly alias?: string;
  /** The bytes, and who signed them. Present if the bytes were verified. */
  readonly package?: PackageFacts;
  /** The strings that the publisher signed. Present if a plugin record was verified. */
  readonly plugin?: PluginFacts;
  /** The challenge that the publisher signed. Present if a challenge was verified. */
  readonly challenge?: string;
  /** What a federation source says of itself. Present if a federation-info document was read. */
  readonly federation?: FederationFacts;
  /** What a federation source lists for an author. Present if an author-data document was read. */
  readonly author?: AuthorFacts;
  /** The URL of the plugin's archive. Present if an asset URL was made. */
  readonly assetUrl?: string;
  /** The key that was read, or the publisher's key. Present if a key was read, or the verdict rests on one. */
  readonly key?: KeyFacts;
  /** What to keep and pass to the next visit, whatever the verdict. PHP's classes but `Verifier` ask for it, and the command's `verify` without `--no-pin`. JavaScript's functions but `verify`, and the command's `log` and `package` with `--json`, offer it without being asked; an offered one is left out where it would be too large. Present if the log of the did:plc was proven, and a pin was asked for or is offered. */
  readonly pin?: Pin;
}

/** Why something was refused, or could not be judged. */
export interface ReportedError {
  /** The stable code. */
  readonly code: ErrorCode;
  /** What was expected, what was found, and where. For people; not stable. */
  readonly message: string;
  /** What to do next, in one line. */
  readonly remedy: string;
  /** The index of the operation in the log, from 0. Present if the error is about an operation. */
  readonly operation?: number;
  /** The recomputed CID. Present if the error is about an operation whose CID could be computed. */
  readonly cid?: string;
  /** The name of the limit, as callers set it. Present if a limit was exceeded. */
  readonly limit?: LimitName;
}

/** A non-fatal finding. */
export interface Warning {
  /** The stable code. */
  readonly code: WarningCode;
  /** What was found, and where. For people; not stable. */
  readonly message: string;
}

/** A step of the verification. */
export interface Check {
  /** The name of the step. */
  readonly check: CheckName;
  /** What became of the step. */
  readonly outcome: Outcome;
  /** What was found, or why the step was skipped. For people; not stable. */
  readonly detail: string;
}

/** Which log of a catalogue the report is about. */
export interface BatchFacts {
  /** The first line of the log, from 1. */
  readonly line: number;
  /** The DID that the line names. Present if the line names one. */
  readonly did?: string;
}

/** An identity, as it was proven. */
export interface IdentityFacts {
  /** The DID that was asked for. */
  readonly did: string;
  /** The CID of the last operation that is not nullified. Present if the identity is a did:plc. */
  readonly head?: string;
  /** The number of operations of the log, nullified ones included. Present if `head` is. */
  readonly operations?: number;
  /** The CIDs of the operations that recoveries undid, in log order. Present if `head` is. */
  readonly nullified?: readonly string[];
  /** Whether the identity was deactivated. Present if `head` is. */
  readonly tombstoned?: boolean;
  /** The keys that may sign the next operation, highest authority first. Present if `head` is. */
  readonly rotationKeys?: readonly string[];
  /** The keys of the identity, by their ids. */
  readonly verificationMethods: Readonly<Record<string, string>>;
  /** Other names that the identity claims. */
  readonly alsoKnownAs: readonly string[];
  /** The services of the identity, by their ids. */
  readonly services: Readonly<Record<string, Service>>;
  /** The URL that serves the DID document. Present if the identity is a did:web. */
  readonly documentUrl?: string;
  /** The ids of verification methods that are revoked or have expired: they are no keys any more. Present if `documentUrl` is. */
  readonly withdrawn?: readonly string[];
  /** The URL from which the identity says its metadata document is served. Present if the identity names one that is usable. */
  readonly repository?: string;
  /** The operations that can still be undone, with what rests on them, oldest first. Present if the identity is a did:plc and a clock was given. */
  readonly contestable?: readonly ContestableOperation[];
  /** The DID document that follows from the log, as an honest directory serves it. Present if the history of a did:plc that is not tombstoned was asked for. */
  readonly didDocument?: object;
  /** Every operation of the log, nullified ones included. Present if the identity is a did:plc and the history was asked for. */
  readonly history?: readonly HistoryEntry[];
}

/** A service of an identity. */
export interface Service {
  /** The type, such as FairPackageManagementRepo. */
  readonly type: string;
  /** The URL of the service, as the identity claims it. */
  readonly endpoint: string;
}

/** An operation that can still be undone. */
export interface ContestableOperation {
  /** The index of the operation in the log, from 0. */
  readonly operation: number;
  /** The CID of the operation. */
  readonly cid: string;
  /** Until when it can be undone; that second is within. */
  readonly until: string;
  /** The keys that can undo it, highest authority first. */
  readonly keys: readonly string[];
  /** The ids of the verification methods that rest on it. */
  readonly verificationMethods: readonly string[];
  /** The ids of the services that rest on it. */
  readonly services: readonly string[];
  /** The aliases that rest on it. */
  readonly alsoKnownAs: readonly string[];
}

/** An operation of a verified log. */
export interface HistoryEntry {
  /** The CID, recomputed. */
  readonly cid: string;
  /** The CID of the operation that it follows; null for the genesis. */
  readonly prev: string | null;
  /** The type of the operation. */
  readonly type: OperationType;
  /** When the directory says that it accepted the operation. No signature covers this. Present if the log has times. */
  readonly createdAt?: string;
  /** When this verifier first saw the operation, in seconds since 1970. Present if a memory was asked for. */
  readonly firstSeen?: number;
  /** Whether a recovery undid it. */
  readonly nullified: boolean;
  /** The index of the recovery in the log, from 0. Present if a recovery undid it. */
  readonly nullifiedBy?: number;
  /** Whether it undid other operations. */
  readonly recovery: boolean;
  /** The index of the key that signed, among the rotation keys of the operation before (of a genesis: its own). */
  readonly signer: number;
  /** The key that signed. */
  readonly key: string;
  /** How serious its changes are. */
  readonly gravity: Gravity;
  /** What it changed in the state of the operation that it follows: removals first, then additions. */
  readonly changes: readonly Change[];
  /** The state of the identity after the operation; null for a tombstone. */
  readonly state: State | null;
}

/** A difference between two states. */
export interface Change {
  /** What became of the part. */
  readonly change: ChangeKind;
  /** Which member of the state it is in. */
  readonly part: StatePart;
  /** The id. Present if it is a verification method or a service. */
  readonly id?: string;
  /** The type of the service. Present if it is a service. */
  readonly type?: string;
  /** The key, the alias, or the endpoint of the service. Present if nothing was merely reordered. */
  readonly value?: string;
}

/** The state of an identity after an operation. */
export interface State {
  /** The keys that may sign the next operation, highest authority first. */
  readonly rotationKeys: readonly string[];
  /** The keys of the identity, by their ids. */
  readonly verificationMethods: Readonly<Record<string, string>>;
  /** Other names that the identity claims. */
  readonly alsoKnownAs: readonly string[];
  /** The services of the identity, by their ids. */
  readonly services: Readonly<Record<string, Service>>;
}

/** A release that is tied to its identity. */
export interface ReleaseFacts {
  /** The version, as the metadata document writes it. */
  readonly version: string;
  /** The type of the package. */
  readonly type: PackageType;
  /** The URL from which the identity says its metadata document is served. */
  readonly repository: string;
  /** The URL of the artifact that the bytes match. Present if the bytes were verified. */
  readonly artifact?: string;
  /** The well-formed package artifacts of the release, in the order of the document. Present if the bytes were not verified. */
  readonly artifacts?: readonly ArtifactFacts[];
  /** The versions of all well-formed releases, in the order of the document. Present if `artifacts` is. */
  readonly versions?: readonly string[];
}

/** An installable file, as the metadata document describes it: a claim, until the bytes are verified. */
export interface ArtifactFacts {
  /** Where the file is available. Any string. */
  readonly url: string;
  /** The media type. Present if the document gives one. */
  readonly contentType?: string;
  /** The checksum, as it is written there. Present if the document gives one. */
  readonly checksum?: string;
  /** Whether the host must be asked for `application/octet-stream`. */
  readonly releaseAsset: boolean;
  /** Whether the host wants credentials. */
  readonly requiresAuth: boolean;
}

/** The bytes of a package or an archive, and who signed them. */
export interface PackageFacts {
  /** The number of bytes. */
  readonly size: number;
  /** The SHA-256 digest of the bytes. */
  readonly sha256: string;
  /** The SHA-384 digest of the bytes. */
  readonly sha384: string;
  /** The id of the verification method that signed. Present if a key of a FAIR identity signed the bytes. */
  readonly keyId?: string;
  /** The key that signed the bytes. Present if the bytes are signed. */
  readonly key?: string;
  /** The form of the signature. Present if `key` is. */
  readonly algorithm?: SignatureForm;
}

/** The strings of a plugin record that the publisher signed. */
export interface PluginFacts {
  /** The id of the plugin. */
  readonly id: string;
  /** The name of the plugin. Present if the name is signed. */
  readonly name?: string;
  /** The version of the plugin. Present if the version is signed. */
  readonly version?: string;
  /** The short description of the plugin. Present if the description is signed. */
  readonly description?: string;
}

/** What a federation source says of itself. No signature covers this. */
export interface FederationFacts {
  /** The version of the protocol. */
  readonly version: string;
  /** What the source offers. */
  readonly features: readonly string[];
  /** The URL under which the source serves archives. */
  readonly domain: string;
  /** How the URL of an archive follows from author and slug. */
  readonly namingScheme: string;
}

/** What a federation source lists for an author, and which of it the author signed. */
export interface AuthorFacts {
  /** The author's user name at the source. */
  readonly username: string;
  /** The plugins that the source lists. */
  readonly plugins: readonly ListedPlugin[];
}

/** A plugin that a federation source lists for an author. */
export interface ListedPlugin {
  /** The slug of the plugin, or `plugins[<index>]` if it has none. */
  readonly id: string;
  /** The signature was not checked. Present if no key was given and the record is well-formed. */
  readonly unchecked?: true;
  /** Why the plugin is not the author's; null where the author signed it. Present if a key was given or the record is malformed. */
  readonly code?: ErrorCode | null;
}

/** A public key. */
export interface KeyFacts {
  /** The type of the key. */
  readonly type: 'Ed25519' | 'secp256k1' | 'P-256';
  /** The key as a did:key. */
  readonly didKey: string;
  /** The key in multibase. */
  readonly multibase: string;
}

/** What a verifier remembers of an identity. Keep it as JSON, unchanged (did-plc.md, "Pins"). */
export interface Pin {
  /** Names the format. */
  readonly schema: 'fedverify/pin/v2';
  /** The DID that the pin is about. */
  readonly did: string;
  /** The CID of the last operation that was seen and is not nullified. */
  readonly head: string;
  /** When the log was last verified, in seconds since 1970. */
  readonly lastVisit: number;
  /** The log, as it was last served. */
  readonly log: PinnedLog;
  /** Every operation that was ever seen. */
  readonly operations: readonly PinnedOperation[];
  /** Every package that was ever verified, by the number of its version. */
  readonly releases: Readonly<Record<string, readonly PinnedPackage[]>>;
  /** A digest over every fact, so that a damaged pin is noticed. */
  readonly sha256: string;
}

/** The string of a log, up to the end of its last entry. */
export interface PinnedLog {
  /** Its length in bytes. */
  readonly bytes: number;
  /** Its SHA-256 digest. */
  readonly sha256: string;
  /** How many operations of the pin, from the first on, are in it. */
  readonly operations: number;
}

/** An operation that was seen. */
export interface PinnedOperation {
  /** The CID of the operation. */
  readonly cid: string;
  /** The index of the rotation key that signed. */
  readonly signer: number;
  /** The bytes of its DAG-CBOR. */
  readonly size: number;
  /** When this verifier first saw it, in seconds since 1970. */
  readonly firstSeen: number;
  /** When the directory first said that it accepted it, in seconds since 1970. Present if a log with times was seen. */
  readonly createdAt?: number;
  /** Whether a recovery undid it. */
  readonly nullified: boolean;
}

/** A package that was verified. */
export interface PinnedPackage {
  /** The SHA-256 digest of its bytes. */
  readonly sha256: string;
  /** The SHA-384 digest of its bytes. */
  readonly sha384: string;
}
