/** Packages that are hashed before they are verified: `PackageHasher`, and what takes its digests. In Node. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, describe, test } from 'node:test';
import { exhaust, instances, newest } from './instances.mjs';
import './worker-of-node.mjs';
import * as direct from '../../js/dist/fedverify.js';
import * as worker from '../../js/dist/worker.js';
import { EXAMPLES, fairExample } from './files.mjs';

const { FedVerifyError, PackageDigests, PackageHasher, verify, verifyLog, verifyMetadata, verifyPackage, verifyPfnPlugin } = direct;
const MIB = 2 ** 20;
const example = await fairExample();
const { did, log, metadata } = example;
const now = new Date('2026-06-01');
const pfn = (name) => readFile(new URL(`pfn/${name}`, EXAMPLES));
const plugin = { key: await pfn('publisher.pem'), plugin: await pfn('plugin.json') };

/** The error that a call throws at once, or that its promise is rejected with. */
async function refusal(call) {
  const error = await (async () => call())().then(() => assert.fail('it was not refused'), (failure) => failure);
  assert(error instanceof FedVerifyError, `${error}`);
  return error;
}

const codeOf = async (call) => (await refusal(call)).code;

/** The digests of bytes that come in pieces of some length. */
async function digestsOf(bytes, length = bytes.length) {
  const hasher = await PackageHasher.create();
  for (let start = 0; start < bytes.length; start += length) hasher.update(bytes.subarray(start, start + length));
  return hasher.finish();
}

const facts = (bytes) => ({
  size: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  sha384: createHash('sha384').update(bytes).digest('hex'),
});

describe('a hasher', () => {
  test('gives the size and the digests of all bytes, however they come', async () => {
    const bytes = Uint8Array.from({ length: 1_000_001 }, (_, at) => at * 7);
    for (const length of [bytes.length, 300_000, 4096, 1021]) assert.deepEqual({ ...(await digestsOf(bytes, length)) }, facts(bytes));
    assert.deepEqual({ ...(await digestsOf(new Uint8Array())) }, facts(new Uint8Array()));
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    const framed = new Uint8Array(bytes.length + 2);
    framed.set(bytes, 1);
    const forms = [bytes.buffer, shared, framed.subarray(1, -1), new DataView(framed.buffer, 1, bytes.length), Buffer.from(bytes)];
    for (const form of forms) {
      const hasher = await PackageHasher.create({});
      assert.equal(hasher.update(form), undefined);
      assert.deepEqual({ ...hasher.finish() }, facts(bytes));
    }
  });

  test('has a copy, which goes on by itself', async () => {
    const hasher = await PackageHasher.create();
    hasher.update(Buffer.from('a'));
    const copy = hasher.copy();
    hasher.update(Buffer.from('b'));
    copy.update(Buffer.from('c'));
    const third = copy.copy();
    assert(third instanceof PackageHasher);
    assert.deepEqual({ ...hasher.finish() }, facts(Buffer.from('ab')));
    third.update(Buffer.from('d'));
    assert.deepEqual({ ...copy.finish() }, facts(Buffer.from('ac')));
    assert.deepEqual({ ...third.finish() }, facts(Buffer.from('acd')));
  });

  test('is used up when it is finished', async () => {
    const hasher = await PackageHasher.create();
    hasher.finish();
    for (const use of [() => hasher.update(Buffer.from('a')), () => hasher.copy(), () => hasher.finish(), () => hasher.update(7)]) {
      const error = await refusal(use);
      assert.deepEqual([error.code, error.verdict, 'report' in error], ['api.used_up', 'undetermined', false]);
      assert.equal(error.message, 'this hasher is finished or failed; create a new one [api.used_up]');
    }
  });

  test('takes no more than its limit, and is used up by what is beyond', async () => {
    const hasher = await PackageHasher.create({ limits: { packageBytes: 3 } });
    hasher.update(Buffer.from('abc'));
    hasher.update(new Uint8Array());
    const copy = hasher.copy();
    const error = await refusal(() => hasher.update(Buffer.from('d')));
    assert.deepEqual([error.code, error.verdict, error.limit, 'report' in error], ['input.too_large', 'rejected', 'packageBytes', false]);
    assert.equal(await codeOf(() => hasher.finish()), 'api.used_up');
    assert.deepEqual({ ...copy.finish() }, facts(Buffer.from('abc')));
    // The second piece of one call.
    const small = await PackageHasher.create({ limits: { packageBytes: 300_000 } });
    assert.equal(await codeOf(() => small.update(new Uint8Array(300_001))), 'input.too_large');
    assert.equal(await codeOf(() => small.finish()), 'api.used_up');
  });

  test('is used up by what is no bytes: a part must not pass for the whole', async () => {
    const detached = (View) => {
      const view = new View(new ArrayBuffer(8));
      structuredClone(view.buffer, { transfer: [view.buffer] });
      return view;
    };
    const shrunk = new Uint8Array(new ArrayBuffer(8, { maxByteLength: 8 }), 0, 8);
    shrunk.buffer.resize(4);
    const wrong = [
      'text', undefined, null, 7, {}, [1, 2], new Blob(['a']), new Blob(['a']).stream(), new SharedArrayBuffer(3), Promise.resolve(new Uint8Array()),
      detached(Uint8Array), detached(DataView), detached(Uint8Array).buffer, shrunk,
    ];
    for (const [at, bytes] of wrong.entries()) {
      const hasher = await PackageHasher.create();
      hasher.update(Buffer.from('a'));
      const error = await refusal(() => hasher.update(bytes));
      assert.deepEqual([error.code, 'report' in error], ['api.argument', false], `${at}`);
      assert.match(error.message, /^expected (a Uint8Array or an ArrayBuffer as bytes|bytes), found /, `${at}`);
      assert.equal(await codeOf(() => hasher.finish()), 'api.used_up', `${at}`);
    }
  });

  test('cannot be used by what it is given', async () => {
    const hasher = await PackageHasher.create();
    const bytes = new Uint8Array(4);
    const codes = [];
    Object.defineProperty(bytes, 'byteLength', {
      get() {
        for (const use of [() => hasher.update(bytes), () => hasher.copy(), () => hasher.finish()]) {
          try { codes.push(use()); } catch ({ code }) { codes.push(code); }
        }
        return 2;
      },
    });
    hasher.update(bytes);
    assert.deepEqual(codes, ['api.used_up', 'api.used_up', 'api.used_up']);
    assert.equal(hasher.finish().size, 2);
  });

  test('is made by create, with limits and nothing else', async () => {
    for (const wrong of [null, 7, [], new Map(), Promise.resolve({}), { limit: 1 }, { signal: undefined }, { limits: { packageBites: 1 } }, { limits: null }]) {
      const error = await refusal(() => PackageHasher.create(wrong));
      assert.deepEqual([error.code, 'report' in error], ['api.argument', false]);
    }
    const fake = { update: () => '{}', copy: () => fake, finish: () => JSON.stringify({ value: facts(example.package) }) };
    for (const given of [[], [fake], [{}, fake], [undefined, fake]]) assert.throws(() => new PackageHasher(...given), TypeError);
    class Other extends PackageHasher {}
    assert.throws(() => new Other(), TypeError);
    const { update, copy, finish } = PackageHasher.prototype;
    for (const method of [update, copy, finish]) assert.throws(() => method.call(Object.create(PackageHasher.prototype), new Uint8Array()), TypeError);
    assert.deepEqual([PackageHasher.name, PackageDigests.name], ['PackageHasher', 'PackageDigests']);
  });
});

const verified = await verifyPackage({ ...example, now });
const digests = await digestsOf(example.package, 1000);
const byDigests = { ...example, now, package: digests };

describe('digests take the place of a package', () => {
  after(() => worker.terminate());

  test('whose report is that of its bytes', async () => {
    const seen = [];
    const onRelease = ({ version }) => seen.push(version);
    const onProgress = (...values) => seen.push(values);
    assert.deepEqual(await verifyPackage({ ...byDigests, onRelease, onProgress }), verified);
    assert.deepEqual(seen, ['1.1.0']);
    assert.deepEqual(await verifyPackage({ ...byDigests, package: async ({ version }) => version === '1.1.0' && digests }), verified);
    const kind = 'fair-package';
    assert.deepEqual(await verify({ ...byDigests, kind }), await verify({ ...example, now, kind }));
    const identity = await verifyLog({ did, log, now });
    assert.deepEqual(await identity.verifyPackage({ metadata, package: digests }), verified);
    const release = await verifyMetadata({ did, log, metadata, now });
    assert.deepEqual(await release.verifyPackage({ package: digests }), await release.verifyPackage({ package: example.package }));
  });

  test('also where it is refused', async () => {
    const changed = example.package.slice();
    changed[100] ^= 1;
    const requests = [
      { package: changed }, { package: new Uint8Array() }, { release: '1.0.0' }, { release: '9' }, { metadata: '{' }, { log: '[]' },
      { artifactUrl: 'https://elsewhere.example/a.zip' }, { limits: { packageBytes: example.package.length - 1 } },
    ];
    const codes = [];
    for (const request of requests) {
      const bytes = { ...example, now, ...request };
      const [error, expected] = [await refusal(async () => verifyPackage({ ...bytes, package: await digestsOf(bytes.package) })), await refusal(() => verifyPackage(bytes))];
      assert.deepEqual([error.message, error.limit, error.report], [expected.message, expected.limit, expected.report]);
      codes.push(error.code);
    }
    assert.deepEqual(codes, ['fair.checksum.mismatch', 'fair.checksum.mismatch', 'fair.checksum.mismatch', 'fair.release.missing',
      'input.malformed', 'plc.log.empty', 'fair.artifact.missing', 'input.too_large']);
    const abort = new AbortController();
    const ended = verifyPackage({ ...byDigests, signal: abort.signal, onRelease: () => abort.abort(new Error('enough')) });
    await assert.rejects(ended, { message: 'enough' });
  });

  test('in a worker, too', async () => {
    assert.deepEqual(await worker.verifyPackage(byDigests), verified);
    assert.deepEqual(await worker.verifyPackage({ ...byDigests, package: async () => digests }), verified);
    assert.deepEqual(await (await worker.verifyLog({ did, log, now })).verifyPackage({ metadata, package: digests }), verified);
    const other = await digestsOf(log);
    assert.equal(await codeOf(() => worker.verifyPackage({ ...byDigests, package: other })), 'fair.checksum.mismatch');
  });

  test('and of nothing else', async () => {
    for (const api of [direct, worker]) {
      const archive = await refusal(() => api.verifyPfnPlugin({ ...plugin, archive: digests }));
      assert.equal(archive.message, 'expected a Uint8Array, an ArrayBuffer, a Blob or a ReadableStream as archive, found digests [api.argument]');
      for (const name of ['log', 'metadata', 'pin']) {
        assert.match(await codeOf(() => api.verifyPackage({ ...example, [name]: digests })), /^(api\.argument|pin\.malformed)$/, name);
      }
      assert.equal(await codeOf(() => api.verifyPackage({ ...example, metadata: () => digests })), 'api.argument');
      // Whoever gives one of these did not mean digests.
      for (const [name, expected] of [['log', 'a string'], ['signal', 'an AbortSignal']]) {
        const { message } = await refusal(() => api.verifyPackage({ ...example, [name]: verified.package }));
        assert(message.startsWith(`expected ${expected}`) && message.includes(`as ${name}, found object [`), message);
      }
    }
  });

  test('where a hasher gave them, and no copy of them or anything alike', async () => {
    assert(digests instanceof PackageDigests && Object.isFrozen(digests));
    assert.throws(() => { digests.size = 1; }, TypeError);
    assert.throws(() => Object.defineProperty(digests, 'sha256', { value: '' }), TypeError);
    class Alike extends PackageDigests {
      constructor() {
        super();
        Object.assign(this, digests);
      }
    }
    const forged = {
      spread: { ...digests },
      clone: structuredClone(digests),
      json: JSON.parse(JSON.stringify(digests)),
      constructed: Object.assign(new PackageDigests(digests), digests),
      inherited: Object.create(digests),
      prototype: Object.assign(Object.create(PackageDigests.prototype), digests),
      subclass: new Alike(),
      proxy: new Proxy(digests, {}),
      reflected: Object.assign(Reflect.construct(Object, [], PackageDigests), digests),
    };
    for (const [name, value] of Object.entries(forged)) {
      for (const form of [value, () => value]) {
        const { code, message } = await refusal(() => verifyPackage({ ...byDigests, package: form }));
        assert.equal(code, 'api.argument', name);
        assert.match(message, /^expected a PackageDigests, .* as package, found PackageDigests that no PackageHasher made; copies are not accepted/, name);
      }
      assert.equal(await codeOf(() => worker.verifyPackage({ ...byDigests, package: value })), 'api.argument', name);
    }
    assert.match((await refusal(() => verifyPackage({ ...byDigests, package: {} }))).message, /found object/);
  });

  test('and what they show is what is verified, whatever was done to their class', async () => {
    const wrong = facts(log);
    for (const name of Object.keys(wrong)) Object.defineProperty(PackageDigests.prototype, name, { get: () => wrong[name], set() {}, configurable: true });
    try {
      const made = await digestsOf(example.package);
      assert.deepEqual({ ...made }, facts(example.package));
      assert.equal(made.sha384, facts(example.package).sha384);
      for (const api of [direct, worker]) assert.deepEqual(await api.verifyPackage({ ...byDigests, package: made }), verified);
    } finally {
      for (const name of Object.keys(wrong)) delete PackageDigests.prototype[name];
    }
  });
});

describe('the instance', () => {
  /** An archive that is held to its end before it turns out to be none. */
  const grow = () => codeOf(() => verifyPfnPlugin({ ...plugin, archive: new Uint8Array(40 * MIB) }));

  test('stays while it has a hasher, and no longer', async () => {
    const ends = {
      finished: (hasher) => { assert.deepEqual({ ...hasher.finish() }, facts(Buffer.from('ab'))); },
      refused: (hasher) => assert.throws(() => hasher.update(7), { code: 'api.argument' }),
    };
    for (const [name, end] of Object.entries(ends)) {
      const hasher = await PackageHasher.create();
      hasher.update(Buffer.from('a'));
      await grow();
      assert(newest() > 40 * MIB, name);
      hasher.update(Buffer.from('b'));
      const copy = hasher.copy();
      end(hasher);
      assert(newest() > 40 * MIB, name);
      copy.finish();
      assert(newest() < 4 * MIB, name);
    }
  });

  test('stays for no hasher that nobody has any more', async () => {
    await (async () => (await PackageHasher.create()).update(Buffer.from('a')))();
    await grow();
    await instances();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert(newest() < 4 * MIB, `${newest()}`);
  });

  test('has no part in digests: they outlive it', async () => {
    const digests = await digestsOf(example.package);
    await grow();
    assert.equal((await verifyPackage({ ...example, package: digests })).verdict, 'verified');
  });

  test('takes little memory, however many bytes come at once', async () => {
    const hasher = await PackageHasher.create();
    hasher.update(new Uint8Array(64 * MIB));
    assert(newest() < 4 * MIB, `${newest()}`);
    assert.equal(hasher.finish().size, 64 * MIB);
    const before = newest();
    for (let round = 0; round < 2000; round += 1) {
      const other = await PackageHasher.create({ limits: { packageBytes: 1 } });
      const copy = other.copy();
      assert.throws(() => copy.update(new Uint8Array(2)), { code: 'input.too_large' });
      other.finish();
    }
    assert(newest() - before <= MIB / 4, `${newest() - before} bytes`);
  });

  test('takes its hashers along when it fails, and none gives digests', async () => {
    const hashers = await Promise.all(['update', 'copy', 'finish'].map(async (name) => [name, await PackageHasher.create()]));
    exhaust();
    assert.equal(await codeOf(() => verifyLog({ did, log: new Uint8Array(40 * MIB), limits: { logBytes: 40 * MIB } })), 'api.panicked');
    for (const [name, hasher] of hashers) {
      const error = await refusal(() => hasher[name](new Uint8Array(1)));
      assert.deepEqual([error.code, 'report' in error], ['api.panicked', false], name);
      assert.equal(await codeOf(() => hasher.finish()), 'api.used_up', name);
    }
    assert.equal((await verifyPackage({ ...example, package: await digestsOf(example.package) })).verdict, 'verified');
    await grow();
    assert(newest() < 4 * MIB, 'they do not keep the next one');
  });
});
