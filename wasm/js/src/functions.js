/** The functions that people call. Each is one kind of verification; how it is carried out, and where, is handed in. */
import { isPlain, owned, withClock } from './defaults.js';
import { withoutReport } from './error.js';
import { Identity, evidenceOf } from './identity.js';
import { Release } from './release.js';
import { described } from './source.js';

/**
 * @param carryOut carries out a verification of any kind, as in `verification.js`
 * @param ask asks what needs none, as in `questions.js`
 */
export function makeFunctions(carryOut, ask) {
  const report = async (kind, request) => (await carryOut(kind, request)).report;
  /** The report has a pin of a did:plc, whether or not one is asked for. */
  const remembering = (kind, request, fixed = {}) => carryOut(kind, withClock(request), fixed, true);
  return {
    /** Every kind, with its inputs by name and nothing else: the other functions rest on this. */
    async verify(request) {
      const { kind, ...inputs } = isPlain(request) ? owned(request) : { kind: 'key' };
      try {
        // Whatever else a kind is, it must not be asked for a string: that could fail.
        return await report(typeof kind === 'string' ? kind : typeof kind, isPlain(request) ? inputs : request);
      } catch (failure) {
        // The module has reports on no kind but those that there are. A caller may end a call with anything, null too.
        throw isPlain(request) && failure?.report?.kind === kind ? failure : withoutReport(failure);
      }
    },

    async verifyLog(request) {
      return new Identity(await remembering('plc-log', request, { history: true }), request, carryOut, ask);
    },

    async verifyMetadata(request) {
      return new Release(await remembering('fair-metadata', request), request, carryOut);
    },

    verifyWebDocument: async (request) => report('web-document', withClock(request)),
    webDocumentUrl: (did) => ask('webDocumentUrl', [did]),
    verifyPackage: async (request) => (await remembering('fair-package', request)).report,
    confirmAlias: async (request) => (await remembering('fair-alias', request)).report,
    verifyPfnPlugin: (request) => report('pfn-plugin', request),
    verifyPfnChallenge: (request) => report('pfn-challenge', request),
    async checkPfnChallenge(challenge, options) {
      await ask('checkChallenge', [challenge], options);
    },
    async checkPfnArchiveSignature(key, sha384, signature, options) {
      await ask('checkArchiveSignature', [key, sha384, signature], options);
    },
    readFederationInfo: (request) => report('pfn-federation-info', request),
    readAuthorData: (request) => report('pfn-author-data', request),
    assetUrl: (request) => report('pfn-asset-url', request),
    readKey: (request) => report('key', request),

    /** Pins are plain objects; these read them. */
    Pin: Object.freeze({
      parse: async (pin, options) => (await ask('readPin', [pin], options)).pin,
      highestVersion: async (pin, options) => (await ask('readPin', [pin], options)).highestVersion,
      compare: (a, b, options) => ask('comparePins', [a, b], options),
      merge: (a, b, options) => ask('mergePins', [a, b], options),
    }),

    Version: Object.freeze({
      compare: (a, b, options) => ask('compareVersions', [a, b], options),
      number: (version, options) => ask('numberOfVersion', [version], options),
    }),

    async newest(identities) {
      const given = owned(identities);
      const answers = Object.entries(given).map(([url, identity]) => [url, evidenceOf(identity) ?? described(identity)]);
      const { url, warnings } = await ask('newest', isPlain(identities) ? answers : [['', described(identities)]]);
      return { url, identity: given[url], warnings };
    },
  };
}
