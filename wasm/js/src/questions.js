/** What is asked beside verifications: about pins, versions, and what directories serve. The wasm module answers. */
import { FedVerifyError, withoutReport } from './error.js';
import { init, misuse, use, verifying } from './instance.js';
import { checkBytes, checkLimits, checkObject, checkRequest, checkString, limitsOf } from './request.js';
import { readAll } from './source.js';
import { begin, inputNamed, toInput } from './verification.js';

/** The kind whose words wrong calls are refused in. */
const KIND = 'plc-log';

/** The questions by name: each gives the JSON of an outcome. What is asked about has the form of an input of some kind. */
const QUESTIONS = {
  readPin: ofTwo('plc-log', 'pin'),
  comparePins: ofTwo('plc-log', 'pin'),
  mergePins: ofTwo('plc-log', 'pin'),
  compareVersions: ofTwo('fair-metadata', 'release'),

  async compareDocument([value, url, evidence]) {
    checkString(KIND, 'url', url);
    // Within the limits of the log, as core compares them.
    const { limit } = inputNamed(logOf(evidence), 'log');
    const served = await readAll(checkBytes(KIND, 'document', 'bytes', value), limit);
    const verification = await verifiedAgain(evidence);
    return use(KIND, (bindings) => verification.compareDocument(url, toInput(bindings, 'document', served)));
  },

  async newest(answers) {
    for (const [url, evidence] of answers) {
      if (typeof evidence === 'string') {
        throw misuse(KIND, `expected the identities that verifyLog gave, by URL; found ${evidence}`);
      }
      checkString(KIND, 'url', url);
    }
    const verifications = [];
    for (const [, evidence] of answers) verifications.push(await verifiedAgain(evidence));
    return use(KIND, ({ Directories }) => {
      const directories = new Directories();
      answers.forEach(([url], at) => directories.add(url, verifications[at]));
      return directories.newest();
    });
  },
};

/**
 * Asks core, and throws what it refuses. Nothing is verified, so there is no report.
 *
 * @param question the name of a question
 * @param values what it is about
 * @param options of the caller: limits, and nothing else
 */
export async function ask(question, values, options = {}) {
  await init();
  try {
    const { limits, ...others } = checkObject(KIND, 'options', options);
    const [unknown] = Object.keys(others);
    if (unknown !== undefined) throw misuse(KIND, `expected limits; found ${JSON.stringify(unknown)}`);
    const { value, report } = JSON.parse(await verifying(() => QUESTIONS[question](values, limits, question)));
    if (report) throw new FedVerifyError(report);
    return value;
  } catch (failure) {
    throw withoutReport(failure);
  }
}

/** A question about two inputs of one form. */
function ofTwo(kind, name) {
  return async (values, limits, question) => {
    const contents = [];
    for (const value of values) contents.push(await read(kind, name, value, limits));
    const given = checkLimits(kind, limits);
    return use(kind, (bindings) => {
      const [a, b] = contents.map((content) => toInput(bindings, name, content));
      return bindings.ask(question, a, b, limitsOf(bindings, given));
    });
  };
}

/** Reads what is asked about, with the limit of the input that has its form. */
async function read(kind, name, value, limits) {
  const [input] = checkRequest(kind, { limits }, { [name]: value }).inputs;
  // A first visit has no pin; a question about none makes no sense.
  if (input === undefined || input.value === null) throw misuse(kind, `expected a ${name}, found ${value}`);
  return readAll(input.value, input.limit ?? Infinity);
}

/** Verifies the log of an identity again: nothing rests on the object. */
const verifiedAgain = (evidence) => begin(logOf(evidence), { log: evidence.log });

const logOf = ({ did, log, limits }) => checkRequest(KIND, { limits }, { did, log });
