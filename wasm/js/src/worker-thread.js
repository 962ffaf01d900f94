/** The worker's side of `worker.js`, which describes the messages. */
import * as fedverify from './fedverify.js';

const direct = {
  async init() {},
  verifyLog: fedverify._provenLog,
  verifyPackage: fedverify.verifyPackage,
  verifyPfnPlugin: fedverify.verifyPfnPlugin,
  verifyPfnChallenge: fedverify.verifyPfnChallenge,
  readKey: fedverify.readKey,
};

let source;
/** Calls under way, by id. */
const aborts = new Map();
/** Streams that wait for a chunk, by their number. */
const waiting = new Map();

globalThis.onmessage = ({ data }) => {
  if ('source' in data) source = data.source;
  else if (data.chunk) waiting.get(data.stream)?.(data.chunk);
  else if (data.abort) aborts.get(data.id)?.abort();
  else carryOut(data);
};

async function carryOut({ id, call, request, callbacks }) {
  const abort = new AbortController();
  aborts.set(id, abort);
  try {
    await fedverify.init(source);
    const isObject = request !== null && typeof request === 'object';
    const whole = isObject ? { ...withStreams(request), ...listeners(id, callbacks), signal: abort.signal } : request;
    postMessage({ id, value: await direct[call](whole) });
  } catch (error) {
    postMessage(refusal(id, error));
  } finally {
    aborts.delete(id);
  }
}

/** What a function is told here is passed on; what is no function goes on as the wrong value that it is. */
function listeners(id, callbacks) {
  const listener = ([name, type]) =>
    [name, type === 'function' ? (...values) => postMessage({ id, event: name, values }) : type];
  return Object.fromEntries(Object.entries(callbacks).map(listener));
}

function refusal(id, error) {
  if (error instanceof fedverify.FedVerifyError) return { id, said: { report: error.report, remedy: error.remedy } };
  return { id, failure: error instanceof Error || error instanceof DOMException ? error : new Error(String(error)) };
}

function withStreams(request) {
  const held = Object.entries(request).map(([name, value]) =>
    [name, Number.isInteger(value?.stream) ? streamOf(value.stream) : value]);
  return Object.fromEntries(held);
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
