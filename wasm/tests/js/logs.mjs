/** Logs that the peer's library makes, with keys of either curve. */
import { createRequire } from 'node:module';
import { createOp, updateHandleOp } from '@did-plc/lib';

// What the peer's library signs with.
export const { EcdsaKeypair, Secp256k1Keypair } = createRequire(import.meta.resolve('@did-plc/lib'))('@atproto/crypto');

const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The peer's keys on P-256, with the low s that the directory asks for. */
export const P256Keypair = {
  async create() {
    const key = await EcdsaKeypair.create();
    const sign = async (message) => {
      const signature = Buffer.from(await key.sign(message));
      const s = BigInt(`0x${signature.toString('hex', 32)}`);
      const low = s > P256_ORDER / 2n ? P256_ORDER - s : s;
      signature.write(low.toString(16).padStart(64, '0'), 32, 'hex');
      return new Uint8Array(signature);
    };
    return { did: () => key.did(), sign };
  },
};

/** A bare log of so many operations, which keys of these kinds may sign and the last one signs. */
export async function logOf(operations, ...kinds) {
  const keys = await Promise.all(kinds.map((kind) => kind.create()));
  const signer = keys.at(-1);
  const facts = { signingKey: signer.did(), handle: 'a.example', pds: 'https://pds.example' };
  const { op, did } = await createOp({ ...facts, rotationKeys: keys.map((key) => key.did()), signer });
  const log = [op];
  while (log.length < operations) log.push(await updateHandleOp(log.at(-1), signer, `${log.length}.example`));
  return { did, log: JSON.stringify(log) };
}
