/** What a verification takes where its caller says nothing. */

/** The members of a request that are its own: what some other code put into every object is no request. */
export const owned = (request) => ({ __proto__: null, ...request });

/**
 * Whether it is an object with members of its own. What a Map or a promise holds is none of them, so options in one would count
 * for nothing.
 */
export const isPlain = (value) => ({}).toString.call(value) === '[object Object]';

/** The request with the present time as the verifier's clock, where it gives none. */
export function withClock(request) {
  // Its check names what it is.
  if (!isPlain(request)) return request;
  const own = owned(request);
  if (own.now === undefined) own.now = new Date();
  return own;
}

/**
 * The request with the clock, and with the pin of an earlier visit where it refuses downgrades and says nothing of a memory. What it
 * is compared with is then what was seen there.
 *
 * @param pin of that visit; undefined where it has none
 */
export function withMemory(request, pin) {
  const own = withClock(request);
  const isOpen = own.noDowngrade === true && !Object.hasOwn(own, 'pin') && own.remember === undefined;
  if (isOpen && pin !== undefined) own.pin = pin;
  return own;
}

/**
 * Some members of an earlier request. The bytes that were read take the place of what they were read from: a stream is at its end, and
 * the caller may use theirs for something else by now.
 */
export function takenOver(names, request, read) {
  const own = owned(request);
  const given = names.filter((name) => own[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, read[name] ?? own[name]]));
}

/** What is taken over of the memory of an identity. */
export const MEMORY = ['pin', 'remember', 'now', 'limits'];
