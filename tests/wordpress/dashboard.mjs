/** A site's dashboard in Chromium, for tests: the site, logins, and what every page must be. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CHROMIUM } from '../chromium.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const WORDPRESS = process.env.FEDVERIFY_TEST_WORDPRESS;
const packages = createRequire(join(HERE, 'screens/package.json'));
const { chromium } = packages('playwright-core');
const axe = readFileSync(packages.resolve('axe-core/axe.min.js'), 'utf8');

export const SIZES = { wide: { width: 1280, height: 900 }, narrow: { width: 400, height: 900 } };
/** What of a screen is the plugin's. */
const OURS = ['.fedverify', '.fedverify-notice', '.column-fedverify', '.fedverify-in-theme'];

/**
 * Starts the site that a script of PHP makes and serves, and a browser.
 *
 * @param {string} name of the folder with site.php
 * @param {{ kind?: string, client?: string }} options the kind of site: a network of sites has a name, which the browser finds at the
 *   server's address; and which FAIR Connect it runs
 */
export async function startSite(name, { kind = '', client = '' } = {}) {
  const folder = join(WORDPRESS, [name, kind, client].filter(Boolean).join('-'));
  const pictures = join(folder, 'pictures');
  const port = await freePort();
  const server = spawn('php', [join(HERE, name, 'site.php'), folder, String(port), kind, client], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
  const { value: line } = await Promise.race([lines.next(), once(server, 'exit').then(() => { throw new Error('no site'); })]);
  const site = JSON.parse(line);
  await waitFor(`http://127.0.0.1:${port}/wp-login.php`);
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures);
  const args = [...CHROMIUM.args, `--host-resolver-rules=MAP site.example 127.0.0.1:${port}`];
  const browser = await chromium.launch({ ...CHROMIUM, args });
  return {
    ...site,
    pictures,
    /** A page of the plugin. */
    ours: (arguments_ = {}) => `${site.address}/wp-admin/${kind === 'network' ? 'network/' : ''}plugins.php?${new URLSearchParams({ page: 'fedverify', ...arguments_ })}`,
    visitor: (options) => visitor(site, browser, options),
    judge: (page, picture) => judge(page, picture, pictures),
    /** Has the script do something: see there. */
    async stage(...what) {
      server.stdin.write(`${JSON.stringify(what)}\n`);
      const answer = JSON.parse((await lines.next()).value);
      if (answer.failure) throw new Error(answer.failure);
      return answer.value;
    },
    async stop() {
      await browser.close();
      server.stdin.end();
    },
  };
}

/** A port below those that the system gives to whoever asks for any: the site's own network does, before the site has this one. */
async function freePort() {
  for (;;) {
    const port = randomInt(10_000, 30_000);
    const probe = createServer().listen(port, '127.0.0.1');
    const isFree = await once(probe, 'listening').then(() => true, () => false);
    probe.close();
    if (isFree) return port;
  }
}

async function waitFor(url) {
  for (let turn = 0; turn < 200; turn++) {
    try {
      await fetch(url, { redirect: 'manual' });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error(`no answer: ${url}`);
}

/** A browser of its own, logged in. */
async function visitor(site, browser, { user = 'admin', size = 'wide', ...options } = {}) {
  const context = await browser.newContext({ viewport: SIZES[size], ...options });
  // The test's WordPress comes without its style sheets and pictures; they are beside it.
  await context.route(/\/wp-(admin|includes)\/.*\.(css|js|svg|png|gif|woff2?)(\?|$)/, (route) => {
    const file = join(WORDPRESS, 'assets', new URL(route.request().url()).pathname);
    return existsSync(file) ? route.fulfill({ path: file }) : route.continue();
  });
  const page = await context.newPage();
  page.problems = [];
  page.on('dialog', (dialog) => { page.problems.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('pageerror', (error) => page.problems.push(String(error)));
  await page.addInitScript(() => { window.hacked = () => { window.wasHacked = true; throw new Error('hacked'); }; });
  await page.goto(`${site.address}/wp-login.php`);
  await page.fill('#user_login', user);
  await page.fill('#user_pass', 'password');
  await page.click('#wp-submit');
  await page.waitForURL(/wp-admin/);
  return page;
}

/** Looks at a page as it is now, and takes its picture. */
async function judge(page, name, pictures) {
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  await page.evaluate(axe);
  const found = await page.evaluate(async (parts) => {
    const include = parts.filter((part) => document.querySelector(part)).map((part) => [part]);
    const { violations } = await window.axe.run({ include });
    return {
      parts: include.length,
      violations: violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 2).map(({ html }) => html.slice(0, 200)).join(' | ')}`),
      overflow: document.documentElement.scrollWidth - window.innerWidth,
      wasHacked: window.wasHacked === true,
      markup: document.querySelectorAll('.fedverify img, .fedverify script, .fedverify-notice img, .fedverify-notice script').length,
      links: [...document.querySelectorAll('.fedverify a[href]')].map(({ href }) => href).filter((href) => !/^(https?|mailto):/.test(href)),
    };
  }, OURS);
  assert.ok(found.parts > 0, `${name}: nothing of the plugin's is on the page`);
  assert.deepEqual(found.violations, [], name);
  assert.ok(found.overflow <= 0, `${name} is wider than the screen by ${found.overflow}`);
  assert.ok(!found.wasHacked && found.markup === 0, `${name}: markup of a server is in the page`);
  assert.deepEqual(found.links, [], name);
  assert.deepEqual(page.problems, [], name);
}
