/** A server for the tests' pages: files of this repository, on this machine only. */
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { ROOT } from './files.mjs';

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** Serves the repository. A path that is a folder is 403, as reading it is refused. */
export async function serve() {
  const server = createServer(async ({ url }, response) => {
    const path = new URL(`.${decodeURIComponent(new URL(url, ROOT).pathname.replace(ROOT.pathname, '/'))}`, ROOT);
    const answer = (status, type, body) => response.writeHead(status, { 'content-type': type }).end(body);
    try {
      if ((await stat(path)).isDirectory()) return answer(403, 'text/plain', 'a folder');
      return answer(200, TYPES[extname(path.pathname)] ?? 'application/octet-stream', await readFile(path));
    } catch {
      return answer(404, 'text/plain', 'nothing');
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
