/**
 * A worker of `make bench`: what is measured in Node. It speaks as benches/rust does.
 *
 *     node benches/workers/worker.mjs FOLDER
 */
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { verifyLog, verifyPackage } from '../../wasm/js/dist/fedverify.js';

const { validateOperationLog } = createRequire(new URL('../../wasm/tests/js/package.json', import.meta.url))('@did-plc/lib');
const folder = process.argv[2];

/** How many different signatures are checked in turn, as in benches/rust/src/bare.rs. */
const SIGNATURES = 512;
/** How many checks are under way at once: as many as in the module (wasm/js/src/webcrypto.js). */
const AT_ONCE = 16;

/** The bare checks of WebCrypto: `count` of them, several under way, as the module has them. */
async function webCrypto() {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const signed = await Promise.all(Array.from({ length: SIGNATURES }, async () => {
    const message = crypto.getRandomValues(new Uint8Array(300));
    return { message, signature: await crypto.subtle.sign(algorithm, privateKey, message) };
  }));
  let next = 0;
  return async (count) => {
    const end = next + count;
    const work = async () => {
      while (next < end) {
        const { message, signature } = signed[next % SIGNATURES];
        next += 1;
        if (!await crypto.subtle.verify(algorithm, publicKey, signature, message)) throw new Error('not verified');
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  };
}

/** One after the other. */
const inTurn = (work) => async (count) => {
  for (let done = 0; done < count; done += 1) await work();
};

/** The same work without WebCrypto, as on pages without TLS. */
async function alone(work) {
  const { crypto } = globalThis;
  Object.defineProperty(globalThis, 'crypto', { value: undefined, configurable: true });
  await work();
  Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true });
}

/** A package that is hashed whole, and then is not that of the example. */
async function wasmDigests(bytes) {
  const example = (name) => readFileSync(new URL(`../../examples/fair/${name}`, import.meta.url));
  const request = { did: `${example('did.txt')}`.trim(), log: example('log.json'), metadata: example('metadata.json') };
  const { code } = await verifyPackage({ ...request, package: bytes }).catch((error) => error);
  if (code !== 'fair.checksum.mismatch') throw new Error(`expected another checksum, found ${code}`);
}

function subjectsOf(file) {
  const log = readFileSync(`${folder}/${file}`);
  const name = file.replace(/^log-|\.json$/g, '');
  const entries = JSON.parse(log);
  const { did } = entries[0];
  return [
    [`log/${name}`, () => verifyLog({ did, log })],
    [`alone/${name}`, () => alone(() => verifyLog({ did, log }))],
    // It is given what it reads, and so does not count the reading of JSON.
    [`did-plc-lib/${name}`, () => validateOperationLog(did, entries.map((entry) => entry.operation))],
  ];
}

const bytes = readFileSync(`${folder}/package-20M`);
const logs = readdirSync(folder).filter((file) => file.startsWith('log-'));
/** By name: what is done so many times. */
const subjects = new Map([
  ...logs.flatMap(subjectsOf),
  ['wasm/package-20M', () => wasmDigests(bytes)],
  ['webcrypto/package-20M', () => Promise.all(['SHA-256', 'SHA-384'].map((name) => crypto.subtle.digest(name, bytes)))],
].map(([name, work]) => [name, inTurn(work)]));
subjects.set('bare/webcrypto', await webCrypto());
console.log([...subjects.keys()].join(' '));
for await (const line of createInterface({ input: process.stdin })) {
  const [name, count] = line.split(' ');
  const start = process.hrtime.bigint();
  await subjects.get(name)(Number(count));
  console.log(String(process.hrtime.bigint() - start));
}
