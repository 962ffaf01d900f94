/**
 * The one instance of the wasm module: how it is found, and how it is replaced.
 *
 * A panic of the Rust code is a trap. What it leaves in the instance's memory is not to be trusted, so nothing of a trapped
 * instance is used again: the next call has a new one, and objects of the old one are refused by the bindings.
 */
import * as bindings from '../build/fedverify_wasm.js';
import { FedVerifyError } from './error.js';

let starting;
let isTrapped = false;

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
  await bindings.default({ module_or_path: module });
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

/** Puts a new instance in place of a trapped one. Where that cannot be done, no call gets any. */
function replace() {
  bindings.__wbg_reset_state();
  isTrapped = false;
}

/**
 * Uses the instance. Whatever is thrown meanwhile is a failure of fedverify's own, for the arguments were checked before.
 *
 * @param kind the kind of the report, should there be none
 * @param use is given the bindings
 */
export function use(kind, use) {
  if (isTrapped) replace();
  try {
    return use(bindings);
  } catch (trap) {
    // It was seen to one call further in.
    if (trap instanceof FedVerifyError) throw trap;
    isTrapped = true;
    replace();
    throw new FedVerifyError(JSON.parse(bindings.panicked(kind, String(trap))));
  }
}

/** Like `use`, for what gives an answer: refusals are thrown. */
export function answer(kind, ask) {
  const said = use(kind, (bindings) => JSON.parse(ask(bindings)));
  if (said.report.verdict !== 'verified') throw new FedVerifyError(said);
  return said;
}
