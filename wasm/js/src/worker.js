/**
 * The same functions, carried out by a Web Worker: the page does nothing but read streams, call functions and pass messages.
 *
 * Each call is a message `{ id, kind, request, fixed, offersPin, streams, digests, functions }` to the worker: `request` without what no
 * message can hold, `streams` the numbers of its streams by name, `digests` the facts of its digests by name, `functions` the names of its
 * functions. The worker answers `{ id, … }` once, and before that with any number of
 *
 * - `{ pull: stream }`, which is answered by `{ stream, chunk }`, and `{ cancel: stream }`;
 * - `{ id, event, values }`: `onProgress` or `onRelease` is to be told;
 * - `{ id, ask, name, value }`: a function of the request is to be called; answered by `{ ask, … }`, with their facts as `digests`
 *   where it gave digests.
 *
 * A question is a message `{ id, question, values, options }`, answered in the same way.
 *
 * `{ id, abort }` ends a call, and `{ source }` says what the module is loaded from.
 */
import { isPlain, owned } from './defaults.js';
import internal, { FedVerifyError, init as initHere } from './internal.js';

const { ask: askHere, carryOut: carryOutHere, digestsOf, makeFunctions } = internal;

let worker;
let source;
let isLoaded = false;
let lastId = 0;
/** Calls without an answer yet, by id. */
const calls = new Map();
/** Streams that the worker reads through this side, by number: each with its reader, as soon as it was read. */
const streams = new Map();

/** Says what the worker loads the module from. Without this it finds it. A load that failed can be tried again. */
export async function init(from) {
  const given = isLoaded ? undefined : await from;
  if (given !== undefined) loadFrom(await sendable(given));
  try {
    await send({ init: true });
    isLoaded = true;
  } catch (failure) {
    if (!isLoaded) loadFrom(undefined);
    throw failure;
  }
}

function loadFrom(place) {
  source = place;
  worker?.postMessage({ source });
}

/** What a message can hold of it: no Response, and an address that the worker does not take for one beside itself. */
async function sendable(from) {
  if (typeof from === 'string' || from instanceof URL) return new URL(from, globalThis.location?.href).href;
  if (!(from instanceof Response)) return from;
  if (!from.ok) throw new Error(`fedverify: ${from.url} was answered with status ${from.status}`);
  return from.arrayBuffer();
}

export const {
  Pin,
  Version,
  assetUrl,
  checkPfnArchiveSignature,
  checkPfnChallenge,
  confirmAlias,
  newest,
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
  webDocumentUrl,
} = makeFunctions(carryOut, ask);

/** Ends the worker, and with it every call that is under way. The next call starts another. */
export function terminate() {
  stop(new DOMException('the worker was terminated', 'AbortError'));
}

function stop(reason) {
  worker?.terminate();
  worker = undefined;
  for (const [id, { reject }] of calls) {
    end(id, reason);
    reject(reason);
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

async function carryOut(kind, request, fixed = {}, offersPin = false) {
  // What no message can hold is wrong, such as a promise, and named by the page's own module; or it can read it.
  const otherwise = async () => {
    await initHere(source);
    return carryOutHere(kind, request, fixed, offersPin);
  };
  if (!isPlain(request)) return otherwise();
  const own = owned(request);
  const { signal } = own;
  // What is no signal goes on as the wrong value that it is.
  const isSignal = typeof signal?.throwIfAborted === 'function';
  if (isSignal) {
    signal.throwIfAborted();
    delete own.signal;
  }
  const { data, numbers, digests, functions } = parted(own);
  const message = { kind, request: data, fixed, offersPin, streams: numbers, digests, functions: Object.keys(functions) };
  return send(message, { functions, numbers: Object.values(numbers), otherwise }, isSignal ? signal : undefined);
}

/** Asks what needs no verification. */
function ask(question, values, options) {
  const otherwise = async () => {
    await initHere(source);
    return askHere(question, values, options);
  };
  return send({ question, values, options }, { functions: {}, otherwise });
}

/**
 * Parts the members of a request into data, the numbers of streams, which not every browser can pass on, digests, of which a message
 * does not tell who made them, and functions.
 */
function parted(request) {
  // Without prototypes: a member named __proto__ is one like any other, and unknown.
  const parts = { data: { __proto__: null }, numbers: { __proto__: null }, digests: { __proto__: null }, functions: { __proto__: null } };
  for (const [name, value] of Object.entries(request)) {
    if (typeof value === 'function') parts.functions[name] = value;
    else if (typeof value?.getReader === 'function') parts.numbers[name] = numberOf(value);
    else if (digestsOf(value)) parts.digests[name] = digestsOf(value);
    else parts.data[name] = value;
  }
  return parts;
}

/** Takes a stream that the worker reads by its number. It is not locked before it is read. */
function numberOf(stream) {
  const number = ++lastId;
  streams.set(number, { stream });
  return number;
}

function send(message, call = {}, signal = undefined) {
  return new Promise((resolve, reject) => {
    worker ??= start();
    const id = ++lastId;
    const abort = () => {
      worker?.postMessage({ id, abort: true });
      end(id, signal.reason);
      reject(signal.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    const forget = () => signal?.removeEventListener('abort', abort);
    calls.set(id, { numbers: [], ...call, resolve, reject, forget });
    try {
      worker.postMessage({ id, ...message });
    } catch {
      end(id);
      resolve(call.otherwise());
    }
  });
}

/** Nothing more comes of a call: none of its streams stays locked. */
function end(id, reason) {
  const call = calls.get(id);
  // The caller's function may have ended it before it threw.
  if (call === undefined) return;
  calls.delete(id);
  call.forget();
  for (const number of call.numbers) unlock(number, reason);
}

function receive(message) {
  if (message.pull !== undefined) return pull(message.pull);
  if (message.cancel !== undefined) return unlock(message.cancel);
  const { id } = message;
  const call = calls.get(id);
  if (call === undefined) return undefined;
  if (message.event) return tell(call, message);
  if (message.ask) return answer(call, message);
  end(id);
  if ('value' in message) return call.resolve(message.value);
  if (message.report) return call.reject(new FedVerifyError(message.report, message.isAccount));
  return call.reject(message.failure);
}

/** Tells the caller's function. One that throws ends the call, as it does without a worker. */
function tell(call, { id, event, values }) {
  try {
    call.functions[event](...values);
  } catch (error) {
    worker?.postMessage({ id, abort: true });
    end(id, error);
    call.reject(error);
  }
}

/** Asks the caller's function. One that fails is the worker's to judge, as it is without a worker. */
async function answer(call, { id, ask, name, value }) {
  const to = worker;
  try {
    const said = await call.functions[name](value);
    // A common mistake, which no message can hold and the worker names.
    if (said instanceof Response) return to.postMessage({ ask, isResponse: true });
    const digests = digestsOf(said);
    if (digests) return to.postMessage({ ask, digests });
    if (typeof said?.getReader !== 'function' || !calls.has(id)) return to.postMessage({ ask, value: said });
    const stream = numberOf(said);
    call.numbers.push(stream);
    return to.postMessage({ ask, stream });
  } catch (error) {
    return to.postMessage({ ask, failure: failureFrom(error) });
  }
}

/** Unlocks a stream that is not read any more. */
function unlock(number, reason) {
  const reader = streams.get(number)?.reader;
  streams.delete(number);
  // At its end or after a failure it ignores this.
  reader?.cancel(reason).catch(() => {});
  reader?.releaseLock();
}

async function pull(number) {
  const to = worker;
  try {
    const held = streams.get(number);
    held.reader ??= held.stream.getReader();
    const { done, value } = await held.reader.read();
    to.postMessage({ stream: number, chunk: { done, value } });
    if (done) unlock(number);
  } catch (error) {
    unlock(number);
    to.postMessage({ stream: number, chunk: { failure: failureFrom(error) } });
  }
}

/** An error, with what says whether a file is missing. */
function failureFrom(error) {
  return { name: error?.name, code: error?.code, message: String(error?.message ?? error) };
}
