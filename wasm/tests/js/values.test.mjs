/** Pins as values, several directories, documents compared, versions compared: the tables of core's tests. In Node. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, describe, test } from 'node:test';
import {
  FedVerifyError, Pin, Version, checkPfnArchiveSignature, checkPfnChallenge, newest, verify, verifyLog, verifyPackage, webDocumentUrl,
} from '../../js/dist/fedverify.js';
import { fairExample, manifest, whole } from './files.mjs';

const example = await fairExample();
const { did } = example;
const entries = JSON.parse(new TextDecoder().decode(example.log));
const START = Date.parse('2026-06-01');

/** A log of the example: some of its operations. One that came before its recovery was not undone then. */
const logOf = (...places) => {
  const undo = places.includes(3);
  return JSON.stringify(places.map((place) => ({ ...entries[place], nullified: place === 2 && undo })));
};
const LOGS = {
  short: logOf(0, 1),
  stolen: logOf(0, 1, 2),
  neverStolen: logOf(0, 1, 3, 4),
  full: logOf(0, 1, 2, 3, 4),
  /** The newest operation of the short one, at another time. */
  moved: logOf(0, 1).replace(entries[1].createdAt, new Date(Date.parse(entries[1].createdAt) + 1000).toISOString()),
};
const identityOf = (name, request) => verifyLog({ did, log: LOGS[name], ...request });

/** The code that a promise is rejected with, or the value that it has. */
const settled = (promise) => promise.catch((error) => {
  assert(error instanceof FedVerifyError, `${error}`);
  assert.equal(error.verdict, error.code.startsWith('api.') || error.code.startsWith('io.') ? 'undetermined' : 'rejected');
  return error.code;
});

/** A stream of 20 chunks, and how many were asked for. */
function counted(chunkBytes) {
  const held = { pulls: 0 };
  held.stream = new ReadableStream({
    pull(controller) {
      held.pulls += 1;
      return held.pulls > 20 ? controller.close() : controller.enqueue(new Uint8Array(chunkBytes));
    },
  }, { highWaterMark: 0 });
  return held;
}

describe('pins', () => {
  const pins = {};
  before(async () => {
    for (const [at, name] of Object.keys(LOGS).entries()) {
      pins[name] = (await identityOf(name, { pin: null, now: new Date(START + at * 1000) })).pin;
    }
    const theft = new Date(Date.parse(entries[2].createdAt) + 60_000);
    pins.stolenInTime = (await identityOf('stolen', { pin: null, now: theft })).pin;
    pins.fullLater = (await identityOf('full', { pin: null, now: new Date(START + 9000) })).pin;
    const installed = await verifyPackage({ ...example, log: LOGS.full, pin: null, now: new Date(START + 5000) });
    pins.installed = installed.pin;
    const log = await whole('pin/log/unchanged.log.json');
    pins.other = (await verifyLog({ did: 'did:plc:qlwfxy4kcfeqfnkjxglvt3gx', log, pin: null })).pin;
  });

  test('are read in any form, and given as they are in a report', async () => {
    const text = JSON.stringify(pins.installed);
    const stream = () => new Blob([text]).stream();
    for (const pin of [pins.installed, text, JSON.stringify(pins.installed, null, 2), new TextEncoder().encode(text), stream()]) {
      assert.deepEqual(await Pin.parse(pin), pins.installed);
    }
    assert.equal(JSON.stringify(await Pin.parse(text)), text);
    const { head, lastVisit, releases } = await Pin.parse(text);
    assert.deepEqual([head, lastVisit, Object.keys(releases)], [entries[4].cid, START / 1000 + 5, ['1.1.0']]);
    assert.equal(await Pin.highestVersion(text), '1.1.0');
    assert.equal(await Pin.highestVersion(pins.short), null);
    // What was read is a pin for the next visit.
    assert.equal(await settled(verifyLog({ did, log: LOGS.short, pin: await Pin.parse(text) })), 'pin.rollback');
  });

  test('are refused where core refuses them', async () => {
    const text = JSON.stringify(pins.full);
    const damaged = ['', '{}', 'null', text.slice(0, -1), text.replace(did, 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'), { ...pins.full, head: '' },
      { ...pins.full, highestVersion: null }, text.replace('pin/v2', 'pin/v1'), [], text.replace('{', '{"did":"x",')];
    for (const pin of damaged) {
      for (const ask of [Pin.parse(pin), Pin.highestVersion(pin), Pin.compare(pin, text), Pin.merge(text, pin)]) {
        assert.equal(await settled(ask), 'pin.malformed', String(pin));
      }
    }
    for (const limits of [{ pinBytes: 10 }, { jsonDepth: 1 }]) {
      for (const ask of [Pin.parse(text, { limits }), Pin.compare(text, text, { limits })]) {
        const { code, limit } = await ask.catch((error) => error);
        assert.deepEqual([code, limit], ['pin.malformed', Object.keys(limits)[0]]);
      }
    }
    assert.match(await Pin.parse('{}').catch(({ remedy }) => remedy), /\.$/);
  });

  test('are compared by their logs', async () => {
    const table = [
      ['short', 'full', -1], ['full', 'short', 1], ['full', 'full', 0], ['full', 'fullLater', -1], ['stolen', 'full', -1],
      ['neverStolen', 'full', -1], ['stolen', 'neverStolen', 'pin.fork'], ['neverStolen', 'stolen', 'pin.fork'],
      ['full', 'other', 'pin.malformed'],
    ];
    for (const [a, b, expected] of table) assert.equal(await settled(Pin.compare(pins[a], pins[b])), expected, `${a} ${b}`);
  });

  test('of visits that ran at once become one that knows what both know, in either order', async () => {
    for (const [a, b] of [['short', 'installed'], ['stolenInTime', 'installed'], ['neverStolen', 'full'], ['fullLater', 'installed']]) {
      const merged = await Pin.merge(pins[a], JSON.stringify(pins[b]));
      assert.deepEqual(await Pin.merge(pins[b], pins[a]), merged, `${a} ${b}`);
      assert.deepEqual([merged.head, merged.releases], [pins.full.head, pins[b].releases]);
      const first = Math.min(pins[a].operations[0].firstSeen, pins[b].operations[0].firstSeen);
      assert.equal(merged.operations[0].firstSeen, first);
      assert.deepEqual(await Pin.parse(merged), merged);
    }
    assert.equal((await Pin.merge(pins.fullLater, pins.installed)).lastVisit, START / 1000 + 9);
    assert.equal(await settled(Pin.merge(pins.stolen, pins.neverStolen)), 'pin.fork');
    // What was still in force two months later was not undone in time, whatever another visit was told.
    assert.equal(await settled(Pin.merge(pins.stolen, pins.installed)), 'pin.nullification_late');
    assert.equal(await settled(Pin.merge(pins.full, pins.other)), 'pin.malformed');
    // Each can be read by the limit, and what both know could not.
    const { pin } = await verifyPackage({ ...example, log: LOGS.neverStolen, pin: null });
    const pinBytes = Math.max(JSON.stringify(pin).length, JSON.stringify(pins.full).length);
    assert.equal(await settled(Pin.merge(pin, pins.full, { limits: { pinBytes } })), 'pin.too_large');
    assert.equal(await settled(Pin.compare(pin, pins.full, { limits: { pinBytes } })), -1);
  });

  test('are read no further than their limit, nor where they cannot be read', async () => {
    const endless = counted(1000);
    assert.equal(await settled(Pin.parse(endless.stream, { limits: { pinBytes: 2500 } })), 'pin.malformed');
    assert.equal(endless.pulls, 3);
    const broken = new ReadableStream({ pull() { throw new Error('disk on fire'); } });
    assert.equal(await settled(Pin.merge(pins.full, broken)), 'io.file.unreadable');
  });

  test('are asked about with the caller\'s own options, by functions that stay what they are', async () => {
    const text = JSON.stringify(pins.full);
    Object.prototype.limits = { pinBytes: 1 };
    try {
      assert.equal((await Pin.parse(text)).head, pins.full.head);
      assert.equal((await Pin.parse(text, {})).head, pins.full.head);
    } finally {
      delete Object.prototype.limits;
    }
    assert.deepEqual([Object.isFrozen(Pin), Object.isFrozen(Version)], [true, true]);
  });

  test('and versions can be the first that the module is asked about', async () => {
    for (const [place, ask] of [(api) => api.Pin.parse(pins.full), (api) => api.Version.compare('1', '2')].entries()) {
      await ask(await import(`../../js/dist/internal.js?first=${place}`));
    }
  });

  test('that are none are wrong calls', async () => {
    const { full } = pins;
    const wrong = [
      Pin.parse(), Pin.parse(null), Pin.parse(7), Pin.parse('\ud800'), Pin.parse(Promise.resolve(full)), Pin.merge(full), Pin.compare(null, full),
      Pin.parse(full, { limits: { noSuch: 1 } }), Pin.parse(full, { limit: {} }), Pin.parse(full, { limits: 7 }), Pin.parse(full, 'text'),
      Pin.parse(full, null), Pin.parse(full, 7), Pin.parse(full, []), Pin.parse(full, () => ({})), Pin.parse(full, Promise.resolve({})),
      Pin.parse(full, new Map([['limits', { pinBytes: 1 }]])), Pin.parse(full, { limits: Promise.resolve({ pinBytes: 1 }) }),
      Pin.parse({ toJSON() {} }), Pin.parse({ toJSON() { throw null; } }),
    ];
    for (const [at, call] of wrong.entries()) assert.equal(await settled(call), 'api.argument', `${at}`);
    await assert.rejects(Pin.merge(full, Pin.parse(full)), { message: 'expected a pin, found a promise: await it [api.argument]' });
  });
});

describe('directories', () => {
  test('are asked about identities, and nothing rests on what an object says of itself', async () => {
    const [full, short] = [await identityOf('full'), await identityOf('short')];
    const forged = Object.assign(await identityOf('short'), { did: 'did:plc:other', head: full.head, history: full.history, report: full.report });
    const { url, warnings } = await newest({ forged, full });
    assert.deepEqual([url, warnings.map(({ code }) => code)], ['full', ['plc.directory.lag']]);
    assert.equal(await settled(newest({})), 'plc.log.empty');
    assert.equal((await newest({ 'a"\n': full })).url, 'a"\n');
    const copy = Object.assign(Object.create(Object.getPrototypeOf(full)), full);
    for (const wrong of [undefined, null, 7, { a: 7 }, { a: full, b: short.report }, { a: copy }, { a: null }, { '\ud800': full }]) {
      assert.equal(await settled(newest(wrong)), 'api.argument');
    }
    for (const wrong of [new Map([['a', full]]), [full], { b: copy }, Promise.resolve({ a: full }), { a: Promise.resolve(full) }]) {
      const error = await newest(wrong).catch((thrown) => thrown);
      const found = wrong.then || wrong.a ? 'a promise: await it' : 'object';
      assert.equal(error.message, `expected the identities that verifyLog gave, by URL; found ${found} [api.argument]`);
    }
  });

  test('may serve a document, which is compared with the log', async () => {
    const identity = await identityOf('full');
    const served = identity.didDocument;
    const text = JSON.stringify(served);
    for (const form of [text, new TextEncoder().encode(text), new Blob([text]).stream()]) {
      assert.equal(await identity.compareDocument(form), null);
    }
    const { code, message } = await identity.compareDocument(JSON.stringify({ ...served, service: [] }), 'https://mirror.example');
    assert.equal(code, 'plc.document.differs');
    assert.match(message, /https:\/\/mirror\.example.*in service$/);
    assert.match((await identity.compareDocument('{')).message, /plc\.directory.*cannot be read/);
    const bounded = await identityOf('full', { limits: { logBytes: LOGS.full.length } });
    assert.match((await bounded.compareDocument(' '.repeat(LOGS.full.length + 1))).message, /logBytes/);
    const other = await identityOf('full', { limits: { recordBytes: 10 } });
    assert.equal(await other.compareDocument(JSON.stringify(served)), null, 'the limit of the log counts, and no other');
    for (const wrong of [undefined, null, 7, served, () => served]) {
      assert.equal(await settled(identity.compareDocument(wrong)), 'api.argument');
    }
    assert.equal(await settled(identity.compareDocument('{}', 7)), 'api.argument');
    const broken = new ReadableStream({ pull() { throw new Error('status 500'); } });
    assert.equal(await settled(identity.compareDocument(broken)), 'io.file.unreadable');
    const endless = counted(2 ** 20);
    assert.match((await identity.compareDocument(endless.stream)).message, /logBytes/);
    assert.equal(endless.pulls, 9);
  });

  test('and documents are judged by logs that verify again', async () => {
    const limits = { logBytes: 1 << 20 };
    const identity = await identityOf('full', { limits });
    limits.logBytes = 1;
    for (const ask of [newest({ a: identity, b: await identityOf('full') }), identity.compareDocument('{}')]) {
      await assert.rejects(ask, { message: 'expected a log that verifies [api.argument]' });
    }
  });
});

test('a question is no verification, so its error has no report', async () => {
  const { log } = example;
  const asked = [
    Pin.parse('{}'), Pin.parse(7), Pin.parse('{}', 7), newest({}), newest(7), Version.compare('1', 'trunk'), Version.compare('1', 7),
    Version.number(''), checkPfnChallenge(''), checkPfnChallenge(7), webDocumentUrl('did:web:'), webDocumentUrl(7),
    checkPfnArchiveSignature('', '', ''), checkPfnArchiveSignature(), (await verifyLog({ did, log })).compareDocument(7), verify(5), verify(), verify({ kind: 7 }), verify({ kind: 'keys' }), verify({ kind: 'keys', key: '' }),
  ];
  for (const call of asked) {
    const error = await call.catch((failure) => failure);
    assert(error instanceof FedVerifyError && error.remedy && error.verdict, `${error}`);
    assert.equal('report' in error, false, `${error}`);
  }
  for (const kind of ['key', 'plc-log']) {
    const { report } = await verify({ kind, lgo: 1 }).catch((failure) => failure);
    assert.deepEqual([report.kind, report.verdict], [kind, 'undetermined']);
  }
});

test('versions are compared by their order', async () => {
  const table = [
    ['1.10', '1.9.9', 1], ['2.0.0-beta.11', '2.0.0-rc.1', -1], ['1.0', 'v1.0.0+build', 0], ['1.0.0-rc.1', '1', -1],
    ['trunk', '1', 'fair.version.invalid'], ['1', 'trunk', 'fair.version.invalid'], ['', '1', 'fair.version.invalid'],
    ['1', '1 2', 'fair.version.invalid'], ['1', undefined, 'api.argument'], [1, '1', 'api.argument'], ['\ud800', '1', 'api.argument'],
  ];
  for (const [a, b, expected] of table) assert.equal(await settled(Version.compare(a, b)), expected, `${a} ${b}`);
  assert.equal(await settled(Version.compare('1.0', '1', { limits: { versionBytes: 2 } })), 'fair.version.invalid');
});

test('a version has a number, however it is written', async () => {
  const table = [
    ['1', '1.0.0'], ['1.0', '1.0.0'], ['v1.0.0', '1.0.0'], ['1.0.0+build', '1.0.0'], ['2.0-rc.1', '2.0.0-rc.1'], ['trunk', 'trunk'],
    ['', 'fair.version.invalid'], ['1 2', 'fair.version.invalid'], [undefined, 'api.argument'], [null, 'api.argument'], [1, 'api.argument'],
    ['\ud800', 'api.argument'],
  ];
  for (const [version, expected] of table) assert.equal(await settled(Version.number(version)), expected, `${version}`);
  assert.equal(await settled(Version.number('1.0', { limits: { versionBytes: 2 } })), 'fair.version.invalid');
  assert.equal(await settled(Version.number('1.0', { limits: { versionBytes: 3 } })), '1.0.0');
});

test('a challenge is checked before it is sent', async () => {
  assert.equal(await checkPfnChallenge('0b9f3c1e-7a52-4d6e-9f10-2c8d4e5f6a7b'), undefined);
  const table = [
    ['{"id":"gallery"}', 'pfn.challenge.ambiguous'], ['', 'pfn.challenge.malformed'], ['\ud800', 'api.argument'], [7, 'api.argument'],
    [undefined, 'api.argument'],
  ];
  for (const [challenge, code] of table) assert.equal(await settled(checkPfnChallenge(challenge)), code, `${challenge}`);
  assert.equal(await settled(checkPfnChallenge('éé', { limits: { challengeBytes: 3 } })), 'pfn.challenge.malformed');
  assert.equal(await settled(checkPfnChallenge('éa', { limits: { challengeBytes: 3 } })), undefined);
  assert.equal(await settled(checkPfnChallenge(`{"id":"${'x'.repeat(1016)}"}`)), 'pfn.challenge.malformed');
});

test('a question has no options but limits', async () => {
  const signal = AbortSignal.abort({ code: 'pfn.signature.encoding' });
  const wrong = [{ limit: { challengeBytes: 2 } }, { foo: 1 }, { signal }, { signal: AbortSignal.abort(null) }, { onProgress() {} }, { key: '' },
    { challenge: 'abcdef' }, { limits: { foo: 1 } }, null, 7, [], new Map(), Promise.resolve({})];
  for (const [at, options] of wrong.entries()) {
    const asked = [checkPfnChallenge('{"id":1}', options), checkPfnChallenge('abcdef', options), Version.number('1', options),
      checkPfnArchiveSignature('', '', '', options)];
    for (const call of asked) assert.equal(await settled(call), 'api.argument', `${at}`);
  }
  const named = checkPfnChallenge('abcdef', { limit: { challengeBytes: 2 } });
  await assert.rejects(named, { message: 'expected limits; found "limit" [api.argument]' });
  assert.equal(await settled(checkPfnChallenge('abcdef', { limits: { challengeBytes: 2 } })), 'pfn.challenge.malformed');
});

test('the signature of an archive is checked by its digest', async () => {
  const { inputs } = manifest.cases.find(({ inputs: { archiveSignature }, code }) => archiveSignature && code === null);
  const [key, { archiveSignature }] = [await whole(inputs.key), inputs];
  const digest = createHash('sha384').update(await whole(inputs.archive)).digest('hex');
  for (const sha384 of [digest, digest.toUpperCase()]) {
    assert.equal(await settled(checkPfnArchiveSignature(key, sha384, archiveSignature)), undefined);
  }
  assert.equal(await settled(checkPfnArchiveSignature(new Blob([key]).stream(), digest, archiveSignature)), undefined);
  const text = Buffer.from('text of 48 bytes that a publisher would sign....').toString('hex');
  const table = [
    [[key, 'ab'.repeat(48), archiveSignature], 'pfn.archive.signature_invalid'],
    [['6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=', digest, archiveSignature], 'pfn.archive.signature_invalid'],
    [[key, text, archiveSignature], 'pfn.archive.signature_invalid'], [[key, digest, '?'], 'pfn.signature.encoding'],
    [['no key', digest, archiveSignature], 'pfn.key.invalid'], [[key, digest.slice(1), archiveSignature], 'api.argument'],
    [[key, '', archiveSignature], 'api.argument'], [[key, digest], 'api.argument'], [[key], 'api.argument'], [[], 'api.argument'],
    [[null, digest, archiveSignature], 'api.argument'], [[key, 7, archiveSignature], 'api.argument'], [[key, digest, null], 'api.argument'],
    [[key, digest, archiveSignature, { limits: { recordBytes: 9 } }], 'input.too_large'],
  ];
  for (const [at, [asked, code]] of table.entries()) assert.equal(await settled(checkPfnArchiveSignature(...asked)), code, `${at}`);
});

test('a did:web says where its document is', async () => {
  assert.equal(await webDocumentUrl('did:web:a.example%3A81:b'), 'https://a.example:81/b/did.json');
  for (const [wrong, code] of [['did:web:', 'did.invalid'], [did, 'did.unsupported'], [undefined, 'api.argument']]) {
    assert.equal(await settled(webDocumentUrl(wrong)), code, `${wrong}`);
  }
});
