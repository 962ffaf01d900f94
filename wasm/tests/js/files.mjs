/** Where things are, and how Node reads them. */
import { open, readFile, stat } from 'node:fs/promises';

export const ROOT = new URL('../../../', import.meta.url);
export const CORPUS = new URL('tests/corpus/', ROOT);
export const EXAMPLES = new URL('examples/', ROOT);
export const DIST = new URL('wasm/js/dist/', ROOT);

export const manifest = JSON.parse(await readFile(new URL('manifest.json', CORPUS)));
export const directories = JSON.parse(await readFile(new URL('directories.json', CORPUS)));

/** A file of the corpus as a stream, which fails as the file system does. */
export function streamed(path) {
  let file;
  const pull = async (controller) => {
    file ??= await open(new URL(path, CORPUS));
    const { bytesRead, buffer } = await file.read(new Uint8Array(4096), 0, 4096).catch(async (error) => {
      await file.close();
      throw error;
    });
    if (bytesRead > 0) return controller.enqueue(buffer.subarray(0, bytesRead));
    await file.close();
    return controller.close();
  };
  return new ReadableStream({ pull, cancel: () => file?.close() }, { highWaterMark: 0 });
}

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

/** `stream` gives the bytes only when `go` is called, which is there as soon as they are wanted. */
export function withheld(bytes) {
  const held = {};
  held.stream = new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => { held.go = resolve; });
      controller.enqueue(bytes);
      controller.close();
    },
  }, { highWaterMark: 0 });
  return held;
}

/** Waits until a withheld stream is read. */
export async function isRead(held) {
  while (!held.go) await new Promise((resolve) => setTimeout(resolve, 1));
}
