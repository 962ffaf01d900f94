/** The packed package in a project that Vite builds, and that Vite serves in development: without any configuration. */
import assert from 'node:assert/strict';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build, createServer, preview } from 'vite';
import { launch } from './chromium.mjs';
import { EXAMPLES, fairExample } from './files.mjs';
import { makeProject } from './project.mjs';

const { did } = await fairExample();
const MAIN = `
import * as direct from 'fedverify';
import * as worker from 'fedverify/worker';

const log = await (await fetch('/log.json')).text();
const heads = [];
for (const { verifyLog } of [direct, worker]) heads.push((await verifyLog({ did: '${did}', log })).head);
document.title = heads[0] === heads[1] ? 'verified twice' : heads.join(' is not ');
`;

let project;
let browser;
const options = () => ({ root: project.folder, logLevel: 'error', configFile: false });

before(async () => {
  [project, browser] = await Promise.all([makeProject(), launch()]);
  await writeFile(join(project.folder, 'index.html'), '<!doctype html><title></title><script type="module" src="/main.js"></script>');
  await writeFile(join(project.folder, 'main.js'), MAIN);
  await mkdir(join(project.folder, 'public'));
  await cp(fileURLToPath(new URL('fair/log.json', EXAMPLES)), join(project.folder, 'public/log.json'));
});
after(async () => {
  await browser?.close();
  await project?.remove();
});

async function titleAt(server) {
  const page = await browser.newPage();
  try {
    await page.goto(server.resolvedUrls.local[0]);
    await page.waitForFunction(() => document.title, null, { timeout: 20_000 });
    return await page.title();
  } finally {
    await server.close();
  }
}

test('built', async () => {
  await build({ ...options(), build: { target: 'es2022' } });
  assert.equal(await titleAt(await preview({ ...options(), preview: { host: '127.0.0.1' } })), 'verified twice');
});

test('in development', async () => {
  const server = await createServer({ ...options(), server: { host: '127.0.0.1' } });
  assert.equal(await titleAt(await server.listen()), 'verified twice');
});
