/** What the corpus cannot show: calls, streams, functions, interruptions, failures of the module itself. In Node. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { describe, test } from 'node:test';
import { exhaust } from './instances.mjs';
import * as api from '../../js/dist/fedverify.js';
import { DIST, EXAMPLES, fairExample, isRead, manifest, whole, withheld } from './files.mjs';

const { FedVerifyError, Identity, Release, verify, verifyLog, verifyMetadata, verifyPackage } = api;
const { verifyPfnChallenge, verifyPfnPlugin } = api;
const example = await fairExample();
const pfn = (name) => readFile(new URL(`pfn/${name}`, EXAMPLES));

/** The error that a promise is rejected with. */
async function refusal(promise) {
  const error = await promise.then(() => assert.fail('it was verified'), (error) => error);
  assert(error instanceof FedVerifyError, `${error}`);
  return error;
}

const codeOf = async (promise) => (await refusal(promise)).code;

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function randomness(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A stream that gives the bytes in chunks of any length, empty ones too. */
function chunked(bytes, random, most) {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      const chunk = bytes.slice(at, at + Math.floor(random() * most));
      at += chunk.length;
      controller.enqueue(chunk);
    },
  });
}

describe('bytes', () => {
  test('come to the same digests however they are cut', async () => {
    const random = randomness(20260121);
    const bytes = Uint8Array.from({ length: 200_001 }, () => Math.floor(random() * 256));
    // The message names the digest that was found.
    const judged = async (source) => (await refusal(verifyPackage({ ...example, package: source }))).message;
    const expected = await judged(bytes);
    assert.match(expected, /found "sha256:[0-9a-f]{64}" \[fair\.checksum\.mismatch\]/);
    for (let round = 0; round < 12; round += 1) {
      assert.equal(await judged(chunked(bytes, random, 2 ** (6 + round) + 1)), expected, `round ${round}`);
    }
    assert.equal(await judged(new Blob([bytes])), expected);
    assert.equal(await judged(bytes.buffer), expected);
    const framed = new Uint8Array(bytes.length + 2);
    framed.set(bytes, 1);
    assert.equal(await judged(framed.subarray(1, -1)), expected);
    assert.equal(await judged(new DataView(framed.buffer, 1, bytes.length)), expected);
    assert.notEqual(await judged(framed), expected);
  });

  test('of the example verify in any form, and in one-byte chunks', async () => {
    const random = randomness(7);
    for (const source of [new Blob([example.package]), chunked(example.package, random, 2.9), example.package.buffer]) {
      assert.equal((await verifyPackage({ ...example, package: source })).verdict, 'verified');
    }
  });

  test('are reported as they are hashed', async () => {
    const seen = [];
    const bytes = new Uint8Array(1_000_000);
    await refusal(verifyPackage({ ...example, package: bytes, onProgress: (...values) => seen.push(values) }));
    assert(seen.length > 2 && seen.every(([done, total], at) => total === 1_000_000 && (at === 0 || done > seen[at - 1][0])));
    assert.equal(seen.at(-1)[0], 1_000_000);
  });

  test('leave the event loop its turns', async () => {
    let turns = 0;
    const timer = setInterval(() => { turns += 1; }, 5);
    await refusal(verifyPackage({ ...example, package: new Uint8Array(16 << 20) }));
    clearInterval(timer);
    assert(turns >= 2, `${turns} turns`);
  });

  test('are not read where identity or release are refused already, nor beyond the limit', async () => {
    let pulls = 0;
    let cancelled = 0;
    const endless = () => new ReadableStream({
      pull(controller) { pulls += 1; controller.enqueue(new Uint8Array(1000)); },
      cancel() { cancelled += 1; },
    }, { highWaterMark: 0 });
    assert.equal(await codeOf(verifyPackage({ ...example, release: '9', package: endless() })), 'fair.release.missing');
    assert.equal(pulls, 0);
    const limits = { packageBytes: 5500 };
    assert.equal(await codeOf(verifyPackage({ ...example, limits, package: endless() })), 'input.too_large');
    assert.deepEqual([pulls, cancelled], [6, 1]);
  });

  test('that cannot be read are no verdict', async () => {
    const failing = (error) => new ReadableStream({ pull() { throw error; } });
    for (const member of ['log', 'metadata', 'package']) {
      const error = await refusal(verifyPackage({ ...example, [member]: failing(new Error('disk on fire')) }));
      assert.deepEqual([error.code, error.verdict], ['io.file.unreadable', 'undetermined']);
      assert.match(error.message, /disk on fire/);
      const gone = failing(new DOMException('gone', 'NotFoundError'));
      assert.equal(await codeOf(verifyPackage({ ...example, [member]: gone })), 'io.file.missing');
    }
    const detached = (bytes) => { structuredClone(bytes.buffer, { transfer: [bytes.buffer] }); return bytes; };
    for (const member of ['log', 'metadata', 'package']) {
      for (const View of [Uint8Array, DataView]) {
        const view = detached(new View(new ArrayBuffer(8)));
        assert.equal(await codeOf(verifyPackage({ ...example, [member]: view })), 'io.file.unreadable', member);
      }
    }
    const strings = new ReadableStream({ start(controller) { controller.enqueue('text'); controller.close(); } });
    assert.equal(await codeOf(verifyPackage({ ...example, package: strings })), 'io.file.unreadable');
  });

  test('of a Blob that someone made are no verdict where it gives less than its size', async () => {
    const blob = (size, given) => ({
      size,
      arrayBuffer: async () => example.package.buffer,
      slice: (start, end) => new Blob([given]).slice(start, end),
    });
    const { length } = example.package;
    for (const member of ['log', 'metadata', 'package']) {
      const given = { ...example, [member]: blob(example[member].length, example[member]) };
      assert.equal((await verifyPackage(given)).verdict, 'verified', member);
      for (const size of [example[member].length + 1, undefined, Number.NaN]) {
        const error = await refusal(verifyPackage({ ...example, [member]: blob(size, example[member]) }));
        assert.deepEqual([error.code, error.verdict], ['io.file.unreadable', 'undetermined'], `${member}, ${size}`);
      }
    }
    const cut = { ...blob(length, example.package), slice: () => new Blob([example.package.subarray(1)]) };
    const { message } = await refusal(verifyPackage({ ...example, package: cut }));
    assert.match(message, new RegExp(`expected ${length} bytes of the Blob, found ${length - 1}`));
  });

  test('of a document are judged as they were when read, whatever becomes of them before they are judged', async () => {
    const { did, metadata } = example;
    const pin = new TextEncoder().encode(JSON.stringify((await verifyLog({ did, log: example.log })).pin));
    const other = withheld(example.package);
    const underWay = verifyPackage({ ...example, package: other.stream });
    await isRead(other);
    for (const end of [({ buffer }) => structuredClone(buffer, { transfer: [buffer] }), (log) => log.fill(0)]) {
      const [log, held] = [example.log.slice(), withheld(pin)];
      const verified = verifyLog({ did, log, pin: held.stream });
      await isRead(held);
      end(log);
      held.go();
      const identity = await verified;
      assert.equal((await identity.verifyPackage({ metadata, package: example.package })).verdict, 'verified');
    }
    other.go();
    assert.equal((await underWay).verdict, 'verified');
  });

  test('of a package that are gone before they are read are no verdict', async () => {
    const size = 3 << 20;
    const forms = {
      buffer: (buffer) => buffer,
      view: (buffer) => new Uint8Array(buffer, 0, size),
      'view of all that there is': (buffer) => new Uint8Array(buffer),
      'Float64Array': (buffer) => new Float64Array(buffer, 0, size / 8),
      'DataView': (buffer) => new DataView(buffer, 0, size),
      chunk: (buffer) => new ReadableStream({ start(controller) { controller.enqueue(new Uint8Array(buffer, 0, size)); controller.close(); } }),
    };
    const ends = { detached: (buffer) => structuredClone(buffer, { transfer: [buffer] }), shrunk: (buffer) => buffer.resize(size / 2) };
    const pfnPlugin = { key: await pfn('publisher.pem'), plugin: await pfn('plugin.json') };
    for (const [form, made] of Object.entries(forms)) {
      for (const [how, end] of Object.entries(ends)) {
        const told = async (verifyBytes, when) => {
          const buffer = new ArrayBuffer(size, { maxByteLength: size });
          let isEnded = false;
          const onProgress = (done) => {
            if (isEnded || done < when) return;
            isEnded = true;
            end(buffer);
          };
          const error = await refusal(verifyBytes(made(buffer), onProgress));
          assert(isEnded);
          return [error.code, error.verdict];
        };
        const ofPackage = (source, onProgress) => verifyPackage({ ...example, package: source, onProgress });
        const ofArchive = (archive, onProgress) => verifyPfnPlugin({ ...pfnPlugin, archive, onProgress });
        const between = (source, onProgress) => ofPackage(source, (done) => queueMicrotask(() => onProgress(done)));
        for (const verifyBytes of [ofPackage, ofArchive, between]) {
          assert.deepEqual(await told(verifyBytes, 1), ['io.file.unreadable', 'undetermined'], `${form}, ${how}`);
        }
        // What was read to its end is judged.
        assert.deepEqual(await told(ofPackage, size), ['fair.checksum.mismatch', 'rejected'], `${form}, ${how} at the end`);
      }
    }
  });

  test('of a view whose buffer shrank are no verdict, and a view of no bytes is read', async () => {
    for (const member of ['log', 'metadata', 'package']) {
      const buffer = new ArrayBuffer(8, { maxByteLength: 8 });
      const views = [new Uint8Array(buffer, 0, 8), new Float64Array(buffer, 0, 1), new DataView(buffer, 0, 8)];
      buffer.resize(7);
      for (const view of views) assert.equal(await codeOf(verifyPackage({ ...example, [member]: view })), 'io.file.unreadable', member);
    }
    for (const none of [new Uint8Array(), new ArrayBuffer(0), new DataView(new ArrayBuffer(0))]) {
      assert.equal(await codeOf(verifyLog({ did: example.did, log: none })), 'input.malformed');
      assert.equal(await codeOf(verifyPackage({ ...example, package: none })), 'fair.checksum.mismatch');
    }
  });
});

describe('calls', () => {
  test('that are wrong are api.argument, and judge nothing', async () => {
    const { did, log } = example;
    const pfnPlugin = { key: await pfn('publisher.pem'), plugin: await pfn('plugin.json') };
    const wrong = [
      verifyLog(), verifyLog(null), verifyLog('did'), verifyLog({ did }), verifyLog({ log }),
      verifyLog({ did: 7, log }), verifyLog({ did, log: 7 }), verifyLog({ did, log: null }),
      verifyLog({ did, log: [] }), verifyLog({ did, log: JSON.parse(new TextDecoder().decode(log)) }),
      verifyLog({ did: '\ud800', log }), verifyLog({ did, log: '"\ud800"' }),
      verifyLog({ did, log, noDowngrade: true }), verifyLog({ did, log, limits: { logBites: 1 } }),
      verifyLog({ did, log, limits: new Map([['logBytes', 1]]) }), verifyLog({ did, log, limits: null }), verifyLog({ did, log, limits: 7 }),
      verifyLog({ did, log, limits: Promise.resolve({ logBytes: 1 }) }), verifyLog({ did, log, limits: new Date() }), verifyLog({ did, log, limits: [] }),
      verifyLog({ did, log, pin: { toJSON() {} } }), verifyLog({ did, log, pin: { toJSON() { throw null; } } }),
      verifyLog({ did, log, limits: { logBytes: -1 } }), verifyLog({ did, log, limits: { logBytes: 1.5 } }),
      verifyLog({ did, log, limits: { logBytes: '8' } }), verifyLog({ did, log, limits: { logBytes: 2 ** 53 } }),
      verifyLog({ did, log, now: 1767229200 }), verifyLog({ did, log, now: null }),
      verifyLog({ did, log, pin: null, now: new Date(NaN) }), verifyLog({ did, log, pin: null, now: new Date(-1) }),
      verifyLog({ did, log, pin: 7 }), verifyLog({ did, log, signal: {} }), verifyLog({ did, log, signal: null }),
      verifyLog({ did, log, pin: undefined }), verifyLog({ did, log, history: true }), verifyLog({ did, log, kind: 'plc-log' }),
      verifyLog({ did, log, onProgress: () => {} }), verifyLog({ did, log: () => log }), verifyLog({ did, document: log }),
      verifyMetadata({ did, log }), verifyMetadata({ did, log, metadata: () => 7 }), verifyMetadata({ ...example }),
      verifyPackage({ ...example, noDowngrade: true }), verifyPackage({ ...example, noDowngrade: 'no', pin: null }),
      verifyPackage({ ...example, onProgress: true }), verifyPackage({ ...example, package: 'text' }),
      verifyPackage({ ...example, package: () => 'text' }),
      verifyPackage({ ...example, release: 1 }), verifyPackage({ ...example, package: undefined }),
      verifyPackage({ ...example, txt: 7 }), verifyPackage({ ...example, txt: [7] }), verifyPackage({ ...example, txt: '\ud800' }),
      verifyPackage({ ...example, did: 'did:web:a.example', log: undefined, document: '{}', pin: null }),
      verifyPfnPlugin({ ...pfnPlugin, archiveSignature: '' }), verifyPfnChallenge({ key: pfnPlugin.key, challenge: '' }),
      verifyPfnPlugin({ ...pfnPlugin, archive: 'text' }), api.readKey({ key: undefined }), api.readAuthorData({}),
      api.readFederationInfo({ document: {} }), api.assetUrl({ document: '{}', author: 'a' }),
      verify(), verify('plc-log'), verify({ did, log }), verify({ kind: 'plc-logs', did, log }), verify({ kind: 7 }),
      verify({ kind: 'plc-log', did, log, remember: true }), verify({ kind: 'plc-log', did, log, history: 'yes' }),
      verify({ kind: 'fair-package', ...example, waitRecoveryWindow: true }),
    ];
    const outcomes = await Promise.all(wrong.map((call) => call.then(() => 'verified', ({ code, verdict }) => `${code} ${verdict}`)));
    assert.deepEqual(outcomes, wrong.map(() => 'api.argument undetermined'));
  });

  test('that are wrong say what was expected', async () => {
    const { did, log } = example;
    const messageOf = async (promise) => (await refusal(promise)).message;
    assert.match(await messageOf(verifyLog({ did, lgo: log })), /expected did, log, pin, .*; found "lgo"/);
    assert.doesNotMatch(await messageOf(verifyLog({ did, lgo: log })), /history/);
    const identity = await verifyLog({ did, log });
    assert.match(await messageOf(identity.verifyPackage({ metdata: '' })), /expected metadata, pin, .*, package, .*; found "metdata"/);
    assert.match(await messageOf(verifyLog({ did, log: 7 })), /expected a string, a Uint8Array, .* as log/);
    assert.match(await messageOf(verifyLog({ did, log, pin: undefined })), /pin is undefined: give the pin .* null on a first visit/);
    assert.match(await messageOf(verify({ kind: 'plc-logs' })), /expected one of the kinds plc-log, web-document, .* found "plc-logs"/);
    assert.match(await messageOf(verifyLog({ did, log, limits: { logBites: 1 } })), /expected one of the limits logBytes, .* found "logBites"/);
    assert.match(await messageOf(verifyPackage({ ...example, package: undefined })), /expected the input package, found none/);
    const found = async (value) => (await messageOf(verifyLog({ did, log: value }))).replace(/^.* as log, (.*) \[api.argument\]$/, '$1');
    assert.equal(await found(Promise.resolve(log)), 'found a promise: await it');
    assert.equal(await found(new Response(log)), 'found a Response: give its body');
    assert.equal(await found(Readable.from([log])), "found a stream of Node's own: give Readable.toWeb(stream)");
    assert.equal(await found({}), 'found object');
    const request = { did, log };
    assert.match(await messageOf(verifyLog(Promise.resolve(request))), /^expected an object as request, found a promise: await it \[/);
    assert.match(await messageOf(verify(Promise.resolve(request))), /found a promise: await it \[/);
    assert.match(await messageOf(verifyLog({ ...request, limits: Promise.resolve({}) })), /as limits, found a promise: await it \[/);
    const strange = 'a\u001b[31m\u202e\u009b\n';
    for (const wrong of [{ [strange]: 1 }, { limits: { [strange]: 1 } }, { limits: { [strange]: '' } }]) {
      assert.match(await messageOf(verifyLog({ ...request, ...wrong })), /^[ -~]+$/);
    }
  });

  test('have no members but their own', async () => {
    const inherited = Object.assign(Object.create({ limits: { logBytes: 1 }, signal: AbortSignal.abort(), now: 7 }), example);
    assert.equal((await verifyPackage(inherited)).verdict, 'verified');
    assert.equal(await codeOf(verifyLog(Object.create({ did: example.did, log: example.log }))), 'api.argument');
  });

  test('have the present time where it is not their own member, and no limits of every object', async () => {
    const { did, log } = example;
    const polluted = { now: new Date(0), limits: { logBytes: 1 }, pin: '{}', onProgress: 7 };
    assert.deepEqual((await verifyLog(Object.assign(Object.create(polluted), { did, log }))).contestable, []);
    try {
      Object.assign(Object.prototype, polluted);
      const identity = await verifyLog({ did, log });
      const report = await identity.verifyPackage({ metadata: example.metadata, package: example.package });
      assert.deepEqual([identity.contestable, report.verdict, report.pin.operations.length], [[], 'verified', 5]);
    } finally {
      for (const name of Object.keys(polluted)) delete Object.prototype[name];
    }
  });

  // As a parser of JSON gives them, so that anyone may send them to a server.
  test('name a kind or a limit that is no string and has none, and others go on', async () => {
    const strange = JSON.parse('{"toString": 1}');
    const held = withheld(example.package);
    const underWay = verifyPackage({ ...example, package: held.stream });
    await isRead(held);
    const { message, code } = await refusal(verify({ kind: strange, did: example.did }));
    assert.deepEqual([code, /found "object"/.test(message)], ['api.argument', true]);
    assert.equal(await codeOf(verifyLog({ ...example, limits: { logBytes: strange } })), 'api.argument');
    held.go();
    assert.equal((await underWay).verdict, 'verified');
  });

  test('whose request cannot be looked at give a promise, too', async () => {
    const functions = Object.entries(api).filter(([name]) => /^(verify|confirm|read|asset)/.test(name));
    assert.equal(functions.length, 12);
    for (const [name, call] of functions) {
      const unseen = call(new Proxy({}, { ownKeys() { throw new Error('not to be seen'); } }));
      await assert.rejects(unseen, { message: 'not to be seen' }, name);
    }
  });

  test('refuse a pin that is no JSON, or is nested without end', async () => {
    const { did, log } = example;
    const circle = {};
    circle.circle = circle;
    let deep = {};
    for (let depth = 0; depth < 100_000; depth++) deep = { deep };
    assert.equal(await codeOf(verifyLog({ did, log, pin: circle })), 'api.argument');
    // How deep an engine writes JSON is its own; core refuses what is above its limit.
    assert.match(await codeOf(verifyLog({ did, log, pin: deep })), /^(api\.argument|pin\.malformed)$/);
  });

  test('leave no stream locked', async () => {
    const stream = (bytes) => new ReadableStream({ start(controller) { controller.enqueue(bytes); controller.close(); } });
    const [log, metadata, zip] = [stream(example.log), stream(new TextEncoder().encode('{')), stream(example.package)];
    assert.equal(await codeOf(verifyPackage({ did: example.did, log, metadata, package: zip })), 'input.malformed');
    assert.deepEqual([log.locked, metadata.locked, zip.locked], [false, false, false]);
  });

  test('can be ended', async () => {
    const abort = new AbortController();
    let cancelled;
    const stalled = new ReadableStream({ pull: () => new Promise(() => {}), cancel: (reason) => { cancelled = reason; } });
    const call = verifyPackage({ ...example, package: stalled, signal: abort.signal });
    setTimeout(() => abort.abort(new Error('enough')), 20);
    await assert.rejects(call, { message: 'enough' });
    assert.equal(cancelled?.message, 'enough');
    await assert.rejects(verifyLog({ did: example.did, log: new Blob(['[]']), signal: AbortSignal.abort() }), {
      name: 'AbortError',
    });
    const request = { kind: 'plc-log', did: example.did, log: example.log, signal: AbortSignal.abort(null) };
    assert.equal(await verify(request).then(() => 'no failure', (reason) => reason), null);
    const never = new AbortController();
    setTimeout(() => never.abort(new Error('empty')), 20);
    const empty = new ReadableStream({ pull(controller) { controller.enqueue(new Uint8Array()); } });
    await assert.rejects(verifyPackage({ ...example, package: empty, signal: never.signal }), { message: 'empty' });
    const once = new AbortController();
    const bytes = new Uint8Array(8 << 20);
    const onProgress = () => once.abort();
    await assert.rejects(verifyPackage({ ...example, package: bytes, signal: once.signal, onProgress }), {
      name: 'AbortError',
    });
  });

  test('whose callbacks throw are ended by that', async () => {
    const onProgress = () => { throw new Error('mine'); };
    await assert.rejects(verifyPackage({ ...example, onProgress }), { message: 'mine' });
    await assert.rejects(verifyPackage({ ...example, onRelease: onProgress }), { message: 'mine' });
  });
});

describe('a failure of the module itself', () => {
  /** A call for whose log there is no room: no instance that nothing uses has as much. */
  function trapped() {
    exhaust();
    return verifyLog({ did: example.did, log: new Uint8Array(40 << 20), limits: { logBytes: 40 << 20 } });
  }

  test('is api.panicked, and the next call works', async () => {
    for (let round = 0; round < 3; round += 1) {
      const error = await refusal(trapped());
      assert.deepEqual([error.code, error.verdict, error.report.kind], ['api.panicked', 'undetermined', 'plc-log']);
      assert.equal((await verifyPackage(example)).verdict, 'verified');
    }
  });

  test('that cannot be made good leaves nothing to call', async () => {
    const { Instance } = WebAssembly;
    WebAssembly.Instance = function refuse() { throw new Error('no more instances'); };
    try {
      await assert.rejects(trapped(), { message: 'no more instances' });
      await assert.rejects(verifyPackage(example), { message: 'no more instances' });
    } finally {
      WebAssembly.Instance = Instance;
    }
    assert.equal((await verifyPackage(example)).verdict, 'verified');
  });

  test('ends the calls that were under way in the same instance, and none verifies', async () => {
    const held = withheld(example.package);
    const underWay = refusal(verifyPackage({ ...example, package: held.stream }));
    await isRead(held);
    await refusal(trapped());
    held.go();
    assert.equal((await underWay).code, 'api.panicked');
    assert.equal((await verifyPackage(example)).verdict, 'verified');
  });

  test('is none where it is the platform that fails, and ends no other call', async () => {
    const held = withheld(example.package);
    const underWay = verifyPackage({ ...example, package: held.stream });
    await isRead(held);
    const { encodeInto } = TextEncoder.prototype;
    TextEncoder.prototype.encodeInto = () => { throw new TypeError('no strings here'); };
    try {
      await assert.rejects(verifyLog({ did: 'did:plc:é', log: example.log }), { name: 'TypeError', message: 'no strings here' });
    } finally {
      TextEncoder.prototype.encodeInto = encodeInto;
    }
    held.go();
    assert.equal((await underWay).verdict, 'verified');
  });

  test('ends no call of the next instance, however those of the old one end', async () => {
    const ends = {
      'api.panicked': (held) => held.go(),
      enough: (held, abort) => abort.abort(new Error('enough')),
    };
    for (const [expected, end] of Object.entries(ends)) {
      const [old, next, abort] = [withheld(example.package), withheld(example.package), new AbortController()];
      const ended = verifyPackage({ ...example, package: old.stream, signal: abort.signal }).catch(({ code, message }) => code ?? message);
      await isRead(old);
      await refusal(trapped());
      const underWay = verifyPackage({ ...example, package: next.stream });
      await isRead(next);
      end(old, abort);
      assert.equal(await ended, expected);
      next.go();
      assert.equal((await underWay).verdict, 'verified', expected);
    }
  });
});

test('the examples of the types are those that are compiled', async () => {
  const types = await readFile(new URL('fedverify.d.ts', DIST), 'utf8');
  const compiled = await readFile(new URL('examples.test-d.ts', import.meta.url), 'utf8');
  const examples = types.matchAll(/ \* @example\n((?: \* .*\n)+)/g);
  const lines = [...examples].flatMap(([, example]) => example.trimEnd().split('\n').map((line) => line.slice(3)));
  const missing = lines.filter((line) => !line.startsWith('import ') && !compiled.includes(`\n  ${line}\n`));
  assert.deepEqual([lines.length > 10, missing], [true, []]);
  const page = await readFile(new URL('../../../docs/javascript.md', import.meta.url), 'utf8');
  const section = page.slice(page.indexOf('## Hashing while'), page.indexOf('## Browsers'));
  const shown = [...section.matchAll(/```js\n([^`]+)\n```/g)].flatMap(([, code]) => code.split('\n'));
  assert.deepEqual([shown.length > 8, shown.filter((line) => !compiled.includes(`\n  ${line}\n`))], [true, []]);
});

describe('results', () => {
  test('what is given and thrown has its name, whatever a bundler shortens', () => {
    assert.deepEqual([Identity, Release, FedVerifyError].map(({ name }) => name), ['Identity', 'Release', 'FedVerifyError']);
  });

  test('an identity is what its log proves', async () => {
    const identity = await verifyLog(example.log && { did: example.did, log: example.log });
    assert(identity instanceof Identity);
    assert.deepEqual(identity.history.map(({ nullified }) => nullified), [false, false, true, false, false]);
    assert.equal(identity.history.at(-1).cid, identity.head);
    assert.deepEqual(identity.nullified, [identity.history[2].cid]);
    assert.equal(identity.history[3].prev, identity.history[1].cid);
    assert.deepEqual(identity.stateAt(identity.head).services, identity.services);
    assert.deepEqual(identity.history.map(({ key }) => key.startsWith('did:key:z')), [true, true, true, true, true]);
    assert.equal(identity.repository, identity.services.fairpm_repo.endpoint);
    assert.equal(identity.stateAt('bafy'), undefined);
    assert.equal(identity.didDocument.id, example.did);
    assert.equal(identity.pin.head, identity.head);
    const { metadata } = example;
    assert.equal((await identity.verifyPackage({ metadata, package: example.package })).release.version, '1.1.0');
    assert.equal(await codeOf(identity.verifyPackage({ metadata, package: example.log })), 'fair.checksum.mismatch');
  });

  test('an identity verifies only its own packages', async () => {
    const identity = await verifyLog({ did: example.did, log: example.log });
    const request = { metadata: example.metadata, package: example.package };
    for (const other of [{ did: 'did:plc:z72i7hdynmk6r22z27h6tvur' }, { log: example.log }, { document: '{}' }]) {
      assert.equal(await codeOf(identity.verifyPackage({ ...request, ...other })), 'api.argument');
    }
  });

  test('nothing rests on bytes that their caller uses for something else afterwards', async () => {
    const { did, package: zip } = example;
    const [log, metadata] = [example.log.slice(), example.metadata.slice()];
    const pin = new TextEncoder().encode(JSON.stringify((await verifyLog({ did, log, pin: null })).pin));
    const identity = await verifyLog({ did, log, pin });
    const release = await verifyMetadata({ did, log, metadata, pin });
    for (const bytes of [log, metadata, pin]) bytes.fill(0);
    assert.equal(await identity.compareDocument(JSON.stringify(identity.didDocument)), null);
    assert.equal((await identity.verifyPackage({ metadata: example.metadata, package: zip })).verdict, 'verified');
    assert.equal((await release.verifyPackage({ package: zip })).verdict, 'verified');
  });

  test('a log from a stream can be used for packages', async () => {
    const identity = await verifyLog({ did: example.did, log: new Blob([example.log]).stream() });
    assert.equal((await identity.verifyPackage(
      { metadata: example.metadata, package: example.package })).verdict, 'verified');
  });

  test('an error says where and what next', async () => {
    const log = new TextDecoder().decode(example.log).replace('"nullified": true', '"nullified": false');
    const error = await refusal(verifyLog({ did: example.did, log }));
    assert.deepEqual([error.code, error.operation, error.name], ['plc.nullified_flag', 2, 'FedVerifyError']);
    assert.equal(error.cid, error.report.error.cid);
    assert.match(error.message, /^operation 2: .* \[plc\.nullified_flag\]$/);
    assert(error.remedy.endsWith('.'));
    assert.equal(error.remedy, error.report.error.remedy);
    assert.equal(error.code, api.ErrorCode.PlcNullifiedFlag);
    const large = await refusal(verifyLog({ did: example.did, log: example.log, limits: { logBytes: 10 } }));
    assert.deepEqual([large.code, large.limit], ['input.too_large', 'logBytes']);
  });

  test('a pin is kept and compared, in any form', async () => {
    const first = await verifyPackage({ ...example, pin: null, now: new Date('2026-02-01') });
    const text = JSON.stringify(first.pin);
    for (const pin of [first.pin, text, new TextEncoder().encode(text), new Blob([text])]) {
      const second = await verifyPackage({ ...example, pin, now: new Date('2026-02-02'), noDowngrade: true });
      assert.equal(second.pin.lastVisit - first.pin.lastVisit, 86400);
      assert.deepEqual([second.pin.operations, second.pin.releases], [first.pin.operations, first.pin.releases]);
      const older = { ...example, pin, release: '1.0.0', noDowngrade: true };
      assert.equal(await codeOf(verifyPackage(older)), 'pin.downgrade');
    }
    const cut = JSON.stringify(JSON.parse(new TextDecoder().decode(example.log)).slice(0, 2));
    assert.equal(await codeOf(verifyLog({ did: example.did, log: cut, pin: text })), 'pin.rollback');
    assert.equal(await codeOf(verifyLog({ did: example.did, log: cut, pin: text.slice(1) })), 'pin.malformed');
    const identity = await verifyLog({ did: example.did, log: example.log, pin: new Blob([text]).stream() });
    assert.equal(identity.pin.did, example.did);
    assert.equal(identity.history[0].firstSeen, first.pin.operations[0].firstSeen);
    const { metadata } = example;
    const again = identity.verifyPackage({ metadata, package: example.package, release: '1.0.0', noDowngrade: true });
    assert.equal(await codeOf(again), 'pin.downgrade');
  });

  test('a did:plc is remembered unless that is declined, and nothing else is', async () => {
    const { did, log, metadata } = example;
    const identity = await verifyLog({ did, log });
    const release = await identity.verifyMetadata({ metadata });
    const results = [
      identity, release, await verifyMetadata({ did, log, metadata }), await verifyPackage(example),
      await identity.verifyPackage({ metadata, package: example.package }), await release.verifyPackage({ package: example.package }),
      (await refusal(verifyPackage({ ...example, package: log }))).report, (await refusal(identity.verifyMetadata({ metadata: '' }))).report,
    ];
    assert.deepEqual(results.map(({ pin }) => pin?.did), results.map(() => did));
    const declined = await verifyLog({ did, log, remember: false });
    for (const { pin } of [declined, await declined.verifyMetadata({ metadata }), await verify({ kind: 'plc-log', did, log })]) {
      assert.equal(pin, undefined);
    }
  });

  test('an offered pin that does not fit is left out, and changes no verdict', async () => {
    const { did, log, metadata, package: zip } = example;
    const bytesOf = ({ pin }) => JSON.stringify(pin).length;
    const [logPin, packagePin] = [bytesOf(await verifyLog({ did, log })), bytesOf(await verifyPackage(example))];
    assert(logPin < packagePin);
    const pinOf = async (limits, options = {}) => {
      const call = { limits, ...options };
      const identity = await verifyLog({ did, log, ...call });
      const release = await verifyMetadata({ did, log, metadata, ...call });
      const stream = () => new Blob([zip]).stream();
      const results = [
        identity, release, await verifyPackage({ ...example, package: stream(), ...call }), await identity.verifyMetadata({ metadata }),
        await identity.verifyPackage({ metadata, package: stream() }), await release.verifyPackage({ package: stream() }),
      ];
      return results.map(({ pin }) => pin?.did);
    };
    const [none, some] = [undefined, did];
    assert.deepEqual(await pinOf({ pinBytes: packagePin }), [some, some, some, some, some, some]);
    assert.deepEqual(await pinOf({ pinBytes: packagePin - 1 }), [some, some, none, some, none, none]);
    assert.deepEqual(await pinOf({ pinBytes: logPin - 1 }), [none, none, none, none, none, none]);
    assert.deepEqual(await pinOf({ pinBytes: packagePin }, { remember: false }), [none, none, none, none, none, none]);
    // Who asks for one is told that there can be none.
    for (const asked of [{ remember: true }, { pin: null }]) {
      for (const call of [verifyLog({ did, log, limits: { pinBytes: logPin - 1 }, ...asked }),
        verifyPackage({ ...example, limits: { pinBytes: packagePin - 1 }, ...asked })]) {
        assert.equal(await codeOf(call), 'pin.too_large');
      }
    }
    // What an offered pin is made of may be refused; then that is the reason, with a pin and without.
    for (const pinBytes of [1, packagePin]) {
      assert.equal(await codeOf(verifyPackage({ ...example, package: log, limits: { pinBytes } })), 'fair.checksum.mismatch');
    }
  });

  test('an identity and a release refuse downgrades by the pin of their own visit', async () => {
    const { did, log, metadata, package: zip } = example;
    const request = { metadata, package: zip, noDowngrade: true };
    const identity = await verifyLog({ did, log });
    assert.equal((await identity.verifyPackage(request)).pin.did, did);
    const release = await identity.verifyMetadata({ metadata, noDowngrade: true });
    assert.equal((await release.verifyPackage({ package: zip })).verdict, 'verified');
    assert.equal((await (await verifyMetadata({ did, log, metadata })).verifyPackage({ package: zip, noDowngrade: true })).verdict, 'verified');
    // A pin of the caller's own comes first, and is what a downgrade is noticed by.
    const { pin } = await verifyPackage(example);
    const older = { ...request, release: '1.0.0' };
    assert.equal(await codeOf(identity.verifyPackage({ ...older, pin })), 'pin.downgrade');
    assert.equal(await codeOf(identity.verifyMetadata({ metadata, release: '1.0.0', noDowngrade: true, pin })), 'pin.downgrade');
    assert.equal(await codeOf(identity.verifyPackage(older)), 'fair.checksum.mismatch');
    // Whoever declines memory has nothing that a downgrade could be noticed by.
    const declined = await verifyLog({ did, log, remember: false });
    const wrong = [
      identity.verifyPackage({ ...request, remember: false }), identity.verifyPackage({ ...request, pin: undefined }),
      declined.verifyPackage(request), verifyPackage({ ...example, noDowngrade: true }),
    ];
    for (const [at, call] of wrong.entries()) assert.equal(await codeOf(call), 'api.argument', `${at}`);
  });

  test('what is proven is remembered, whatever fails afterwards', async () => {
    const failing = () => { throw new Error('status 404'); };
    const wrongs = {
      'fair.metadata.malformed': { metadata: '{"id": 7}' },
      'fair.release.missing': { release: '9' },
      'fair.checksum.mismatch': { package: example.log },
      'io.file.unreadable': { metadata: failing },
      'io.file.missing': { package: () => Promise.reject(new DOMException('gone', 'NotFoundError')) },
      'api.argument': { metadata: undefined },
    };
    for (const [code, wrong] of Object.entries(wrongs)) {
      const { report, ...error } = await refusal(verifyPackage({ ...example, pin: null, ...wrong }));
      assert.deepEqual([error.code, report.pin?.did, report.identity.did], [code, example.did, example.did], code);
    }
    const first = await verifyLog({ did: example.did, log: example.log, pin: null });
    const cut = JSON.stringify(JSON.parse(new TextDecoder().decode(example.log)).slice(0, 2));
    const { report } = await refusal(verifyLog({ did: example.did, log: cut, pin: first.pin }));
    assert.deepEqual([report.error.code, report.pin], ['pin.rollback', first.pin]);
    const forged = new TextDecoder().decode(example.log).replace('"nullified": true', '"nullified": false');
    assert.equal((await refusal(verifyLog({ did: example.did, log: forged, pin: first.pin }))).report.pin, undefined);
  });

  test('a release is told before its bytes', async () => {
    const told = [];
    await verifyPackage({
      ...example,
      onRelease: ({ did, version, type, artifacts }) => told.push([did, version, type, artifacts.length]),
      onProgress: (done) => told.push(done),
    });
    assert.deepEqual(told, [[example.did, '1.1.0', 'wp-plugin', 1], example.package.length]);
  });

  test('a release is known before its package is there', async () => {
    const { did, log, metadata } = example;
    const release = await verifyMetadata({ did, log, metadata });
    assert(release instanceof Release);
    assert.deepEqual([release.did, release.version, release.type, release.report.kind], [did, '1.1.0', 'wp-plugin', 'fair-metadata']);
    assert.deepEqual(release.artifacts.map(({ requiresAuth, releaseAsset }) => [requiresAuth, releaseAsset]), [[false, false]]);
    const report = await release.verifyPackage({ package: example.package, artifactUrl: release.artifacts[0].url });
    assert.equal(report.release.artifact, release.artifacts[0].url);
    assert.equal(await codeOf(release.verifyPackage({ package: log })), 'fair.checksum.mismatch');
    const older = await verifyMetadata({ did, log: new Blob([log]).stream(), metadata: new Blob([metadata]).stream(), release: '1.0.0' });
    assert.equal(older.version, '1.0.0');
    // Which release that is, is decided: the bytes of another are none of it.
    assert.equal(await codeOf(older.verifyPackage({ package: example.package })), 'fair.checksum.mismatch');
    for (const other of [{ release: '1.1.0' }, { metadata }, { did }, { log }, { document: '{}' }]) {
      assert.equal(await codeOf(older.verifyPackage({ package: example.package, ...other })), 'api.argument');
    }
    assert.equal(await codeOf(verifyMetadata({ did, log, metadata, release: '9' })), 'fair.release.missing');
    const identity = await verifyLog({ did, log, pin: null });
    const remembered = await identity.verifyMetadata({ metadata });
    assert.equal(remembered.pin.did, did);
    assert.equal((await remembered.verifyPackage({ package: example.package, noDowngrade: true })).pin.did, did);
  });

  test('what is fetched is asked for when what comes before it is proven', async () => {
    const { did, log, metadata } = example;
    const asked = [];
    const functions = {
      metadata: async (url) => { asked.push(url); return new Blob([metadata]).stream(); },
      package: ({ version, artifacts }) => { asked.push(version, artifacts[0].url); return example.package; },
      txt: (name) => { asked.push(name); return []; },
    };
    const report = await verifyPackage({ did, log, ...functions });
    assert.deepEqual(asked, [report.identity.repository, '1.1.0', report.release.artifact]);
    asked.length = 0;
    assert.equal(await codeOf(verifyPackage({ did, log: '[]', ...functions })), 'plc.log.empty');
    assert.deepEqual(asked, []);
    assert.equal(await codeOf(verifyPackage({ did, log, ...functions, release: '9' })), 'fair.release.missing');
    assert.deepEqual(asked, [report.identity.repository]);
    const release = await verifyMetadata({ did, log, ...functions, package: undefined }).catch(({ code }) => code);
    assert.equal(release, 'api.argument');
    const tied = await verifyMetadata({ did, log, metadata: functions.metadata });
    assert.equal((await tied.verifyPackage({ package: functions.package })).verdict, 'verified');
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error('enough')), 20);
    const waiting = verifyPackage({ did, log, metadata: () => new Promise(() => {}), package: log, signal: abort.signal });
    await assert.rejects(waiting, { message: 'enough' });
  });

  test('an alias is confirmed by records in any form, or by a function that looks them up', async () => {
    const { inputs } = manifest.cases.find(({ kind, code, facts }) => kind === 'fair-alias' && code === null && facts?.alias);
    const { did, txt } = inputs;
    const log = await whole(inputs.log);
    const { alias } = await api.confirmAlias({ did, log, txt });
    const records = txt.split('\n');
    const asked = [];
    const lookUp = async (name) => { asked.push(name); return records.map((record) => [record.slice(0, 5), record.slice(5)]); };
    for (const form of [records, lookUp]) assert.equal((await api.confirmAlias({ did, log, txt: form })).alias, alias);
    assert.deepEqual(asked, [`_fairpm.${alias}`]);
    const other = 'did=did:plc:z72i7hdynmk6r22z27h6tvur';
    for (const form of [[], '', [other], [`x\n${records[0]}`], async () => []]) {
      assert.equal(await codeOf(api.confirmAlias({ did, log, txt: form })), 'fair.alias.mismatch');
    }
    // Walking them would take minutes, whatever they hold: they are refused for their length.
    const endless = new Array(2 ** 32 - 1);
    for (const form of [endless, [endless], async () => endless, new Array(65536), [new Array(65536)]]) {
      assert.equal(await codeOf(api.confirmAlias({ did, log, txt: form })), 'api.argument');
    }
    const most = [...new Array(65534).fill(''), records[0].match(/./gs)];
    assert.equal((await api.confirmAlias({ did, log, txt: most })).alias, alias);
    const failing = async () => { throw new Error('no DNS here'); };
    await assert.rejects(api.confirmAlias({ did, log, txt: failing }), { message: 'no DNS here' });
    assert.equal(await codeOf(api.confirmAlias({ did, log })), 'api.argument');
    // An identity without an alias has nothing to look up.
    const none = await api.confirmAlias({ did: example.did, log: example.log, txt: failing });
    assert.deepEqual([none.verdict, none.alias, none.checks.at(-1).outcome], ['verified', undefined, 'skipped']);
  });

  test('what can still be undone is told by the clock', async () => {
    const { did, log } = example;
    const soon = new Date(Date.parse(JSON.parse(new TextDecoder().decode(log)).at(-1).createdAt) + 60_000);
    const identity = await verifyLog({ did, log, now: soon });
    assert.deepEqual(identity.contestable, identity.report.identity.contestable);
    assert.deepEqual((await verifyLog({ did, log })).contestable, []);
    assert.equal((await verify({ kind: 'plc-log', did, log })).identity.contestable, undefined);
  });

  test('the PFN examples verify', async () => {
    const [key, plugin, archive] = [await pfn('publisher.pem'), await pfn('plugin.json'), await pfn('hello-pfn-1.0.0.zip')];
    const report = await verifyPfnPlugin({ key, plugin, archive: new Blob([archive]).stream() });
    const { PfnArchiveUnbound, PfnSignatureOracle } = api.WarningCode;
    assert.deepEqual(report.warnings.map(({ code }) => code).sort(), [PfnArchiveUnbound, PfnSignatureOracle]);
    const [challenge, signature] = [`${await pfn('challenge.txt')}`.trim(), `${await pfn('challenge.sig')}`.trim()];
    assert.equal((await verifyPfnChallenge({ key, challenge, signature })).challenge, challenge);
  });
});
