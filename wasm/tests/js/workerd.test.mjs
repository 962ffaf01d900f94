/** The corpus in workerd, and the example Worker as a federation node would call it. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { casesOf, differences, requestsOf } from './corpus.mjs';
import { EXAMPLES, fairExample, manifest, whole } from './files.mjs';
import { serve } from './workerd.mjs';

describe('the corpus', () => {
  let server;
  before(async () => { server = await serve(new URL('workerd-caller.capnp', import.meta.url)); });
  after(() => server?.close());

  /** An input as the tests' Worker takes it. */
  async function sent(input) {
    if (input instanceof Uint8Array) return { base64: Buffer.from(input).toString('base64') };
    const failure = await input.getReader().read().catch(({ code, message }) => ({ code, message }));
    return { failure };
  }

  test('every case gives its verdict, its code and its facts in workerd', async (t) => {
    const { cases, skipped } = casesOf(manifest);
    const found = [];
    for (const expected of cases) {
      // The named functions are the same code; calls are slow here.
      const [{ call, request }] = await requestsOf(expected, (_, path) => whole(path));
      const inputs = {};
      for (const [name, value] of Object.entries(request)) {
        if (!(value instanceof Uint8Array || value instanceof ReadableStream)) continue;
        inputs[name] = await sent(value);
        delete request[name];
      }
      const body = JSON.stringify({ call, request, inputs, now: request.now });
      const response = await fetch(server.origin, { method: 'POST', body });
      if (response.ok) found.push(...differences(expected, await response.json()));
      else found.push(`${expected.name}: ${await response.text()}`);
    }
    assert.deepEqual(found, []);
    t.diagnostic(`${cases.length} cases agree; ${skipped}`);
  });
});

describe('the example Worker', () => {
  let server;
  before(async () => { server = await serve(new URL('worker/workerd.capnp', EXAMPLES)); });
  after(() => server?.close());

  const pfn = async (name) => `${await readFile(new URL(`pfn/${name}`, EXAMPLES))}`;
  const post = async (path, body, headers = { 'content-type': 'application/json' }) => {
    const content = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
    const response = await fetch(server.origin + path, { method: 'POST', headers, body: content });
    return { status: response.status, body: await response.json() };
  };
  const refused = ({ status, body }) => [status, body.error.code];

  test('verifies logs', async () => {
    const { did, log } = await fairExample();
    const request = { did, log: new TextDecoder().decode(log) };
    const { status, body } = await post('/verify-log', request);
    assert.deepEqual([status, body.verdict, body.identity.did], [200, 'verified', did]);
    const first = await post('/verify-log', { ...request, pin: null });
    assert.equal((await post('/verify-log', { ...request, pin: first.body.pin })).body.verdict, 'verified');
    const forged = await post('/verify-log', { did, log: request.log.replace('old.publisher', 'thief') });
    assert.deepEqual([forged.status, forged.body.verdict, forged.body.error.code], [200, 'rejected', 'plc.cid.mismatch']);
  });

  test('verifies plugins', async () => {
    const [key, plugin] = [await pfn('publisher.pem'), await pfn('plugin.json')];
    const { status, body } = await post('/verify-plugin', { key, plugin });
    assert.deepEqual([status, body.verdict, body.trust], [200, 'verified', 'key']);
    const other = await post('/verify-plugin', { key, plugin: plugin.replace('1.0.0', '1.0.1') });
    assert.deepEqual([other.status, other.body.error.code], [200, 'pfn.signature.invalid']);
  });

  test('verifies challenges', async () => {
    const key = await pfn('publisher.pem');
    const [challenge, signature] = [(await pfn('challenge.txt')).trim(), (await pfn('challenge.sig')).trim()];
    const { status, body } = await post('/verify-challenge', { key, challenge, signature });
    assert.deepEqual([status, body.verdict, body.challenge], [200, 'verified', challenge]);
    const other = await post('/verify-challenge', { key, challenge: `${challenge}0`, signature });
    assert.deepEqual([other.status, other.body.verdict], [200, 'rejected']);
  });

  test('says what is wrong with a request', async () => {
    const key = await pfn('publisher.pem');
    assert.deepEqual(refused(await post('/verify', {})), [404, 'request.path']);
    assert.deepEqual(refused(await post('/constructor', {})), [404, 'request.path']);
    const got = await fetch(`${server.origin}/verify-log`);
    assert.deepEqual([got.status, got.headers.get('allow')], [405, 'POST']);
    assert.deepEqual(refused(await post('/verify-log', '{}', { 'content-type': 'text/plain' })), [415, 'request.type']);
    assert.deepEqual(refused(await post('/verify-log', '{')), [400, 'request.json']);
    assert.deepEqual(refused(await post('/verify-log', '')), [400, 'request.json']);
    assert.deepEqual(refused(await post('/verify-log', Uint8Array.of(0x22, 0xff, 0x22))), [400, 'request.json']);
    for (const body of ['null', '7', '[]', { key, plugin: {} }, { key, plugin: '', more: '' }, { did: '', log: '', now: 1 }]) {
      assert.deepEqual(refused(await post('/verify-plugin', body)), [400, 'request.members'], JSON.stringify(body));
    }
    assert.deepEqual(refused(await post('/verify-plugin', { key })), [400, 'api.argument']);
    assert.deepEqual(refused(await post('/verify-challenge', { key, challenge: '\ud800', signature: '' })), [400, 'api.argument']);
  });

  test('reads no more than it must, whatever the length is said to be', async () => {
    const body = JSON.stringify({ key: 'k'.repeat(70_000), challenge: '', signature: '' });
    assert.deepEqual(refused(await post('/verify-challenge', body)), [413, 'request.size']);
    // No content-length, and one chunk above the limit.
    const chunks = new Blob([new Uint8Array(65 * 1024).fill(0x20)]).stream();
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${server.origin}/verify-challenge`, { method: 'POST', headers, body: chunks, duplex: 'half' });
    assert.deepEqual(refused({ status: response.status, body: await response.json() }), [413, 'request.size']);
    const log = `[${'0,'.repeat(600_000)}0]`;
    const long = await post('/verify-log', { did: (await fairExample()).did, log });
    assert.deepEqual([long.status, long.body.error.code], [200, 'input.too_large']);
  });
});
