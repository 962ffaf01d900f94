/**
 * Checks of P-256 signatures by WebCrypto, which is many times as fast as the wasm module.
 *
 * Only `true` counts. After anything else (`false`, an exception, no P-256) the module checks for itself, so that no failure
 * here makes a signature valid, or one invalid that is not. Whoever controls `crypto.subtle` controls the page, this code included.
 */

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** How many operations are checked at once. More would only wait: platforms have about as many threads as processors. */
const AT_ONCE = 16;

/** Whether there is a WebCrypto: not on pages without TLS, and not in Node 18. */
export function hasWebCrypto() {
  try {
    return typeof crypto.subtle.verify === 'function';
  } catch {
    return false;
  }
}

/**
 * The checks that hold: of each operation one at most.
 *
 * Of an operation the key that signed the one before is tried first, as the module does. At the first operation that none of
 * its keys signed the rest is left: its signer has a key of another kind, or the log is refused there.
 *
 * @param checks each with operation, key, message and signature, operation after operation
 */
export async function satisfied(checks) {
  const keys = new Map();
  const found = [];
  let last;
  let isOver = false;

  const holds = async ({ key, message, signature }) => {
    const name = `${key}`;
    if (!keys.has(name)) keys.set(name, crypto.subtle.importKey('raw', key, ALGORITHM, false, ['verify']));
    if ((await crypto.subtle.verify(ALGORITHM, await keys.get(name), signature, message)) !== true) return false;
    last = name;
    return true;
  };

  const checkOperation = async (candidates) => {
    candidates.sort((a, b) => (`${b.key}` === last) - (`${a.key}` === last));
    try {
      for (const candidate of candidates) if (await holds(candidate)) return void found.push(candidate);
    } catch {
      // The module checks it.
    }
    isOver = true;
  };

  const [first, ...others] = byOperation(checks).values();
  // They share it: each takes the next operation.
  const rest = others.values();
  const work = async () => {
    for (const candidates of rest) {
      if (isOver) return;
      await checkOperation(candidates);
    }
  };
  // Alone: it tells which key to try first.
  await checkOperation(first);
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
}

function byOperation(checks) {
  const operations = new Map();
  for (const check of checks) {
    if (!operations.has(check.operation)) operations.set(check.operation, []);
    operations.get(check.operation).push(check);
  }
  return operations;
}
