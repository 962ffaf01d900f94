/** What `fedverify/worker` does with a request before a worker sees it: as the direct API does. Node has no Web Workers, so a thread is one. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import './worker-of-node.mjs';
import * as direct from '../../js/dist/fedverify.js';
import * as worker from '../../js/dist/worker.js';
import { fairExample } from './files.mjs';

const example = await fairExample();
const { did, log } = example;

after(() => worker.terminate());

/** What came of a call: the verdict, or the code and the message. */
const said = (promise) => promise.then(
  ({ verdict, report }) => verdict ?? report.verdict,
  (error) => {
    assert(error instanceof direct.FedVerifyError, `${error}`);
    return [error.code, error.message];
  });

const stream = (bytes) => new Blob([bytes]).stream();

test('a call gives what it gives without a worker', async () => {
  const now = new Date('2026-06-01');
  const calls = [
    ({ verifyPackage }) => verifyPackage({ ...example, now, package: stream(example.package) }),
    ({ verifyPackage }) => verifyPackage({ ...example, now, metadata: () => example.metadata, package: async () => example.package }),
    async ({ verifyLog }) => (await verifyLog({ did, log, now })).verifyPackage({ metadata: example.metadata, package: example.package }),
  ];
  for (const call of calls) assert.deepEqual(await call(worker), await call(direct));
});

test('a member named __proto__ is an unknown member, whatever it is', async () => {
  for (const value of [() => 1, stream(example.package), { did }, 7, null]) {
    const request = { did, log, ['__proto__']: value };
    assert.deepEqual(Object.keys(request), ['did', 'log', '__proto__']);
    const expected = await said(direct.verifyLog(request));
    assert.match(expected[1], /found "__proto__" \[api\.argument\]$/);
    assert.deepEqual(await said(worker.verifyLog(request)), expected, typeof value);
  }
});

/** A package of several pieces, in a buffer that can shrink. */
function resizable() {
  const buffer = new ArrayBuffer(3 << 20, { maxByteLength: 3 << 20 });
  return { buffer, view: new Uint8Array(buffer, 0, buffer.byteLength) };
}

test('bytes are those of the call: what becomes of them meanwhile changes nothing', async () => {
  const expected = await said(direct.verifyPackage({ ...example, package: resizable().view }));
  assert.equal(expected[0], 'fair.checksum.mismatch');
  const ends = {
    detached: ({ buffer }) => structuredClone(buffer, { transfer: [buffer] }),
    shrunk: ({ buffer }) => buffer.resize(1),
    changed: ({ view }) => view.fill(7),
  };
  for (const [name, end] of Object.entries(ends)) {
    const held = resizable();
    let isEnded = false;
    const onProgress = () => {
      if (!isEnded) end(held);
      isEnded = true;
    };
    assert.deepEqual(await said(worker.verifyPackage({ ...example, package: held.view, onProgress })), expected, name);
    assert(isEnded, name);
  }
});

test('bytes that are gone when they are read are no verdict', async () => {
  const gone = {
    detached: ({ buffer, view }) => { structuredClone(buffer, { transfer: [buffer] }); return view; },
    shrunk: ({ buffer, view }) => { buffer.resize(1); return view; },
  };
  for (const [name, end] of Object.entries(gone)) {
    for (const api of [direct, worker]) {
      const sources = {
        package: end(resizable()),
        'package of a function': () => end(resizable()),
        'package in a chunk': new ReadableStream({ start(controller) { controller.enqueue(end(resizable())); controller.close(); } }),
      };
      for (const [form, source] of Object.entries(sources)) {
        const [code] = await said(api.verifyPackage({ ...example, package: source }));
        assert.equal(code, 'io.file.unreadable', `${name}, ${form}`);
      }
    }
  }
});
