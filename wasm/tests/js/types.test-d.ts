/** What the types allow, and what they refuse. Compiled by `tsc`, never run. */
import {
  ErrorCode, FedVerifyError, Identity, Kind, LimitName, PackageDigests, PackageHasher, Pin, Release, Version, WarningCode, assetUrl, checkPfnArchiveSignature,
  checkPfnChallenge, confirmAlias, defaultLimits, init, limitMeanings,
  newest, readAuthorData, readFederationInfo,
  verify, verifyLog, verifyMetadata, verifyPackage, verifyPfnPlugin,
  verifyWebDocument,
} from 'fedverify';
import type { Bytes, CheckName, PackageReport, Report, Verdict } from 'fedverify';
import * as worker from 'fedverify/worker';

declare const file: File;
declare const bytes: Uint8Array;
declare const stream: ReadableStream<Uint8Array>;
const did = 'did:plc:6fub4jd3yfiuvzi5yhcmvrax';

export async function allowed(): Promise<PackageReport> {
  await init();
  await init(new URL('https://a.example/fedverify.wasm'));
  await init(fetch('/fedverify.wasm'));
  const sources: Bytes[] = [bytes, file, stream, bytes.buffer as ArrayBuffer];
  const identity: Identity = await verifyLog({ did, log: stream, limits: { logBytes: 1024 }, pin: localStorage.getItem(did) });
  const endpoint: string | undefined = identity.services['fairpm_repo']?.endpoint;
  const first: string | undefined = identity.history[0]?.createdAt;
  const until: string | undefined = identity.contestable[0]?.until;
  const report = await identity.verifyPackage({ metadata: file, package: sources[0]!, noDowngrade: true });
  const digest: string = report.package.sha256;
  const key: string = report.package.keyId;
  const artifact: string = report.release.artifact;
  await worker.verifyPackage({ did, log: 'text', metadata: 'text', package: file, onProgress: (done, total) => done / (total ?? done) });
  await worker.verifyMetadata({ did: 'did:web:a.example', document: 'text', metadata: (url) => url, now: new Date() });
  const { identity: { verificationMethods } } = await verifyWebDocument({ did: 'did:web:a.example', document: 'text' });
  void verificationMethods;
  worker.terminate();
  void [endpoint, first, until, digest, key, artifact];
  return report;
}

export async function everything(): Promise<void> {
  const release: Release = await verifyMetadata({ did, log: file, metadata: async (url) => (await fetch(url)).text(), txt: [['a', 'b'], 'c'] });
  const { artifacts } = release;
  const next = await release.verifyPackage({ package: ({ version }) => new Blob([version]), waitRecoveryWindow: true });
  const { alias } = await confirmAlias({ did, log: stream, txt: async (name) => [[name]] });
  const { federation } = await readFederationInfo({ document: file });
  const { author } = await readAuthorData({ document: file, key: 'did:key:z' });
  const listed: ErrorCode | null | undefined = author.plugins[0]?.code;
  const url: string = (await assetUrl({ document: file, author: 'a', slug: 's' })).assetUrl;
  const report = await verify({ kind: Kind.FairAlias, did, log: file, txt: '', remember: true });
  const verdict: 'verified' = report.verdict;
  const pin: Pin | undefined = next.pin;
  const fresh = next.warnings.some(({ code }) => code === WarningCode.FairKeyFresh);
  const visits: number | undefined = pin?.lastVisit;
  void [artifacts[0]?.requiresAuth, alias, federation.namingScheme, listed, url, verdict, fresh, visits];
}

export async function values(identity: Identity, kept: Pin, visit: worker.Pin): Promise<void> {
  const pin: Pin = await Pin.merge(kept, JSON.stringify(visit), { limits: { pinBytes: 1024 } });
  const highest: string | null = await worker.Pin.highestVersion(bytes);
  const order: -1 | 0 | 1 = await Version.compare('1', '2');
  await checkPfnChallenge('text', { limits: { challengeBytes: 36 } });
  await checkPfnArchiveSignature(file, 'ab', 'text', { limits: { recordBytes: 1024 } });
  const meaning: string = limitMeanings.logBytes;
  const number: string = await worker.Version.number('v1', { limits: { versionBytes: 8 } });
  const where: string = await worker.webDocumentUrl('did:web:a.example');
  const found = await newest({ 'https://a.example': identity });
  const same: Identity = found.identity;
  const lag = found.warnings.some(({ code }) => code === WarningCode.PlcDirectoryLag);
  void [where, meaning, number, pin, highest, order, same, lag, (await identity.compareDocument(file))?.code];
  // @ts-expect-error: on a first visit there is no pin to compare
  await Pin.compare(null, kept);
  // @ts-expect-error: only what was verified
  await newest({ 'https://a.example': identity.report });
  // @ts-expect-error: a version is a string
  await Version.compare(1, 2);
  // @ts-expect-error: a question is not ended by a signal
  await checkPfnChallenge('text', { signal: new AbortController().signal });
  // @ts-expect-error: the signature is needed
  await worker.checkPfnArchiveSignature(file, 'ab');
}

export async function hashed(release: Release): Promise<void> {
  const hasher: PackageHasher = await PackageHasher.create({ limits: { packageBytes: 1024 } });
  hasher.update(bytes);
  hasher.update(bytes.buffer as ArrayBuffer);
  const digests: PackageDigests = hasher.copy().finish();
  const [size, sha384]: [number, string] = [digests.size, digests.sha384];
  await release.verifyPackage({ package: digests });
  await verify({ kind: Kind.FairPackage, package: async () => digests });
  await worker.verifyPackage({ did, log: file, metadata: file, package: () => digests });
  void [size, sha384];
  // @ts-expect-error: only finish gives them
  await release.verifyPackage({ package: { ...digests } });
  // @ts-expect-error: only finish makes them
  new PackageDigests();
  // @ts-expect-error: create loads the module
  new PackageHasher();
  // @ts-expect-error: a Blob gives its bytes later
  hasher.update(file);
  // @ts-expect-error: an archive needs its bytes
  await verifyPfnPlugin({ key: '', plugin: '', archive: digests });
  // @ts-expect-error: what was hashed stays as it is
  digests.size = 1;
}

export function told(error: unknown): string {
  if (!(error instanceof FedVerifyError)) throw error;
  // @ts-expect-error: questions have no report
  const always: Report = error.report;
  const { report = always } = error;
  const { pin }: { pin?: Pin } = report;
  const verdict: Verdict = report.verdict;
  const limits: Record<LimitName, number> = { ...defaultLimits, logBytes: 2 * defaultLimits.logBytes };
  void [pin?.head, verdict, limits, error.limit === 'logBytes', error.limit === LimitName.LogBytes, report.error?.remedy];
  const failed: CheckName | undefined = report.checks.find(({ outcome }) => outcome === 'fail')?.check;
  switch (error.code) {
    case ErrorCode.PlcTombstoned:
      return 'gone';
    case 'fair.checksum.mismatch':
      return `another file ${error.operation ?? failed}`;
    default:
      return error.remedy;
  }
}

export async function refused(): Promise<void> {
  // @ts-expect-error: a log is needed
  await verifyLog({ did });
  // @ts-expect-error: there is no such limit
  await verifyLog({ did, log: '', limits: { logBites: 1 } });
  // @ts-expect-error: a parsed document lost what a strict reader must see
  await verifyLog({ did, log: JSON.parse('[]') as object[] });
  // @ts-expect-error: milliseconds or seconds? A Date says it
  await verifyLog({ did, log: '', pin: null, now: 1767229200 });
  // @ts-expect-error: a package is bytes
  await verifyPackage({ did, log: '', metadata: '', package: 'text' });
  // @ts-expect-error: verdicts are never a bare true
  const verdict: boolean = await verifyPfnPlugin({ key: '', plugin: '' });
  // @ts-expect-error: only verifyLog makes one
  new Identity();
  // @ts-expect-error: a store that has no pin must not turn memory off
  await verifyLog({ did, log: '', pin: undefined });
  // @ts-expect-error: a did:plc has a log, a did:web a document
  await verifyPackage({ did, log: '', document: '', metadata: '', package: bytes });
  // @ts-expect-error: nothing is remembered of a did:web
  await verifyPackage({ did, document: '', metadata: '', package: bytes, pin: null });
  // @ts-expect-error: a did:web has no recovery window
  await verifyPackage({ did, document: '', metadata: '', package: bytes, waitRecoveryWindow: true });
  // @ts-expect-error: there is no such kind
  await verify({ kind: 'plc-logs' });
  // @ts-expect-error: no such code
  const code: ErrorCode = 'plc.nonsense';
  // @ts-expect-error: what holds by default cannot be set
  defaultLimits.logBytes = 1;
  void [verdict, code];
}
