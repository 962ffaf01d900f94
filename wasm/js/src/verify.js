/** The verifications. Each checks its request, reads the inputs, and leaves the judging to the wasm module. */
import { answer, init, use } from './instance.js';
import { Identity } from './identity.js';
import { callback, checkMembers, limit, misuse, options, seconds, signal, text } from './request.js';
import { checkBytes, document, failureOf, pieces, readDocument, sizeOf } from './source.js';

/** What a request about a log may say. */
const LOG_OPTIONS = ['pin', 'now', 'limits', 'signal'];

/** Verifies a log, and gives what it proves. */
export async function verifyLog(request) {
  const { said, log } = await provenLog(request);
  return new Identity(said, { ...request, log }, verifyPackage);
}

/** The answer on a log, and the log's bytes, which a stream gives only once. */
export async function provenLog(request) {
  const kind = 'plc-log';
  await init();
  checkMembers(kind, request, ['did', 'log'], LOG_OPTIONS);
  const did = text(kind, 'did', request.did);
  const settings = options(kind, request.limits);
  const stop = signal(kind, request.signal);
  const log = await readDocument(kind, 'log', request.log, limit(kind, settings, 'logBytes'), stop);
  await remember(kind, settings, request, stop);
  const said = answer(kind, ({ verifyLog }) => verifyLog(did, document(kind, 'log', log), settings));
  return { said, log };
}

/** Verifies a FAIR package down to its bytes. */
export async function verifyPackage(request) {
  const kind = 'fair-package';
  await init();
  const choices = ['release', 'artifactUrl', 'noDowngrade', 'onProgress', 'onRelease'];
  checkMembers(kind, request, ['did', 'log', 'metadata', 'package'], [...choices, ...LOG_OPTIONS]);
  const did = text(kind, 'did', request.did);
  const onRelease = callback(kind, 'onRelease', request.onRelease);
  const onProgress = callback(kind, 'onProgress', request.onProgress);
  const stop = signal(kind, request.signal);
  checkBytes(kind, 'package', request.package);
  const settings = options(kind, request.limits);
  choose(kind, settings, request);
  const log = await readDocument(kind, 'log', request.log, limit(kind, settings, 'logBytes'), stop);
  const metadata =
    await readDocument(kind, 'metadata', request.metadata, limit(kind, settings, 'metadataBytes'), stop);
  await remember(kind, settings, request, stop);
  const check = use(kind, ({ PackageCheck }) =>
    new PackageCheck(did, document(kind, 'log', log), document(kind, 'metadata', metadata), settings));
  return freeing(kind, check, async () => {
    refuse(kind, check);
    onRelease(answer(kind, () => check.release()).report);
    const failure = await feed(kind, check, request.package, onProgress, stop);
    return answer(kind, () =>
      failure ? check.unreadable(failure.missing, failure.reason) : check.finish()).report;
  });
}

/** Verifies a plugin record of the Plugin Federation Network, and its archive where one is given. */
export async function verifyPfnPlugin(request) {
  const kind = 'pfn-plugin';
  await init();
  const extras = ['signature', 'archive', 'archiveSignature', 'limits', 'signal', 'onProgress'];
  checkMembers(kind, request, ['key', 'plugin'], extras);
  const onProgress = callback(kind, 'onProgress', request.onProgress);
  const stop = signal(kind, request.signal);
  const signature = text(kind, 'signature', request.signature);
  const archiveSignature = text(kind, 'archiveSignature', request.archiveSignature);
  if (request.archive !== undefined) checkBytes(kind, 'archive', request.archive);
  else if (archiveSignature !== undefined) throw misuse(kind, 'archiveSignature is given without an archive');
  const settings = options(kind, request.limits);
  const max = limit(kind, settings, 'recordBytes');
  const key = await readDocument(kind, 'key', request.key, max, stop);
  const plugin = await readDocument(kind, 'plugin', request.plugin, max, stop);
  const check = use(kind, ({ PluginCheck }) =>
    new PluginCheck(document(kind, 'key', key), document(kind, 'plugin', plugin), signature, settings));
  return freeing(kind, check, async () => {
    refuse(kind, check);
    if (request.archive === undefined) return answer(kind, () => check.finishWithoutArchive()).report;
    const failure = await feed(kind, check, request.archive, onProgress, stop);
    return answer(kind, () =>
      failure
        ? check.unreadable(failure.missing, failure.reason)
        : check.finishWithArchive(archiveSignature)).report;
  });
}

/** Verifies the answer to an ownership challenge of the Plugin Federation Network. */
export async function verifyPfnChallenge(request) {
  const kind = 'pfn-challenge';
  await init();
  checkMembers(kind, request, ['key', 'challenge', 'signature'], ['limits', 'signal']);
  const challenge = text(kind, 'challenge', request.challenge);
  const signature = text(kind, 'signature', request.signature);
  const stop = signal(kind, request.signal);
  const settings = options(kind, request.limits);
  const key = await readDocument(kind, 'key', request.key, limit(kind, settings, 'recordBytes'), stop);
  return answer(kind, ({ verifyChallenge }) =>
    verifyChallenge(document(kind, 'key', key), challenge, signature, settings)).report;
}

/** Reads a public key that can verify signatures. */
export async function readKey(request) {
  const kind = 'key';
  await init();
  checkMembers(kind, request, ['key'], ['limits', 'signal']);
  const settings = options(kind, request.limits);
  const stop = signal(kind, request.signal);
  const key = await readDocument(kind, 'key', request.key, limit(kind, settings, 'recordBytes'), stop);
  return answer(kind, ({ readKey }) => readKey(document(kind, 'key', key), settings)).report;
}

/** Says which release and artifact are meant. */
function choose(kind, settings, request) {
  const release = text(kind, 'release', request.release);
  const artifactUrl = text(kind, 'artifactUrl', request.artifactUrl);
  const { noDowngrade = false } = request;
  if (typeof noDowngrade !== 'boolean') throw misuse(kind, 'noDowngrade must be true or false');
  // Without a memory nothing could be refused, and the caller would never know.
  if (noDowngrade && request.pin === undefined) {
    throw misuse(kind, 'noDowngrade needs a pin, or null as the pin of a first visit');
  }
  use(kind, () => settings.choose(release, artifactUrl, noDowngrade));
}

/** Hands over the pin of the last visit, where there is to be a memory. */
async function remember(kind, settings, { pin, now }, stop) {
  if (pin === undefined) {
    if (now !== undefined) throw misuse(kind, 'now is given without a pin, which alone needs a clock');
    return;
  }
  const time = seconds(kind, now);
  if (pin === null) return use(kind, () => settings.remember(time, undefined));
  // A pin is an object in a report, and a text or a file wherever it is kept.
  const isKept = typeof pin !== 'object' || 'byteLength' in pin || 'arrayBuffer' in pin || 'getReader' in pin;
  const source = isKept ? pin : JSON.stringify(pin);
  const content = await readDocument(kind, 'pin', source, limit(kind, settings, 'pinBytes'), stop);
  use(kind, () => settings.remember(time, document(kind, 'pin', content)));
}

/** Throws what is refused before any byte of a package is read. */
function refuse(kind, check) {
  const refusal = use(kind, () => check.refusal());
  if (refusal !== undefined) answer(kind, () => refusal);
}

/** Feeds a package to its check. Gives `{ missing, reason }` where it could not be read to its end. */
async function feed(kind, check, source, onProgress, stop) {
  const total = sizeOf(source);
  let done = 0;
  const iterator = pieces(source, stop);
  try {
    for (;;) {
      let next;
      try {
        next = await iterator.next();
      } catch (error) {
        stop?.throwIfAborted();
        return failureOf(error);
      }
      if (next.done || !use(kind, () => check.update(next.value))) return undefined;
      done += next.value.length;
      onProgress(done, total);
    }
  } finally {
    // Lets go of the source where not all of it was wanted.
    await iterator.return();
  }
}

/** Frees a check that was left before its end; its end frees it otherwise. */
async function freeing(kind, check, work) {
  try {
    return await work();
  } catch (error) {
    try {
      check.free();
    } catch {
      // It was used up, or is of an instance that is gone.
    }
    throw error;
  }
}
