import type { CheckName, ErrorCode, Limits, WarningCode } from './codes.js';

export { CheckName, ErrorCode, WarningCode } from './codes.js';
export type { Limits } from './codes.js';

/**
 * Bytes, wherever they come from. A stream is read once and let go of. Bytes that are handed over must not be changed
 * before the promise is settled: what was judged would be something else than what is there afterwards.
 */
export type Bytes = Uint8Array | ArrayBuffer | ArrayBufferView | Blob | ReadableStream<Uint8Array>;

/**
 * A JSON document or a key, as it was served: text or bytes, never a parsed object. What parsing drops (a member that is
 * there twice, the spelling of a number) is what a strict reader must see.
 */
export type Text = string | Bytes;

/** Where the module is to be had: compiled, as bytes, or by its address. */
export type ModuleSource = WebAssembly.Module | BufferSource | Response | URL | string;

/**
 * Loads the WebAssembly module. Only needed where the functions cannot find `fedverify.wasm` beside the JavaScript by
 * themselves (Cloudflare Workers, some bundlers), or to load it before it is needed. Later calls do nothing.
 *
 * @throws what fetching or compiling throws; a load that failed can be tried again
 * @example
 * import wasm from 'fedverify/fedverify.wasm';   // Cloudflare Workers: a WebAssembly.Module
 * await init(wasm);
 */
export function init(source?: ModuleSource | Promise<ModuleSource>): Promise<void>;

/** What every request may say. */
export interface CommonOptions {
  /** Limits that differ from the defaults. */
  readonly limits?: Limits;
  /** Ends the call early; it then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What a verifier remembers between two visits. */
export interface Memory {
  /**
   * The pin of the last visit, as it was kept, or `null` on a first visit. Where it is given, the verdict holds the pin to
   * keep for the next visit, and what takes back what was seen is refused. `localStorage.getItem(did)` fits.
   */
  readonly pin?: Pin | Text | null;
  /** The verifier's clock; the present time unless given. Only together with `pin`. */
  readonly now?: Date;
}

export interface LogRequest extends CommonOptions, Memory {
  /** The `did:plc` whose log it is to be. */
  readonly did: string;
  /** The log, as a directory serves it: `/log/audit` (better) or `/log`. */
  readonly log: Text;
}

/** What a package is verified with, once its identity is known. */
export interface PackageInputs extends CommonOptions {
  /** The FAIR metadata document. */
  readonly metadata: Text;
  /** The package's bytes. They are hashed in pieces, in constant memory. */
  readonly package: Bytes;
  /** The exact version; the latest unless given. */
  readonly release?: string;
  /** The address that the package was fetched from: then no other artifact counts. */
  readonly artifactUrl?: string;
  /** Refuses a version below the highest that was verified before. Only together with `pin`. */
  readonly noDowngrade?: boolean;
  /** Is told how many bytes were hashed, and of how many, where that is known. */
  readonly onProgress?: (done: number, total: number | undefined) => void;
  /** Is told once, before any byte of the package is read, that the log and the metadata document hold. */
  readonly onRelease?: (report: VerifiedReport) => void;
}

export interface PackageRequest extends LogRequest, PackageInputs {}

export interface PluginRequest extends CommonOptions {
  /** The publisher's Ed25519 key, which you trust: PEM or base64. */
  readonly key: Text;
  /** The plugin's record, as JSON. */
  readonly plugin: Text;
  /** The signature in base64; the record's own unless given. */
  readonly signature?: string;
  /** The plugin's ZIP. It is held in memory, up to the limit `packageBytes`. */
  readonly archive?: Bytes;
  /** A signature over the archive itself. Without it nothing binds the archive's bytes, and the report says so. */
  readonly archiveSignature?: string;
  readonly onProgress?: (done: number, total: number | undefined) => void;
}

export interface ChallengeRequest extends CommonOptions {
  /** The publisher's Ed25519 key, which you trust: PEM or base64. */
  readonly key: Text;
  /** The challenge, exactly as it was sent. */
  readonly challenge: string;
  /** The answer: its signature, in base64. */
  readonly signature: string;
}

export interface KeyRequest extends CommonOptions {
  /** A did:key, a multibase text, or PEM. */
  readonly key: Text;
}

/**
 * Verifies the log of a `did:plc`, operation by operation, back to the genesis that the DID is the hash of.
 *
 * @throws {FedVerifyError} if the log was rejected, could not be read, or the call is wrong
 * @example
 * const did = 'did:plc:6fub4jd3yfiuvzi5yhcmvrax';
 * const { body } = await fetch(`https://plc.directory/${did}/log/audit`);
 * const identity = await verifyLog({ did, log: body });
 * console.log(identity.verificationMethods);
 */
export function verifyLog(request: LogRequest): Promise<Identity>;

/**
 * Verifies a FAIR package: from its bytes over the metadata document to the genesis of its publisher's DID.
 *
 * @returns the report; its verdict is `verified`, or the promise is rejected
 * @throws {FedVerifyError} if anything was rejected, could not be read, or the call is wrong
 * @example
 * const report = await verifyPackage({ did, log, metadata, package: file, onProgress: (done, total) => bar(done / total) });
 * console.log(report.release.version, report.package.sha256);
 */
export function verifyPackage(request: PackageRequest): Promise<PackageReport>;

/**
 * Verifies a plugin record of the Plugin Federation Network against a key that you trust, and its archive where one is given.
 *
 * @throws {FedVerifyError} if anything was rejected, could not be read, or the call is wrong
 */
export function verifyPfnPlugin(request: PluginRequest): Promise<PluginReport>;

/**
 * Verifies the answer to an ownership challenge of the Plugin Federation Network.
 *
 * @throws {FedVerifyError} if it was rejected, or the call is wrong
 */
export function verifyPfnChallenge(request: ChallengeRequest): Promise<ChallengeReport>;

/**
 * Reads a public key that can verify signatures.
 *
 * @throws {FedVerifyError} if it is none, or the call is wrong
 */
export function readKey(request: KeyRequest): Promise<KeyReport>;

/** An identity whose whole log was verified. A plain record of what was proven; {@link verifyLog} makes it. */
export class Identity {
  private constructor();
  readonly did: string;
  /** The CID of the last operation that is not nullified. */
  readonly head: string;
  /** The CIDs of the operations that a recovery undid, in the order of the log. */
  readonly nullified: readonly string[];
  /** Whether the identity was deactivated: then it speaks for no keys and no services. */
  readonly tombstoned: boolean;
  /** The keys that may sign the next operation, by falling authority. */
  readonly rotationKeys: readonly string[];
  /** The keys that speak for the identity, as did:keys by their ids. */
  readonly verificationMethods: Readonly<Record<string, string>>;
  /** Other names that the identity claims. */
  readonly alsoKnownAs: readonly string[];
  readonly services: Readonly<Record<string, Service>>;
  /** Every operation of the log, nullified ones too. */
  readonly history: readonly HistoryEntry[];
  /** The DID document that follows from the log; `null` if the identity was deactivated. */
  readonly didDocument: object | null;
  readonly warnings: readonly Warning[];
  /** What to keep for the next visit, if a pin was asked for. */
  readonly pin?: Pin;
  readonly report: IdentityReport;
  /** The state that an operation set; undefined for a tombstone, and for a CID that is not in the log. */
  stateAt(cid: string): State | undefined;
  /** Verifies a package of this identity, with the pin that the log was verified with. */
  verifyPackage(request: PackageInputs): Promise<PackageReport>;
}

/** One operation of a verified log. */
export interface HistoryEntry {
  /** Its CID, recomputed. */
  readonly cid: string;
  /** The CID of the operation it follows on; `null` for the genesis. */
  readonly prev: string | null;
  readonly type: 'plc_operation' | 'plc_tombstone' | 'create';
  /** When the directory says that it accepted the operation; `null` from a bare log. Nobody signs times. */
  readonly createdAt: string | null;
  /** Whether a recovery undid it. */
  readonly nullified: boolean;
  /** The index of the key that signed, among the rotation keys of the operation before (of the genesis: its own). */
  readonly signer: number;
  /** What the identity was after it; `null` for a tombstone. */
  readonly state: State | null;
}

/** What an identity is after an operation. */
export interface State {
  readonly rotationKeys: readonly string[];
  readonly verificationMethods: Readonly<Record<string, string>>;
  readonly alsoKnownAs: readonly string[];
  readonly services: Readonly<Record<string, Service>>;
}

export interface Service {
  readonly type: string;
  readonly endpoint: string;
}

/** What should be known, though it speaks not against what was verified. */
export interface Warning {
  readonly code: WarningCode;
  readonly message: string;
}

/** One step of a verification. */
export interface Check {
  readonly check: CheckName;
  readonly outcome: 'pass' | 'fail' | 'skipped' | 'not-reached';
  readonly detail: string;
}

/** A remembered identity. Keep it as JSON, unchanged. */
export interface Pin {
  readonly schema: 'fedverify/pin/v1';
  readonly did: string;
  readonly head: string;
  readonly log: object;
  readonly operations: readonly object[];
  readonly releases: object;
  readonly sha256: string;
}

/** The account of one verification, the same from every face of fedverify: `schema/report.v1.json`. */
export interface Report {
  readonly schema: 'fedverify/report/v1';
  readonly verdict: 'verified' | 'rejected' | 'undetermined';
  readonly kind: 'plc-log' | 'fair-metadata' | 'fair-package' | 'pfn-plugin' | 'pfn-challenge' | 'key';
  /** What the verdict rests on. A DID of the method plc is its own proof; with PFN it is the key that you trust. */
  readonly trust?: 'self-certified' | 'web' | 'key';
  readonly error: ReportedError | null;
  readonly warnings: readonly Warning[];
  /** Every step, in order. */
  readonly checks: readonly Check[];
  readonly identity?: IdentityFacts;
  readonly release?: { readonly version: string; readonly repository: string; readonly artifact?: string };
  readonly package?: PackageFacts;
  readonly plugin?: PluginFacts;
  readonly challenge?: string;
  readonly key?: KeyFacts;
  readonly pin?: Pin;
}

export interface ReportedError {
  readonly code: ErrorCode;
  /** For people; not stable. */
  readonly message: string;
  /** The index in the log, from 0. */
  readonly operation?: number;
  readonly cid?: string;
}

export interface IdentityFacts extends State {
  readonly did: string;
  readonly head: string;
  readonly operations: number;
  readonly nullified: readonly string[];
  readonly tombstoned: boolean;
}

export interface PackageFacts {
  readonly size: number;
  readonly sha256: string;
  readonly sha384: string;
  /** The id of the verification method that signed. */
  readonly keyId?: string;
  /** The key that signed, as a did:key. */
  readonly key?: string;
  readonly algorithm?: string;
}

/** The texts that the publisher signed. */
export interface PluginFacts {
  readonly id: string;
  readonly name?: string | null;
  readonly version?: string | null;
  readonly description?: string | null;
}

export interface KeyFacts {
  readonly type: 'Ed25519' | 'secp256k1' | 'P-256';
  readonly didKey: string;
  readonly multibase: string;
}

export interface VerifiedReport extends Report {
  readonly verdict: 'verified';
  readonly error: null;
}

export interface IdentityReport extends VerifiedReport {
  readonly kind: 'plc-log';
  readonly identity: IdentityFacts;
}

export interface PackageReport extends VerifiedReport {
  readonly kind: 'fair-package';
  readonly identity: IdentityFacts;
  readonly release: { readonly version: string; readonly repository: string; readonly artifact: string };
  readonly package: Required<PackageFacts>;
}

export interface PluginReport extends VerifiedReport {
  readonly kind: 'pfn-plugin';
  readonly plugin: PluginFacts;
  readonly key: KeyFacts;
}

export interface ChallengeReport extends VerifiedReport {
  readonly kind: 'pfn-challenge';
  readonly challenge: string;
  readonly key: KeyFacts;
}

export interface KeyReport extends VerifiedReport {
  readonly kind: 'key';
  readonly key: KeyFacts;
}

/** Something was not verified. Go by `code`; show `message` and `remedy` to people. */
export class FedVerifyError extends Error {
  /** @internal */
  private constructor();
  readonly name: 'FedVerifyError';
  /** Stable. */
  readonly code: ErrorCode;
  /** `rejected`: judged and refused. `undetermined`: nothing could be judged (`io.*`, `api.*`). Neither is verified. */
  readonly verdict: 'rejected' | 'undetermined';
  /** The index in the log of the operation that the error is about, if it is about one. */
  readonly operation?: number;
  /** The CID of that operation. */
  readonly cid?: string;
  /** What to do next, in one line. */
  readonly remedy: string;
  /** The whole account: which steps passed, which failed, what was proven before. */
  readonly report: Report;
}
