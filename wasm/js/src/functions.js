/** The functions that people call. Each is one kind of verification; how it is carried out, and where, is handed in. */
import { owned, withClock } from './defaults.js';
import { Identity } from './identity.js';
import { Release } from './release.js';

/** @param carryOut carries out a verification of any kind, as in `verification.js` */
export function makeFunctions(carryOut) {
  const report = async (kind, request) => (await carryOut(kind, request)).report;
  return {
    /** Every kind, with its inputs by name and nothing else: the other functions rest on this. */
    async verify(request) {
      if (request === null || typeof request !== 'object') return report('', request);
      const { kind, ...inputs } = owned(request);
      // Whatever else it is, it must not be asked for a string: that could fail.
      return report(typeof kind === 'string' ? kind : typeof kind, inputs);
    },

    async verifyLog(request) {
      return new Identity(await carryOut('plc-log', withClock(request), { history: true }), request, carryOut);
    },

    async verifyMetadata(request) {
      return new Release(await carryOut('fair-metadata', withClock(request)), request, carryOut);
    },

    verifyWebDocument: async (request) => report('web-document', withClock(request)),
    verifyPackage: async (request) => report('fair-package', withClock(request)),
    confirmAlias: async (request) => report('fair-alias', withClock(request)),
    verifyPfnPlugin: (request) => report('pfn-plugin', request),
    verifyPfnChallenge: (request) => report('pfn-challenge', request),
    readFederationInfo: (request) => report('pfn-federation-info', request),
    readAuthorData: (request) => report('pfn-author-data', request),
    assetUrl: (request) => report('pfn-asset-url', request),
    readKey: (request) => report('key', request),
  };
}
