/** An empty project with the packed npm package installed, as a user has it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ROOT } from './files.mjs';

export const run = promisify(execFile);

/** Makes the project; gives its folder, the packed files' paths, and how it is removed. */
export async function makeProject() {
  const folder = await mkdtemp(join(tmpdir(), 'fedverify-project-'));
  const cwd = fileURLToPath(new URL('wasm/js', ROOT));
  const packed = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd });
  const [{ filename, files }] = JSON.parse(packed.stdout);
  await writeFile(join(folder, 'package.json'), '{"type": "module"}');
  await run('npm', ['install', '--no-audit', '--no-fund', '--offline', join(folder, filename)], { cwd: folder });
  return {
    folder,
    files: files.map(({ path }) => path).sort(),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
