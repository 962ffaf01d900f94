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

/** The bare check of WebCrypto: of one signature, one check at a time. The module has several under way. */
async function webCrypto() {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const message = new Uint8Array(300);
  const signature = await crypto.subtle.sign(algorithm, pair.privateKey, message);
  return () => crypto.subtle.verify(algorithm, pair.publicKey, signature, message);
}

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

const logs = readdirSync(folder).filter((file) => file.startsWith('log-'));
const subjects = new Map([...logs.flatMap(subjectsOf), ['bare/webcrypto', await webCrypto()]]);
const bytes = readFileSync(`${folder}/package-20M`);
subjects.set('wasm/package-20M', () => wasmDigests(bytes));
subjects.set('webcrypto/package-20M', () => Promise.all(['SHA-256', 'SHA-384'].map((name) => crypto.subtle.digest(name, bytes))));
console.log([...subjects.keys()].join(' '));
for await (const line of createInterface({ input: process.stdin })) {
  const [name, count] = line.split(' ');
  const work = subjects.get(name);
  const start = process.hrtime.bigint();
  for (let done = 0; done < Number(count); done += 1) await work();
  console.log(String(process.hrtime.bigint() - start));
}
