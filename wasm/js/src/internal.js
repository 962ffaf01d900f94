/**
 * Everything, in one module of the package. What has a name here is public, and `fedverify` exports it; the rest, which
 * `fedverify/worker` and its worker use, is in the default export, which no `export *` passes on.
 */
import { digestsOf, makeDigests } from './digests.js';
import { saidBy } from './error.js';
import { makeFunctions } from './functions.js';
import { ask } from './questions.js';
import { carryOut } from './verification.js';

export const {
  Pin,
  Version,
  assetUrl,
  checkPfnArchiveSignature,
  checkPfnChallenge,
  confirmAlias,
  newest,
  readAuthorData,
  readFederationInfo,
  readKey,
  verify,
  verifyLog,
  verifyMetadata,
  verifyPackage,
  verifyPfnChallenge,
  verifyPfnPlugin,
  verifyWebDocument,
  webDocumentUrl,
} = makeFunctions(carryOut, ask);
export { init } from './instance.js';
export { Identity } from './identity.js';
export { PackageDigests } from './digests.js';
export { PackageHasher } from './hasher.js';
export { Release } from './release.js';
export { FedVerifyError } from './error.js';
export { CheckName, ErrorCode, Kind, LimitName, WarningCode, defaultLimits, limitMeanings } from './codes.js';
export default { ask, carryOut, digestsOf, makeDigests, makeFunctions, saidBy };
