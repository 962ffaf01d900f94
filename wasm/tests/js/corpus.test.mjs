/**
 * The whole corpus in Node: inputs as bytes, as streams of files, and fetched when they are wanted. The first without WebCrypto,
 * so that the module checks every signature itself: whoever checks, the reports must be the same.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import * as api from '../../js/dist/fedverify.js';
import { casesOf, differences, reportOf, requestsOf } from './corpus.mjs';
import { directoryCasesOf, directoryDifference } from './directories.mjs';
import { ROOT, directories, manifest, streamed, whole } from './files.mjs';

const { cases, skipped } = casesOf(manifest);
const schema = JSON.parse(await readFile(new URL('schema/report.v1.json', ROOT)));
const isReport = new Ajv({ allowUnionTypes: true }).compile(schema);

/** The forms in which an input of a path is given. */
const FORMS = {
  bytes: (_, path) => whole(path),
  streams: (_, path) => streamed(path),
  functions: (name, path) => (['metadata', 'package'].includes(name) ? () => whole(path) : whole(path)),
};

/** The reports of the first form, by case and call. */
const alone = new Map();

for (const [form, file] of Object.entries(FORMS)) {
  test(`every case gives its verdict, its code and its facts (inputs as ${form})`, async (t) => {
    const found = [];
    let calls = 0;
    if (form === 'bytes') t.mock.getter(globalThis, 'crypto', () => undefined);
    for (const expected of cases) {
      for (const { call, request } of await requestsOf(expected, file)) {
        if (form === 'functions' && request.txt !== undefined) request.txt = ((txt) => async () => txt)(request.txt);
        const report = await reportOf(api, call, request);
        calls += 1;
        const place = `${call}: ${expected.name}`;
        if (form === 'bytes') alone.set(place, JSON.stringify(report));
        else if (alone.get(place) !== JSON.stringify(report)) found.push(`${place}: WebCrypto makes another report of it`);
        found.push(...differences(expected, report).map((difference) => `${call}: ${difference}`));
        if (!isReport(report)) found.push(`${place}: ${JSON.stringify(isReport.errors)}`);
      }
    }
    assert.deepEqual(found, []);
    t.diagnostic(`${cases.length} cases agree, in ${calls} calls; ${skipped}`);
  });
}

test('every case of several directories has its newest log, and every document differs or not', async () => {
  const found = [];
  for (const expected of directoryCasesOf(directories)) found.push(...await directoryDifference(api, expected, whole));
  assert.deepEqual(found, []);
});
