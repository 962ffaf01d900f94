/**
 * Measures, in one run and on one machine: a log, per operation, beside `validateOperationLog` of @did-plc/lib; and the
 * hashing of a package beside WebCrypto's digests of the same bytes. The smallest of several rounds each, taken in turns. And
 * the memory that a large archive takes, and what is left of it.
 *
 *     node wasm/tests/js/bench.mjs
 */
import { existsSync, readFileSync } from 'node:fs';
import { validateOperationLog } from '@did-plc/lib';
import { instances, newest } from './instances.mjs';
import { FedVerifyError, verifyLog, verifyPackage, verifyPfnPlugin } from '../../js/dist/fedverify.js';

const ROUNDS = 7;
const MIB = 2 ** 20;
const EXAMPLE = new URL('../../../examples/fair/', import.meta.url);
/** A public log of five operations, none of them nullified. Not of this repository. */
const PUBLIC_LOG = new URL('../../../../shared/vectors/plc/valid/log_legacy_dholms.json', import.meta.url);
const read = (name) => readFileSync(new URL(name, EXAMPLE));
const readPfn = (name) => readFileSync(new URL(`../pfn/${name}`, EXAMPLE));

/** Milliseconds of each way at its best; the ways take turns, so that a busy moment hits them all. */
async function best(ways) {
  const times = ways.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [at, way] of ways.entries()) {
      const start = performance.now();
      await way();
      times[at] = Math.min(times[at], performance.now() - start);
    }
  }
  return times;
}

async function repeat(count, work) {
  for (let done = 0; done < count; done += 1) await work();
}

async function measureLog() {
  if (!existsSync(PUBLIC_LOG)) {
    console.log(`skipped: the log, because there is no ${PUBLIC_LOG.pathname} (the peer refuses our own examples' keys)`);
    return;
  }
  const log = readFileSync(PUBLIC_LOG);
  const entries = JSON.parse(log);
  const { did } = entries[0];
  const operations = entries.map((entry) => entry.operation);
  const [ours, theirs] = await best([
    () => repeat(100, () => verifyLog({ did, log })),
    () => repeat(10, () => validateOperationLog(did, operations)),
  ]);
  const [each, peer] = [(ours * 1000) / 100 / operations.length, (theirs * 1000) / 10 / operations.length];
  console.log(`a log of ${operations.length} operations, for each of them:`);
  console.log(`  fedverify      ${each.toFixed(0).padStart(6)} µs`);
  console.log(`  @did-plc/lib   ${peer.toFixed(0).padStart(6)} µs`);
  console.log(`  fedverify is ${(peer / each).toFixed(1)} times as fast`);
}

async function measurePackage() {
  const bytes = new Uint8Array(32 << 20);
  const request = {
    did: read('did.txt').toString().trim(),
    log: read('log.json'),
    metadata: read('metadata.json'),
    package: bytes,
  };
  const ours = async () => {
    try {
      await verifyPackage(request);
    } catch (error) {
      // These are not the release's bytes; all of them were hashed to find that.
      if (!(error instanceof FedVerifyError) || error.code !== 'fair.checksum.mismatch') throw error;
      return;
    }
    throw new Error('32 MiB of zeros were verified');
  };
  const theirs = () => Promise.all(['SHA-256', 'SHA-384'].map((name) => crypto.subtle.digest(name, bytes)));
  const rates = (await best([ours, theirs])).map((time) => (bytes.length / 1e6 / (time / 1000)).toFixed(0));
  console.log('a package of 32 MiB, SHA-256 and SHA-384:');
  console.log(`  fedverify      ${rates[0].padStart(6)} MB/s, in pieces, in constant memory`);
  console.log(`  WebCrypto      ${rates[1].padStart(6)} MB/s, on other threads, the whole buffer at once`);
}

/** So many MiB of zeros, as a stream that holds one of them. */
function zeros(mebibytes) {
  const piece = new Uint8Array(MIB);
  let left = mebibytes;
  return new ReadableStream({
    pull(controller) {
      if (left === 0) return controller.close();
      left -= 1;
      return controller.enqueue(piece);
    },
  });
}

async function measureMemory() {
  const [key, plugin] = [readPfn('publisher.pem'), readPfn('plugin.json')];
  const mebibytes = (bytes) => `${(bytes / MIB).toFixed(0).padStart(6)} MiB`;
  console.log('an archive of 400 MiB; what the module has at its end, what it has afterwards, and the process:');
  for (let round = 0; round < 3; round += 1) {
    let most = 0;
    const onProgress = () => { most = newest(); };
    // It is held to its end before it turns out to be no archive.
    const { code } = await verifyPfnPlugin({ key, plugin, archive: zeros(400), onProgress }).catch((error) => error);
    if (code !== 'pfn.archive.unreadable') throw new Error(`400 MiB of zeros were ${code}`);
    const left = (await instances()).reduce((sum, bytes) => sum + bytes, 0);
    // Freed on another thread.
    await new Promise((resolve) => setTimeout(resolve, 500));
    console.log(`  ${mebibytes(most)} ${mebibytes(left)} ${mebibytes(process.memoryUsage().rss)}`);
  }
}

console.log(`Node ${process.version}, on a machine that may be busy with other things: go by the ratios.`);
await measureLog();
await measurePackage();
await measureMemory();
