import { MEMORY, takenOver, withMemory } from './defaults.js';
import { Release } from './release.js';

/** What an identity was verified of; undefined for what is none. */
export let evidenceOf;

/** An identity whose whole log was verified. `verifyLog` makes it; whoever makes one by hand deceives only themselves. */
export class Identity {
  /** Names are short in the bundle; this one is what consoles show. */
  static name = 'Identity';

  #fixed;
  #defaults;
  #pin;
  #carryOut;
  #ask;

  static {
    evidenceOf = (value) =>
      #fixed in Object(value) ? { ...value.#fixed, limits: value.#defaults.limits } : undefined;
  }

  /**
   * @param proven what the verification of the log gave
   * @param request what was verified
   * @param carryOut how its packages are verified
   * @param ask how questions about it are asked
   */
  constructor({ report, read }, request, carryOut, ask) {
    this.#fixed = { document: undefined, ...takenOver(['did', 'log'], request, read) };
    this.#defaults = takenOver(MEMORY, request, read);
    this.#carryOut = carryOut;
    this.#ask = ask;
    this.#pin = report.pin;
    const { identity } = report;
    this.did = identity.did;
    this.head = identity.head;
    this.nullified = identity.nullified;
    this.tombstoned = identity.tombstoned;
    this.rotationKeys = identity.rotationKeys;
    this.verificationMethods = identity.verificationMethods;
    this.alsoKnownAs = identity.alsoKnownAs;
    this.services = identity.services;
    this.repository = identity.repository;
    this.contestable = identity.contestable;
    this.history = identity.history;
    this.didDocument = identity.didDocument ?? null;
    this.warnings = report.warnings;
    this.pin = report.pin;
    this.report = report;
  }

  /** The state that an operation set; undefined for a tombstone, and for a CID that is not in the log. */
  stateAt(cid) {
    return this.history.find((entry) => entry.cid === cid)?.state ?? undefined;
  }

  /** Verifies a metadata document of this identity. The log is verified again with it: nothing rests on this object. */
  async verifyMetadata(request) {
    const whole = withMemory({ ...this.#defaults, ...request }, this.#pin);
    const proven = await this.#carryOut('fair-metadata', whole, this.#fixed, true);
    return new Release(proven, { ...whole, ...this.#fixed }, this.#carryOut);
  }

  /** Verifies a package of this identity. The log is verified again with it, too. */
  async verifyPackage(request) {
    const whole = withMemory({ ...this.#defaults, ...request }, this.#pin);
    return (await this.#carryOut('fair-package', whole, this.#fixed, true)).report;
  }

  /** The warning that the DID document which a directory serves says something else than the log; null where there is none. */
  async compareDocument(served, url = 'https://plc.directory') {
    return this.#ask('compareDocument', [served, url, evidenceOf(this)]);
  }
}
