/**
 * Every exported function, called with what no caller should pass, in random order: wrong types, buffers that are detached,
 * resizable or shared, getters and proxies that throw, lists and strings of huge length, streams that end in the middle, signals
 * that fire. Each call is answered or throws a FedVerifyError, what the argument itself threw, or its signal's reason; never is it
 * a panic, and an honest call afterwards is answered as before. In Node.
 *
 *     SEED=7 CALLS=20000 node --test wasm/tests/js/hostile.test.mjs
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fedverify from '../../js/dist/fedverify.js';
import { fairExample } from './files.mjs';

const SEED = Number(process.env.SEED ?? 1);
const CALLS = Number(process.env.CALLS ?? 1000);
const { ErrorCode, FedVerifyError, Kind, PackageHasher, Pin, Version } = fedverify;

/** A publisher's key. */
const KEY = '6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=';

/** A generator of whole numbers below a bound (xorshift32), the same for the same seed. */
let state = (SEED * 2654435761) >>> 0 || 1;
function below(bound) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % bound;
}
const pick = (list) => list[below(list.length)];

/** What hostile arguments throw, so that it is known again. */
class Thrown extends Error {}
const throwing = () => { throw new Thrown('thrown by an argument'); };

/** A promise that is rejected. Nobody waits for what a listener returns, so that is its caller's to handle, as it is here. */
const rejecting = () => {
  const promise = Promise.reject(new Thrown('rejected by an argument'));
  promise.catch(() => {});
  return promise;
};

const example = { kind: Kind.FairPackage, ...(await fairExample()) };
const bytes = example.package;
const whole = await fedverify.verify({ ...example, pin: null, now: new Date() });
const identity = await fedverify.verifyLog({ did: example.did, log: example.log });
const release = await fedverify.verifyMetadata({ did: example.did, log: example.log, metadata: example.metadata });

/** Digests of a whole package, or of a part. */
const digests = await Promise.all([bytes, bytes.slice(1)].map(async (piece) => {
  const hasher = await PackageHasher.create();
  hasher.update(piece);
  return hasher.finish();
}));

/** Whether a hasher that was given anything gives no digests but those of what it took. */
async function hashes(options, given) {
  const hasher = await PackageHasher.create(options);
  const copy = hasher.copy();
  let size = 0;
  try {
    for (const piece of given) {
      hasher.update(piece);
      size += piece.byteLength;
    }
    if (hasher.finish().size !== size) throw new Error(`${size} bytes were taken`);
  } finally {
    if (copy.finish().size !== 0) throw new Error('the copy took bytes');
  }
}

function detached() {
  const copy = bytes.slice();
  structuredClone(copy.buffer, { transfer: [copy.buffer] });
  return copy;
}

/** A view on a buffer that shrinks while it is read. */
function shrinking() {
  const buffer = new ArrayBuffer(bytes.length, { maxByteLength: 2 * bytes.length });
  const view = new Uint8Array(buffer);
  view.set(bytes);
  queueMicrotask(() => buffer.resize(below(100)));
  return view;
}

function shared() {
  const view = new Uint8Array(new SharedArrayBuffer(bytes.length));
  view.set(bytes);
  return view;
}

/** A stream that gives pieces of the package and then ends, fails, or gives something else. */
function stream() {
  const last = pick(['close', 'error', 'text', 'null', 'huge', 'empty']);
  let left = 1 + below(4);
  return new ReadableStream({
    pull(controller) {
      left -= 1;
      if (left > 0) return controller.enqueue(bytes.slice(0, 1 + below(bytes.length)));
      if (last === 'error') return controller.error(new Thrown('the stream broke'));
      if (last !== 'close') {
        controller.enqueue({ text: 'text', null: null, huge: new Uint8Array(1 << 22), empty: new Uint8Array(0) }[last]);
      }
      return controller.close();
    },
  }, { highWaterMark: 0 });
}

function locked() {
  const source = new Blob([bytes]).stream();
  source.getReader();
  return source;
}

function cyclic() {
  const value = { did: example.did };
  value.self = value;
  return value;
}

/** A signal that fires at once, soon, or in its own time. */
function signal() {
  const controller = new AbortController();
  const when = below(3);
  if (when === 0) controller.abort(new Thrown('aborted before'));
  if (when === 1) setTimeout(() => controller.abort(new Thrown('aborted meanwhile')));
  return controller.signal;
}

/** What bytes can be read from, or nearly. */
const SOURCES = [
  detached, shrinking, shared, stream, stream, locked, () => new Blob([bytes]), () => bytes.buffer, () => new DataView(bytes.buffer, 3),
  () => new Float64Array(8), () => ({ arrayBuffer: throwing, slice: throwing, size: 1 }), () => ({ getReader: throwing }),
  () => ({ getReader: () => ({ read: throwing, cancel: async () => {}, releaseLock() {} }) }), () => ({ byteLength: 2 ** 53 }),
  () => example.log, () => example.metadata, () => bytes, () => JSON.stringify(whole.pin), () => 'x'.repeat(1 << 20), () => '', () => '\ud800',
];

const VALUES = [
  () => undefined, () => null, () => true, () => -1, () => Number.NaN, () => 2 ** 53, () => 10n, 
  () => Symbol('s'), () => () => bytes, () => throwing, () => rejecting, () => [], () => new Array(1000).fill('a'),
  () => [[]], () => new Array(1e5), () => ({}), () => ({ length: 2 ** 53 }), () => new Date(Number.NaN), () => new Date(1e15), () => new Date(),
  () => new Map([['did', 'x']]), () => Promise.resolve(bytes), () => ({ then: 1 }), () => ({ get did() { return throwing(); } }),
  () => new Proxy({}, { get: throwing, ownKeys: throwing, has: throwing }), () => ({ toString: throwing, valueOf: throwing, toJSON: throwing }),
  () => Object.create(null), cyclic, signal, () => pick(digests), () => ({ ...digests[0] }), () => whole, () => whole.pin, () => identity, () => release, () => example.did,
  () => '1.1.0', () => pick(Object.values(Kind)), () => ({ logBytes: below(3000) }), () => ({ jsonDepth: -1 }), () => ({ noSuchLimit: 1 }),
  () => ({ packageBytes: 2 ** 52 }), ...SOURCES,
];

const NAMES = [
  'kind', 'did', 'log', 'document', 'metadata', 'pin', 'remember', 'now', 'release', 'artifactUrl', 'noDowngrade', 'waitRecoveryWindow', 'history',
  'txt', 'key', 'plugin', 'signature', 'archiveSignature', 'challenge', 'author', 'slug', 'package', 'archive', 'limits', 'signal', 'onProgress',
  'onRelease', '__proto__', 'constructor', 'noSuchName',
];

const value = () => pick(VALUES)();

/** Options of a question, of which only limits are right. A signal's reason may look like an error of fedverify. */
const options = () => pick([
  value, () => undefined, () => ({ limits: pick([{}, { challengeBytes: below(4) }, { versionBytes: below(4) }, value()]) }),
  () => ({ signal: AbortSignal.abort(pick([null, { code: pick(Object.values(ErrorCode)) }, new Thrown('aborted before')])) }),
  () => ({ [pick(NAMES)]: value() }),
])();

/** What options may be, beside anything: most of it is right, so that a call goes on to what is not. */
const OPTIONS = {
  pin: () => pick([() => null, () => whole.pin, ...SOURCES])(),
  now: () => pick([new Date(), new Date(0), new Date(Number.NaN)]),
  limits: () => pick([{}, { logBytes: below(5000) }, { packageBytes: below(5000) }, { jsonValues: below(50) }]),
  signal,
};

/**
 * A request: what the function takes, of which one may come from a strange source, some options, and sometimes anything under any
 * name; or anything instead.
 */
function request(takes) {
  if (below(10) === 0) return value();
  const made = Object.fromEntries(takes.map((name) => [name, example[name] ?? example.metadata]));
  const strange = pick(takes);
  if (below(2) === 0) made[strange] = pick(SOURCES)();
  if (below(6) === 0) made[strange] = () => pick(SOURCES)();
  for (const [name, option] of Object.entries(OPTIONS)) if (below(4) === 0) made[name] = option();
  if (below(4) === 0) {
    Object.defineProperty(made, pick(NAMES), { value: value(), enumerable: true, configurable: true, writable: true });
  }
  return made;
}

const TAKEN = {
  verify: ['kind', 'did', 'log', 'metadata', 'package'],
  verifyLog: ['did', 'log'],
  verifyMetadata: ['did', 'log', 'metadata'],
  verifyPackage: ['did', 'log', 'metadata', 'package'],
  verifyWebDocument: ['did', 'document'],
  confirmAlias: ['did', 'log', 'txt'],
  verifyPfnPlugin: ['key', 'plugin', 'archive'],
  verifyPfnChallenge: ['key', 'challenge', 'signature'],
  readFederationInfo: ['document'],
  readAuthorData: ['document', 'key'],
  assetUrl: ['document', 'author', 'slug'],
  readKey: ['key'],
};
const FUNCTIONS = Object.entries(TAKEN).map(([name, takes]) => [name, () => [request(takes)]]).concat([
  ['newest', () => [pick([value, () => ({ a: identity, b: value() }), () => ({ [pick(['', '\ud800', 'https://a.example'])]: identity })])()]],
  ['init', () => [value()]],
]).map(([name, made]) => [name, fedverify[name], made]).concat([
  ...Object.keys(Pin).map((name) => [`Pin.${name}`, Pin[name], () => [value(), value(), value()].slice(0, 1 + below(3))]),
  ['checkPfnChallenge', fedverify.checkPfnChallenge, () => [pick([value, () => 'abc', () => '{"id":1}'])(), options()].slice(0, below(3))],
  ['checkPfnArchiveSignature', fedverify.checkPfnArchiveSignature,
    () => [pick([value, () => KEY])(), pick([value, () => 'ab'.repeat(48)])(), pick([value, () => ''])(), options()].slice(0, below(5))],
  ['PackageHasher', hashes, () => [pick([options, () => ({}), () => undefined])(), Array.from({ length: below(4) }, pick([value, pick(SOURCES)]))]],
  ['webDocumentUrl', fedverify.webDocumentUrl, () => [pick([value, () => 'did:web:a.example'])()]],
  ['Version.compare', Version.compare, () => [value(), value(), options()].slice(0, below(4))],
  ['Version.number', Version.number, () => [pick([value, () => 'v1.0'])(), options()].slice(0, below(3))],
  ['identity.verifyMetadata', identity.verifyMetadata.bind(identity), () => [request(['metadata'])]],
  ['identity.verifyPackage', identity.verifyPackage.bind(identity), () => [request(['metadata', 'package'])]],
  ['identity.compareDocument', identity.compareDocument.bind(identity), () => [value(), value()]],
  ['identity.stateAt', async (cid) => identity.stateAt(cid), () => [value()]],
  ['release.verifyPackage', release.verifyPackage.bind(release), () => [request(['package'])]],
]);

/** Whether a call may end so. */
function isDocumented(error) {
  if (error instanceof FedVerifyError) return error.code !== 'api.panicked' && error.verdict !== 'verified';
  return error instanceof Thrown;
}

test(`${CALLS} hostile calls, seed ${SEED}`, async () => {
  // What the module exports and this does not call is no function that takes something.
  const called = new Set(FUNCTIONS.map(([name]) => name.split('.')[0]));
  const others = Object.keys(fedverify).filter((name) => !called.has(name));
  assert.deepEqual(others.sort(), ['CheckName', 'ErrorCode', 'FedVerifyError', 'Identity', 'Kind', 'LimitName', 'PackageDigests', 'Release',
    'WarningCode', 'defaultLimits', 'limitMeanings']);
  const ends = {};
  for (let call = 0; call < CALLS; call += 1) {
    const [name, work, made] = pick(FUNCTIONS);
    const end = await Promise.resolve(made()).then((given) => work(...given)).then(() => 'answered', (error) => {
      assert(isDocumented(error), `call ${call} of seed ${SEED}, ${name}: ${error?.stack ?? String(error)}`);
      return error.code ?? 'its own';
    });
    ends[end] = (ends[end] ?? 0) + 1;
    if (call % 100 === 0) assert.equal((await fedverify.verify(example)).verdict, 'verified', `after call ${call} of seed ${SEED}, ${name}`);
  }
  assert.equal((await fedverify.verify({ ...example, pin: null, now: new Date(whole.pin.lastVisit * 1000) })).pin.head, whole.pin.head);
  console.log(Object.entries(ends).sort(([, a], [, b]) => b - a).map(([end, count]) => `${end}: ${count}`).join(', '));
  assert(ends.answered > CALLS / 20 && Object.keys(ends).length > 5, JSON.stringify(ends));
});
