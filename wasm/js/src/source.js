/** Inputs: bytes from wherever they come, in pieces. */
import { use } from './instance.js';
import { misuse, text } from './request.js';

/** Bytes that are hashed at a time: a few milliseconds of work. */
const PIECE_BYTES = 256 * 1024;

/** How long a page may be kept busy, in milliseconds: under one frame. */
const BUSY_MILLISECONDS = 12;

/** Whether all bytes are there already. */
const isBytes = (source) => source instanceof ArrayBuffer || ArrayBuffer.isView(source);

/** What is wrong with a source, or undefined. */
function fault(source) {
  const isBlob = typeof source?.arrayBuffer === 'function' && typeof source?.slice === 'function';
  if (isBytes(source) || isBlob || typeof source?.getReader === 'function') return undefined;
  return 'must be a Uint8Array, an ArrayBuffer, a Blob or a ReadableStream';
}

/** Refuses what no bytes can be had from. */
export function checkBytes(kind, name, source) {
  const what = fault(source);
  if (what) throw misuse(kind, `${name} ${what}`);
}

/** The number of bytes, where it is known beforehand. */
export function sizeOf(source) {
  return source.byteLength ?? (typeof source.getReader === 'function' ? undefined : source.size);
}

/** Gives the bytes of a source in pieces, and time to the page between them. */
export async function* pieces(source, signal) {
  let since = performance.now();
  for await (const chunk of chunks(source, signal)) {
    for (let start = 0; start < chunk.length; start += PIECE_BYTES) {
      signal?.throwIfAborted();
      yield chunk.subarray(start, start + PIECE_BYTES);
      if (performance.now() - since > BUSY_MILLISECONDS) {
        await breathe();
        since = performance.now();
      }
    }
  }
  signal?.throwIfAborted();
}

function chunks(source, signal) {
  if (typeof source.getReader === 'function') return ofStream(source, signal);
  if (source instanceof ArrayBuffer) return [new Uint8Array(source)];
  if (ArrayBuffer.isView(source)) return [new Uint8Array(source.buffer, source.byteOffset, source.byteLength)];
  return ofBlob(source);
}

async function* ofBlob(blob) {
  for (let start = 0; start < blob.size; start += 4 * PIECE_BYTES) {
    yield new Uint8Array(await blob.slice(start, start + 4 * PIECE_BYTES).arrayBuffer());
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
      yield* chunks(value);
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    // Nothing more is wanted, for whatever reason; a stream that is at its end does not mind.
    reader.cancel().catch(() => {});
  }
}

/** Lets everything else have its turn. Timers of pages wait 4 ms once they are nested, so they are the last resort. */
function breathe() {
  if (globalThis.scheduler?.yield) return globalThis.scheduler.yield();
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

/** Whether and why reading failed, as the wasm module takes it. */
export function failureOf(error) {
  const missing = error?.name === 'NotFoundError' || error?.code === 'ENOENT';
  return { missing, reason: String(error?.message ?? error) };
}

/**
 * Reads a document: text or bytes, at most one byte more than the limit, so that the wasm module sees that it is too large.
 *
 * @returns bytes, or `{ missing, reason }` where they could not be read
 */
export async function readDocument(kind, name, source, limit, signal) {
  if (typeof source === 'string') {
    return new TextEncoder().encode(text(kind, name, source)).subarray(0, limit + 1);
  }
  const what = fault(source);
  if (what) throw misuse(kind, `${name} must be a string, or ${what.replace('must be ', '')}`);
  const [bytes] = isBytes(source) ? chunks(source) : [];
  if (bytes) return bytes.subarray(0, limit + 1);
  const parts = [];
  let size = 0;
  try {
    for await (const piece of pieces(source, signal)) {
      parts.push(piece.slice(0, limit + 1 - size));
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

/** Hands a document that was read, or could not be, to the wasm module. */
export function document(kind, name, content) {
  return use(kind, ({ Document }) =>
    content instanceof Uint8Array
      ? new Document(content)
      : Document.unreadable(name, content.missing, content.reason));
}
