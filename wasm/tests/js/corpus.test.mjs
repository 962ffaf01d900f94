/** The whole corpus in Node: inputs as bytes, as streams of files, and fetched when they are wanted. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import * as api from '../../js/dist/fedverify.js';
import { casesOf, differences, reportOf, requestsOf } from './corpus.mjs';
import { ROOT, manifest, streamed, whole } from './files.mjs';

const { cases, skipped } = casesOf(manifest);
const schema = JSON.parse(await readFile(new URL('schema/report.v1.json', ROOT)));
const isReport = new Ajv({ allowUnionTypes: true }).compile(schema);

/** The forms in which an input of a path is given. */
const FORMS = {
  bytes: (_, path) => whole(path),
  streams: (_, path) => streamed(path),
  functions: (name, path) => (['metadata', 'package'].includes(name) ? () => whole(path) : whole(path)),
};

for (const [form, file] of Object.entries(FORMS)) {
  test(`every case gives its verdict, its code and its facts (inputs as ${form})`, async (t) => {
    const found = [];
    let calls = 0;
    for (const expected of cases) {
      for (const { call, request } of await requestsOf(expected, file)) {
        if (form === 'functions' && request.txt !== undefined) request.txt = ((txt) => async () => txt)(request.txt);
        const report = await reportOf(api, call, request);
        calls += 1;
        found.push(...differences(expected, report).map((difference) => `${call}: ${difference}`));
        if (!isReport(report)) found.push(`${call}: ${expected.name}: ${JSON.stringify(isReport.errors)}`);
      }
    }
    assert.deepEqual(found, []);
    t.diagnostic(`${cases.length} cases agree, in ${calls} calls; ${skipped}`);
  });
}
