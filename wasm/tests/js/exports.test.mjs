/** What the modules export is what their types declare: names, constants and their values. In Node. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import * as api from '../../js/dist/fedverify.js';
import * as worker from '../../js/dist/worker.js';
import { DIST } from './files.mjs';

const types = async (name) => readFile(new URL(`${name}.d.ts`, DIST), 'utf8');

/** The names of the values that a module's types declare. */
async function declaredBy(name) {
  const text = await types(name);
  const own = [...text.matchAll(/^export (?:declare )?(?:const|function|class) (\w+)/gm)].map(([, value]) => value);
  const others = [...text.matchAll(/^export \{ (.+) \} from/gm)].flatMap(([, values]) => values.split(', '));
  // An overloaded function is declared several times.
  return [...new Set([...own, ...others])].sort();
}

test('each module exports what its types declare, and nothing else', async () => {
  for (const [name, module] of Object.entries({ fedverify: api, worker })) {
    const declared = await declaredBy(name);
    assert.deepEqual(Object.keys(module).sort(), declared, name);
    assert(declared.includes('verifyPackage') && declared.length > 15, name);
  }
});

test('constants have the names and values that their types declare', async () => {
  const declared = {};
  for (const [, name, members] of (await types('codes')).matchAll(/^export declare const (\w+): \{\n(.+?)^\};/gms)) {
    declared[name] = Object.fromEntries([...members.matchAll(/^ {2}readonly (\w+): '(.+)';$/gm)].map(([, ...member]) => member));
  }
  const { CheckName, ErrorCode, Kind, LimitName, WarningCode } = api;
  const exported = { CheckName, ErrorCode, Kind, LimitName, WarningCode };
  assert.deepEqual(exported, declared);
  for (const constants of Object.values(exported)) assert(Object.isFrozen(constants) && Object.keys(constants).length > 10);
});

test('limits have names, meanings, and defaults that hold', async () => {
  const { LimitName, defaultLimits, limitMeanings } = api;
  for (const told of [defaultLimits, limitMeanings]) assert.deepEqual([Object.keys(told), Object.isFrozen(told)], [Object.values(LimitName), true]);
  assert.equal(limitMeanings.packageBytes, 'Bytes of a package or an archive.');
  // Those that their types say.
  const [, declared] = (await types('codes')).match(/^export interface Limits \{\n(.+?)^\}/ms);
  const said = [...declared.matchAll(/^ {2}\/\*\* (.+) Default: .+ \*\/\n {2}readonly (\w+)\?: number;$/gm)];
  assert.deepEqual(limitMeanings, Object.fromEntries(said.map(([, meaning, name]) => [name, meaning])));
  const nested = (depth, limits) =>
    api.readFederationInfo({ document: '['.repeat(depth) + ']'.repeat(depth), limits }).catch((error) => error);
  const { jsonDepth } = defaultLimits;
  const refused = await nested(jsonDepth + 1);
  assert.equal(refused.limit, LimitName.JsonDepth);
  assert.match(refused.message, new RegExp(`deeper than ${jsonDepth}, the limit jsonDepth`));
  assert.equal((await nested(jsonDepth)).limit, undefined);
  assert.equal((await nested(jsonDepth + 1, { ...defaultLimits, jsonDepth: jsonDepth + 1 })).limit, undefined);
});
