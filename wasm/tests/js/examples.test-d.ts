/**
 * The examples of `fedverify.d.ts`, line by line (`api.test.mjs` compares them), without their imports. Compiled by `tsc`, with
 * and without the `dom` library, never run.
 */
import { PackageHasher, Pin, confirmAlias, init, newest, verifyLog, verifyMetadata, verifyPackage, verifyWebDocument } from 'fedverify';
import type { Bytes, StreamLike } from 'fedverify';
import wasm from 'fedverify/fedverify.wasm';

// What browsers, Node, Deno and Workers have, as far as the examples use it.
declare function fetch(url: string): Promise<{ readonly body: StreamLike | null; text(): Promise<string> }>;
declare function resolveTxt(name: string): Promise<string[][]>;
declare const console: { log(...values: unknown[]): void };

export async function ofInit() {
  await init(wasm);
}

export async function ofVerifyLog() {
  const did = 'did:plc:6fub4jd3yfiuvzi5yhcmvrax';
  const { body } = await fetch(`https://plc.directory/${did}/log/audit`);
  const identity = await verifyLog({ did, log: body ?? '' });
  console.log(identity.verificationMethods);
}

export async function ofVerifyWebDocument(body: StreamLike) {
  const { identity } = await verifyWebDocument({ did: 'did:web:publisher.example', document: body });
  return identity;
}

export async function ofVerifyMetadata(did: string, log: Bytes, file: Bytes) {
  const release = await verifyMetadata({ did, log, metadata: async (url) => (await fetch(url)).text() });
  console.log('fetch one of', release.artifacts);
  const report = await release.verifyPackage({ package: file });
  return report;
}

export async function ofVerifyPackage(did: string, log: Bytes, metadata: Bytes, file: Bytes) {
  const report = await verifyPackage({ did, log, metadata, package: file, onProgress: (done) => console.log(done) });
  console.log(report.release.version, report.package.sha256);
}

export async function ofPackageHasher(did: string, log: Bytes, metadata: Bytes, download: AsyncIterable<Uint8Array>, save: (chunk: Uint8Array) => Promise<void>) {
  const hasher = await PackageHasher.create();
  for await (const chunk of download) {
    hasher.update(chunk);
    await save(chunk);
  }
  const report = await verifyPackage({ did, log, metadata, package: hasher.finish() });
  return report;
}

export async function ofConfirmAlias(did: string, log: Bytes) {
  const { alias } = await confirmAlias({ did, log, txt: resolveTxt });
  return alias;
}

export async function ofPin(text: string, visit: Pin) {
  const kept = await Pin.parse(text);
  console.log(kept.did, kept.head, new Date(kept.lastVisit * 1000), await Pin.highestVersion(kept));
  const isOlder = (await Pin.compare(visit, kept)) < 0;
  const pin = await Pin.merge(kept, visit);
  return { isOlder, pin };
}

export async function ofNewest(did: string, log: Bytes, otherLog: Bytes, served: Bytes) {
  const { url, identity, warnings } = await newest({
    'https://plc.directory': await verifyLog({ did, log }),
    'https://mirror.example': await verifyLog({ did, log: otherLog }),
  });
  const difference = await identity.compareDocument(served, url);
  console.log(identity.head, warnings, difference?.message ?? 'the document is that of the log');
}
