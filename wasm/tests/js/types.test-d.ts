/** What the types allow, and what they refuse. Compiled by `tsc`, never run. */
import { ErrorCode, FedVerifyError, Identity, init, verifyLog, verifyPackage, verifyPfnPlugin } from 'fedverify';
import type { Bytes, CheckName, PackageReport, Report } from 'fedverify';
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
  const first: string | null | undefined = identity.history[0]?.createdAt;
  const report = await identity.verifyPackage({ metadata: file, package: sources[0]!, noDowngrade: true });
  const digest: string = report.package.sha256;
  const key: string = report.package.keyId;
  const artifact: string = report.release.artifact;
  await worker.verifyPackage({ did, log: 'text', metadata: 'text', package: file, onProgress: (done, total) => done / (total ?? done) });
  worker.terminate();
  void [endpoint, first, digest, key, artifact];
  return report;
}

export function told(error: unknown): string {
  if (!(error instanceof FedVerifyError)) throw error;
  const report: Report = error.report;
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
  // @ts-expect-error: no such code
  const code: ErrorCode = 'plc.nonsense';
  void [verdict, code];
}
