/**
 * The one instance of the wasm module: how it is found, and how it is replaced.
 *
 * A panic of the Rust code is a trap. What it leaves in the instance's memory cannot be trusted, so nothing of a trapped
 * instance is used again: the next call has a new one, and the bindings refuse objects of the old one.
 *
 * An instance's memory grows and never shrinks. Only a new instance gives back what a large archive took.
 */
import {
  Directories, Input, Limits, PackageHasher, Request, Verification, __wbg_reset_state, ask, initSync, inputs,
} from '../build/fedverify_wasm.js';
import { FedVerifyError } from './error.js';

/** What is used of the instance. Not the whole module, of which the bundle would have to keep every export. */
const bindings = { Directories, Input, Limits, PackageHasher, Request, Verification, ask, inputs };

/** An instance with more memory is replaced when no verification and no hasher needs it any more. */
const MAX_IDLE_BYTES = 32 << 20;

let starting;
let isTrapped = false;
/** Verifications that are under way in the instance, and hashers that are not used up. */
let underWay = 0;

/** Loads the module, once. A load that failed can be tried again. */
export function init(source) {
  starting ??= start(source).catch((failure) => {
    starting = undefined;
    throw failure;
  });
  return starting;
}

async function start(source) {
  const module = await compile(await (source ?? new URL('fedverify.wasm', import.meta.url)));
  initSync({ module });
}

async function compile(source) {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.compile(source);
  if (typeof Response === 'function' && source instanceof Response) return compileResponse(source);
  const url = new URL(source, globalThis.location?.href);
  // Node's fetch knows no files.
  if (url.protocol === 'file:' && globalThis.process?.versions?.node) {
    // Put together here, so that no bundler for browsers looks for it.
    const { readFile } = await import(/* @vite-ignore */ /* webpackIgnore: true */ ['node:fs', 'promises'].join('/'));
    return WebAssembly.compile(await readFile(url));
  }
  return compileResponse(await fetch(url));
}

async function compileResponse(response) {
  if (!response.ok) throw new Error(`fedverify: ${response.url} was answered with status ${response.status}`);
  const isWasm = response.headers.get('content-type')?.split(';')[0].trim() === 'application/wasm';
  // Streaming insists on the media type, which small servers do not always know.
  return isWasm && WebAssembly.compileStreaming
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

/** Puts a new instance in place of the old one. Where that fails, no call gets a trapped one. */
function replace() {
  __wbg_reset_state();
  isTrapped = false;
}

/** Carries out a verification, and gives back the memory that the instance has grown to, if that is much. */
export async function verifying(work) {
  hold();
  try {
    return await work();
  } finally {
    letGo();
  }
}

/** Keeps the instance until it is let go. */
export function hold() {
  underWay += 1;
}

export function letGo() {
  underWay -= 1;
  if (underWay === 0) giveBack();
}

function giveBack() {
  // Without a module: gives the exports of the instance that there is.
  if (initSync().memory.buffer.byteLength <= MAX_IDLE_BYTES) return;
  try {
    replace();
  } catch {
    // No room for another: this one goes on.
  }
}

/**
 * Uses the instance. The arguments were checked before, so whatever is thrown meanwhile is a failure of fedverify itself, and may have
 * left the instance in the middle of its work: a trap, an exhausted stack, an error of the module. A TypeError is none of them: it comes
 * from JavaScript, before the module is entered, and is thrown as it is.
 *
 * @param kind the kind of the report, should there be none
 * @param work is given the bindings
 */
export function use(kind, work) {
  if (isTrapped) replace();
  try {
    return work(bindings);
  } catch (failure) {
    if (failure instanceof TypeError) throw failure;
    // An object of an instance that is gone: the one that is there has not failed, and others use it.
    isTrapped = !/stale/.test(failure);
    if (isTrapped) replace();
    throw refusal(kind, (request) => request.panicked(`${failure}`));
  }
}

/** The error for a call that is wrong. */
export function misuse(kind, message) {
  return use(kind, () => refusal(kind, (request) => request.refuse(message)));
}

/** The error for a hasher that is used up. */
export function usedUp(kind) {
  return use(kind, () => refusal(kind, (request) => request.usedUp()));
}

/** The error for a request that cannot be used. */
function refusal(kind, refuse) {
  const request = new Request(kind, new Limits());
  refuse(request);
  return new FedVerifyError(JSON.parse(new Verification(request).finish()));
}
