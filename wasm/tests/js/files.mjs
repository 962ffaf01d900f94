/** Where things are, and how Node reads them. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export const ROOT = new URL('../../../', import.meta.url);
export const CORPUS = new URL('tests/corpus/', ROOT);
export const EXAMPLES = new URL('examples/', ROOT);
export const DIST = new URL('wasm/js/dist/', ROOT);

export const manifest = JSON.parse(await readFile(new URL('manifest.json', CORPUS)));

/** A file of the corpus as a stream, which fails as the file system does. */
export const streamed = (path) => Readable.toWeb(createReadStream(fileURLToPath(new URL(path, CORPUS))));

/** A file of the corpus as bytes; one that cannot be read as the stream that says so. */
export async function whole(path) {
  const isFile = await stat(new URL(path, CORPUS)).then((found) => found.isFile(), () => false);
  return isFile ? new Uint8Array(await readFile(new URL(path, CORPUS))) : streamed(path);
}

/** The signed example of a FAIR package, as a request. */
export async function fairExample() {
  const read = async (name) => new Uint8Array(await readFile(new URL(`fair/${name}`, EXAMPLES)));
  return {
    did: new TextDecoder().decode(await read('did.txt')).trim(),
    log: await read('log.json'),
    metadata: await read('metadata.json'),
    package: await read('hello-fair-1.1.0.zip'),
  };
}
