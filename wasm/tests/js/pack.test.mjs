/** What `npm pack` makes, installed into an empty project, verifies the example. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { EXAMPLES, ROOT } from './files.mjs';

const run = promisify(execFile);

const PROGRAM = `
import { readFile } from 'node:fs/promises';
import { verifyPackage } from 'fedverify';

const read = (name) => readFile(process.argv[2] + '/' + name);
const { verdict, release, trust } = await verifyPackage({
  did: \`\${await read('did.txt')}\`.trim(),
  log: await read('log.json'),
  metadata: await read('metadata.json'),
  package: await read('hello-fair-1.1.0.zip'),
});
console.log(verdict, release.version, trust);
`;

test('the packed package is whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fedverify-pack-'));
  try {
    const packed = await run('npm', ['pack', '--json', '--pack-destination', folder], {
      cwd: fileURLToPath(new URL('wasm/js', ROOT)),
    });
    const [{ filename, files }] = JSON.parse(packed.stdout);
    const expected = ['LICENSE-APACHE', 'LICENSE-MIT', 'codes.d.ts', 'fedverify.d.ts', 'fedverify.js', 'fedverify.wasm',
      'worker-thread.js', 'worker.d.ts', 'worker.js'].map((name) => `dist/${name}`);
    assert.deepEqual(files.map(({ path }) => path).sort(), ['README.md', ...expected, 'package.json'].sort());
    await writeFile(join(folder, 'package.json'), '{"type": "module"}');
    await run('npm', ['install', '--no-audit', '--no-fund', '--offline', join(folder, filename)], { cwd: folder });
    await writeFile(join(folder, 'program.mjs'), PROGRAM);
    const { stdout } = await run(process.execPath, ['program.mjs', fileURLToPath(new URL('fair', EXAMPLES))], { cwd: folder });
    assert.equal(stdout, 'verified 1.1.0 self-certified\n');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
