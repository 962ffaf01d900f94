/**
 * Measures, in one run and on one machine: a log, per operation, beside `validateOperationLog` of @did-plc/lib; and the
 * hashing of a package beside WebCrypto's digests of the same bytes. Processor time, in which what else the machine does is not:
 * the smallest of several rounds each, taken in turns. And the memory that a large archive takes, and what is left of it.
 *
 *     node wasm/tests/js/bench.mjs
 */
import { readFileSync } from 'node:fs';
import { validateOperationLog } from '@did-plc/lib';
import { instances, newest } from './instances.mjs';
import { P256Keypair, Secp256k1Keypair, logOf } from './logs.mjs';
import { FedVerifyError, verifyLog, verifyPackage, verifyPfnPlugin } from '../../js/dist/fedverify.js';

const ROUNDS = 25;
const MIB = 2 ** 20;
const EXAMPLE = new URL('../../../examples/fair/', import.meta.url);
const read = (name) => readFileSync(new URL(name, EXAMPLE));
const readPfn = (name) => readFileSync(new URL(`../pfn/${name}`, EXAMPLE));

/** Microseconds of processor time, all threads, of each way at its best. The ways take turns. */
async function best(ways) {
  const times = ways.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [at, way] of ways.entries()) {
      const start = process.cpuUsage();
      await way();
      const { user, system } = process.cpuUsage(start);
      times[at] = Math.min(times[at], user + system);
    }
  }
  return times;
}

async function measureLog(curve, keys) {
  const { did, log } = await logOf(50, keys);
  const operations = JSON.parse(log);
  const { crypto } = globalThis;
  const alone = async () => {
    Object.defineProperty(globalThis, 'crypto', { value: undefined, configurable: true });
    await verifyLog({ did, log });
    Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true });
  };
  const times = await best([() => verifyLog({ did, log }), alone, () => validateOperationLog(did, operations)]);
  const [ours, module, theirs] = times.map((time) => time / operations.length);
  console.log(`a bare log of 50 operations on ${curve}, each:`);
  console.log(`  fedverify                     ${ours.toFixed(0).padStart(6)} µs`);
  console.log(`  the module without WebCrypto  ${module.toFixed(0).padStart(6)} µs`);
  console.log(`  @did-plc/lib                  ${theirs.toFixed(0).padStart(6)} µs, ${(theirs / ours).toFixed(1)} times as long`);
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
  const rates = (await best([ours, theirs])).map((time) => (bytes.length / time).toFixed(0));
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

console.log(`Node ${process.version}, in processor time`);
await measureLog('secp256k1', Secp256k1Keypair);
await measureLog('P-256', P256Keypair);
await measurePackage();
await measureMemory();
