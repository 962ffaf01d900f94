export { init } from './instance.js';
export { readKey, verifyLog, verifyPackage, verifyPfnChallenge, verifyPfnPlugin } from './verify.js';
export { Identity } from './identity.js';
export { FedVerifyError } from './error.js';
export { CheckName, ErrorCode, WarningCode } from './codes.js';
// For fedverify/worker.
export { provenLog as _provenLog } from './verify.js';
