/** The worker's side of `worker.js`, which describes the messages. */
import internal, { FedVerifyError, init } from './internal.js';

const { ask, carryOut, makeDigests, saidBy } = internal;

/** The kinds whose caller goes on from what was read: with an identity, or with a release. */
const GOING_ON = ['plc-log', 'fair-metadata'];

let source;
let lastAsk = 0;
/** Calls under way, by id. */
const aborts = new Map();
/** Streams that wait for a chunk, by their number. */
const waiting = new Map();
/** Functions of the page that were asked, by the number of the question. */
const asked = new Map();

globalThis.onmessage = ({ data }) => {
  if ('source' in data) source = data.source;
  else if (data.chunk) waiting.get(data.stream)?.(data.chunk);
  else if (data.ask) hear(data);
  else if (data.abort) aborts.get(data.id)?.abort();
  else work(data);
};

async function work(call) {
  const { id } = call;
  const abort = new AbortController();
  aborts.set(id, abort);
  try {
    await init(source);
    postMessage({ id, value: call.init ? undefined : await outcome(call, abort.signal) });
  } catch (error) {
    postMessage({ id, ...refusal(error) });
  } finally {
    aborts.delete(id);
  }
}

/** What came of a call; without the bytes that were read where nobody goes on from them. */
async function outcome(call, signal) {
  if (call.question) return ask(call.question, call.values, call.options);
  const value = await carryOutCall(call, signal);
  return GOING_ON.includes(call.kind) ? value : { ...value, read: {} };
}

function carryOutCall({ id, kind, request, fixed, offersPin, streams, digests, functions }, signal) {
  const whole = { __proto__: null, signal, ...request };
  for (const [name, number] of Object.entries(streams)) whole[name] = streamOf(number);
  for (const [name, facts] of Object.entries(digests)) whole[name] = makeDigests(facts);
  for (const name of functions) whole[name] = name.startsWith('on') ? listener(id, name) : question(id, name);
  return carryOut(kind, whole, fixed, offersPin);
}

const listener = (id, event) => (...values) => postMessage({ id, event, values });

/** A function whose outcome comes from the page. */
const question = (id, name) => (value) =>
  new Promise((resolve, reject) => {
    const ask = ++lastAsk;
    asked.set(ask, { resolve, reject });
    postMessage({ id, ask, name, value });
  });

function hear({ ask, value, stream, isResponse, digests, failure }) {
  const { resolve, reject } = asked.get(ask);
  asked.delete(ask);
  if (failure) reject(Object.assign(new Error(failure.message), failure));
  else if (isResponse) resolve(new Response());
  else if (digests) resolve(makeDigests(digests));
  else resolve(stream === undefined ? value : streamOf(stream));
}

function refusal(error) {
  if (error instanceof FedVerifyError) return { report: saidBy(error), isAccount: error.report !== undefined };
  return { failure: error instanceof Error || error instanceof DOMException ? error : new Error(String(error)) };
}

/** A stream whose chunks are read by the page. */
function streamOf(stream) {
  const pull = async (controller) => {
    const chunk = await new Promise((resolve) => {
      waiting.set(stream, resolve);
      postMessage({ pull: stream });
    });
    waiting.delete(stream);
    if (chunk.failure) controller.error(Object.assign(new Error(chunk.failure.message), chunk.failure));
    else if (chunk.done) controller.close();
    else controller.enqueue(chunk.value);
  };
  return new ReadableStream({ pull, cancel: () => postMessage({ cancel: stream }) }, { highWaterMark: 0 });
}
