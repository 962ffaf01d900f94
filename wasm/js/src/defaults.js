/** What a verification takes where its caller says nothing. */

/** The request with the present time as the verifier's clock, where it gives none. */
export function withClock(request) {
  const isObject = request !== null && typeof request === 'object';
  return isObject && request.now === undefined ? { ...request, now: new Date() } : request;
}

/** Some members of an earlier request. A stream was read by it, so the bytes take its place. */
export function takenOver(names, request, read) {
  const given = names.filter((name) => request[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, read[name] ?? request[name]]));
}

/** What is taken over of the memory of an identity. */
export const MEMORY = ['pin', 'remember', 'now', 'limits'];
