/** Requests: checked before anything is read, so that no typo weakens a verification. */
import { isPlain, owned } from './defaults.js';
import { digestsOf } from './digests.js';
import { misuse, use } from './instance.js';
import { SOURCES, described, failureOf, isBytes, isSource, viewOf } from './source.js';

/** What is no input, and for which inputs it makes sense. */
const OPTIONS = {
  limits: () => true,
  signal: () => true,
  onProgress: (inputs) => inputs.some(({ type }) => type === 'stream'),
  onRelease: (inputs) => inputs.some(({ name }) => name === 'package'),
};

/** Inputs that may be functions: what is proven before tells them where to fetch the input. */
const FETCHED = ['metadata', 'txt', 'package'];

/**
 * Checks a request of some kind.
 *
 * @param fixed inputs that are given already; one that is undefined must not be given
 * @returns the kind, the inputs that are given (each with name, type, limit and value), and the options
 */
export function checkRequest(kind, request, fixed) {
  const own = checkObject(kind, 'request', request);
  const limits = checkLimits(kind, own.limits);
  const taken = JSON.parse(use(kind, (bindings) => bindings.inputs(kind, limitsOf(bindings, limits))));
  const options = Object.keys(OPTIONS).filter((name) => OPTIONS[name](taken));
  const twice = Object.keys(fixed).find((name) => own[name] !== undefined);
  if (twice !== undefined) throw misuse(kind, `${twice} is set by this function; remove it`);
  const open = taken.filter(({ name }) => !Object.hasOwn(fixed, name));
  const names = Object.keys(own).filter((name) => !Object.hasOwn(fixed, name));
  // Where there is no such kind, that is said instead.
  if (taken.length > 0) for (const name of names) checkName(kind, name, own[name], open, options);
  const whole = { ...own, ...fixed };
  const given = taken.filter(({ name }) => Object.hasOwn(whole, name) && whole[name] !== undefined);
  return {
    kind,
    limits,
    inputs: given.map((input) => ({ ...input, value: checkInput(kind, input, whole[input.name]) })),
    signal: checkSignal(kind, own.signal),
    onProgress: checkListener(kind, 'onProgress', own.onProgress),
    onRelease: checkListener(kind, 'onRelease', own.onRelease),
  };
}

/** The value, where it is of the type that is expected. */
function check(isRight, kind, expected, name, value) {
  if (!isRight) throw misuse(kind, `expected ${expected} as ${name}, found ${described(value, name)}`);
  return value;
}

/** An object, of which only the members of its own count. */
export function checkObject(kind, name, value) {
  return owned(check(isPlain(value), kind, 'an object', name, value));
}

function checkName(kind, name, value, taken, options) {
  const known = [...taken.map((input) => input.name), ...options];
  if (!known.includes(name)) throw misuse(kind, `expected ${known.join(', ')}; found ${JSON.stringify(name)}`);
  // A store that has no pin gives undefined, and without a pin nothing is remembered: the caller must say which is meant.
  if (name === 'pin' && value === undefined) {
    throw misuse(kind, 'pin is undefined: give the pin of the last visit, null on a first visit, or no member pin');
  }
}

/** An input as it is read, or handed over where there is nothing to read. */
function checkInput(kind, { name, type }, value) {
  if (typeof value === 'function' && FETCHED.includes(name)) return value;
  if (type === 'flag') return checkFlag(kind, name, value);
  if (type === 'number') return checkSeconds(kind, name, value);
  if (name === 'txt') return checkRecords(kind, value);
  if (type === 'string') return checkString(kind, name, value);
  if (name === 'pin') return checkPin(kind, value);
  return checkBytes(kind, name, type, value);
}

/** A string that can be written as UTF-8. */
export function checkString(kind, name, value) {
  check(typeof value === 'string', kind, 'a string', name, value);
  // A lone surrogate would silently become another character.
  if (/\p{Surrogate}/u.test(value)) throw misuse(kind, `${name} has half a surrogate pair, which is no character`);
  return value;
}

/** A list of TXT records, or of the strings of one. An answer of DNS has at most 65,535 bytes (RFC 1035, section 4.2.2). */
function checkCount(kind, list) {
  if (list.length > 65535) throw misuse(kind, `expected what DNS can answer as txt, found a list of ${list.length}`);
  return list;
}

/** The TXT records of a name, one per line; in a list, one that came in several strings is one record. */
export function checkRecords(kind, value) {
  if (!Array.isArray(value)) return checkString(kind, 'txt', value);
  const records = checkCount(kind, value).map((record) =>
    checkString(kind, 'txt', Array.isArray(record) ? checkCount(kind, record).join('') : record));
  // A line break within a record must not make two of it; no record that counts has one.
  return records.map((record) => record.replace(/[\r\n]/g, ' ')).join('\n');
}

/**
 * Something that bytes can be read from. A string is its own bytes where no stream is meant; digests are as good as the bytes of a
 * package, but not of an archive, whose list of files is read.
 */
export function checkBytes(kind, name, type, value) {
  if (type === 'bytes' && typeof value === 'string') return checkString(kind, name, value);
  const isHashed = name === 'package' && digestsOf(value) !== undefined;
  const beside = { package: 'a PackageDigests, ', archive: '' }[name] ?? 'a string, ';
  return check(isHashed || isSource(value), kind, `${beside}${SOURCES}`, name, value);
}

/** Bytes that are all there already. */
export function checkBuffer(kind, value) {
  check(isBytes(value), kind, 'a Uint8Array or an ArrayBuffer', 'bytes', value);
  try {
    return viewOf(value);
  } catch (error) {
    throw misuse(kind, `expected bytes, found a buffer without them: ${failureOf(error).reason}`);
  }
}

/** A pin as it is kept, or as it was in a report; null on a first visit. */
function checkPin(kind, value) {
  if (value === null || isSource(value)) return value;
  if (typeof value !== 'object') return checkString(kind, 'pin', value);
  if (value.then) throw misuse(kind, `expected a pin, found ${described(value)}`);
  let json;
  try {
    json = JSON.stringify(value);
  } catch (error) {
    // It is nested without end, or deeper than any pin.
    throw misuse(kind, `expected a pin as it was in a report, found something that is not JSON: ${failureOf(error).reason}`);
  }
  return checkString(kind, 'pin', json);
}

function checkFlag(kind, name, value) {
  return check(typeof value === 'boolean', kind, 'true or false', name, value);
}

/** The verifier's clock in seconds since 1970. */
function checkSeconds(kind, name, value) {
  const time = value instanceof Date ? value.getTime() : Number.NaN;
  // Years beyond 9999 have no use here, and a clock before 1970 no meaning.
  check(time >= 0 && time < 253402300800000, kind, 'a Date from 1970 to 9999', name, value);
  return BigInt(Math.floor(time / 1000));
}

function checkListener(kind, name, value) {
  return value === undefined ? () => {} : check(typeof value === 'function', kind, 'a function', name, value);
}

function checkSignal(kind, value) {
  return check(value === undefined || typeof value?.throwIfAborted === 'function', kind, 'an AbortSignal', 'signal', value);
}

/** The limits among options that are nothing else. */
export function checkOptions(kind, options = {}) {
  const { limits, ...others } = checkObject(kind, 'options', options);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw misuse(kind, `expected limits; found ${JSON.stringify(unknown)}`);
  return limits;
}

/** The limits that differ from the defaults, as whole numbers by name. */
export function checkLimits(kind, limits = {}) {
  const given = Object.entries(checkObject(kind, 'limits', limits)).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    if (!Number.isSafeInteger(value) || value < 0) {
      const found = typeof value === 'number' ? value : described(value);
      throw misuse(kind, `expected a whole number from 0 as the limit ${name}, found ${found}`);
    }
    const fault = use(kind, (bindings) => new bindings.Limits().set(name, 0n));
    if (fault !== undefined) throw misuse(kind, fault);
  }
  return given;
}

/** The module's limits; whatever they are handed to frees them. */
export function limitsOf({ Limits }, given) {
  const limits = new Limits();
  for (const [name, value] of given) limits.set(name, BigInt(value));
  return limits;
}
