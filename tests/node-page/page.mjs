/**
 * The node's page in Chromium: what an administrator does on it, with the keyboard and without a script, whether axe finds anything, and
 * whether it fits a narrow screen, light and dark.
 *
 *     node --test page.mjs        with FEDVERIFY_NODE and FEDVERIFY_TEST_TARGET as tests/node-page.sh sets them
 *
 * The pictures are in target/node-page.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { CHROMIUM } from '../chromium.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const PICTURES = join(process.env.FEDVERIFY_TEST_TARGET, 'node-page');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 360, height: 800 };

const folder = mkdtempSync(join(tmpdir(), 'fedverify-node-page-'));
const offered = join(folder, 'offered');
/** What runs beside the tests, and is stopped after them. */
const children = [];
let publisher;
let node;
let browser;
let page;

/** Starts a program, and waits for the lines that say that it is ready. */
async function start(program, arguments_, environment, count) {
  const child = spawn(program, arguments_, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  const said = [];
  for await (const line of createInterface(child.stdout)) {
    said.push(line);
    if (said.length === count) return said;
  }
  throw new Error(`${program} ended: ${said.join(' ')}`);
}

const urlIn = (line) => /http:\/\/\S+/.exec(line)[0];

async function startPublisher() {
  cpSync(join(ROOT, 'examples/pfn'), offered, { recursive: true });
  const script = join(ROOT, 'node/publisher-example/publisher.mjs');
  const options = ['--folder', offered, '--username', 'alice', '--port', '0', '--key', join(folder, 'key.pem')];
  const said = await start(process.execPath, [script, ...options], {}, 4);
  return { url: urlIn(said[0]), key: said.slice(1).join('\n') };
}

async function startNode() {
  const master = randomBytes(16).toString('hex');
  const options = ['serve', '--listen', '127.0.0.1:0', '--data', join(folder, 'data'), '--allow-private'];
  const [line] = await start(process.env.FEDVERIFY_NODE, options, { MASTER_KEY: master }, 1);
  const url = urlIn(line);
  const made = await fetch(`${url}/federation/create-admin-key`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${master}` },
    body: JSON.stringify({ description: 'page' }),
  });
  return { url, key: (await made.json()).key };
}

before(async () => {
  rmSync(PICTURES, { recursive: true, force: true });
  mkdirSync(PICTURES, { recursive: true });
  [publisher, node] = await Promise.all([startPublisher(), startNode()]);
  browser = await chromium.launch(CHROMIUM);
  page = await browser.newPage({ viewport: WIDE });
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(String(error)));
  // A status that says what was refused is no fault of the page.
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) page.problems.push(message.text());
  });
});

after(async () => {
  await browser?.close();
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Looks at the page as it is now: in both widths and both colour schemes. */
async function judge(name) {
  for (const [width, size] of Object.entries({ wide: WIDE, narrow: NARROW })) {
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      const here = `${name}-${width}-${colorScheme}`;
      await page.screenshot({ path: join(PICTURES, `${here}.png`), fullPage: true });
      await page.evaluate(AXE);
      const found = await page.evaluate(async () => {
        const { violations } = await window.axe.run();
        const tooWide = [...document.querySelectorAll('body, section')].filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
        return {
          violations: violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 2).map(({ html }) => html.slice(0, 200)).join(' | ')}`),
          overflow: document.documentElement.scrollWidth - window.innerWidth,
          tooWide: tooWide.map((element) => element.innerText.slice(0, 60)),
          scripts: document.scripts.length,
        };
      });
      assert.deepEqual(found, { violations: [], overflow: 0, tooWide: [], scripts: 0 }, here);
    }
  }
  await page.setViewportSize(WIDE);
  assert.deepEqual(page.problems, [], name);
}

/** Presses a button of the page with the keyboard; the answer is a page of its own. Those of a row are named after it, too. */
async function press(name) {
  await page.getByRole('button', { name, exact: true }).focus();
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

const source = () => `alice@${new URL(publisher.url).host}`;
const row = () => page.locator('tr', { hasText: source() }).first();

test('who has no key signs in, and who has a wrong one is told so', async () => {
  await page.goto(node.url);
  await judge('sign-in');
  await page.getByLabel('API key').fill('wrong');
  await press('Sign in');
  await page.getByRole('alert').getByText('This is not a key of this node.').waitFor();
  await judge('no-key');
  await page.goto(node.url);
  await page.getByLabel('API key').fill(node.key);
  await press('Sign in');
  await page.getByRole('heading', { name: 'Sources' }).waitFor();
  await judge('empty');
});

test('a source is added, and its plugin mirrored, with the keyboard', async () => {
  await page.getByText('Add a source').focus();
  await page.keyboard.press('Enter');
  await judge('add-source');
  await page.getByLabel('Instance URL').fill(publisher.url);
  await page.getByLabel('User name').fill('alice');
  await page.getByLabel('Public key').fill(publisher.key);
  await press('Add');
  await page.getByRole('status').getByText('status: verified').waitFor();
  await judge('added');
  await page.getByRole('link', { name: 'Back' }).click();
  await press(`Subscribe and sync ${source()}`);
  await page.getByText('1 of 1 plugins mirrored').waitFor();
  await page.getByRole('link', { name: 'Back' }).click();
  await row().locator('summary').first().click();
  await row().getByText('+400 verified').waitFor();
  await judge('mirrored');
});

test('the publisher changes one byte: the node refuses, and the page says why', async () => {
  const archive = join(offered, 'hello-pfn-1.0.0.zip');
  const bytes = readFileSync(archive);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(archive, bytes);
  await press(`Save and sync ${source()}`);
  await page.getByRole('status').getByText(/0 of 1 plugins mirrored; hello-pfn refused: /).waitFor();
  await judge('refused');
  await page.getByRole('link', { name: 'Back' }).click();
  await page.locator('.activity').getByText(/hello-pfn/).first().waitFor();
  await judge('shown');
});

test('who signs out has to sign in again', async () => {
  await press('Sign out');
  await page.getByLabel('API key').waitFor();
  assert.equal(await page.getByRole('heading', { name: 'Sources' }).count(), 0);
});
