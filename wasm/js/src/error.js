/** What every function here throws when something was not verified. */
export class FedVerifyError extends Error {
  /** @param answer what the wasm module said: the report, and what to do about its error */
  constructor({ report, remedy }) {
    const { code, message, operation, cid } = report.error;
    super(`${operation === undefined ? '' : `operation ${operation}: `}${message} [${code}]`);
    this.name = 'FedVerifyError';
    this.code = code;
    this.verdict = report.verdict;
    this.operation = operation;
    this.cid = cid;
    this.remedy = remedy;
    this.report = report;
  }
}
