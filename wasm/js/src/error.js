/** What every function here throws when something was not verified. */
export class FedVerifyError extends Error {
  static name = 'FedVerifyError';

  /** @param report the report, whose verdict is not `verified` */
  constructor(report) {
    const { code, message, remedy, operation, cid, limit } = report.error;
    super(`${operation === undefined ? '' : `operation ${operation}: `}${message} [${code}]`);
    this.name = 'FedVerifyError';
    this.code = code;
    this.verdict = report.verdict;
    this.operation = operation;
    this.cid = cid;
    this.limit = limit;
    this.remedy = remedy;
    this.report = report;
  }
}
