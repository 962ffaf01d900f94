/** The whole corpus in Node: inputs as bytes, and as streams of files. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as api from '../../js/dist/fedverify.js';
import { WHY_SKIPPED, casesOf, differences, reportOf, requestOf } from './corpus.mjs';
import { manifest, streamed, whole } from './files.mjs';

const { cases, skipped } = casesOf(manifest);

for (const [form, file] of Object.entries({ bytes: whole, streams: streamed })) {
  test(`every case gives its verdict, its code and its facts (inputs as ${form})`, async (t) => {
    const found = [];
    for (const expected of cases) {
      const { call, request } = await requestOf(expected, file);
      found.push(...differences(expected, await reportOf(api, call, request)));
    }
    assert.deepEqual(found, []);
    t.diagnostic(`${cases.length} cases agree; skipped ${skipped} ${WHY_SKIPPED}`);
  });
}
