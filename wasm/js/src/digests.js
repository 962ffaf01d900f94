/** What a hasher of this module computed: the size and the digests. Undefined for what none of them made. */
export let digestsOf;

/** Makes digests of what the wasm module computed: for hashers, and for a worker, whose page has them from one. */
export let makeDigests;

/** The digests of a package. A hasher makes them; what was copied, sent to a worker or made by hand is refused. */
export class PackageDigests {
  static name = 'PackageDigests';

  /** What is verified. The members beside it are for people. */
  #facts;
  size;
  sha256;
  sha384;

  static {
    digestsOf = (value) => (#facts in Object(value) ? value.#facts : undefined);
    makeDigests = ({ size, sha256, sha384 }) => {
      const digests = new PackageDigests();
      digests.#facts = Object.freeze({ size, sha256, sha384 });
      // They are declared above, so no setter of a prototype gets in between: what people read is what is verified.
      return Object.freeze(Object.assign(digests, digests.#facts));
    };
  }
}
