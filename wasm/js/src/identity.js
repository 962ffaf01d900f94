import { misuse } from './request.js';

/** An identity whose whole log was verified. `verifyLog` makes it; whoever makes one by hand deceives only themselves. */
export class Identity {
  #request;
  #verifyPackage;

  /**
   * @param said the wasm module's answer
   * @param request what was verified, with the log as bytes
   * @param verifyPackage how packages are verified
   */
  constructor({ report, proof }, request, verifyPackage) {
    this.#request = request;
    this.#verifyPackage = verifyPackage;
    const { identity } = report;
    this.did = identity.did;
    this.head = identity.head;
    this.nullified = identity.nullified;
    this.tombstoned = identity.tombstoned;
    this.rotationKeys = identity.rotationKeys;
    this.verificationMethods = identity.verificationMethods;
    this.alsoKnownAs = identity.alsoKnownAs;
    this.services = identity.services;
    this.history = proof.history;
    this.didDocument = proof.didDocument;
    this.warnings = report.warnings;
    this.pin = report.pin;
    this.report = report;
  }

  /** The state that an operation set; undefined for a tombstone, and for a CID that is not in the log. */
  stateAt(cid) {
    return this.history.find((entry) => entry.cid === cid)?.state ?? undefined;
  }

  /** Verifies a package of this identity. The log is verified once more with it: nothing rests on this object. */
  async verifyPackage(request) {
    const { did, log, pin, now, limits } = this.#request;
    // A request that names an identity of its own would be answered about that one.
    for (const name of ['did', 'log']) {
      if (request?.[name] !== undefined) throw misuse('fair-package', `${name} is that of the identity`);
    }
    return this.#verifyPackage({ pin, now, limits, ...request, did, log });
  }
}
