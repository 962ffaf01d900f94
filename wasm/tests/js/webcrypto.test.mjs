/** WebCrypto checks signatures on P-256: what it is asked, what its answers count for, and what becomes of calls without one. In Node. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newest } from './instances.mjs';
import { P256Keypair, Secp256k1Keypair, logOf } from './logs.mjs';
import { FedVerifyError, verifyLog } from '../../js/dist/fedverify.js';

const real = globalThis.crypto;

/** The same with the last signature replaced by that of the operation before: of the right form, but of another message. */
function forged({ did, log }) {
  const operations = JSON.parse(log);
  operations.at(-1).sig = operations.at(-2).sig;
  return { did, log: JSON.stringify(operations) };
}

/** Does the work while `crypto` is something else. */
async function having(crypto, work) {
  Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true });
  try {
    return await work();
  } finally {
    Object.defineProperty(globalThis, 'crypto', { value: real, configurable: true });
  }
}

/** A WebCrypto with another `verify`. */
const verifyingBy = (verify, importKey = (...given) => real.subtle.importKey(...given)) => ({ subtle: { importKey, verify } });

/** Counts what WebCrypto is asked; its answers are the real ones. */
function counting() {
  const counted = verifyingBy((...given) => {
    counted.asked += 1;
    return real.subtle.verify(...given);
  });
  counted.asked = 0;
  return counted;
}

/** The report, whatever the verdict. */
const reportOf = (request) => verifyLog(request).then(({ report }) => report, (error) => {
  assert(error instanceof FedVerifyError, `${error}`);
  return error.report;
});

const now = new Date('2026-11-26T00:00:00Z');
const honest = { now, ...(await logOf(30, P256Keypair, P256Keypair)) };
const refused = { now, ...forged(honest) };

test('each signature is asked about once, and by the key that signed last; the reports are those of the module alone', async () => {
  const counted = counting();
  for (const request of [honest, refused]) {
    const alone = await having(undefined, () => reportOf(request));
    assert.deepEqual(await having(counted, () => reportOf(request)), alone);
  }
  // The key of higher authority is tried once, in the first operation of each log, and again where no key signed.
  assert.equal(counted.asked, 31 + 32);
});

test('where another kind of key signs, no more is asked', async () => {
  const counted = counting();
  const mixed = { now, ...(await logOf(30, P256Keypair, Secp256k1Keypair)) };
  assert.equal((await having(counted, () => reportOf(mixed))).verdict, 'verified');
  assert.equal(counted.asked, 1);
  const none = { now, ...(await logOf(3, Secp256k1Keypair)) };
  assert.equal((await having(counted, () => reportOf(none))).verdict, 'verified');
  assert.equal(counted.asked, 1);
});

test('nothing but true counts: the module checks for itself', async () => {
  const failing = () => { throw new DOMException('no such curve', 'NotSupportedError'); };
  const others = {
    'no crypto': undefined,
    'crypto without subtle, as on pages without TLS': {},
    'a subtle that throws': { get subtle() { throw new Error('no'); } },
    'a subtle without verify': { subtle: {} },
    'no P-256': verifyingBy((...given) => real.subtle.verify(...given), async () => failing()),
    'no P-256, at once': verifyingBy((...given) => real.subtle.verify(...given), failing),
    'always false': verifyingBy(async () => false),
    'a failure': verifyingBy(async () => failing()),
    'a failure at once': verifyingBy(failing),
    ...Object.fromEntries([1, 'true', {}, [true], undefined, null].map((value) => [`${JSON.stringify(value)}`, verifyingBy(async () => value)])),
  };
  for (const [name, crypto] of Object.entries(others)) {
    const [good, bad] = await having(crypto, () => Promise.all([reportOf(honest), reportOf(refused)]));
    assert.equal(good.verdict, 'verified', name);
    assert.deepEqual([bad.error?.code, bad.error?.operation], ['plc.signature.invalid', 29], name);
  }
});

test('true is believed in the call that asked, and in no other', async () => {
  const lying = verifyingBy(async () => true);
  // Who controls crypto.subtle controls the page (docs/javascript.md). That it is believed shows that it was asked.
  assert.equal((await having(lying, () => reportOf(refused))).verdict, 'verified');
  assert.equal((await reportOf(refused)).error.code, 'plc.signature.invalid');
  // What the module judges stays judged: another DID, a range, a chain.
  const operations = JSON.parse(refused.log);
  const cut = { ...refused, log: JSON.stringify([...operations.slice(0, 10), ...operations.slice(11)]) };
  assert.equal((await having(lying, () => reportOf(cut))).error.code, 'plc.prev.mismatch');
  operations.at(-1).sig = 'A'.repeat(86);
  const zero = { ...refused, log: JSON.stringify(operations) };
  assert.equal((await having(lying, () => reportOf(zero))).error.code, 'plc.signature.invalid');
});

test('nothing is verified before the last answer is there, and a signal ends the wait', async () => {
  let asked = 0;
  let answer;
  const slow = verifyingBy((...given) => {
    asked += 1;
    return asked === 20 ? new Promise((resolve) => { answer = () => resolve(true); }) : real.subtle.verify(...given);
  });
  let isOver = false;
  const waiting = having(slow, () => reportOf(honest)).finally(() => { isOver = true; });
  while (asked < 31) await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(isOver, false);
  answer();
  assert.equal((await waiting).verdict, 'verified');

  const abort = new AbortController();
  const never = verifyingBy(() => new Promise(() => {}));
  const left = having(never, () => verifyLog({ ...honest, signal: abort.signal }));
  setTimeout(() => abort.abort(new Error('enough')), 10);
  await assert.rejects(left, { message: 'enough' });
  assert.equal((await reportOf(honest)).verdict, 'verified');
});

test('a call that was ended leaves nothing in memory', async () => {
  const never = verifyingBy(() => new Promise(() => {}));
  const ended = async () => {
    const abort = new AbortController();
    const call = verifyLog({ ...honest, signal: abort.signal });
    setTimeout(() => abort.abort(new Error('enough')), 0);
    await assert.rejects(call, { message: 'enough' });
  };
  await having(never, ended);
  const before = newest();
  await having(never, async () => { for (let round = 0; round < 100; round += 1) await ended(); });
  assert(newest() - before <= 2 ** 20, `${newest() - before} bytes after 100 calls`);
});
