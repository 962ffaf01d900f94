/**
 * The conformance corpus (tests/corpus/README.md) for JavaScript: what a case asks for, and whether a report is what it
 * expects. Runs wherever JavaScript does; how the files are read is the caller's.
 */

/** Which function verifies what, and which inputs it takes as texts and as files. */
const CALLS = {
  'plc-log': { call: 'verifyLog', texts: ['did'], files: ['log', 'pin'] },
  'fair-package': {
    call: 'verifyPackage',
    texts: ['did', 'release', 'artifactUrl'],
    files: ['log', 'metadata', 'package', 'pin'],
  },
  'pfn-plugin': {
    call: 'verifyPfnPlugin',
    texts: ['signature', 'archiveSignature'],
    files: ['key', 'plugin', 'archive'],
  },
  'pfn-challenge': { call: 'verifyPfnChallenge', texts: ['challenge', 'signature'], files: ['key'] },
  key: { call: 'readKey', texts: [], files: ['key'] },
};

/** Kinds that are documents which are only read: no function here takes them. */
const DOCUMENTS = ['fair-alias', 'web-package', 'pfn-federation-info', 'pfn-author-data', 'pfn-asset-url'];

/** The cases that this face can run; says how many it cannot, and why. */
export function casesOf(manifest) {
  if (manifest.format !== 1) throw new Error(`the corpus has the format ${manifest.format}, expected 1`);
  const cases = manifest.cases.filter(({ kind }) => !DOCUMENTS.includes(kind));
  if (cases.length < 120) throw new Error(`only ${cases.length} cases`);
  return { cases, skipped: manifest.cases.length - cases.length };
}

export const WHY_SKIPPED = `of the kinds ${DOCUMENTS.join(', ')}, for which there is no function in JavaScript`;

/** The name of the function, and its request. `file` makes an input of a path. */
export async function requestOf({ kind, inputs, limits }, file) {
  const { call, texts, files } = CALLS[kind];
  const request = {};
  if (limits !== undefined) request.limits = limits;
  if (inputs.now !== undefined) request.now = new Date(Number(inputs.now) * 1000);
  if (inputs.noDowngrade !== undefined) request.noDowngrade = true;
  for (const name of texts.filter((name) => name in inputs)) request[name] = inputs[name];
  for (const name of files.filter((name) => name in inputs)) request[name] = await file(inputs[name]);
  const handled = [...texts, ...files, 'now', 'noDowngrade'];
  const unknown = Object.keys(inputs).find((name) => !handled.includes(name));
  if (unknown !== undefined) throw new Error(`no runner for the input ${unknown}`);
  return { call, request };
}

/** The report, whether it comes as a result or with an error. Any other error is a fault of the face. */
export async function reportOf(api, call, request) {
  try {
    const result = await api[call](request);
    return result.report ?? result;
  } catch (error) {
    if (error?.name !== 'FedVerifyError') throw error;
    const { code, verdict, operation } = error.report.error && { ...error.report.error, verdict: error.report.verdict };
    if (error.code !== code || error.verdict !== verdict || error.operation !== operation) {
      throw new Error(`the error is not what its report says: ${error.code} and ${code}`);
    }
    return error.report;
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
  if (expected.verdict !== 'verified') return found;
  compare('warnings', expected.warnings, report.warnings.map(({ code }) => code).sort());
  const parts = ['identity', 'release', 'package', 'plugin', 'key'].map((part) => report[part] ?? {});
  for (const [name, fact] of Object.entries(expected.facts ?? {})) {
    // A fact that is null in the corpus is absent in the report.
    compare(name, fact, parts.map((part) => part[name]).find((value) => value !== undefined) ?? null);
  }
  return found;
}

/** A value as text, whatever the order of its members. */
function canonical(value) {
  return JSON.stringify(value, (_, part) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part);
}
