/**
 * What is asked beside verifications: about pins, versions, challenges, archives' signatures, and what directories serve. The wasm
 * module answers.
 */
import { FedVerifyError, withoutReport } from './error.js';
import { init, misuse, use, verifying } from './instance.js';
import { checkBytes, checkLimits, checkOptions, checkRequest, checkString, limitsOf } from './request.js';
import { readAll } from './source.js';
import { begin, inputNamed, toInput } from './verification.js';

/** The kind whose words wrong calls are refused in. */
const KIND = 'plc-log';

/** The questions by name: each gives the JSON of an outcome. What is asked about has the form of an input of some kind. */
const QUESTIONS = {
  readPin: about('plc-log', 'pin'),
  comparePins: about('plc-log', 'pin', 'pin'),
  mergePins: about('plc-log', 'pin', 'pin'),
  compareVersions: about('fair-metadata', 'release', 'release'),
  numberOfVersion: about('fair-metadata', 'release'),
  checkChallenge: about('pfn-challenge', 'challenge'),
  webDocumentUrl: about('web-document', 'did'),

  async checkArchiveSignature([key, sha384, signature], limits, question) {
    // No verification takes a digest, so it is handed over as another string.
    checkString(KIND, 'sha384', sha384);
    return about('pfn-plugin', 'key', 'signature', 'signature')([key, sha384, signature], limits, question);
  },

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
export async function ask(question, values, options) {
  await init();
  try {
    const limits = checkOptions(KIND, options);
    const { value, report } = JSON.parse(await verifying(() => QUESTIONS[question](values, limits, question)));
    if (report) throw new FedVerifyError(report);
    return value;
  } catch (failure) {
    throw withoutReport(failure);
  }
}

/** A question about what has the form of these inputs. */
function about(kind, ...names) {
  return async (values, limits, question) => {
    const contents = [];
    for (const [at, name] of names.entries()) contents.push(await read(kind, name, values[at], limits));
    const given = checkLimits(kind, limits);
    return use(kind, (bindings) => {
      const inputs = contents.map((content, at) => toInput(bindings, names[at], content));
      return bindings.ask(question, limitsOf(bindings, given), ...inputs);
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
