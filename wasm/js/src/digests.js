/** The digests, where a hasher of this module gave them; undefined for anything else. */
export let digestsOf;

/** Makes digests of what the wasm module computed: for hashers, and for a worker, whose page has them from one. */
export let makeDigests;

/** The digests of a package. A hasher makes them; what was copied, sent to a worker or made by hand is refused. */
export class PackageDigests {
  static name = 'PackageDigests';

  #isGenuine = false;

  static {
    digestsOf = (value) => (#isGenuine in Object(value) && value.#isGenuine ? value : undefined);
    makeDigests = ({ size, sha256, sha384 }) => {
      const digests = Object.assign(new PackageDigests(), { size, sha256, sha384 });
      digests.#isGenuine = true;
      // What people read is what is verified.
      return Object.freeze(digests);
    };
  }
}
