import type { ErrorCode, Kind, LimitName, Limits } from './codes.js';
import type {
  AuthorFacts, ContestableOperation, FederationFacts, HistoryEntry, IdentityFacts, KeyFacts, PackageFacts, Pin as PinFacts, PluginFacts,
  ArtifactFacts, ReleaseFacts, Report, Service, State, Warning,
} from './report.js';

export { CheckName, ErrorCode, Kind, LimitName, WarningCode, defaultLimits, limitMeanings } from './codes.js';
export type * from './codes.js';
export type * from './report.js';

/**
 * Bytes, wherever they come from. A stream is read once and then released. Do not change bytes that you hand over before the
 * promise is settled: what was judged would differ from what is there afterwards. A package whose buffer is detached or shrinks while it
 * is read counts as unreadable. Afterwards the bytes are yours again; an identity or a release has copies of what it needs.
 */
export type Bytes = Uint8Array | ArrayBuffer | ArrayBufferView | BlobLike | StreamLike;

// What browsers, Node, Deno and Workers have in common of these, so that the types compile wherever they are used, also without
// TypeScript's `dom` library.

/** A Blob or a File. */
export interface BlobLike {
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
  slice(start?: number, end?: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** A ReadableStream of bytes. */
export interface StreamLike {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
    cancel(reason?: unknown): Promise<void>;
    releaseLock(): void;
  };
}

/** An AbortSignal. */
export interface SignalLike {
  readonly aborted: boolean;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * A JSON document or a key, as it was served: a string or bytes, never a parsed object. What parsing drops (a duplicate member,
 * the spelling of a number) is what a strict reader must see.
 */
export type StringOrBytes = string | Bytes;

/**
 * The TXT records of a name: one string with one record per line, or a list. In a list, a record that came in several strings is
 * a list itself, as `resolveTxt` of `node:dns/promises` gives it.
 */
export type TxtRecords = string | ReadonlyArray<string | readonly string[]>;

/** The module: a WebAssembly.Module, its bytes, a Response with them, or its URL as a string or a URL. */
export type ModuleSource = string | object;

/**
 * Loads the WebAssembly module. Only needed where `fedverify.wasm` cannot be found beside the JavaScript (Cloudflare Workers, some
 * bundlers), or to load it before it is needed. Later calls do nothing.
 *
 * @throws what fetching or compiling throws; a load that failed can be tried again
 * @example
 * import wasm from 'fedverify/fedverify.wasm';   // Cloudflare Workers: a WebAssembly.Module
 * await init(wasm);
 */
export function init(source?: ModuleSource | Promise<ModuleSource>): Promise<void>;

/** What every request may have. */
export interface CommonOptions {
  /** Limits that differ from the defaults. */
  readonly limits?: Limits;
  /** Ends the call early; it then throws the signal's reason. */
  readonly signal?: SignalLike;
}

/** The verifier's clock. */
export interface Clock {
  /**
   * The present time unless given. By it an identity says what can still be undone, keys of a did:web expire, and pins are kept.
   */
  readonly now?: Date;
}

/** What a verifier remembers between two visits. */
export interface Memory {
  /**
   * The pin of the last visit, as it was kept; `null`, or no such member, on a first visit. What takes back something that the
   * pin knows is refused. The report has the pin to keep, whatever the verdict: keep `error.report.pin` too.
   * `localStorage.getItem(did)` fits. `undefined` is refused: it could be a pin that got lost.
   */
  readonly pin?: Pin | StringOrBytes | null;
  /**
   * Whether the report of a first visit has a pin: yes, unless this is `false` or the pin is above the limits; with `true`, one above the
   * limits is refused. `verify` gives one only with `true` or `pin`.
   */
  readonly remember?: boolean;
}

/** A did:plc and its log. */
export interface LogEvidence extends Memory {
  /** The `did:plc` that the log must be of. */
  readonly did: string;
  /** The log, as a directory serves it: `/log/audit` (better), `/log`, or the lines of an export. */
  readonly log: StringOrBytes;
  readonly document?: never;
}

/** A did:web and its document. There is no log, so nothing is remembered of it, and it has no recovery window. */
export interface DocumentEvidence {
  /** The `did:web` that the document must be of. */
  readonly did: string;
  /** The DID document, as the domain serves it. */
  readonly document: StringOrBytes;
  readonly log?: never;
  readonly pin?: never;
  readonly remember?: never;
  readonly noDowngrade?: never;
  readonly waitRecoveryWindow?: never;
}

/** How an identity is proven: the log of a did:plc, or the document of a did:web. */
export type Evidence = LogEvidence | DocumentEvidence;

export interface LogRequest extends CommonOptions, Clock, LogEvidence {}

/** What {@link verifyWebDocument} takes. */
export interface WebDocumentRequest extends CommonOptions, Clock {
  /** A `did:web`. */
  readonly did: string;
  /** The DID document, as its web server serves it. */
  readonly document: StringOrBytes;
}

/** What a release is found with, once its identity is known. */
export interface MetadataInputs extends CommonOptions {
  /**
   * The FAIR metadata document, or a function that fetches it from the identity's repository. A function that fails leaves a
   * document that could not be read.
   */
  readonly metadata: StringOrBytes | ((repository: string) => StringOrBytes | Promise<StringOrBytes>);
  /** The exact version; the latest unless given. */
  readonly release?: string;
  /**
   * Refuses a version below the highest that was verified before. Needs `pin`, or `pin: null` on a first visit; an identity or a release
   * uses the pin of its own visit where none is given.
   */
  readonly noDowngrade?: boolean;
  /**
   * The TXT records that confirm the alias which the identity claims, or a function that looks up those of a name. They never
   * change the verdict: DNS is not signed by the publisher.
   */
  readonly txt?: TxtRecords | ((name: string) => TxtRecords | Promise<TxtRecords>);
}

export type MetadataRequest = MetadataInputs & Clock & Evidence;

/** A package: its bytes, or what a {@link PackageHasher} made of them. */
export type Package = Bytes | PackageDigests;

/** What is verified of the bytes. */
export interface BytesInputs extends CommonOptions {
  /**
   * The package's bytes, or a function that fetches them once the release is known. They are hashed in pieces, in constant
   * memory. The digests of a {@link PackageHasher} can take their place.
   */
  readonly package: Package | ((release: ListedRelease) => Package | Promise<Package>);
  /** The URL that the package was fetched from: then only that artifact counts. */
  readonly artifactUrl?: string;
  /** Refuses a package whose signing key a recovery can still undo. */
  readonly waitRecoveryWindow?: boolean;
  /**
   * Called with the number of bytes hashed so far, and the total if it is known; not for digests. What it throws ends the call; what it
   * returns is ignored.
   */
  readonly onProgress?: (done: number, total: number | undefined) => void;
  /** Called once, after identity and metadata document were verified and before any byte of the package is read. */
  readonly onRelease?: (release: ListedRelease) => void;
}

/** What a package is verified with, once its identity is known. */
export interface PackageInputs extends MetadataInputs, BytesInputs {}

export type PackageRequest = PackageInputs & Clock & Evidence;

/** An alias and the records that confirm it. */
export type AliasRequest = CommonOptions & Clock & Evidence & {
  /**
   * The TXT records of `_fairpm.` and the domain, or a function that looks up those of a name. What the function throws is
   * thrown. Not needed where the identity claims no alias.
   */
  readonly txt?: TxtRecords | ((name: string) => TxtRecords | Promise<TxtRecords>);
};

export interface PluginRequest extends CommonOptions {
  /** The publisher's Ed25519 key, which you trust: PEM or base64. */
  readonly key: StringOrBytes;
  /** The plugin's record, as JSON. */
  readonly plugin: StringOrBytes;
  /** The signature in base64; the record's own unless given. */
  readonly signature?: string;
  /** The plugin's ZIP. It is held in memory until the call ends, up to the limit `packageBytes`. */
  readonly archive?: Bytes;
  /** A signature over the archive itself. Without it nothing binds the archive's bytes, and the report says so. */
  readonly archiveSignature?: string;
  readonly onProgress?: (done: number, total: number | undefined) => void;
}

export interface ChallengeRequest extends CommonOptions {
  /** The publisher's Ed25519 key, which you trust: PEM or base64. */
  readonly key: StringOrBytes;
  /** The challenge, exactly as it was sent. */
  readonly challenge: string;
  /** The answer: its signature, in base64. */
  readonly signature: string;
}

export interface FederationInfoRequest extends CommonOptions {
  /** The document by which a federation source introduces itself. */
  readonly document: StringOrBytes;
}

export interface AuthorDataRequest extends CommonOptions {
  /** The document in which a federation source lists an author's plugins. */
  readonly document: StringOrBytes;
  /** The author's Ed25519 key, which you trust. Without it no signature is checked, and each plugin of the list says so. */
  readonly key?: StringOrBytes;
}

export interface AssetUrlRequest extends FederationInfoRequest {
  /** The author's user name at the source. */
  readonly author: string;
  /** The plugin's id at the source. */
  readonly slug: string;
}

export interface KeyRequest extends CommonOptions {
  /** A did:key, multibase, base64 or PEM. */
  readonly key: StringOrBytes;
}

/** Any verification: a kind, and its inputs by the names that every binding and the corpus use. */
export interface VerifyRequest extends CommonOptions, Memory {
  readonly kind: Kind;
  readonly did?: string;
  readonly log?: StringOrBytes;
  readonly document?: StringOrBytes;
  readonly metadata?: MetadataInputs['metadata'];
  /** The verifier's clock. Unlike elsewhere there is none unless it is given. */
  readonly now?: Date;
  readonly release?: string;
  readonly artifactUrl?: string;
  readonly noDowngrade?: boolean;
  readonly waitRecoveryWindow?: boolean;
  /** Puts the identity's history into the report. */
  readonly history?: boolean;
  readonly txt?: MetadataInputs['txt'];
  readonly key?: StringOrBytes;
  readonly plugin?: StringOrBytes;
  readonly signature?: string;
  readonly archiveSignature?: string;
  readonly challenge?: string;
  readonly author?: string;
  readonly slug?: string;
  readonly package?: BytesInputs['package'];
  readonly archive?: Bytes;
  readonly onProgress?: (done: number, total: number | undefined) => void;
  readonly onRelease?: (release: ListedRelease) => void;
}

/**
 * Carries out any verification. The other functions rest on it: each is one kind, with the present time as its clock.
 *
 * @returns the report; its verdict is `verified`, or the promise is rejected
 * @throws {FedVerifyError} if anything was rejected, could not be read, or the call is wrong
 */
export function verify(request: VerifyRequest): Promise<VerifiedReport>;

/**
 * Verifies the log of a `did:plc`, operation by operation, back to the genesis that the DID is the hash of.
 *
 * @throws {FedVerifyError} if the log was rejected, could not be read, or the call is wrong
 * @example
 * const did = 'did:plc:6fub4jd3yfiuvzi5yhcmvrax';
 * const { body } = await fetch(`https://plc.directory/${did}/log/audit`);
 * const identity = await verifyLog({ did, log: body ?? '' });
 * console.log(identity.verificationMethods);
 */
export function verifyLog(request: LogRequest): Promise<Identity>;

/**
 * Reads the DID document of a `did:web`: keys, services and aliases as its web server says. Nothing in it is signed.
 *
 * @throws {FedVerifyError} if anything was rejected, could not be read, or the call is wrong
 * @example
 * const { identity } = await verifyWebDocument({ did: 'did:web:publisher.example', document: body });
 */
export function verifyWebDocument(request: WebDocumentRequest): Promise<WebDocumentReport>;

/**
 * The URL that serves the DID document of a `did:web`. Fetch it over TLS: nothing else authenticates it.
 *
 * @throws {FedVerifyError} `did.invalid`, `did.unsupported`; `api.argument`: it is no string
 */
export function webDocumentUrl(did: string): Promise<string>;

/**
 * Verifies that an identity's metadata document lists a release: what can be known before the package is there.
 *
 * @throws {FedVerifyError} if anything was rejected, could not be read, or the call is wrong
 * @example
 * const release = await verifyMetadata({ did, log, metadata: async (url) => (await fetch(url)).text() });
 * console.log('fetch one of', release.artifacts);
 * const report = await release.verifyPackage({ package: file });
 */
export function verifyMetadata(request: MetadataRequest): Promise<Release>;

/**
 * Verifies a FAIR package: from its bytes over the metadata document to its publisher's identity.
 *
 * @returns the report; its verdict is `verified`, or the promise is rejected
 * @throws {FedVerifyError} if anything was rejected, could not be read, or the call is wrong
 * @example
 * const report = await verifyPackage({ did, log, metadata, package: file, onProgress: (done) => console.log(done) });
 * console.log(report.release.version, report.package.sha256);
 */
export function verifyPackage(request: PackageRequest): Promise<PackageReport>;

/**
 * Hashes a package while its bytes come, such as from a download that you also save. Verify the {@link PackageDigests} afterwards, in
 * place of the bytes. Only `create` is asynchronous, because it loads the module; the rest happens at once, on the caller's thread.
 *
 * Any error uses the hasher up, so that part of a package cannot pass for the whole. To discard a hasher, call `finish`.
 *
 * In the example, `download` is any async iterable of bytes. The `body` of a `Response` is one, but not in Safari: use its `getReader()`.
 *
 * @example
 * const hasher = await PackageHasher.create();
 * for await (const chunk of download) {
 *   hasher.update(chunk);
 *   await save(chunk);
 * }
 * const report = await verifyPackage({ did, log, metadata, package: hasher.finish() });
 */
export class PackageHasher {
  private constructor();
  #private;
  /**
   * A hasher that has taken nothing. Of the limits, `packageBytes` applies; the verification checks its own afterwards.
   *
   * @throws {FedVerifyError} the call is wrong
   */
  static create(options?: QuestionOptions): Promise<PackageHasher>;
  /**
   * Takes the next bytes of the package. Afterwards they are yours again.
   *
   * @throws {FedVerifyError} `input.too_large`; `api.used_up`; `api.argument`: they are not bytes, or their buffer is detached
   */
  update(bytes: Uint8Array | ArrayBuffer | ArrayBufferView): void;
  /**
   * A second hasher that has taken the same bytes.
   *
   * @throws {FedVerifyError} `api.used_up`
   */
  copy(): PackageHasher;
  /**
   * The digests of all bytes taken. It uses the hasher up.
   *
   * @throws {FedVerifyError} `api.used_up`
   */
  finish(): PackageDigests;
}

/**
 * What verifying needs of a package's bytes. Only {@link PackageHasher} makes them: digests that were copied, cloned, sent to another
 * thread or made by hand are refused (`api.argument`).
 */
export class PackageDigests {
  private constructor();
  #private;
  /** The number of bytes. */
  readonly size: number;
  /** In lower-case hexadecimal. */
  readonly sha256: string;
  /** In lower-case hexadecimal. */
  readonly sha384: string;
}

/**
 * Verifies that the domain which an identity claims as its alias names it in DNS. Where it claims none there is nothing to
 * confirm, and the report has no `alias`.
 *
 * @throws {FedVerifyError} if anything was rejected, could not be read, or the call is wrong
 * @example
 * import { resolveTxt } from 'node:dns/promises';
 * const { alias } = await confirmAlias({ did, log, txt: resolveTxt });
 */
export function confirmAlias(request: AliasRequest): Promise<AliasReport>;

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
 * Checks an ownership challenge before you send it: its answer must not be usable for anything else. Make a new random one for
 * every visit, such as `crypto.randomUUID()`.
 *
 * @throws {FedVerifyError} `pfn.challenge.malformed`, `pfn.challenge.ambiguous`: it must not be sent; or the call is wrong
 */
export function checkPfnChallenge(challenge: string, options?: QuestionOptions): Promise<void>;

/**
 * Checks that a publisher's key signed a digest as that of an archive. It says nothing about bytes until they are found to have that
 * digest; of bytes that are there, {@link verifyPfnPlugin} checks it.
 *
 * @param key the publisher's Ed25519 key, which you trust: PEM or base64
 * @param sha384 the archive's SHA-384 digest that a node lists, in hexadecimal
 * @param signature in base64
 * @throws {FedVerifyError} `pfn.archive.signature_invalid`, `pfn.signature.encoding`, `pfn.key.invalid`; or the call is wrong
 */
export function checkPfnArchiveSignature(
  key: StringOrBytes, sha384: string, signature: string, options?: QuestionOptions,
): Promise<void>;

/**
 * Reads the document by which a federation source introduces itself. Nobody signs it.
 *
 * @throws {FedVerifyError} if it was rejected, could not be read, or the call is wrong
 */
export function readFederationInfo(request: FederationInfoRequest): Promise<FederationInfoReport>;

/**
 * Reads the document in which a federation source lists an author's plugins, and checks each plugin's signature where a key is
 * given: `report.author.plugins` says which hold. `report.trust` is `key` only where the key signed at least one of them; where it
 * signed some and not others, there is the warning `pfn.author_data.partial`.
 *
 * @throws {FedVerifyError} if the key signed none of the plugins, or the document was rejected, could not be read, or the call is wrong
 */
export function readAuthorData(request: AuthorDataRequest): Promise<AuthorDataReport>;

/**
 * Makes the URL of a plugin's archive from a federation source's naming scheme. It never leaves the source's own domain.
 *
 * @throws {FedVerifyError} if the document or the words were rejected, or the call is wrong
 */
export function assetUrl(request: AssetUrlRequest): Promise<AssetUrlReport>;

/**
 * Reads a public key that can verify signatures.
 *
 * @throws {FedVerifyError} if it is none, or the call is wrong
 */
export function readKey(request: KeyRequest): Promise<KeyReport>;

/** What a verifier remembers of an identity: `report.pin`, as it was given or as it was kept. */
export type Pin = PinFacts;

/** A pin as it is kept, or as it was in a report. */
export type KeptPin = Pin | StringOrBytes;

/** What a question may have. */
export interface QuestionOptions {
  /** Limits that differ from the defaults. */
  readonly limits?: Limits;
}

/**
 * Reads pins, and makes one of two. A pin is a plain object: `did`, `head`, `lastVisit` and `releases` are members of it, and
 * `JSON.stringify` writes it as it is kept.
 *
 * @example
 * const kept = await Pin.parse(text);
 * console.log(kept.did, kept.head, new Date(kept.lastVisit * 1000), await Pin.highestVersion(kept));
 * const isOlder = (await Pin.compare(visit, kept)) < 0;
 * const pin = await Pin.merge(kept, visit);
 */
export const Pin: {
  /**
   * Reads a pin.
   *
   * @throws {FedVerifyError} `pin.malformed`: it is torn, damaged, empty, too large or of another format
   */
  parse(pin: KeptPin, options?: QuestionOptions): Promise<Pin>;
  /** The number of the highest version of which a package was verified; null where none with an order was. Throws as `parse`. */
  highestVersion(pin: KeptPin, options?: QuestionOptions): Promise<string | null>;
  /**
   * -1, 0 or 1, as the first pin's log is older than, the same as or newer than the second's. Packages do not count.
   *
   * @throws {FedVerifyError} `pin.fork`: they know histories that contradict each other; `pin.malformed`: they are of two
   * identities, or one is damaged
   */
  compare(a: KeptPin, b: KeptPin, options?: QuestionOptions): Promise<-1 | 0 | 1>;
  /**
   * What both know, from visits that ran at once. Nothing is forgotten, and the order of the two does not matter.
   *
   * @throws {FedVerifyError} as `compare`; `pin.nullification_late`: one has an operation as undone that the other proves to have
   * been undone too late; `pin.too_large` where no verification would read it
   */
  merge(a: KeptPin, b: KeptPin, options?: QuestionOptions): Promise<Pin>;
};

/** The order of versions by which a release is the latest, and a downgrade is refused; and their numbers. */
export const Version: {
  /**
   * -1, 0 or 1, as the first version is lower than, equal to or higher than the second.
   *
   * @throws {FedVerifyError} `fair.version.invalid`: one of them is no version, or has no order, as `trunk` has none
   */
  compare(a: string, b: string, options?: QuestionOptions): Promise<-1 | 0 | 1>;
  /**
   * The version by its number and not by its spelling: `1`, `1.0`, `v1.0.0` and `1.0.0+build` are all `1.0.0`. A version without an
   * order is its own name. Pins name versions so.
   *
   * @throws {FedVerifyError} `fair.version.invalid`: it is no version
   */
  number(version: string, options?: QuestionOptions): Promise<string>;
};

/** The newest of several directories' logs. */
export interface Newest {
  /** The directory that served it. */
  readonly url: string;
  /** What it proves. */
  readonly identity: Identity;
  /** The directories that lag behind it: `plc.directory.lag`. */
  readonly warnings: readonly Warning[];
}

/**
 * Chooses the newest of several directories' logs of one identity: the one that lawfully continues every other. A
 * directory can withhold operations and change times, and one alone cannot be caught at it.
 *
 * @param identities what each directory's log proves, by the directory's URL. The logs are verified again
 * @throws {FedVerifyError} `plc.directory.disagree`: the directories show different histories or times; `plc.log.empty`: there are none
 * @example
 * const { url, identity, warnings } = await newest({
 *   'https://plc.directory': await verifyLog({ did, log }),
 *   'https://mirror.example': await verifyLog({ did, log: otherLog }),
 * });
 * const difference = await identity.compareDocument(served, url);
 * console.log(identity.head, warnings, difference?.message ?? 'the document is that of the log');
 */
export function newest(identities: Readonly<Record<string, Identity>>): Promise<Newest>;

/** An identity whose whole log was verified: a plain record of what was proven. {@link verifyLog} makes it. */
export class Identity {
  private constructor();
  readonly did: string;
  /** The CID of the last operation that is not nullified. */
  readonly head: string;
  /** The CIDs of the operations that recoveries undid, in log order. */
  readonly nullified: readonly string[];
  /** Whether the identity was deactivated: then it has no keys and no services. */
  readonly tombstoned: boolean;
  /** The keys that may sign the next operation, highest authority first. */
  readonly rotationKeys: readonly string[];
  /** The keys of the identity, as did:keys by their ids. */
  readonly verificationMethods: Readonly<Record<string, string>>;
  /** Other names that the identity claims. */
  readonly alsoKnownAs: readonly string[];
  /** The services of the identity, by their ids. */
  readonly services: Readonly<Record<string, Service>>;
  /** The URL from which the identity says its metadata document is served, if it names one that is usable. */
  readonly repository?: string;
  /** The operations that can still be undone: until when, by which keys, and what rests on them. Oldest first. */
  readonly contestable: readonly ContestableOperation[];
  /** Every operation of the log, nullified ones included. */
  readonly history: readonly HistoryEntry[];
  /** The DID document that follows from the log; `null` if the identity was deactivated. */
  readonly didDocument: object | null;
  readonly warnings: readonly Warning[];
  /** What to keep for the next visit; absent for a did:web, and with `remember: false`. */
  readonly pin?: Pin;
  readonly report: IdentityReport;
  /** The state that an operation set; undefined for a tombstone, and for a CID that is not in the log. */
  stateAt(cid: string): State | undefined;
  /** Verifies that a metadata document of this identity lists a release, with the pin that the log was verified with. */
  verifyMetadata(request: MetadataInputs & Memory & Clock): Promise<Release>;
  /** Verifies a package of this identity, with the pin that the log was verified with. */
  verifyPackage(request: PackageInputs & Memory & Clock): Promise<PackageReport>;
  /**
   * Compares the DID document that a directory serves with the one that follows from the log, which is verified again. Nobody
   * signs the served one, so a difference is a warning about the directory.
   *
   * @param served the document as it was served
   * @param url the directory, for the message; `https://plc.directory` unless given
   * @returns `plc.document.differs`; null where both say the same. Of a deactivated identity the log says nothing but its DID
   */
  compareDocument(served: StringOrBytes, url?: string): Promise<Warning | null>;
}

/** A release before its package is there. */
export interface ListedRelease {
  /** The DID of the publisher. */
  readonly did: string;
  /** The version, as the metadata document writes it. */
  readonly version: string;
  readonly type: ReleaseFacts['type'];
  /** The URL from which the identity says its metadata document is served. */
  readonly repository: string;
  /** The well-formed package artifacts of the release: where its package is available. */
  readonly artifacts: readonly ArtifactFacts[];
  /** The versions of all well-formed releases that the document lists, in its order. */
  readonly versions: readonly string[];
}

/** A release that is tied to its publisher; nothing is known of its bytes yet. {@link verifyMetadata} makes it. */
export class Release implements ListedRelease {
  private constructor();
  readonly did: string;
  readonly version: string;
  readonly type: ReleaseFacts['type'];
  readonly repository: string;
  readonly artifacts: readonly ArtifactFacts[];
  readonly versions: readonly string[];
  readonly warnings: readonly Warning[];
  /** What to keep for the next visit; absent for a did:web, and with `remember: false`. */
  readonly pin?: Pin;
  readonly report: MetadataReport;
  /** Verifies the package of this release, with the pin and the records that the release was verified with. */
  verifyPackage(request: BytesInputs & Memory & Clock): Promise<PackageReport>;
}

/** The report on something that was verified. Everything else is thrown. */
export interface VerifiedReport extends Report {
  readonly verdict: 'verified';
  readonly error: null;
}

/** What a log proves. */
export type LogFacts = IdentityFacts &
  Required<Pick<IdentityFacts, 'head' | 'operations' | 'nullified' | 'tombstoned' | 'rotationKeys'>>;

export interface IdentityReport extends VerifiedReport {
  readonly kind: 'plc-log';
  readonly trust: 'self-certified';
  readonly identity: LogFacts;
}

export interface MetadataReport extends VerifiedReport {
  readonly kind: 'fair-metadata';
  readonly trust: 'self-certified' | 'web';
  readonly identity: IdentityFacts;
  readonly release: ReleaseFacts & Required<Pick<ReleaseFacts, 'artifacts' | 'versions'>>;
}

export interface PackageReport extends VerifiedReport {
  readonly kind: 'fair-package';
  readonly trust: 'self-certified' | 'web';
  readonly identity: IdentityFacts;
  readonly release: ReleaseFacts & Required<Pick<ReleaseFacts, 'artifact'>>;
  readonly package: Required<PackageFacts>;
}

export interface WebDocumentReport extends VerifiedReport {
  readonly kind: 'web-document';
  readonly trust: 'web';
  readonly identity: IdentityFacts;
}

export interface AliasReport extends VerifiedReport {
  readonly kind: 'fair-alias';
  readonly trust: 'self-certified' | 'web';
  readonly identity: IdentityFacts;
}

export interface PluginReport extends VerifiedReport {
  readonly kind: 'pfn-plugin';
  readonly trust: 'key';
  readonly plugin: PluginFacts;
  readonly key: KeyFacts;
}

/** The report on an answer. {@link checkPfnChallenge} gives none. */
export interface ChallengeReport extends VerifiedReport {
  readonly kind: 'pfn-challenge';
  readonly trust: 'key';
  readonly challenge: string;
  readonly key: KeyFacts;
}

export interface FederationInfoReport extends VerifiedReport {
  readonly kind: 'pfn-federation-info';
  readonly federation: FederationFacts;
}

export interface AuthorDataReport extends VerifiedReport {
  readonly kind: 'pfn-author-data';
  readonly trust?: 'key';
  readonly author: AuthorFacts;
}

export interface AssetUrlReport extends VerifiedReport {
  readonly kind: 'pfn-asset-url';
  readonly federation: FederationFacts;
  readonly assetUrl: string;
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
  /** The limit that was exceeded, if one was. */
  readonly limit?: LimitName;
  /** What to do next, in one line. */
  readonly remedy: string;
  /**
   * The whole account: which steps passed, which failed, what was proven before. Where the log was proven, its `pin` is what to
   * keep now. There is none where nothing was to be verified: of questions (`Pin`, `Version`, `newest`, `compareDocument`,
   * `webDocumentUrl`, `checkPfnChallenge`, `checkPfnArchiveSignature`), of a `PackageHasher`, and of a call of `verify` that names no
   * kind.
   */
  readonly report?: Report;
}
