/** The types where there is no `dom` library, as in a server's project. Compiled by `tsc`, never run. */
import { FedVerifyError, init, verifyLog } from 'fedverify';
import type { Identity, PackageReport } from 'fedverify';

export async function verified(did: string, log: Uint8Array, metadata: Uint8Array, zip: Uint8Array): Promise<PackageReport> {
  await init('fedverify.wasm');
  await init(zip);
  const identity: Identity = await verifyLog({ did, log, pin: null });
  try {
    return await identity.verifyPackage({ metadata, package: zip, onProgress: (done, total) => done / (total ?? done) });
  } catch (error) {
    if (error instanceof FedVerifyError) throw new Error(`${error.code}: ${error.message}`);
    throw error;
  }
}
