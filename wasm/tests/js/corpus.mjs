/**
 * The conformance corpus (tests/corpus/README.md) for JavaScript: what a case asks for, and whether a report is what it
 * expects. Runs wherever JavaScript does; how the files are read is the caller's.
 */

/** What this binding cannot do: names of cases, each with the reason. None: it runs every case. */
const EXCEPTIONS = {};

/** The function for each kind that has one. `verify` takes any. */
const FUNCTIONS = {
  'plc-log': 'verifyLog',
  'web-document': 'verifyWebDocument',
  'fair-metadata': 'verifyMetadata',
  'fair-package': 'verifyPackage',
  'fair-alias': 'confirmAlias',
  'pfn-plugin': 'verifyPfnPlugin',
  'pfn-challenge': 'verifyPfnChallenge',
  'pfn-federation-info': 'readFederationInfo',
  'pfn-author-data': 'readAuthorData',
  'pfn-asset-url': 'assetUrl',
  key: 'readKey',
};

/** The inputs that are files, and those that are asked for or not. The others are strings. */
const FILES = ['log', 'document', 'metadata', 'pin', 'key', 'plugin', 'package', 'archive'];
const FLAGS = ['remember', 'noDowngrade', 'waitRecoveryWindow', 'history'];

/** The cases, and what is to be said of those that this binding cannot run. */
export function casesOf(manifest) {
  if (manifest.format !== 2) throw new Error(`the corpus has the format ${manifest.format}, expected 2`);
  const cases = manifest.cases.filter(({ name }) => !(name in EXCEPTIONS));
  if (cases.length < 1000) throw new Error(`only ${cases.length} cases`);
  const reasons = Object.entries(EXCEPTIONS).map(([name, reason]) => `${name}: ${reason}`);
  return { cases, skipped: reasons.length === 0 ? 'none skipped' : `skipped ${reasons.join('; ')}` };
}

/** The requests of a case, each with the name of its function. `file` makes an input of a name and a path. */
export async function requestsOf({ kind, inputs, limits }, file) {
  const ask = async (call, names) => {
    const request = { ...(limits && { limits }) };
    for (const name of names) request[name] = await inputOf(name, inputs[name], file);
    return { call, request };
  };
  const names = Object.keys(inputs);
  const requests = [await ask('verify', names)];
  requests[0].request.kind = kind;
  // The named functions have a clock even if none is given, and ask for a history or a first visit in their own way.
  if (kind in FUNCTIONS && (names.includes('now') || !/^(plc|web|fair)-/.test(kind))) {
    const named = await ask(FUNCTIONS[kind], names.filter((name) => !['history', 'remember'].includes(name)));
    const isFirst = !names.includes('pin');
    if (names.includes('remember') && isFirst) named.request.pin = null;
    // Where a case asks for no memory, the functions must be told so.
    else if (isFirst && inputs.log !== undefined) named.request.remember = false;
    requests.push(named);
  }
  return requests;
}

function inputOf(name, value, file) {
  if (FILES.includes(name)) return file(name, value);
  if (name === 'now') return new Date(Number(value) * 1000);
  if (!FLAGS.includes(name)) return value;
  if (value !== 'true') throw new Error(`expected true as ${name}, found ${value}`);
  return true;
}

/** The report, whether it comes as a result or with an error. Any other error is a fault of the binding. */
export async function reportOf(api, call, request) {
  try {
    const result = await api[call](request);
    return result.report ?? result;
  } catch (error) {
    if (error?.name !== 'FedVerifyError') throw error;
    const { report } = error;
    for (const member of ['code', 'operation', 'cid', 'limit', 'remedy']) {
      if (error[member] !== report.error[member]) throw new Error(`the error's ${member} is not that of its report`);
    }
    if (error.verdict !== report.verdict || report.verdict === 'verified') throw new Error(`thrown: ${report.verdict}`);
    return report;
  }
}

/** What the report says that the case does not expect. */
export function differences(expected, report) {
  const found = [];
  const compare = (what, wanted, given) => {
    if (canonical(wanted) !== canonical(given)) {
      found.push(`${expected.name}: expected ${what} ${canonical(wanted)}, found ${canonical(given)}`);
    }
  };
  compare('kind', expected.kind, report.kind);
  compare('verdict', expected.verdict, report.verdict);
  compare('code', expected.code, report.error?.code ?? null);
  if (expected.operation !== undefined) compare('operation', expected.operation, report.error?.operation);
  // How far a rejected verification came decides which warnings it has.
  if (expected.verdict === 'verified') compare('warnings', expected.warnings, report.warnings.map(({ code }) => code).sort());
  const parts = [...['identity', 'release', 'package', 'plugin', 'key'].map((part) => report[part] ?? {}), report];
  for (const [name, fact] of Object.entries(expected.facts ?? {})) {
    // A fact that is null in the corpus is absent in the report.
    compare(name, fact, parts.map((part) => part[name]).find((value) => value !== undefined) ?? null);
  }
  if (expected.pin !== undefined) compare('pin', expected.pin, report.pin ?? null);
  return found;
}

/** A value as a string, whatever the order of its members. */
function canonical(value) {
  return JSON.stringify(value, (_, part) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part);
}
