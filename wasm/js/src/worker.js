/**
 * The same functions, carried out by a Web Worker: the page does nothing but read streams, call functions and pass messages.
 *
 * Each call is a message `{ id, kind, request, fixed, streams, functions }` to the worker: `request` without what no message can
 * hold, `streams` the numbers of its streams by name, `functions` the names of its functions. The worker answers `{ id, … }`
 * once, and before that with any number of
 *
 * - `{ pull: stream }`, which is answered by `{ stream, chunk }`, and `{ cancel: stream }`;
 * - `{ id, event, values }`: `onProgress` or `onRelease` is to be told;
 * - `{ id, ask, name, value }`: a function of the request is to be called; answered by `{ ask, … }`.
 *
 * `{ id, abort }` ends a call.
 */
import { FedVerifyError, _makeFunctions } from './fedverify.js';

let worker;
let source;
let lastId = 0;
/** Calls without an answer yet, by id. */
const calls = new Map();
/** Streams that the worker reads through this side, by number. */
const readers = new Map();

/** Says what the worker loads the module from. Without this it finds it. */
export async function init(from) {
  source ??= await from;
  await send({ init: true });
}

export const {
  assetUrl,
  confirmAlias,
  readAuthorData,
  readFederationInfo,
  readKey,
  verify,
  verifyLog,
  verifyMetadata,
  verifyPackage,
  verifyPfnChallenge,
  verifyPfnPlugin,
  verifyWebDocument,
} = _makeFunctions(carryOut);

/** Ends the worker, and with it every call that is under way. The next call starts another. */
export function terminate() {
  stop(new DOMException('the worker was terminated', 'AbortError'));
}

function stop(reason) {
  worker?.terminate();
  worker = undefined;
  for (const { reject } of calls.values()) reject(reason);
  calls.clear();
  for (const [stream, reader] of readers) {
    reader.cancel(reason).catch(() => {});
    letGo(stream);
  }
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

function carryOut(kind, request, fixed = {}) {
  if (request === null || typeof request !== 'object') return send({ kind, request, fixed, streams: {}, functions: [] });
  const { signal, ...rest } = request;
  // What is no signal goes on as the wrong value that it is.
  const isSignal = typeof signal?.throwIfAborted === 'function';
  // Before its streams are taken: nobody would read them.
  if (isSignal && signal.aborted) return Promise.reject(signal.reason);
  const { data, streams, functions } = parted(isSignal ? rest : request);
  return send({ kind, request: data, fixed, streams, functions: Object.keys(functions) }, functions, isSignal ? signal : undefined);
}

/** Parts the members of a request into data, the numbers of streams, which not every browser can pass on, and functions. */
function parted(request) {
  const parts = { data: {}, streams: {}, functions: {} };
  for (const [name, value] of Object.entries(request)) {
    if (typeof value === 'function') parts.functions[name] = value;
    else if (typeof value?.getReader === 'function') parts.streams[name] = held(value);
    else parts.data[name] = value;
  }
  return parts;
}

/** Takes a stream that the worker reads by its number. */
function held(stream) {
  const number = ++lastId;
  readers.set(number, stream.getReader());
  return number;
}

function send(message, functions = {}, signal = undefined) {
  return new Promise((resolve, reject) => {
    worker ??= start();
    const id = ++lastId;
    const abort = () => {
      worker?.postMessage({ id, abort: true });
      calls.get(id)?.reject(signal.reason);
      calls.delete(id);
    };
    signal?.addEventListener('abort', abort, { once: true });
    const settle = (end) => (value) => {
      signal?.removeEventListener('abort', abort);
      end(value);
    };
    calls.set(id, { resolve: settle(resolve), reject: settle(reject), functions });
    try {
      worker.postMessage({ id, ...message });
    } catch (error) {
      // Something that no message can hold.
      calls.delete(id);
      settle(reject)(error);
    }
  });
}

function receive(message) {
  if (message.pull !== undefined) return pull(message.pull);
  if (message.cancel !== undefined) {
    readers.get(message.cancel)?.cancel().catch(() => {});
    return letGo(message.cancel);
  }
  const call = calls.get(message.id);
  if (call === undefined) return undefined;
  if (message.event) return tell(call, message);
  if (message.ask) return answer(call, message);
  calls.delete(message.id);
  if ('value' in message) return call.resolve(message.value);
  if (message.report) return call.reject(new FedVerifyError(message.report));
  return call.reject(message.failure);
}

/** Tells the caller's function. One that throws ends the call, as it does without a worker. */
function tell(call, { id, event, values }) {
  try {
    call.functions[event](...values);
  } catch (error) {
    calls.delete(id);
    worker?.postMessage({ id, abort: true });
    call.reject(error);
  }
}

/** Asks the caller's function. One that fails is the worker's to judge, as it is without a worker. */
async function answer(call, { ask, name, value }) {
  const to = worker;
  try {
    const said = await call.functions[name](value);
    to.postMessage({ ask, ...(typeof said?.getReader === 'function' ? { stream: held(said) } : { value: said }) });
  } catch (error) {
    to.postMessage({ ask, failure: described(error) });
  }
}

/** Unlocks a stream that is not read any more. */
function letGo(stream) {
  readers.get(stream)?.releaseLock();
  readers.delete(stream);
}

async function pull(stream) {
  const to = worker;
  try {
    const { done, value } = await readers.get(stream).read();
    if (done) letGo(stream);
    to.postMessage({ stream, chunk: { done, value } });
  } catch (error) {
    letGo(stream);
    to.postMessage({ stream, chunk: { failure: described(error) } });
  }
}

/** An error, with what says whether a file is missing. */
function described(error) {
  return { name: error?.name, code: error?.code, message: String(error?.message ?? error) };
}
