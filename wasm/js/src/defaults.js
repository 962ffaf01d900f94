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
 * The request with a memory, too, where it says nothing of one: a did:plc can always be remembered.
 *
 * @param fixed inputs that are given already
 */
export function withMemory(request, fixed) {
  const own = withClock(request);
  if (!isPlain(own)) return own;
  const { did, pin, remember, noDowngrade } = owned({ ...own, ...fixed });
  // Without a pin, noDowngrade would refuse nothing: such a call is wrong, and stays so.
  const isOpen = pin === undefined && remember === undefined && noDowngrade !== true;
  if (isOpen && typeof did === 'string' && did.startsWith('did:plc:')) own.remember = true;
  return own;
}

/**
 * Some members of an earlier request. A stream was read by it, so the bytes take its place: a copy, because the caller may use
 * theirs for something else by now.
 */
export function takenOver(names, request, read) {
  const own = owned(request);
  const given = names.filter((name) => own[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, read[name]?.slice() ?? own[name]]));
}

/** What is taken over of the memory of an identity. */
export const MEMORY = ['pin', 'remember', 'now', 'limits'];
