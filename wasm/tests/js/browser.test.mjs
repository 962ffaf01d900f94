/** The corpus in headless Chromium, through the direct and the Worker API, and what only a browser can show. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './chromium.mjs';
import { casesOf } from './corpus.mjs';
import { manifest } from './files.mjs';
import { serve } from './serve.mjs';

let server;
let browser;
let page;

before(async () => {
  [server, browser] = await Promise.all([serve(), launch()]);
  page = await browser.newPage();
  await page.goto(`${server.origin}/wasm/tests/js/page.html`);
  await page.waitForFunction(() => window.corpus);
});

after(async () => {
  await browser?.close();
  server?.close();
});

for (const [api, form] of [['direct', 'blob'], ['worker', 'stream']]) {
  test(`every case gives its verdict, its code and its facts (${api} API, inputs as ${form})`, async (t) => {
    const { count, found } = await page.evaluate(([api, form]) => window.corpus(api, form), [api, form]);
    assert.deepEqual(found, []);
    const { cases, skipped } = casesOf(manifest);
    assert.equal(count, cases.length);
    t.diagnostic(`${count} cases agree; ${skipped}`);
  });
}

for (const [api, form] of [['direct', 'bytes'], ['worker', 'blob']]) {
  test(`every case of several directories agrees (${api} API, inputs as ${form})`, async () => {
    assert.deepEqual(await page.evaluate(([api, form]) => window.directories(api, form), [api, form]), []);
  });
}

/** Runs a function of the page with the example's inputs. */
const withExample = (run) => page.evaluate(async (source) => {
  const folder = '/examples/fair/';
  const bytes = async (name) => new Uint8Array(await (await fetch(folder + name)).arrayBuffer());
  const example = {
    did: (await (await fetch(`${folder}did.txt`)).text()).trim(),
    log: await bytes('log.json'),
    metadata: await bytes('metadata.json'),
    package: await bytes('hello-fair-1.1.0.zip'),
  };
  return (new Function('example', 'apis', `return (${source})(example, apis)`))(example, window.apis);
}, run.toString());

/** For the tests that hand functions to the page as text, which the page's own policy would refuse. */
async function withoutPolicy(run) {
  const own = page;
  const context = await browser.newContext({ bypassCSP: true });
  page = await context.newPage();
  await page.goto(`${server.origin}/wasm/tests/js/page.html`);
  await page.waitForFunction(() => window.corpus);
  try {
    return await withExample(run);
  } finally {
    await context.close();
    page = own;
  }
}

test('the worker reports progress and release, and its results are the direct ones', async () => {
  const [worker, direct] = await withoutPolicy(async (example, apis) => {
    const told = async (api) => {
      const seen = [];
      const { did, log, metadata } = example;
      const [bytes, now] = [example.package, new Date('2026-02-01')];
      const onRelease = ({ version, artifacts }) => seen.push([version, artifacts.length]);
      const report = await api.verifyPackage({ ...example, now, onRelease, onProgress: (...values) => seen.push(values) });
      const identity = await api.verifyLog({ did, log, now, pin: null });
      const again = await identity.verifyPackage({ metadata, package: new Blob([bytes]) });
      const release = await identity.verifyMetadata({ metadata: new Blob([metadata]).stream() });
      const third = await release.verifyPackage({ package: new Blob([bytes]).stream() });
      const kind = await api.verify({ kind: 'plc-log', did, log, history: true });
      const { Identity, Release } = apis.direct;
      const { history, didDocument, pin } = identity;
      const isOfClass = identity instanceof Identity && release instanceof Release;
      return { seen, report, again, third, kind, history, didDocument, pin, isOfClass };
    };
    return [await told(apis.worker), await told(apis.direct)];
  });
  assert.deepEqual(worker, direct);
  assert.deepEqual(worker.seen, [['1.1.0', 1], [worker.report.package.size, worker.report.package.size]]);
  assert(worker.isOfClass);
});

test('the worker answers questions about pins, directories and versions as the direct API does', async () => {
  const [worker, direct] = await withoutPolicy(async (example, apis) => {
    const told = async ({ Pin, Version, checkPfnArchiveSignature, checkPfnChallenge, newest, verifyLog, webDocumentUrl }) => {
      const { did, log } = example;
      const now = new Date('2026-06-01');
      const cut = JSON.stringify(JSON.parse(new TextDecoder().decode(log)).slice(0, 2));
      const [old, full] = [await verifyLog({ did, log: cut, pin: null, now }), await verifyLog({ did, log, pin: null, now })];
      const code = (promise) => promise.then((value) => value, (error) => `${error.name} ${error.code} ${'report' in error}`);
      const { url, identity, warnings } = await newest({ 'https://a.example': old, 'https://b.example': full });
      const document = JSON.stringify(full.didDocument);
      const offered = await verifyLog({ did, log, now });
      const declined = await verifyLog({ did, log, now, remember: false });
      const request = { metadata: example.metadata, package: new Blob([example.package]).stream(), noDowngrade: true };
      return {
        pins: [await Pin.parse(new Blob([JSON.stringify(full.pin)])), await Pin.merge(old.pin, full.pin), await Pin.compare(old.pin, full.pin)],
        offered: [offered.pin, declined.pin ?? null, (await offered.verifyPackage(request)).verdict],
        newest: [url, identity === full, warnings],
        documents: [await full.compareDocument(document), await full.compareDocument(new Blob([document]).stream()), await full.compareDocument('{}')],
        versions: await Version.compare('1.10', '1.9'),
        number: await Version.number('v1.10'),
        url: await webDocumentUrl('did:web:a.example'),
        challenge: await checkPfnChallenge('abc'),
        refused: [
          await code(Pin.parse('{}')), await code(Pin.merge(full.pin, Pin.parse(full.pin))), await code(newest()), await code(newest({ a: {} })),
          await code(Version.compare('1', 'trunk')), await code(webDocumentUrl('did:web:')), await code(checkPfnChallenge('{}')),
          await code(checkPfnChallenge('{}', { signal: AbortSignal.abort({ code: 'pfn.signature.encoding' }) })),
          await code(checkPfnArchiveSignature('', 'ab'.repeat(48), '')), await code(verifyLog({ did })),
        ],
      };
    };
    return [await told(apis.worker), await told(apis.direct)];
  });
  assert.deepEqual(worker, direct);
  assert.deepEqual(worker.newest.slice(0, 2), ['https://b.example', true]);
  assert.deepEqual([worker.pins[2], worker.versions, worker.documents[0], worker.documents[1]], [-1, 1, null, null]);
  assert.deepEqual([worker.offered[0].did, ...worker.offered.slice(1)], [worker.pins[0].did, null, 'verified']);
  assert.deepEqual([worker.number, worker.url, worker.challenge], ['1.10.0', 'https://a.example/.well-known/did.json', undefined]);
  const codes = ['pin.malformed', 'api.argument', 'api.argument', 'api.argument', 'fair.version.invalid', 'did.invalid', 'pfn.challenge.ambiguous',
    'api.argument', 'pfn.key.invalid'];
  const refused = codes.map((code) => `${code} false`);
  assert.deepEqual(worker.refused, [...refused, 'api.argument true'].map((told) => `FedVerifyError ${told}`));
});

test('the worker has functions of the page fetch what it wants', async () => {
  const [worker, direct] = await withoutPolicy(async (example, apis) => {
    const fetched = async (api) => {
      const asked = [];
      const { did, log, metadata } = example;
      const functions = {
        metadata: async (url) => { asked.push(url); return new Blob([metadata]).stream(); },
        package: ({ version }) => { asked.push(version); return new Blob([example.package]).stream(); },
        txt: () => { throw new Error('this identity claims no alias'); },
      };
      const report = await api.verifyPackage({ did, log, ...functions });
      const failing = async () => { throw new DOMException('gone', 'NotFoundError'); };
      const failed = async (changes) => {
        const call = api.verifyPackage({ did, log, pin: null, ...functions, ...changes });
        return call.then(() => 'verified', ({ code, report: { pin } }) => [code, pin?.did === did]);
      };
      const none = await api.confirmAlias({ did, log, txt: functions.txt });
      return {
        asked,
        verdicts: [report.verdict, none.verdict],
        failures: [await failed({ metadata: failing }), await failed({ package: failing }), await failed({ package: () => 'x' })],
      };
    };
    return [await fetched(apis.worker), await fetched(apis.direct)];
  });
  assert.deepEqual(worker, direct);
  assert.deepEqual(worker.verdicts, ['verified', 'verified']);
  assert.deepEqual(worker.failures, [['io.file.missing', true], ['io.file.missing', true], ['api.argument', false]]);
  assert.equal(worker.asked[1], '1.1.0');
});

test('calls of the worker can be wrong, be ended, fail and outlive a failure', async () => {
  const outcome = await withoutPolicy(async (example, apis) => {
    const { worker, direct } = apis;
    const outcomes = {};
    const settle = async (name, promise) => {
      outcomes[name] = await promise.then(
        (value) => value.verdict ?? 'done',
        (error) => (error instanceof direct.FedVerifyError ? error.code : `${error.name}: ${error.message}`));
    };
    await settle('unknown member', worker.verifyLog({ ...example }));
    await settle('no object', worker.verifyLog('did'));
    await settle('no function', worker.verifyPackage({ ...example, onProgress: 7 }));
    await settle('no signal', worker.verifyPackage({ ...example, signal: {} }));
    await settle('no such kind', worker.verify({ kind: 'plc-logs' }));
    await settle('of the identity', worker.verifyLog({ did: example.did, log: example.log }).then((identity) =>
      identity.verifyPackage({ metadata: example.metadata, package: example.package, did: example.did })));
    await settle('aborted', worker.verifyPackage({ ...example, signal: AbortSignal.abort(new Error('before')) }));
    const abort = new AbortController();
    const stalled = new ReadableStream({ pull: () => new Promise(() => {}) });
    setTimeout(() => abort.abort(new Error('during')), 30);
    await settle('aborted later', worker.verifyPackage({ ...example, package: stalled, signal: abort.signal }));
    const broken = new ReadableStream({ pull() { throw new Error('line cut'); } });
    await settle('broken stream', worker.verifyPackage({ ...example, package: broken }));
    const thrower = () => { throw new Error('mine'); };
    await settle('callback', worker.verifyPackage({ ...example, onProgress: thrower }));
    const uncaught = [];
    window.addEventListener('error', ({ message }) => uncaught.push(message));
    const ended = new AbortController();
    const enderAndThrower = () => { ended.abort(new Error('ended')); thrower(); };
    await settle('callback that ends', worker.verifyPackage({ ...example, signal: ended.signal, onProgress: enderAndThrower }));
    outcomes.uncaught = uncaught;
    const waiting = worker.verifyPackage({ ...example, package: new ReadableStream({}) });
    worker.terminate();
    await settle('terminated', waiting);
    await settle('afterwards', worker.verifyPackage(example));
    return outcomes;
  });
  assert.deepEqual(outcome, {
    'unknown member': 'api.argument',
    'no object': 'api.argument',
    'no function': 'api.argument',
    'no signal': 'api.argument',
    'no such kind': 'api.argument',
    'of the identity': 'api.argument',
    aborted: 'Error: before',
    'aborted later': 'Error: during',
    'broken stream': 'io.file.unreadable',
    callback: 'Error: mine',
    'callback that ends': 'Error: ended',
    uncaught: [],
    terminated: 'AbortError: the worker was terminated',
    afterwards: 'verified',
  });
});

test('the module can be given as a module, as bytes, as a Response or by its address', async () => {
  const outcome = await withoutPolicy(async (example) => {
    const wasm = '/wasm/js/dist/fedverify.wasm';
    const bytes = await (await fetch(wasm)).arrayBuffer();
    const sources = {
      module: () => WebAssembly.compile(bytes),
      buffer: () => bytes,
      view: () => new Uint8Array(bytes),
      response: () => fetch(wasm),
      mistyped: async () => new Response(bytes, { headers: { 'content-type': 'text/plain' } }),
      address: () => new URL(wasm, location.href),
      path: () => wasm,
    };
    const outcomes = {};
    for (const [name, source] of Object.entries(sources)) {
      const fresh = await import(`/wasm/js/dist/internal.js?${name}`);
      const wrong = await fresh.init('/no/such.wasm').then(() => 'loaded', () => 'refused');
      await fresh.init(source());
      outcomes[name] = [wrong, (await fresh.verifyPackage(example)).verdict];
    }
    return outcomes;
  });
  for (const [name, result] of Object.entries(outcome)) assert.deepEqual(result, ['refused', 'verified'], name);
  assert.equal(Object.keys(outcome).length, 7);
});

test('the worker loads the module from whatever the direct API loads it from, and tries again', async () => {
  const outcome = await withoutPolicy(async (example) => {
    const wasm = '/wasm/js/dist/fedverify.wasm';
    const sources = {
      address: () => new URL(wasm, location.href),
      // Of the page, not of the worker's own file.
      path: () => '../../js/dist/fedverify.wasm',
      response: () => fetch(wasm),
      module: async () => WebAssembly.compile(await (await fetch(wasm)).arrayBuffer()),
      view: async () => new Uint8Array(await (await fetch(wasm)).arrayBuffer()),
    };
    const outcomes = {};
    for (const [name, source] of Object.entries(sources)) {
      const fresh = await import(`/wasm/js/dist/worker.js?${name}`);
      const said = [];
      for (const from of ['/no/such.wasm', await fetch('/no/such.wasm')]) {
        said.push(await fresh.init(from).then(() => 'loaded', () => 'refused'));
      }
      await fresh.init(source());
      outcomes[name] = [...said, (await fresh.verifyPackage(example)).verdict];
      fresh.terminate();
    }
    return outcomes;
  });
  for (const [name, result] of Object.entries(outcome)) assert.deepEqual(result, ['refused', 'refused', 'verified'], name);
  assert.equal(Object.keys(outcome).length, 5);
});

test('no stream stays locked, and mistakes have the same names, with a worker and without', async () => {
  const [worker, direct] = await withoutPolicy(async (example, { direct, worker }) => {
    const { did, log, metadata } = example;
    const said = (promise) => promise.then(
      ({ verdict }) => verdict,
      (error) => (error instanceof direct.FedVerifyError ? [error.code, error.message] : `${error.name}: ${error.message}`));
    const told = async (api) => {
      const outcomes = {};
      const cancelled = [];
      const stream = (bytes) => new ReadableStream({
        pull(controller) { controller.enqueue(bytes); controller.close(); },
      }, { highWaterMark: 0 });
      const endless = (name) => new ReadableStream({
        pull(controller) { controller.enqueue(new Uint8Array(1000)); },
        cancel() { cancelled.push(name); },
      }, { highWaterMark: 0 });
      const settle = async (name, changes, call = api.verifyPackage) => {
        const request = { did, log: stream(log), metadata: stream(metadata), package: stream(example.package), ...changes };
        const outcome = await said(call(request));
        const streams = [request.log, request.metadata, request.package].filter((value) => value instanceof ReadableStream);
        outcomes[name] = [outcome, streams.map(({ locked }) => locked)];
      };
      await settle('verified', {});
      await settle('unknown member', { packge: 7 });
      await settle('refused log', { log: stream(metadata) });
      await settle('too large', { log: endless('log'), limits: { logBytes: 2000 } });
      await settle('promise', { metadata: Promise.resolve(metadata) });
      await settle('response', { metadata: new Response(metadata) });
      await settle('fetched response', { metadata: () => new Response(metadata) });
      await settle('no data', { release: Symbol('x') });
      await settle('own __proto__', JSON.parse('{"__proto__": {"did": "x"}}'), (request) =>
        api.verifyPackage(Object.defineProperty({ ...request }, '__proto__', { value: 7, enumerable: true })));
      outcomes.requests = [];
      for (const wrong of [Symbol('x'), () => 1, null, Promise.resolve(example), new Map()]) {
        outcomes.requests.push(await said(api.verifyLog(wrong)), await said(api.verify(wrong)));
      }
      const taken = stream(example.package);
      const reader = taken.getReader();
      outcomes.locked = await said(api.verifyPackage({ ...example, package: taken }));
      reader.releaseLock();
      const mine = { onProgress: () => { throw new Error('mine'); } };
      await settle('callback', { package: endless('callback'), ...mine });
      const abort = new AbortController();
      setTimeout(() => abort.abort(new Error('enough')), 50);
      await settle('aborted', { package: endless('aborted'), signal: abort.signal });
      return { outcomes, cancelled };
    };
    return [await told(worker), await told(direct)];
  });
  assert.deepEqual(worker, direct);
  assert.deepEqual(worker.cancelled, ['log', 'callback', 'aborted']);
  const locked = Object.values(worker.outcomes).flatMap((outcome) => (Array.isArray(outcome[1]) ? outcome[1] : []));
  assert(locked.length > 20 && !locked.includes(true));
  assert.match(worker.outcomes.promise[0][1], /found a promise: await it/);
  assert.match(worker.outcomes['fetched response'][0][1], /found a Response: give its body/);
  assert.deepEqual(worker.outcomes.requests.map(([code]) => code), Array.from({ length: 10 }, () => 'api.argument'));
});
