/** Everything, in one module of the package: `fedverify` exports what is public of it, and `fedverify/worker` uses the rest. */
import { makeFunctions } from './functions.js';
import { ask } from './questions.js';
import { carryOut } from './verification.js';

export const {
  Pin,
  Version,
  assetUrl,
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
export { Release } from './release.js';
export { FedVerifyError, saidBy } from './error.js';
export { CheckName, ErrorCode, Kind, LimitName, WarningCode, defaultLimits } from './codes.js';
export { ask, carryOut, makeFunctions };
