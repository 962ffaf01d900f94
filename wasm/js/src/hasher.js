/** Packages that are hashed while they come, apart from their verification. The wasm module hashes. */
import { makeDigests } from './digests.js';
import { FedVerifyError, withoutReport } from './error.js';
import { hold, init, letGo, use, usedUp } from './instance.js';
import { checkBuffer, checkLimits, checkOptions, limitsOf } from './request.js';
import { cut } from './source.js';

/** The kind whose words wrong calls are refused in. */
const KIND = 'fair-package';

/** Private token: keeps callers from passing in their own hasher. */
const KEY = {};

/** Lets go of the instance for hashers that nobody can finish any more. Not every platform tells which those are. */
const forgotten = globalThis.FinalizationRegistry && new FinalizationRegistry(letGo);

/** Takes a package's bytes in pieces. */
export class PackageHasher {
  static name = 'PackageHasher';

  /** The module's hasher; undefined when it is used up. */
  #hasher;

  constructor(key, hasher) {
    if (key !== KEY) throw new TypeError('a PackageHasher is made by await PackageHasher.create()');
    this.#hasher = hasher;
    // Its state is in the instance.
    hold();
    forgotten?.register(this, undefined, this);
  }

  /** A hasher that has taken nothing. */
  static async create(options) {
    await init();
    return refusing(() => {
      const given = checkLimits(KIND, checkOptions(KIND, options));
      return new PackageHasher(KEY, use(KIND, (bindings) => new bindings.PackageHasher(limitsOf(bindings, given))));
    });
  }

  /** Takes the next bytes, at once. */
  update(bytes) {
    this.#use((hasher) => {
      for (const piece of cut(checkBuffer(KIND, bytes))) valueOf(use(KIND, () => hasher.update(piece)));
    });
  }

  /** A second hasher that has taken the same bytes. */
  copy() {
    return this.#use((hasher) => new PackageHasher(KEY, use(KIND, () => hasher.copy())));
  }

  /** The digests of all bytes taken. The hasher is used up. */
  finish() {
    const digests = this.#use((hasher) => makeDigests(valueOf(use(KIND, () => hasher.finish()))));
    this.#end();
    return digests;
  }

  /** Uses the hasher. Whatever fails uses it up: part of a package must not pass for the whole. */
  #use(work) {
    return refusing(() => {
      const hasher = this.#hasher;
      if (hasher === undefined) throw usedUp(KIND);
      // Nothing that work calls can use it meanwhile.
      this.#hasher = undefined;
      try {
        const value = work(hasher);
        this.#hasher = hasher;
        return value;
      } catch (failure) {
        this.#end();
        free(hasher);
        throw failure;
      }
    });
  }

  #end() {
    this.#hasher = undefined;
    forgotten?.unregister(this);
    letGo();
  }
}

/** Nothing is verified yet, so what is refused has no report. */
function refusing(work) {
  try {
    return work();
  } catch (failure) {
    throw withoutReport(failure);
  }
}

function valueOf(outcome) {
  const { value, report } = JSON.parse(outcome);
  if (report) throw new FedVerifyError(report);
  return value;
}

/** Gives back the memory of a hasher that is used up. Finishing does, and leaves one alone whose instance is gone. */
function free(hasher) {
  try {
    hasher.finish();
  } catch {
    // It was finished, or is of an instance that is gone.
  }
}
