/**
 * A verifier for federation nodes that run on Workers: JSON in, report out.
 *
 *     POST /verify-log        { "did", "log", "pin"? }
 *     POST /verify-plugin     { "key", "plugin", "signature"? }
 *     POST /verify-challenge  { "key", "challenge", "signature" }
 *
 * `log`, `plugin` and `key` are strings, as they were served: `plugin` is the JSON of the record in a string. What was judged
 * is answered with 200 and the report, whether it is verified or rejected: read `verdict`, and keep the report's `pin` either way.
 * Everything else is answered with 4xx or 5xx and `{ "error": { "code", "message" } }`.
 */
import { FedVerifyError, init, verify } from 'fedverify';
import wasm from 'fedverify/fedverify.wasm';

const KIB = 1024;

/** What each path verifies, from which members, with what beside them, and how large a body it reads. */
const ROUTES = {
  '/verify-log': {
    kind: 'plc-log',
    members: ['did', 'log', 'pin'],
    // A log of 1 MiB, escaped; over a hundred times the usual. Raise both for identities with a longer history.
    maxBytes: 2048 * KIB,
    extras: () => ({ now: new Date(), limits: { logBytes: 1024 * KIB, logOperations: 1000 } }),
  },
  '/verify-plugin': { kind: 'pfn-plugin', members: ['key', 'plugin', 'signature'], maxBytes: 512 * KIB },
  '/verify-challenge': { kind: 'pfn-challenge', members: ['key', 'challenge', 'signature'], maxBytes: 64 * KIB },
};

/** An answer other than a report. */
class Refusal extends Error {
  constructor(status, code, message, headers = {}) {
    super(message);
    Object.assign(this, { status, code, headers });
  }
}

export default {
  async fetch(request) {
    try {
      return answer(200, await reportOn(request));
    } catch (error) {
      if (error instanceof Refusal) {
        return answer(error.status, { error: { code: error.code, message: error.message } }, error.headers);
      }
      console.error(error);
      return answer(500, { error: { code: 'internal', message: 'the verifier failed; nothing was judged' } });
    }
  },
};

async function reportOn(request) {
  const { kind, members, maxBytes, extras = () => ({}) } = routeOf(request);
  const inputs = checkMembers(await readJson(request, maxBytes), members);
  await init(wasm);
  try {
    return await verify({ kind, ...inputs, ...extras() });
  } catch (error) {
    if (!(error instanceof FedVerifyError)) throw error;
    if (error.code === 'api.argument') throw new Refusal(400, error.code, error.message);
    if (error.verdict !== 'rejected') throw error;
    return error.report;
  }
}

function routeOf(request) {
  const { pathname } = new URL(request.url);
  if (!Object.hasOwn(ROUTES, pathname)) {
    throw new Refusal(404, 'request.path', `expected one of ${Object.keys(ROUTES).join(', ')}`);
  }
  if (request.method !== 'POST') {
    throw new Refusal(405, 'request.method', `expected POST, found ${request.method}`, { allow: 'POST' });
  }
  const type = request.headers.get('content-type')?.split(';')[0].trim().toLowerCase();
  if (type !== 'application/json') {
    throw new Refusal(415, 'request.type', 'expected the content-type application/json');
  }
  return ROUTES[pathname];
}

/** Reads the body, and no more of it than is allowed, whatever length it claims. */
async function readJson(request, maxBytes) {
  const tooLarge = () => new Refusal(413, 'request.size', `the body has more than ${maxBytes} bytes, the limit`);
  if (Number(request.headers.get('content-length')) > maxBytes) throw tooLarge();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let size = 0;
  let text = '';
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength;
      if (size > maxBytes) throw tooLarge();
      text += decoder.decode(chunk, { stream: true });
    }
    return JSON.parse(text + decoder.decode());
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(400, 'request.json', 'the body is not one JSON document in UTF-8');
  }
}

/** The members of the body: strings, and none that the path does not take. The verifier reports what is missing. */
function checkMembers(body, names) {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw new Refusal(400, 'request.members', `expected an object with ${names.join(', ')}`);
  }
  for (const [name, value] of Object.entries(body)) {
    if (!names.includes(name)) {
      throw new Refusal(400, 'request.members', `expected ${names.join(', ')}; found ${JSON.stringify(name)}`);
    }
    const isPin = name === 'pin' && typeof value === 'object';
    if (typeof value !== 'string' && !isPin) throw new Refusal(400, 'request.members', `expected a string as ${name}`);
  }
  return body;
}

function answer(status, body, headers = {}) {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...headers,
    },
  });
}
