import { MEMORY, takenOver, withMemory } from './defaults.js';

/** A release that was tied to its publisher; nothing is known of its bytes yet. `verifyMetadata` makes it. */
export class Release {
  static name = 'Release';

  #fixed;
  #defaults;
  #pin;
  #carryOut;

  /**
   * @param proven what the verification of the metadata document gave
   * @param request what was verified
   * @param carryOut how its package is verified
   */
  constructor({ report, release, read }, request, carryOut) {
    const evidence = takenOver(['did', 'log', 'document', 'metadata'], request, read);
    this.#fixed = { log: undefined, document: undefined, ...evidence, release: release.version };
    this.#defaults = takenOver([...MEMORY, 'noDowngrade', 'txt'], request, read);
    this.#pin = report.pin;
    this.#carryOut = carryOut;
    this.did = release.did;
    this.version = release.version;
    this.type = release.type;
    this.repository = release.repository;
    this.artifacts = release.artifacts;
    this.versions = release.versions;
    this.warnings = report.warnings;
    this.pin = report.pin;
    this.report = report;
  }

  /** Verifies the package of this release. Everything before it is verified again: nothing rests on this object. */
  async verifyPackage(request) {
    const whole = withMemory({ ...this.#defaults, ...request }, this.#pin);
    return (await this.#carryOut('fair-package', whole, this.#fixed, true)).report;
  }
}
