/** The browser's side of the tests: the corpus through either API. Called by `browser.test.mjs`. */
import * as direct from '../../js/dist/fedverify.js';
import * as worker from '../../js/dist/worker.js';
import { casesOf, differences, reportOf, requestsOf } from './corpus.mjs';
import { directoryCasesOf, directoryDifference } from './directories.mjs';

const apis = { direct, worker };
const CORPUS = new URL('../../../tests/corpus/', import.meta.url);

const failing = (name) => new ReadableStream({ pull() { throw new DOMException(`the test says ${name}`, name); } });

/** A file as bytes, as a Blob or as a stream; one that is not there fails as a File of the browser does. */
const file = (form) => async (_, path) => {
  const response = await fetch(new URL(path, CORPUS));
  if (response.status === 404) return failing('NotFoundError');
  if (!response.ok) return failing('NotReadableError');
  if (form === 'stream') return response.body;
  return form === 'blob' ? response.blob() : new Uint8Array(await response.arrayBuffer());
};

/** Runs the corpus; gives the number of cases, and what they differ in. */
async function corpus(name, form) {
  const { cases } = casesOf(await (await fetch(new URL('manifest.json', CORPUS))).json());
  const found = [];
  for (const expected of cases) {
    for (const { call, request } of await requestsOf(expected, file(form))) {
      const report = await reportOf(apis[name], call, request);
      found.push(...differences(expected, report).map((difference) => `${call}: ${difference}`));
    }
  }
  return { count: cases.length, found };
}

/** The same of the cases of several directories. */
async function directories(name, form) {
  const cases = directoryCasesOf(await (await fetch(new URL('directories.json', CORPUS))).json());
  const read = (path) => file(form)(null, path);
  const found = [];
  for (const expected of cases) found.push(...await directoryDifference(apis[name], expected, read));
  return found;
}

Object.assign(window, { apis, corpus, directories });
