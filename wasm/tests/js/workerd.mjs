/** Starts workerd, the runtime of Cloudflare Workers, on a free port of this machine. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

// The package `workerd` only chooses among these.
const platform = process.arch === 'arm64' ? 'linux-arm64' : 'linux-64';
const binary = createRequire(import.meta.url).resolve(`@cloudflare/workerd-${platform}/bin/workerd`);

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Serves a configuration; gives its origin, and how it is ended. */
export async function serve(configuration) {
  const port = await freePort();
  const address = `--socket-addr=http=127.0.0.1:${port}`;
  const child = spawn(binary, ['serve', fileURLToPath(configuration), address], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 100; tries += 1) {
    if (child.exitCode !== null) throw new Error(`workerd ended with ${child.exitCode}`);
    const answered = await fetch(origin).then(() => true, () => false);
    if (answered) return { origin, close: () => child.kill() };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill();
  throw new Error('workerd does not answer');
}
