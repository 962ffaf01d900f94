/** What `npm pack` makes, installed into an empty project, verifies the example, in Node and in Deno. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { EXAMPLES, ROOT } from './files.mjs';
import { makeProject, run } from './project.mjs';

const EXAMPLE = fileURLToPath(new URL('fair', EXAMPLES));

/** Prints the verdict of the named module's function. */
const program = (module) => `
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import * as api from '${module}';

const read = async (name) => new Uint8Array(await readFile(process.argv[2] + '/' + name));
const { verdict, release, trust } = await api.verifyPackage({
  did: new TextDecoder().decode(await read('did.txt')).trim(),
  log: await read('log.json'),
  metadata: await read('metadata.json'),
  package: await read('hello-fair-1.1.0.zip'),
});
console.log(verdict, release.version, trust);
api.terminate?.();
`;

let project;
before(async () => {
  project = await makeProject();
  await writeFile(join(project.folder, 'direct.mjs'), program('fedverify'));
  await writeFile(join(project.folder, 'worker.mjs'), program('fedverify/worker'));
});
after(() => project?.remove());

const prints = async (command, ...options) => (await run(command, [...options, EXAMPLE], { cwd: project.folder })).stdout;

test('the packed package is whole, and holds nothing else', () => {
  const names = ['LICENSE-APACHE', 'LICENSE-MIT', 'THIRD-PARTY.txt', 'codes.d.ts', 'fedverify.d.ts', 'fedverify.js', 'fedverify.wasm',
    'fedverify.wasm.d.ts', 'internal.js', 'report.d.ts', 'worker-thread.js', 'worker.d.ts', 'worker.js'];
  assert.deepEqual(project.files, ['README.md', ...names.map((name) => `dist/${name}`), 'package.json'].sort());
});

test('every entry has its types', async () => {
  const { exports } = JSON.parse(await readFile(new URL('../../js/package.json', import.meta.url), 'utf8'));
  for (const [name, entry] of Object.entries(exports)) {
    for (const kind of ['types', 'default']) assert(project.files.includes(entry[kind]?.slice(2)), `${kind} of ${name}`);
  }
});

test('it verifies the example in Node', async () => {
  assert.equal(await prints(process.execPath, 'direct.mjs'), 'verified 1.1.0 self-certified\n');
});

test('it runs the example of README.md', async () => {
  const page = await readFile(new URL('README.md', ROOT), 'utf8');
  const [, example] = /```js\n(.+?)\n```/s.exec(page);
  await writeFile(join(project.folder, 'readme.mjs'), example);
  const { stdout } = await run(process.execPath, [join(project.folder, 'readme.mjs')], { cwd: fileURLToPath(ROOT) });
  assert.equal(stdout, 'signed by fair\n');
});

// The package `deno` only chooses among those of the platforms.
const skip = process.arch !== 'x64' && 'only the Deno of x64 is installed for the tests';

test('it verifies the example in Deno, through the direct and the Worker API', { skip }, async () => {
  const deno = createRequire(import.meta.url).resolve('@deno/linux-x64-glibc/deno');
  for (const name of ['direct.mjs', 'worker.mjs']) {
    const said = await prints(deno, 'run', '--allow-read', '--no-remote', '--no-lock', name);
    assert.equal(said, 'verified 1.1.0 self-certified\n', name);
  }
});
