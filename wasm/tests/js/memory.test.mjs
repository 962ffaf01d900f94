/** Memory that grew is given back. In bytes of the instances' memory, which depend on nothing but the input. In Node. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { instances, largest, newest } from './instances.mjs';
import { FedVerifyError, Pin, verify, verifyPackage, verifyPfnPlugin } from '../../js/dist/fedverify.js';
import { EXAMPLES, fairExample, isRead, withheld } from './files.mjs';

const MIB = 2 ** 20;
/** What an instance may keep while nothing uses it. */
const MAX_IDLE = 32 * MIB;
/** Of an archive, in MiB. */
const ARCHIVE = 40;
/** What an instance may take for a document of 8 MiB, the document included. */
const MAX_DOCUMENT = 120 * MIB;
/** What an instance has without an archive. */
const MAX_FRESH = 3 * MIB;

const example = await fairExample();
const pfn = (name) => readFile(new URL(`pfn/${name}`, EXAMPLES));
const [key, plugin] = [await pfn('publisher.pem'), await pfn('plugin.json')];

const codeOf = (promise) => promise.then(() => 'verified', (error) => {
  assert(error instanceof FedVerifyError, `${error}`);
  return error.code;
});

/** Bytes that are held to their end before they turn out to be no archive. Gives what the instance had then. */
async function verifyArchive(mebibytes) {
  let bytes = 0;
  const onProgress = () => { bytes = newest(); };
  assert.equal(await codeOf(verifyPfnPlugin({ key, plugin, archive: new Uint8Array(mebibytes * MIB), onProgress })),
    'pfn.archive.unreadable');
  return bytes;
}

test('an archive is held once, and its memory is given back', async () => {
  for (let round = 0; round < 3; round += 1) {
    const most = await verifyArchive(ARCHIVE);
    assert(most > ARCHIVE * MIB && most < ARCHIVE * MIB + MAX_FRESH, `${most} bytes for an archive of ${ARCHIVE} MiB`);
    const left = await instances();
    assert(left.length === 1 && left[0] < MAX_FRESH, `${left} bytes are left`);
  }
  const report = await verifyPfnPlugin({ key, plugin, archive: await pfn('hello-pfn-1.0.0.zip') });
  assert.equal(report.verdict, 'verified');
});

test('a large pin is given back, and small ones take nothing', async () => {
  const limits = { pinBytes: 64 * MIB };
  assert.equal(await codeOf(Pin.parse(new Uint8Array(ARCHIVE * MIB), { limits })), 'pin.malformed');
  assert(newest() < MAX_FRESH, `${newest()} bytes`);
  const { pin } = await verifyPackage({ ...example, pin: null });
  await Pin.merge(pin, pin, { limits });
  const before = newest();
  for (let round = 0; round < 500; round += 1) await Pin.merge(pin, pin, { limits });
  assert(newest() - before <= MIB / 2, `${newest() - before} bytes for 500 pins`);
});

test('a small archive is no reason for another instance', async () => {
  const before = newest();
  await verifyArchive(20);
  const [left] = await instances();
  assert(left > before && left <= MAX_IDLE, `${left} bytes are left`);
  await verifyArchive(20);
  assert.deepEqual(await instances(), [left]);
});

test('a package takes no memory, however large it is', async () => {
  await verifyArchive(ARCHIVE);
  assert.equal(await codeOf(verifyPackage({ ...example, package: new Uint8Array(64 * MIB) })), 'fair.checksum.mismatch');
  assert(newest() < MAX_FRESH, `${newest()} bytes`);
});

test('a document of the greatest size takes so much and no more, whatever it is full of', async (t) => {
  const folder = process.env.FEDVERIFY_SHAPES;
  assert(folder, 'FEDVERIFY_SHAPES must name what `fedverify-kit shapes` has written; tests/wasm.sh does that');
  const read = async (file) => new Uint8Array(await readFile(`${folder}/${file}`));
  const requests = JSON.parse(await readFile(`${folder}/requests.json`, 'utf8'));
  const most = { name: '', bytes: 0 };
  for (const { name, kind, texts, input, file, limits } of requests) {
    const clock = kind === 'web-document' ? { now: new Date(0) } : {};
    const code = await codeOf(verify({ kind, ...texts, ...clock, limits, [input]: await read(file) }));
    assert(!/^(verified|api\.|io\.|input\.too_large)/.test(code), `${name}: ${code}`);
    if (largest() > most.bytes) Object.assign(most, { name, bytes: largest() });
    await instances();
  }
  assert(requests.length > 20 && most.bytes < MAX_DOCUMENT, `${most.name}: ${most.bytes} bytes`);
  t.diagnostic(`the most: ${most.name}, ${most.bytes >> 20} MiB`);
  assert((await instances()).every((bytes) => bytes <= MAX_IDLE));
});

test('what is under way keeps its instance, and the memory is given back after it', async () => {
  const held = withheld(example.package);
  const underWay = verifyPackage({ ...example, package: held.stream });
  await isRead(held);
  await verifyArchive(ARCHIVE);
  assert(newest() > ARCHIVE * MIB);
  held.go();
  assert.equal((await underWay).verdict, 'verified');
  assert(newest() < MAX_FRESH);
});

test('where there is no room for another instance, the old one goes on', async () => {
  const { Instance } = WebAssembly;
  WebAssembly.Instance = function refuse() { throw new RangeError('no more instances'); };
  try {
    await verifyArchive(ARCHIVE);
    assert.equal((await verifyPackage(example)).verdict, 'verified');
  } finally {
    WebAssembly.Instance = Instance;
  }
  assert.equal((await verifyPackage(example)).verdict, 'verified');
  assert(newest() < MAX_FRESH);
});
