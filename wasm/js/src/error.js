/** What an error was made of: a report, also where the error has none. */
export let saidBy;

/** What every function here throws when something was not verified. */
export class FedVerifyError extends Error {
  static name = 'FedVerifyError';

  #said;

  static {
    saidBy = (error) => error.#said;
  }

  /**
   * @param report the report, whose verdict is not `verified`
   * @param isAccount whether it is the account of a verification; otherwise it only says what is wrong, and names steps of no one
   */
  constructor(report, isAccount = true) {
    const { code, message, remedy, operation, cid, limit } = report.error;
    super(`${operation === undefined ? '' : `operation ${operation}: `}${message} [${code}]`);
    this.name = 'FedVerifyError';
    this.code = code;
    this.verdict = report.verdict;
    this.operation = operation;
    this.cid = cid;
    this.limit = limit;
    this.remedy = remedy;
    this.#said = report;
    if (isAccount) this.report = report;
  }
}

/** The same failure, of what is no verification of any kind. */
export const withoutReport = (failure) =>
  failure instanceof FedVerifyError ? new FedVerifyError(saidBy(failure), false) : failure;
