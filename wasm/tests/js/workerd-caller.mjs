/** A Worker for the tests: carries out any call whose inputs are given, and says what came of it. */
import * as api from 'fedverify';
import wasm from 'fedverify/fedverify.wasm';
import { reportOf } from 'corpus.mjs';

const bytesOf = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** An input as it was sent: bytes, or a stream that fails. */
function inputOf({ base64, failure }) {
  if (base64 !== undefined) return bytesOf(base64);
  return new ReadableStream({ pull() { throw Object.assign(new Error(failure.message), failure); } });
}

export default {
  async fetch(request) {
    if (request.method !== 'POST') return new Response('ready');
    const { call, request: members, inputs, now } = await request.json();
    await api.init(wasm);
    const whole = { ...members };
    for (const [name, input] of Object.entries(inputs)) whole[name] = inputOf(input);
    if (now !== undefined) whole.now = new Date(now);
    return Response.json(await reportOf(api, call, whole));
  },
};
