/** The whole corpus in Node: inputs as bytes, and as streams of files. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import * as api from '../../js/dist/fedverify.js';
import { WHY_SKIPPED, casesOf, differences, reportOf, requestOf } from './corpus.mjs';
import { ROOT, manifest, streamed, whole } from './files.mjs';

const { cases, skipped } = casesOf(manifest);
const schema = JSON.parse(await readFile(new URL('schema/report.v1.json', ROOT)));
const isReport = new Ajv({ allowUnionTypes: true }).compile(schema);

for (const [form, file] of Object.entries({ bytes: whole, streams: streamed })) {
  test(`every case gives its verdict, its code and its facts (inputs as ${form})`, async (t) => {
    const found = [];
    for (const expected of cases) {
      const { call, request } = await requestOf(expected, file);
      const report = await reportOf(api, call, request);
      found.push(...differences(expected, report));
      if (!isReport(report)) found.push(`${expected.name}: ${JSON.stringify(isReport.errors)}`);
    }
    assert.deepEqual(found, []);
    t.diagnostic(`${cases.length} cases agree; skipped ${skipped} ${WHY_SKIPPED}`);
  });
}
