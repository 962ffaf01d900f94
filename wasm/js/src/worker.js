/**
 * The same functions, carried out by a Web Worker: the page does nothing but read streams and pass messages.
 *
 * A message to the worker is one of `{ id, call, request }`, `{ id, abort }` and `{ chunk }`, where `chunk` answers a
 * `{ pull }`; the worker says `{ id, … }` once at the end of each call, and `{ id, event, … }` before it.
 */
import { FedVerifyError, Identity } from './fedverify.js';

let worker;
let source;
let lastId = 0;
/** Calls that are not yet answered, by id. */
const calls = new Map();
/** Streams that the worker reads through this side, by id. */
const readers = new Map();

/** Says what the worker is to load the module from. Without this it finds it by itself. */
export async function init(from) {
  source ??= await from;
  await call('init', {});
}

export const verifyPackage = (request) => call('verifyPackage', request);
export const verifyPfnPlugin = (request) => call('verifyPfnPlugin', request);
export const verifyPfnChallenge = (request) => call('verifyPfnChallenge', request);
export const readKey = (request) => call('readKey', request);

export async function verifyLog(request) {
  const { said, log } = await call('verifyLog', request);
  return new Identity(said, { ...request, log }, verifyPackage);
}

/** Ends the worker, and with it every call that is under way. The next call starts another. */
export function terminate() {
  stop(new DOMException('the worker was terminated', 'AbortError'));
}

function stop(reason) {
  worker?.terminate();
  worker = undefined;
  for (const { reject } of calls.values()) reject(reason);
  calls.clear();
  for (const reader of readers.values()) reader.cancel(reason).catch(() => {});
  readers.clear();
}

function start() {
  const started = new Worker(new URL('./worker-thread.js', import.meta.url), { type: 'module', name: 'fedverify' });
  started.onmessage = ({ data }) => receive(data);
  started.onmessageerror = () => stop(new Error('fedverify: a message of the worker could not be read'));
  started.onerror = (event) => {
    stop(new Error(`fedverify: the worker could not be started or failed: ${event.message ?? 'no reason given'}`));
  };
  started.postMessage({ source });
  return started;
}

function call(name, request) {
  return new Promise((resolve, reject) => {
    const { signal, onProgress, onRelease, ...rest } = request ?? {};
    if (signal?.aborted) throw signal.reason;
    worker ??= start();
    const id = ++lastId;
    const abort = () => {
      worker?.postMessage({ id, abort: true });
      calls.get(id)?.reject(signal.reason);
      calls.delete(id);
    };
    signal?.addEventListener?.('abort', abort, { once: true });
    const settle = (end) => (value) => {
      signal?.removeEventListener?.('abort', abort);
      end(value);
    };
    calls.set(id, { resolve: settle(resolve), reject: settle(reject), onProgress, onRelease });
    // What can only be called here is told of, so that the worker judges all of the request.
    const told = Object.entries({ onProgress, onRelease }).filter(([, value]) => value !== undefined);
    const callbacks = Object.fromEntries(told.map(([member, value]) => [member, typeof value]));
    try {
      worker.postMessage({ id, call: name, request: withoutStreams(request, rest), callbacks });
    } catch (error) {
      // Something that no message can hold, such as a function where bytes are wanted.
      calls.delete(id);
      settle(reject)(error);
    }
  });
}

/** Replaces streams, which not every browser can pass on, by numbers under which the worker asks for their chunks. */
function withoutStreams(request, rest) {
  if (request === null || typeof request !== 'object') return request;
  const held = Object.entries(rest).map(([name, value]) => {
    if (typeof value?.getReader !== 'function') return [name, value];
    const stream = ++lastId;
    readers.set(stream, value.getReader());
    return [name, { stream }];
  });
  return Object.fromEntries(held);
}

function receive(message) {
  if (message.pull !== undefined) return pull(message.pull);
  if (message.cancel !== undefined) {
    readers.get(message.cancel)?.cancel().catch(() => {});
    return readers.delete(message.cancel);
  }
  const call = calls.get(message.id);
  if (call === undefined) return undefined;
  if (message.event) return tell(call, message);
  calls.delete(message.id);
  if ('value' in message) return call.resolve(message.value);
  if (message.said) return call.reject(new FedVerifyError(message.said));
  return call.reject(message.failure);
}

/** Calls the caller's function. One that throws ends the call, as it does without a worker. */
function tell(call, { id, event, values }) {
  try {
    call[event]?.(...values);
  } catch (error) {
    calls.delete(id);
    worker?.postMessage({ id, abort: true });
    call.reject(error);
  }
}

async function pull(stream) {
  const to = worker;
  try {
    const { done, value } = await readers.get(stream).read();
    if (done) readers.delete(stream);
    to.postMessage({ stream, chunk: { done, value } });
  } catch (error) {
    readers.delete(stream);
    const failure = { name: error?.name, code: error?.code, message: String(error?.message ?? error) };
    to.postMessage({ stream, chunk: { failure } });
  }
}
