/** Bytes from wherever they come, in pieces. It knows nothing of the wasm module. */
import { digestsOf } from './digests.js';

/** Bytes that are hashed at a time: a few milliseconds of work. */
const PIECE_BYTES = 256 * 1024;

/** How long a page may be kept busy, in milliseconds: under one frame. */
const BUSY_MILLISECONDS = 12;

/** Whether all bytes are there already. */
export const isBytes = (source) => source instanceof ArrayBuffer || ArrayBuffer.isView(source);

/** What bytes can be read from. */
export const SOURCES = 'a Uint8Array, an ArrayBuffer, a Blob or a ReadableStream';

/** Whether bytes can be read from it. */
export function isSource(source) {
  const isBlob = typeof source?.arrayBuffer === 'function' && typeof source?.slice === 'function';
  return isBytes(source) || isBlob || typeof source?.getReader === 'function';
}

/** What something that is no source is, and what to do where that is a common mistake in an input of this name. */
export function described(value, name) {
  if (typeof value?.then === 'function') return 'a promise: await it';
  if (typeof value?.arrayBuffer === 'function') return 'a Response: give its body';
  if (typeof value?.pipe === 'function') return "a stream of Node's own: give Readable.toWeb(stream)";
  if (digestsOf(value)) return 'digests';
  if (name === 'package' && typeof value?.sha384 === 'string') {
    return 'PackageDigests that no PackageHasher made; copies are not accepted';
  }
  return value === null ? 'null' : typeof value;
}

/** The number of bytes, where it is known in advance. */
export function sizeOf(source) {
  return source.byteLength ?? (typeof source.getReader === 'function' ? undefined : source.size);
}

/** Gives copies of the bytes of a source in pieces, and time to the page between them. */
export async function* pieces(source, signal) {
  let since = performance.now();
  for await (const chunk of chunks(source, signal)) {
    const { length } = chunk;
    let start = 0;
    // Of an empty chunk, too: a stream may give them without end.
    do {
      signal?.throwIfAborted();
      if (start < length) yield copied(chunk, start, Math.min(start + PIECE_BYTES, length));
      if (performance.now() - since > BUSY_MILLISECONDS) {
        await breathe();
        since = performance.now();
      }
      start += PIECE_BYTES;
    } while (start < length);
  }
  signal?.throwIfAborted();
}

/** Cuts bytes into pieces, without a copy and at once. */
export function* cut(bytes) {
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) yield bytes.subarray(start, start + PIECE_BYTES);
}

/** Some bytes of a chunk as they are now. Its buffer may be handed on or shrink between two pieces: the part must not pass for the whole. */
function copied(chunk, start, end) {
  const piece = chunk.slice(start, end);
  if (piece.length < end - start) throw new RangeError('the buffer shrank while it was read');
  return piece;
}

function chunks(source, signal) {
  if (typeof source.getReader === 'function') return ofStream(source, signal);
  return isBytes(source) ? [viewOf(source)] : ofBlob(source);
}

/** All bytes of a buffer or a view. It throws where they are not there any more. */
export function viewOf(source) {
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  // A view says that it is empty where its buffer shrank; this asks whether it did.
  source.at?.(0);
  return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
}

async function* ofBlob(blob) {
  const { size } = blob;
  if (!(size >= 0)) throw new TypeError(`expected the size of the Blob, found ${size}`);
  for (let start = 0; start < size; start += 4 * PIECE_BYTES) {
    const end = Math.min(start + 4 * PIECE_BYTES, size);
    const piece = new Uint8Array(await blob.slice(start, end).arrayBuffer());
    // A Blob that someone else made may give less: the part must not pass for the whole.
    if (piece.length !== end - start) throw new RangeError(`expected ${end - start} bytes of the Blob, found ${piece.length}`);
    yield piece;
  }
}

async function* ofStream(stream, signal) {
  const reader = stream.getReader();
  const abort = () => reader.cancel(signal.reason).catch(() => {});
  signal?.addEventListener('abort', abort, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (!isBytes(value)) {
        throw new TypeError(`the stream gave ${typeof value} instead of bytes`);
      }
      yield viewOf(value);
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    // Nothing more is wanted, for whatever reason; a stream at its end ignores this. It is not locked any more.
    reader.cancel().catch(() => {});
    reader.releaseLock();
  }
}

/**
 * Gives everything else its turn. Nested timers of a page wait 4 ms, so they are the last resort; after `scheduler.yield`
 * Chromium goes on before any timer, so that none could end the call.
 */
function breathe() {
  if (globalThis.setImmediate) return new Promise((resolve) => globalThis.setImmediate(resolve));
  if (!globalThis.MessageChannel) return new Promise((resolve) => setTimeout(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Why reading failed, as the wasm module takes it. */
export function failureOf(error) {
  const missing = error?.name === 'NotFoundError' || error?.code === 'ENOENT';
  return { missing, reason: String(error?.message ?? error) };
}

/**
 * Reads a string or bytes, at most one byte more than the limit, so that the wasm module sees that it is too large.
 *
 * @returns bytes, or `{ missing, reason }` where they could not be read
 */
export async function readAll(source, limit, signal) {
  if (typeof source === 'string') return new TextEncoder().encode(source).subarray(0, limit + 1);
  const parts = [];
  let size = 0;
  try {
    // Here, because a buffer may have been handed on to elsewhere, and then has no bytes to read. A copy, because the caller's bytes may
    // change before they are judged.
    if (isBytes(source)) return viewOf(source).slice(0, limit + 1);
    for await (const piece of pieces(source, signal)) {
      parts.push(piece.subarray(0, limit + 1 - size));
      size += parts.at(-1).length;
      if (size > limit) break;
    }
  } catch (error) {
    signal?.throwIfAborted();
    return failureOf(error);
  }
  return joined(parts, size);
}

function joined(parts, size) {
  if (parts.length === 1) return parts[0];
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
