/**
 * The functions of `fedverify`, carried out by a Web Worker, so that a page stays responsive whatever it verifies. For
 * browsers and Deno; Node has no Web Workers.
 *
 * `PackageHasher` is in `fedverify` alone: it hashes where it is called. The functions here take its digests too.
 *
 * Worker and module are found beside this file. Where a bundler moves them, call {@link init}.
 */
import type * as direct from './fedverify.js';

export type * from './fedverify.js';

export declare const init: typeof direct.init;
export declare const verify: typeof direct.verify;
export declare const verifyLog: typeof direct.verifyLog;
export declare const verifyWebDocument: typeof direct.verifyWebDocument;
export declare const webDocumentUrl: typeof direct.webDocumentUrl;
export declare const verifyMetadata: typeof direct.verifyMetadata;
export declare const verifyPackage: typeof direct.verifyPackage;
export declare const confirmAlias: typeof direct.confirmAlias;
export declare const verifyPfnPlugin: typeof direct.verifyPfnPlugin;
export declare const verifyPfnChallenge: typeof direct.verifyPfnChallenge;
export declare const checkPfnChallenge: typeof direct.checkPfnChallenge;
export declare const checkPfnArchiveSignature: typeof direct.checkPfnArchiveSignature;
export declare const readFederationInfo: typeof direct.readFederationInfo;
export declare const readAuthorData: typeof direct.readAuthorData;
export declare const assetUrl: typeof direct.assetUrl;
export declare const readKey: typeof direct.readKey;
export declare const newest: typeof direct.newest;
export declare const Pin: typeof direct.Pin;
export type Pin = direct.Pin;
export declare const Version: typeof direct.Version;

/** Ends the worker. Calls that are under way throw an `AbortError`; the next call starts another worker. */
export declare function terminate(): void;
