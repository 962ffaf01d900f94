/** A verification of any kind: checks the request, reads the inputs, and leaves the judging to the wasm module. */
import { digestsOf } from './digests.js';
import { FedVerifyError } from './error.js';
import { init, use, verifying } from './instance.js';
import { checkBytes, checkRecords, checkRequest, limitsOf } from './request.js';
import { failureOf, pieces, readAll, sizeOf } from './source.js';
import { hasWebCrypto, satisfied } from './webcrypto.js';

/**
 * Carries out a verification, and throws what was not verified.
 *
 * @param kind the kind of the report
 * @param request the inputs by name, and the options
 * @param fixed inputs that the request must not give; undefined where there is none
 * @param offersPin whether the report is to have a pin where that changes nothing else, unless the request declines it
 * @returns the report; the release where one was proven; the bytes of the inputs that were read, which a stream gives only once
 */
export async function carryOut(kind, request, fixed = {}, offersPin = false) {
  await init();
  const call = { ...checkRequest(kind, request, fixed), offersPin };
  call.signal?.throwIfAborted();
  const read = await readInputs(call);
  return verifying(() => judge(call, read));
}

async function judge(call, read) {
  let verification = await begin(call, read);
  try {
    verification = await confirmAlias(call, read, verification);
    await fetchMetadata(call, read, verification);
    await feed(call, verification);
    return end(call, read, verification);
  } catch (error) {
    free(verification, () => verification.wantsBytes());
    throw error;
  }
}

export const inputNamed = ({ inputs }, name) => inputs.find((input) => input.name === name);

/** Reads what is bytes and there already: by name, bytes or why they could not be read. */
async function readInputs({ inputs, signal }) {
  const read = { __proto__: null };
  for (const { name, type, value, limit } of inputs) {
    const isThere = type === 'bytes' && value !== null && typeof value !== 'function';
    if (isThere) read[name] = await readAll(value, limit, signal);
  }
  return read;
}

/** Hands over the inputs, has the platform check what it is faster at, and takes every step that the inputs allow. */
export async function begin(call, read) {
  const request = handOver(call, read);
  try {
    await checkElsewhere(call, request);
  } catch (error) {
    free(request, () => request.operation(0));
    throw error;
  }
  return use(call.kind, (bindings) => new bindings.Verification(request));
}

function handOver({ kind, limits, inputs, offersPin }, read) {
  return use(kind, (bindings) => {
    const request = new bindings.Request(kind, limitsOf(bindings, limits));
    for (const { name, type, value } of inputs) {
      if (name in read) request.setBytes(name, toInput(bindings, name, read[name]));
      else if (type === 'stream') request.setFlag(name, true);
      else if (type === 'flag') request.setFlag(name, value);
      else if (type === 'number') request.setNumber(name, value);
      else if (typeof value === 'string') request.setString(name, value);
    }
    if (offersPin && inputNamed({ inputs }, 'remember')?.value !== false) request.offerPin();
    // No pin yet: this is a first visit.
    if (inputs.some(({ name, value }) => name === 'pin' && value === null)) request.setFlag('remember', true);
    return request;
  });
}

/** Has WebCrypto check the log's signatures on P-256. What does not come back as satisfied, the module checks itself. */
async function checkElsewhere({ kind, signal }, request) {
  if (!hasWebCrypto()) return;
  const checks = use(kind, () => {
    const all = [];
    const count = request.handOut();
    for (let place = 0; place < count; place += 1) {
      const operation = request.operation(place);
      // One copy for all keys of an operation.
      const message = all.at(-1)?.operation === operation ? all.at(-1).message : request.message(place);
      all.push({ place, operation, message, key: request.key(place), signature: request.signature(place) });
    }
    return all;
  });
  if (checks.length === 0) return;
  const found = await orAborted(satisfied(checks), signal);
  use(kind, () => found.forEach(({ place }) => request.confirm(place)));
}

export function toInput({ Input }, name, content) {
  return content instanceof Uint8Array
    ? new Input(content)
    : Input.unreadable(name, content.missing, content.reason);
}

/** Has the TXT records looked up where the caller does that by a function. Gives the verification to go on with. */
async function confirmAlias(call, read, verification) {
  const { kind, inputs, signal } = call;
  const lookUp = inputNamed(call, 'txt')?.value;
  if (typeof lookUp !== 'function') return verification;
  const name = use(kind, () => verification.aliasRecordName());
  if (kind === 'fair-alias') {
    if (name === undefined) return verification;
    // Here the records are what is judged: without them there is no verdict, and the caller's own error says why.
    const value = checkRecords(kind, await orAborted(lookUp(name), signal));
    const asked = [...inputs.filter((input) => input.name !== 'txt'), { name: 'txt', value }];
    const again = await begin({ ...call, inputs: asked }, read);
    free(verification, () => verification.wantsBytes());
    return again;
  }
  // What there is no name for cannot be looked up; core then says what is wrong with the claim, if there is one.
  const { source, failure } = name === undefined ? { source: [] } : await fetched(lookUp, name, signal);
  const records = failure ? undefined : checkRecords(kind, source);
  use(kind, () => (failure ? verification.aliasUnknown(failure.reason) : verification.aliasRecords(records)));
  return verification;
}

/** Has the metadata document fetched where the caller does that by a function. */
async function fetchMetadata(call, read, verification) {
  const { kind, signal } = call;
  const input = inputNamed(call, 'metadata');
  const url = use(kind, () => verification.wantsMetadataFrom());
  if (typeof input?.value !== 'function' || url === undefined) return;
  const { source, failure } = await fetched(input.value, url, signal);
  if (failure) read.metadata = failure;
  else read.metadata = await readAll(checkBytes(kind, 'metadata', 'bytes', source), input.limit, signal);
  use(kind, (bindings) => verification.metadata(toInput(bindings, 'metadata', read.metadata)));
}

/** Calls the caller's function. One that fails leaves an input that could not be read, so that what was proven is kept. */
async function fetched(fetchInput, value, signal) {
  try {
    return { source: await orAborted(fetchInput(value), signal) };
  } catch (error) {
    signal?.throwIfAborted();
    return { failure: failureOf(error) };
  }
}

/** The outcome of a promise, or the signal's reason if that comes first. */
function orAborted(promise, signal) {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    Promise.resolve(promise).then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Feeds the package or the archive to the verification, as far as it is wanted. */
async function feed(call, verification) {
  const { kind, inputs, signal, onRelease } = call;
  if (!use(kind, () => verification.wantsBytes())) return;
  const release = releaseOf(call, verification);
  if (release !== undefined) onRelease(release);
  const stream = inputs.find(({ type }) => type === 'stream');
  if (stream === undefined) return;
  const isFunction = typeof stream.value === 'function';
  const { source, failure } = isFunction ? await fetched(stream.value, release, signal) : { source: stream.value };
  const fault = failure ?? (await feedBytes(call, verification, checkBytes(kind, stream.name, 'stream', source)));
  if (fault) use(kind, () => verification.fail(stream.name, fault.missing, fault.reason));
}

/** Feeds the bytes of a source, or what a hasher made of them. Gives `{ missing, reason }` where they could not be read. */
function feedBytes(call, verification, source) {
  const digests = digestsOf(source);
  if (digests === undefined) return feedPieces(call, verification, source);
  call.signal?.throwIfAborted();
  const { size, sha256, sha384 } = digests;
  return use(call.kind, () => verification.digests(BigInt(size), sha256, sha384));
}

/** Feeds the bytes of a source. Gives `{ missing, reason }` where they could not be read to their end. */
async function feedPieces({ kind, signal, onProgress }, verification, source) {
  let done = 0;
  let total;
  const iterator = pieces(source, signal);
  try {
    for (;;) {
      let next;
      try {
        total ??= sizeOf(source);
        next = await iterator.next();
      } catch (error) {
        signal?.throwIfAborted();
        return failureOf(error);
      }
      if (next.done || !use(kind, () => verification.update(next.value))) return undefined;
      done += next.value.length;
      onProgress(done, total);
    }
  } finally {
    // Lets go of the source where not all of it was wanted.
    await iterator.return();
  }
}

function end(call, read, verification) {
  const release = releaseOf(call, verification);
  const proven = { release, report: JSON.parse(use(call.kind, () => verification.finish())) };
  if (proven.report.verdict !== 'verified') throw new FedVerifyError(proven.report);
  return { ...proven, read };
}

/** What is known of the release before its package is there; undefined where none was tied to the publisher. */
function releaseOf(call, verification) {
  const facts = use(call.kind, () => verification.release());
  return facts === undefined ? undefined : { did: inputNamed(call, 'did').value, ...JSON.parse(facts) };
}

/** Frees what was left before its end; its end frees it otherwise. */
function free(object, ask) {
  try {
    // Asked first, for "free" would take the memory of whatever is at its place in the instance that is there now.
    ask();
    object.free();
  } catch {
    // It was used up, or is of an instance that is gone.
  }
}
