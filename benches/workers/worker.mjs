/**
 * A worker of `make bench`: what is measured in Node. It speaks as benches/rust does.
 *
 *     node benches/workers/worker.mjs FOLDER
 */
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { verifyLog } from '../../wasm/js/dist/fedverify.js';

const { validateOperationLog } = createRequire(new URL('../../wasm/tests/js/package.json', import.meta.url))('@did-plc/lib');
const folder = process.argv[2];

/** The bare check of WebCrypto, the bound of every verifier in JavaScript that leaves P-256 to it. */
async function webCrypto() {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const message = new Uint8Array(300);
  const signature = await crypto.subtle.sign(algorithm, pair.privateKey, message);
  return () => crypto.subtle.verify(algorithm, pair.publicKey, signature, message);
}

function subjectsOf(file) {
  const log = readFileSync(`${folder}/${file}`);
  const name = file.replace(/^log-|\.json$/g, '');
  const entries = JSON.parse(log);
  const { did } = entries[0];
  return [
    [`log/${name}`, () => verifyLog({ did, log })],
    // It is given what it reads, and so does not count the reading of JSON.
    [`did-plc-lib/${name}`, () => validateOperationLog(did, entries.map((entry) => entry.operation))],
  ];
}

const logs = readdirSync(folder).filter((file) => file.startsWith('log-'));
const subjects = new Map([...logs.flatMap(subjectsOf), ['bare/webcrypto', await webCrypto()]]);
const bytes = readFileSync(`${folder}/package-20M`);
subjects.set('webcrypto/package-20M', () => Promise.all(['SHA-256', 'SHA-384'].map((name) => crypto.subtle.digest(name, bytes))));
console.log([...subjects.keys()].join(' '));
for await (const line of createInterface({ input: process.stdin })) {
  const [name, count] = line.split(' ');
  const work = subjects.get(name);
  const start = process.hrtime.bigint();
  for (let done = 0; done < Number(count); done += 1) await work();
  console.log(String(process.hrtime.bigint() - start));
}
