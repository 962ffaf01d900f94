/** Nothing counts as stopped that was not: see tally.mjs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Tally } from './tally.mjs';

const ONE = { attack: 1, honest: 0 };
const counts = (tally, all = ONE) => tally.table('a site', all).split('\n')[2].slice(36).trim().split(/\s+/).map(Number);
const MISSED = [0, 1, 0, 0];

test('an attack is stopped, an honest operation works', async () => {
  const tally = new Tally();
  await tally.attack('a', async (is) => is.equal(1, 1));
  await tally.attack('b', async (is) => { await is.rejects(Promise.reject(new Error('no'))); });
  await tally.honest('a', async (is) => is.ok(true));
  const all = { attack: 2, honest: 1 };
  assert.deepEqual(counts(tally, all), [2, 0, 1, 0]);
  tally.finish('a site', all);
  assert.throws(() => tally.finish('a site', { attack: 3, honest: 1 }), /as many as there are/, 'one did not begin');
  assert.throws(() => tally.finish('a site', { attack: 2, honest: 0 }), /as many as there are/, 'one that was not told');
});

test('the table is that of the runner', async () => {
  const tally = new Tally();
  await tally.attack('a', async (is) => is.equal(1, 1));
  assert.equal(tally.table('browser, client 1.3', { attack: 12, honest: 3 }), [
    '                                      attacks             honest         ',
    '                                      stopped  missed    working  failing',
    'browser, client 1.3                         1      11          0        3',
  ].join('\n'));
});

for (const [what, run] of Object.entries({
  'an assertion that fails': async (is) => is.equal(1, 2),
  'one that fails after one that held': async (is) => { is.ok(true); is.ok(false); },
  'one that is not reached': async (is) => { if (is.ok) throw new Error('before'); is.ok(true); },
  'none at all': async () => {},
  'none, because there was nothing to go through': async (is) => { for (const one of []) is.ok(one); },
  'one that fails and is caught': async (is) => { is.ok(true); try { is.equal(1, 2); } catch { /* whoever plays it goes on */ } },
  'one that nobody waited for, after one that held': async (is) => { is.ok(true); is.rejects(new Promise(() => {})); },
  'one that nobody waited for': async (is) => { is.rejects(Promise.reject(new Error('no'))); },
})) {
  test(`missed: ${what}`, async () => {
    const tally = new Tally();
    await assert.rejects(tally.attack('the attack', run), /the attack: /);
    assert.deepEqual(counts(tally), MISSED);
    assert.throws(() => tally.finish('a site', ONE), /that were missed or failed/);
  });
}

test('missed: what must hold afterwards does not', async () => {
  const tally = new Tally(async (is) => is.ok(false, 'it is there'));
  await assert.rejects(tally.attack('a', async (is) => is.ok(true)), /a: it is there/);
  assert.deepEqual(counts(tally), MISSED);
});

test('missed: still running when the table is made, or never begun', async () => {
  const tally = new Tally();
  let end;
  const running = tally.attack('a', (is) => new Promise((resolve) => { end = () => { is.ok(true); resolve(); }; }));
  assert.deepEqual(counts(tally), MISSED);
  assert.throws(() => tally.finish('a site', ONE), /that were missed or failed/);
  end();
  await running;
  assert.deepEqual(counts(tally), [1, 0, 0, 0]);
  assert.deepEqual(counts(new Tally()), MISSED);
});

test('the same name twice would hide one of them', async () => {
  const tally = new Tally();
  await tally.attack('a', async (is) => is.ok(true));
  await assert.rejects(tally.attack('a', async (is) => is.ok(true)), /two of one name/);
});
