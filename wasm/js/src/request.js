/** Requests: what a caller asks for, checked before anything is done, so that no typing error weakens a verification. */
import { FedVerifyError } from './error.js';
import { use } from './instance.js';

/** The error for a call that is wrong. */
export function misuse(kind, message) {
  return new FedVerifyError(use(kind, (bindings) => JSON.parse(bindings.misused(kind, message))));
}

/** Checks that a request is an object with the members that it must have, and no others. */
export function checkMembers(kind, request, required, optional) {
  if (request === null || typeof request !== 'object') {
    throw misuse(kind, `expected an object with ${required.join(', ')}, found ${typeof request}`);
  }
  const known = [...required, ...optional];
  const unknown = Object.keys(request).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw misuse(kind, `the request has a member ${JSON.stringify(unknown)}; it may have ${known.join(', ')}`);
  }
  const missing = required.find((name) => request[name] === undefined);
  if (missing !== undefined) throw misuse(kind, `the request has no member ${missing}`);
}

/** A text that can be written as UTF-8, or undefined where none is given. */
export function text(kind, name, value) {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw misuse(kind, `${name} must be a string, it is ${typeof value}`);
  // A lone surrogate would silently become another character.
  if (/\p{Surrogate}/u.test(value)) throw misuse(kind, `${name} holds half a surrogate pair, which is no character`);
  return value;
}

/** A function, or one that does nothing where none is given. */
export function callback(kind, name, value) {
  if (value === undefined) return () => {};
  if (typeof value !== 'function') throw misuse(kind, `${name} must be a function, it is ${typeof value}`);
  return value;
}

/** An AbortSignal, or undefined where none is given. */
export function signal(kind, value) {
  if (value === undefined) return undefined;
  if (typeof value?.throwIfAborted !== 'function') throw misuse(kind, 'signal must be an AbortSignal');
  return value;
}

/** The wasm module's options, with the limits of the request. */
export function options(kind, limits = {}) {
  if (limits === null || typeof limits !== 'object') throw misuse(kind, 'limits must be an object');
  const options = use(kind, (bindings) => new bindings.Options());
  for (const [name, value] of Object.entries(limits)) {
    if (value === undefined) continue;
    if (!Number.isSafeInteger(value) || value < 0) {
      throw misuse(kind, `the limit ${name} must be a whole number from 0, it is ${String(value)}`);
    }
    if (!use(kind, () => options.setLimit(name, BigInt(value)))) {
      throw misuse(kind, `there is no limit ${JSON.stringify(name)}`);
    }
  }
  return options;
}

/** One of the limits of options. */
export function limit(kind, options, name) {
  return Number(use(kind, () => options.getLimit(name)));
}

/** The verifier's clock in seconds since 1970. */
export function seconds(kind, now = new Date()) {
  const time = now instanceof Date ? now.getTime() : Number.NaN;
  // Years beyond 9999 have no use here, and a clock before 1970 no meaning.
  if (!(time >= 0 && time < 253402300800000)) throw misuse(kind, 'now must be a Date from 1970 to 9999');
  return BigInt(Math.floor(time / 1000));
}
