/** The demo page, as a person uses it: by clicks, by dropping, by keyboard. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch } from './chromium.mjs';
import { EXAMPLES, fairExample } from './files.mjs';
import { serve } from './serve.mjs';

let server;
let browser;
let page;
/** What the page did that it must not. */
let faults;
let requests;

before(async () => { [server, browser] = await Promise.all([serve(), launch()]); });
after(async () => {
  await browser?.close();
  server?.close();
});

beforeEach(async () => {
  [faults, requests] = [[], []];
  page = await browser.newPage({ reducedMotion: 'reduce' });
  page.on('pageerror', (error) => faults.push(error.message));
  // Refusals of the page's own policy are among these.
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(`${server.origin}/wasm/demo/index.html`);
});

afterEach(async () => {
  await page.close();
  assert.deepEqual(faults, []);
  const elsewhere = requests.filter((url) => !url.startsWith(server.origin) && !/^(data|blob):/.test(url));
  assert.deepEqual(elsewhere, []);
});

const file = (name) => fileURLToPath(new URL(`fair/${name}`, EXAMPLES));
const text = (selector) => page.locator(selector).innerText();
const settled = () => page.locator('#result:not([aria-busy])').waitFor();
const outcomes = () => page.locator('#checks li').evaluateAll((lines) =>
  Object.fromEntries(lines.map((line) => [line.dataset.check, line.classList[0]])));

async function fill(changes = {}) {
  const inputs = { package: file('hello-fair-1.1.0.zip'), log: file('log.json'), metadata: file('metadata.json'), ...changes };
  for (const [slot, input] of Object.entries(inputs)) if (input) await page.setInputFiles(`#${slot}`, input);
}

async function verify() {
  await page.click('#verify');
  await settled();
}

test('nothing is fetched before anything is asked for', async () => {
  await page.waitForLoadState('networkidle');
  const loaded = requests.map((url) => new URL(url).pathname.split('/').at(-1));
  assert.deepEqual(loaded.sort(), ['demo.css', 'demo.js', 'element.js', 'fedverify.js', 'history.js', 'index.html', 'internal.js', 'worker.js',
    ...requests.filter((url) => url.startsWith('data:')).map((url) => url.split('/').at(-1))].sort());
});

test('the signed example is verified, drawn, and its report can be downloaded', async () => {
  await page.click('#example');
  await settled();
  assert.equal(await text('#verdict'), 'Verified');
  assert.match(await text('#verdict-text'), /“fair”.*listed as version 1\.1\.0/);
  const steps = await outcomes();
  assert.deepEqual([steps['plc.genesis'], steps['fair.signature'], steps['pin.log']], ['pass', 'pass', 'skipped']);
  assert.equal(await page.locator('#history .node').count(), 5);
  assert.equal(await page.locator('#history .node.undone').count(), 1);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#download')]);
  const report = JSON.parse(await readFile(await download.path()));
  assert.deepEqual([report.schema, report.verdict, report.release.version], ['fedverify/report/v1', 'verified', '1.1.0']);
});

/** Has the page fetch a log of white space that never ends, a mebibyte at a time or nothing; how many pieces it took, and what it said. */
async function endless(isSilent) {
  await page.fill('#did', `did:plc:${'a'.repeat(24)}`);
  await page.evaluate((isSilent) => {
    globalThis.taken = 0;
    globalThis.patience = AbortSignal.timeout;
    AbortSignal.timeout = (milliseconds) => globalThis.patience.call(AbortSignal, milliseconds / 100);
    globalThis.fetch = async (url, { signal } = {}) => new Response(new ReadableStream({
      start(controller) { signal?.addEventListener('abort', () => controller.error(signal.reason)); },
      pull(controller) {
        globalThis.taken += 1;
        if (globalThis.taken > 64) controller.close();
        if (isSilent) return new Promise(() => {});
        controller.enqueue(new Uint8Array(1 << 20).fill(32));
      },
    }, { highWaterMark: 0 }));
  }, isSilent);
  await page.evaluate(() => document.getElementById('fetch-log').click());
  await page.locator('#missing:not(:empty)').waitFor();
  return [await page.evaluate(() => globalThis.taken), await text('#missing')];
}

test('a log without end is read as far as a verifier reads one', async () => {
  const [taken, said] = await endless(false);
  assert.match(said, /could not be fetched: it has more than 8\.4 MB\./);
  assert.equal(taken, 9);
});

test('a directory that says nothing is not waited for', async () => {
  const [taken, said] = await endless(true);
  assert.match(said, /could not be fetched: .*(timed out|timeout)/i);
  assert.equal(taken, 1);
});

test('chosen files are verified; the identity is taken from the log, and said to be', async () => {
  await fill();
  await page.locator('#did-note:not(:empty)').waitFor();
  assert.match(await text('#did-note'), /Check that it is the identity you expect/);
  await verify();
  assert.equal(await text('#verdict'), 'Verified');
});

test('dropped files find their places', async () => {
  const { log, metadata, package: zip } = await fairExample();
  const files = [['a.json', [...metadata]], ['b.json', [...log]], ['c.zip', [...zip]]];
  await page.evaluate((files) => {
    const dataTransfer = new DataTransfer();
    for (const [name, bytes] of files) dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
    document.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
  }, files);
  await page.locator('.slot.filled').nth(2).waitFor();
  assert.match(await text('#log-name'), /^b\.json/);
  assert.match(await text('#metadata-name'), /^a\.json/);
  await page.locator('#did-note:not(:empty)').waitFor();
  await verify();
  assert.equal(await text('#verdict'), 'Verified');
});

test('a changed package is rejected, with the step at which it fell', async () => {
  const { package: zip } = await fairExample();
  const changed = Buffer.from(zip);
  changed[200] ^= 1;
  await fill({ package: { name: 'changed.zip', mimeType: 'application/zip', buffer: changed } });
  await page.locator('#did-note:not(:empty)').waitFor();
  await verify();
  assert.equal(await text('#verdict'), 'Rejected: fair.checksum.mismatch');
  assert.match(await text('#verdict-text'), /do not install/);
  const steps = await outcomes();
  assert.deepEqual([steps['fair.bytes'], steps['fair.checksum'], steps['fair.signature']], ['pass', 'fail', 'not-reached']);
  assert.equal(await page.locator('#history .node').count(), 5);
});

test('another identity, an older release that the bytes are not, and a forged log are rejected', async () => {
  await fill();
  await page.fill('#did', 'did:plc:z72i7hdynmk6r22z27h6tvur');
  await verify();
  assert.equal(await text('#verdict'), 'Rejected: plc.did_mismatch');
  assert.equal(await page.locator('#history-part').isVisible(), false);
  const { did, log } = await fairExample();
  await page.fill('#did', did);
  await page.click('summary:has-text("More")');
  await page.fill('#release', '1.0.0');
  await verify();
  assert.equal(await text('#verdict'), 'Rejected: fair.checksum.mismatch');
  const forged = Buffer.from(new TextDecoder().decode(log).replace('"nullified": true', '"nullified": false'));
  await page.setInputFiles('#log', { name: 'log.json', mimeType: 'application/json', buffer: forged });
  await verify();
  assert.equal(await text('#verdict'), 'Rejected: plc.nullified_flag');
  assert.match(await text('#verdict-text'), /^Operation 2: /);
});

test('garbage is rejected, and shown as nothing but text', async () => {
  const garbage = (content) => ({ name: '<img src=x onerror=alert(1)>.json', mimeType: 'text/plain', buffer: Buffer.from(content) });
  await fill({ log: garbage('<script>alert(1)</script>') });
  await page.fill('#did', '<b>did</b>');
  await verify();
  assert.equal(await text('#verdict'), 'Rejected: did.invalid');
  assert.match(await text('#verdict-text'), /<b>did<\/b>/);
  await page.fill('#did', (await fairExample()).did);
  await verify();
  assert.equal(await text('#verdict'), 'Rejected: input.malformed');
  assert.equal(await page.locator('main img, main b').count(), 0);
  await fill({ package: garbage('PK'), log: null, metadata: null });
  await page.setInputFiles('#log', file('log.json'));
  await page.setInputFiles('#metadata', garbage('{"id": 7}'));
  await verify();
  assert.equal(await text('#verdict'), 'Rejected: fair.metadata.malformed');
});

test('a log alone can be verified, and what is missing is said', async () => {
  await page.click('#verify');
  assert.equal(await text('#missing'), 'Still missing: the identity, its log.');
  await page.setInputFiles('#log', file('log.json'));
  await page.locator('#did-note:not(:empty)').waitFor();
  await verify();
  assert.match(await text('#verdict-text'), /^The log holds/);
  await page.setInputFiles('#package', file('hello-fair-1.1.0.zip'));
  await page.click('#verify');
  assert.equal(await text('#missing'), 'Still missing: the metadata.');
  await page.click('#clear');
  assert.equal(await page.locator('#result').isVisible(), false);
});

test('of a long history the newest operations are drawn at once, and the rest when it is asked for', async () => {
  const reads = await page.evaluate(async () => {
    const { describeOperation, drawHistory } = await import('./history.js');
    const at = (id) => document.getElementById(id);
    const method = (change, id, value) => ({ change, part: 'verificationMethods', id, value });
    const many = [method('removed', 'key', '298'), ...Array.from({ length: 500 }, (_, key) => method('added', `key${key}`, `299/${key}`))];
    let reads = 0;
    const history = Array.from({ length: 300 }, (_, index) => ({
      get cid() { reads += 1; return `cid${index}`; },
      get prev() { reads += 1; return index === 0 ? null : `cid${index - 1}`; },
      nullified: false,
      changes: index < 299 ? [method('added', 'key', `${index}`)] : many,
      state: {},
    }));
    for (const id of ['result', 'history-part']) at(id).hidden = false;
    const identity = { history, head: 'cid299', contestable: [] };
    drawHistory(at('history'), at('earlier'), identity, (entry) => {
      at('operation').replaceChildren(...describeOperation(identity, entry));
    });
    return reads;
  });
  // Each operation a few times, not with every other one.
  assert(reads < 300 * 10, `${reads} reads`);
  const nodes = page.locator('#history .node');
  const first = async () => (await nodes.first().getAttribute('aria-label')).split(':')[0];
  assert.deepEqual([await nodes.count(), await first()], [50, 'operation 250']);
  assert.equal(await page.locator('.scroller').evaluate((box) => box.scrollLeft + box.clientWidth === box.scrollWidth), true);
  assert.equal(await page.locator('#operation li').count(), 20);
  await page.click('summary:has-text("481 more changes")');
  await page.locator('#operation li').nth(500).waitFor();
  await nodes.nth(48).click();
  assert.equal(await text('#earlier'), 'Show 50 of 250 earlier operations');
  await page.click('#earlier');
  assert.deepEqual([await nodes.count(), await first()], [100, 'operation 200']);
  assert.match(await page.locator('#history .node[aria-pressed="true"]').getAttribute('aria-label'), /^operation 298:/);
  assert.match(await text('#operation'), /^Operation 298: /);
  for (let presses = 2; presses < 6; presses += 1) await page.click('#earlier');
  assert.deepEqual([await nodes.count(), await first(), await page.locator('#earlier').isVisible()], [300, 'operation 0', false]);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label').split(':')[0]), 'operation 0');
});

test('the keyboard reaches everything', async () => {
  await page.focus('#example');
  await page.keyboard.press('Enter');
  await settled();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'result');
  await page.locator('#history .node.head').focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  assert.match(await text('#operation'), /^Operation 2: /);
  assert.equal(await page.locator('#history .node[aria-pressed="true"]').getAttribute('aria-label').then((label) => label.split(':')[0]),
    'operation 2');
  const unnamed = await page.locator('button, input, a, [role=button], progress').evaluateAll((all) =>
    all.filter((one) => !(one.labels?.length || one.getAttribute('aria-label') || one.textContent.trim())).map((one) => one.outerHTML));
  assert.deepEqual(unnamed, []);
});
