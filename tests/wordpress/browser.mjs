/**
 * A site that has nothing to verify with, in Chromium: its administrator's browser verifies, and the server believes none of it that
 * it can check.
 *
 *     node browser.mjs        with FEDVERIFY_TEST_WORDPRESS and FEDVERIFY_TEST_TARGET as tests/wordpress.sh sets them
 *
 * The pictures are in target/wordpress/browser/pictures.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { startSite } from './dashboard.mjs';

let site;
let admin;

before(async () => {
  site = await startSite('browser');
});

after(() => site?.stop());

const held = (page, name) => page.locator('tr', { hasText: name }).filter({ hasText: 'This server cannot verify packages by itself' });
const finished = (page) => page.locator('#fedverify-browser-status').getByText(/Your browser verified identities|All installed identities were checked/).waitFor();

/** What the script of the page has: where to ask, and the nonce. */
const given = (page) => page.evaluate(() => window.fedverifyBrowser);

/** Asks a route as the script does, from the page. */
const ask = (page, route, body, headers) => page.evaluate(async ([name, content, others]) => {
  const { root, nonce } = window.fedverifyBrowser;
  const response = await fetch(root + name, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-WP-Nonce': nonce, ...others },
    body: JSON.stringify(content),
  });
  const text = await response.text();
  let value = text;
  try { value = JSON.parse(text); } catch { /* bytes */ }
  return { status: response.status, value, code: value?.code, headers: Object.fromEntries(response.headers) };
}, [route, body, headers ?? {}]);

/** Verifies in the page what a ticket handed out, and gives the report. */
const reportOf = (page, begun, more = {}) => page.evaluate(async ([{ did, ticket, pin, now }, { archive, pin: newer }]) => {
  const { root, nonce, module } = window.fedverifyBrowser;
  const { verifyLog, verifyPackage } = await import(module);
  const bytes = async (part) => new Uint8Array(await (await fetch(`${root}bytes`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-WP-Nonce': nonce },
    body: JSON.stringify({ ticket, part }),
  })).arrayBuffer());
  const clock = new Date(now * 1000);
  window.logs ??= {};
  try {
    if (!archive) {
      window.logs[ticket] = await bytes('log');
      return (await verifyLog({ did, log: window.logs[ticket], pin, now: clock })).report;
    }
    const rest = { metadata: await bytes('metadata'), package: await bytes('archive'), release: archive.version, artifactUrl: archive.url };
    return await verifyPackage({ did, log: window.logs[ticket], pin: newer, now: clock, ...rest });
  } catch (error) {
    return error.report ?? { thrown: String(error) };
  }
}, [begun, more]);

const send = (page, ticket, part, report, more = {}) => ask(page, 'report', { ticket, part, report: typeof report === 'string' ? report : JSON.stringify(report), ...more });

/** As far as the archive: the ticket, and the browser's report on the archive, which was not sent. */
async function asFarAsArchive(page, slug) {
  const { value: begun } = await ask(page, 'begin', { did: site.dids[slug] });
  const identity = await reportOf(page, begun);
  const { value, status } = await send(page, begun.ticket, 'log', identity, { package: true });
  assert.equal(status, 200, JSON.stringify(value));
  return { begun, archive: value.archive, identity, report: await reportOf(page, begun, { archive: value.archive, pin: identity.pin }) };
}

test('identities are verified while an administrator is there, and newer releases are listed', async () => {
  await site.stage('release', 'hello', '1.1.0');
  await site.stage('release', 'quietly', '1.1.0');
  await site.stage('release', 'weather', '1.1.0');
  await site.stage('forge', 'forms');
  admin = await site.visitor();
  const requests = await site.stage('requests');
  assert.deepEqual(requests.filter(({ path }) => path.includes('did:plc')), [], 'without a browser nothing is fetched');
  await admin.goto(site.ours());
  await finished(admin);
  assert.match(await admin.locator('#fedverify-browser-status').innerText(), /verified identities: 5\. Identities that could not be verified: 1/);
  await site.judge(admin, 'verified-wide');
  await admin.getByRole('link', { name: 'Reload the page' }).click();
  await held(admin, 'Hello of a publisher').waitFor();
  await held(admin, 'Quietly of a publisher').waitFor();
  await site.judge(admin, 'held-wide');
  const identity = await site.stage('identity', 'hello');
  assert.match(identity.document, /FairPackageManagementRepo/);
  assert.match(identity.history, /rotationKeys/);
  assert.match(identity.pin, /fedverify.pin/);
  const forms = await site.stage('identity', 'forms');
  assert.match(forms.refusal, /plc\.signature\.invalid/);
  assert.equal(forms.document, null);
  await site.stage('heal', 'forms');
});

test('"Verify now", "Install now": plugins of a did:plc and a did:web, and a theme, with the keyboard', async () => {
  for (const [slug, name] of [['hello', 'Hello of a publisher'], ['quietly', 'Quietly of a publisher'], ['weather', 'Weather of a publisher']]) {
    await admin.goto(site.ours());
    const row = held(admin, name);
    await row.getByRole('button', { name: 'Verify now' }).focus();
    await admin.keyboard.press('Enter');
    await row.getByText('Version 1.1.0 is verified').waitFor();
    assert.equal(await row.locator('.fedverify-result').getAttribute('role'), 'status');
    await site.judge(admin, `verify-now-${slug}`);
    await row.locator('.fedverify-result').getByRole('link', { name: 'Install now' }).focus();
    await admin.keyboard.press('Enter');
    await admin.waitForURL(/update\.php/);
    await admin.getByText(/updated successfully/i).first().waitFor();
    assert.equal(await site.stage('version', slug), '1.1.0');
    await admin.goto(site.ours());
    assert.equal(await held(admin, name).count(), 0);
  }
  assert.deepEqual(await site.stage('held'), [], 'nothing is held any more');
});

test('an installation: refused, verified in the browser, installed', async () => {
  const did = site.dids.seedling;
  await admin.goto(`${site.address}/wp-admin/plugins.php`);
  const install = () => admin.evaluate(async (slug) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ action: 'install-plugin', slug, _ajax_nonce: window._wpUpdatesSettings.ajax_nonce })) form.set(name, value);
    return (await fetch(window.ajaxurl, { method: 'POST', body: form })).json();
  }, `seedling-${did.replaceAll(':', '--')}`);
  await admin.waitForFunction(() => window._wpUpdatesSettings);
  const refused = await install();
  assert.equal(refused.success, false);
  assert.equal(await site.stage('version', 'seedling'), null);
  await admin.goto(`${site.address}/wp-admin/plugins.php`);
  await site.judge(admin, 'wanted-notice');
  await admin.getByRole('link', { name: 'Verify it' }).click();
  const card = admin.locator('.fedverify-card', { hasText: 'To be installed' });
  await card.getByRole('button', { name: 'Verify now' }).click();
  await card.getByText('Version 1.0.0 is verified').waitFor();
  await site.judge(admin, 'wanted-verified');
  await admin.goto(`${site.address}/wp-admin/plugins.php`);
  const installed = await install();
  assert.equal(installed.success, true, JSON.stringify(installed));
  assert.equal(await site.stage('version', 'seedling'), '1.0.0');
});

test('a poisoned archive, a rolled back log: refused, with code and remedy', async () => {
  await site.stage('release', 'garden', '1.1.0');
  await site.stage('poison', 'garden');
  await admin.goto(site.ours({ package: site.dids.garden }));
  const verifyNow = async () => {
    const button = admin.locator('.fedverify-card').getByRole('button', { name: 'Verify now' });
    await button.click();
    await admin.locator('.fedverify-bad').waitFor();
    return admin.locator('.fedverify-result').innerText();
  };
  assert.match(await verifyNow(), /Refused[\s\S]*fair\.checksum\.mismatch/);
  await site.judge(admin, 'refused-wide');
  assert.deepEqual(await site.stage('held'), []);
  await site.stage('rotate', 'garden');
  const rotated = await asFarAsArchive(admin, 'garden').catch((error) => error);
  assert.ok(rotated);
  await site.stage('rollback', 'garden', 1);
  await admin.reload();
  assert.match(await verifyNow(), /Refused[\s\S]*pin\.rollback/);
  await site.stage('heal', 'garden');
  assert.equal(await site.stage('version', 'garden'), '1.0.0');
  assert.ok(await site.stage('isClean'));
});

test('who may ask', async () => {
  await admin.goto(site.ours());
  const { root, nonce } = await given(admin);
  const did = site.dids.garden;
  const post = (page, route, body, headers = {}) => page.request.post(root + route, { data: body, headers });
  for (const route of ['begin', 'bytes', 'report']) {
    const body = { did, ticket: 'a'.repeat(64), part: 'log', report: '{}' };
    assert.equal((await post(admin, route, body)).status(), 403, `${route} without a nonce`);
    assert.equal((await post(admin, route, body, { 'X-WP-Nonce': 'aaaaaaaaaa' })).status(), 403, `${route} with another nonce`);
    for (const user of ['helper', 'editor']) {
      const other = await site.visitor({ user });
      assert.equal(await other.evaluate(() => typeof window.fedverifyBrowser), 'undefined', user);
      const own = await other.evaluate(async () => (await fetch('/wp-admin/admin-ajax.php?action=rest-nonce')).text());
      assert.equal((await post(other, route, body, { 'X-WP-Nonce': own })).status(), 403, `${route} by a ${user}`);
      assert.equal((await post(other, route, body, { 'X-WP-Nonce': nonce })).status(), 403, `${route} by a ${user} with another's nonce`);
      await other.context().close();
    }
    assert.notEqual((await admin.request.get(root + route)).status(), 200, `GET ${route}`);
  }
  const foreign = await ask(admin, 'begin', { did: 'did:plc:zzzzzzzzzzzzzzzzzzzzzzzz' });
  assert.deepEqual([foreign.status, foreign.code], [403, 'wordpress.browser.not_asked'], 'no open proxy');
  for (const other of ['https://127.0.0.1/', 'did:web:127.0.0.1', '../../etc/passwd', '']) {
    assert.ok((await ask(admin, 'begin', { did: other })).status >= 400, other);
  }
});

test('bytes are handed out to nobody else, and as nothing that a browser would run', async () => {
  const { value: begun } = await ask(admin, 'begin', { did: site.dids.garden });
  const log = await ask(admin, 'bytes', { ticket: begun.ticket, part: 'log' });
  assert.equal(log.status, 200);
  assert.equal(log.headers['content-type'], 'application/octet-stream');
  assert.equal(log.headers['x-content-type-options'], 'nosniff');
  assert.match(log.headers['content-disposition'], /attachment/);
  assert.match(log.headers['cache-control'], /no-store/);
  const second = await site.visitor({ user: 'second' });
  const again = await site.visitor();
  for (const page of [second, again]) {
    await page.goto(site.ours());
    await finished(page);
    const stolen = await ask(page, 'bytes', { ticket: begun.ticket, part: 'log' });
    assert.deepEqual([stolen.status, stolen.code], [403, 'wordpress.browser.other_session']);
    const foreign = await send(page, begun.ticket, 'log', await reportOf(admin, begun));
    assert.deepEqual([foreign.status, foreign.code], [403, 'wordpress.browser.other_session']);
    await page.context().close();
  }
  for (const part of ['metadata', 'archive', '../log', 'report']) {
    assert.ok((await ask(admin, 'bytes', { ticket: begun.ticket, part })).status >= 400, part);
  }
  const none = await ask(admin, 'bytes', { ticket: 'b'.repeat(64), part: 'log' });
  assert.deepEqual([none.status, none.code], [404, 'wordpress.browser.unknown_ticket']);
});

test('reports on an identity: replayed, late, forged, of another identity, too large, of a swapped log', async () => {
  const begin = async (slug) => {
    const { value } = await ask(admin, 'begin', { did: site.dids[slug] });
    return [value.ticket, await reportOf(admin, value), value];
  };
  const refused = async (ticket, report, code, part = 'log') => {
    const answer = await send(admin, ticket, part, report);
    assert.equal(answer.code, code, JSON.stringify(answer.value));
    // Whatever it was: the ticket is used.
    assert.equal((await send(admin, ticket, part, report)).code, 'wordpress.browser.used');
  };
  const [ticket, report] = await begin('garden');
  assert.equal((await send(admin, ticket, 'log', report)).status, 200);
  assert.equal((await send(admin, ticket, 'log', report)).code, 'wordpress.browser.used', 'replayed');

  const [first, honest] = await begin('garden');
  const [other] = await begin('orchard');
  await refused(other, honest, 'wordpress.browser.mismatch');
  const renamed = JSON.parse(JSON.stringify(honest).replaceAll(site.dids.garden, site.dids.orchard));
  await refused((await begin('orchard'))[0], renamed, 'pin.malformed');
  await refused(first, { ...honest, identity: { ...honest.identity, head: honest.identity.history[0].cid } }, 'wordpress.browser.mismatch');

  for (const nonsense of ['', 'null', '[]', '{"schema":"fedverify/report/v1"}', '{', '['.repeat(1000), '"verified"']) {
    const answer = await send(admin, (await begin('garden'))[0], 'log', nonsense);
    assert.ok(['wordpress.browser.malformed', 'rest_invalid_param'].includes(answer.code), `${nonsense}: ${answer.code}`);
  }
  const without = { ...honest };
  delete without.pin;
  await refused((await begin('garden'))[0], without, 'wordpress.browser.malformed');
  await refused((await begin('garden'))[0], { ...honest, kind: 'fair-package' }, 'wordpress.browser.malformed');
  await refused((await begin('garden'))[0], { ...honest, verdict: 'fine' }, 'wordpress.browser.malformed');
  await refused((await begin('garden'))[0], { ...honest, verdict: 'rejected', error: { code: '<script>', message: 'x' } }, 'wordpress.browser.malformed');
  const huge = await send(admin, (await begin('garden'))[0], 'log', { ...honest, detail: 'x'.repeat(9_000_000) });
  assert.ok(huge.status >= 400);
  const [longer] = await begin('garden');
  assert.ok((await send(admin, longer, 'log', { ...honest, detail: 'x'.repeat(8_388_608) })).status >= 400);

  const [swapped, before] = await begin('garden');
  assert.ok(await site.stage('swap', '[{"did"') > 0);
  await refused(swapped, before, 'wordpress.browser.changed');

  const [late, report2] = await begin('garden');
  await site.stage('expire');
  const answer = await send(admin, late, 'log', report2);
  assert.deepEqual([answer.status, answer.code], [410, 'wordpress.browser.expired']);
});

test('a browser that lies about a log', async () => {
  // It says that a forged log is verified, with a pin that vouches for no signature of the forger's.
  const { value: honest } = await ask(admin, 'begin', { did: site.dids.orchard });
  const report = await reportOf(admin, honest);
  await site.stage('forge', 'orchard');
  const { value: forged } = await ask(admin, 'begin', { did: site.dids.orchard });
  const answer = await send(admin, forged.ticket, 'log', report);
  assert.equal(answer.code, 'plc.signature.invalid');
  await site.stage('heal', 'orchard');
  const { value: healed } = await ask(admin, 'begin', { did: site.dids.orchard });
  assert.equal((await send(admin, healed.ticket, 'log', await reportOf(admin, healed))).status, 200);
});

test('reports on an archive: forged digests, another version or URL, swapped bytes, replayed, late, another session', async () => {
  const attack = async (change, code) => {
    const before = await site.stage('held');
    const { begun, report } = await asFarAsArchive(admin, 'garden');
    assert.equal(report.verdict, 'verified');
    const answer = await send(admin, begun.ticket, 'archive', change(structuredClone(report)));
    assert.equal(answer.code, code, JSON.stringify(answer.value));
    assert.equal((await send(admin, begun.ticket, 'archive', report)).code, 'wordpress.browser.used');
    assert.deepEqual((await site.stage('held')).filter((path) => !before.includes(path)), [], 'nothing stays');
  };
  const mismatch = 'wordpress.browser.mismatch';
  await attack((report) => { report.package.sha256 = '0'.repeat(64); return report; }, mismatch);
  await attack((report) => { report.package.sha384 = '0'.repeat(96); return report; }, mismatch);
  await attack((report) => { report.package.key = report.identity.rotationKeys[0]; return report; }, mismatch);
  await attack((report) => { report.release.version = '9.0.0'; return report; }, mismatch);
  await attack((report) => { report.release.artifact = 'https://repo.attacker.example/x'; return report; }, mismatch);
  await attack((report) => { report.identity.did = site.dids.orchard; return report; }, mismatch);
  await attack((report) => { delete report.package; return report; }, mismatch);
  await attack((report) => ({ ...report, kind: 'plc-log' }), 'wordpress.browser.malformed');

  const swap = async (start, code) => {
    const { begun, report } = await asFarAsArchive(admin, 'garden');
    assert.ok(await site.stage('swap', start) > 0);
    assert.equal((await send(admin, begun.ticket, 'archive', report)).code, code);
  };
  await swap('PK', 'wordpress.browser.changed');
  await swap('[{"did"', 'wordpress.browser.changed');
  await swap('{"@context"', 'wordpress.browser.changed');

  // The archive is an attacker's, and the browser says that it is verified.
  const { report: honest } = await asFarAsArchive(admin, 'garden');
  await site.stage('poison', 'garden');
  const poisoned = await asFarAsArchive(admin, 'garden');
  assert.equal(poisoned.report.verdict, 'rejected');
  assert.equal((await send(admin, poisoned.begun.ticket, 'archive', honest)).code, 'fair.checksum.mismatch');
  await site.stage('heal', 'garden');

  const { begun: late, report } = await asFarAsArchive(admin, 'garden');
  await site.stage('expire');
  assert.equal((await send(admin, late.ticket, 'archive', report)).code, 'wordpress.browser.expired');
  assert.equal(await site.stage('version', 'garden'), '1.0.0');
});

/** WordPress's own updater, asked as its page does. */
const update = (page, slug) => page.evaluate(async (plugin) => {
  const form = new FormData();
  const values = { action: 'update-plugin', plugin, slug: plugin.split('/')[0], _ajax_nonce: window._wpUpdatesSettings.ajax_nonce };
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return (await fetch(window.ajaxurl, { method: 'POST', body: form })).json();
}, `${slug}/${slug}.php`);

async function updater(options) {
  const page = await site.visitor(options);
  await page.goto(`${site.address}/wp-admin/plugins.php`);
  await page.waitForFunction(() => window._wpUpdatesSettings);
  return page;
}

test('what was accepted is installed once, by this session, in time, and as it was', async () => {
  const before = await site.stage('held');
  const accept = async () => {
    await admin.goto(site.ours());
    await finished(admin);
    const { begun, report } = await asFarAsArchive(admin, 'garden');
    const { status, value } = await send(admin, begun.ticket, 'archive', report);
    assert.equal(status, 200, JSON.stringify(value));
    assert.match(value.install, /update\.php\?action=upgrade-plugin/);
  };
  await accept();
  for (const user of ['admin', 'second']) {
    const other = await updater({ user });
    const answer = await update(other, 'garden');
    assert.equal(answer.success, false, `another session of ${user}`);
    await other.context().close();
  }
  await site.stage('cron', 'garden/garden.php');
  assert.equal(await site.stage('version', 'garden'), '1.0.0', 'no update without the administrator');
  await site.stage('swap', 'PK');
  await admin.goto(`${site.address}/wp-admin/plugins.php`);
  await admin.waitForFunction(() => window._wpUpdatesSettings);
  const swapped = await update(admin, 'garden');
  assert.equal(swapped.success, false);
  assert.match(JSON.stringify(swapped), /fedverify\.wordpress\.browser\.changed|has changed/);
  assert.equal(await site.stage('version', 'garden'), '1.0.0');

  await accept();
  await site.stage('expire');
  await admin.goto(`${site.address}/wp-admin/plugins.php`);
  await admin.waitForFunction(() => window._wpUpdatesSettings);
  assert.equal((await update(admin, 'garden')).success, false, 'late');

  await accept();
  await admin.goto(`${site.address}/wp-admin/plugins.php`);
  await admin.waitForFunction(() => window._wpUpdatesSettings);
  assert.equal((await update(admin, 'garden')).success, true);
  assert.equal(await site.stage('version', 'garden'), '1.1.0');
  assert.deepEqual((await site.stage('held')).filter((path) => !before.includes(path)), []);
  assert.ok(await site.stage('isClean'));
});

test('two reports at once: one is taken', async () => {
  await site.stage('release', 'orchard', '1.1.0');
  await admin.goto(site.ours());
  await finished(admin);
  const { begun, report } = await asFarAsArchive(admin, 'orchard');
  const answers = await Promise.all([1, 2, 3].map(() => send(admin, begun.ticket, 'archive', report)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409]);
});

test('verified again when it is old', async () => {
  await site.stage('age');
  await admin.goto(`${site.address}/wp-admin/`);
  await admin.waitForResponse((response) => decodeURIComponent(response.url()).includes('browser/report'));
  await admin.goto(site.ours());
  await finished(admin);
  const record = await site.stage('identity', 'hello');
  assert.ok(Number(record.verified) > Date.now() / 1000 - 600);
});

test('narrow, and from right to left', async () => {
  const narrow = await site.visitor({ size: 'narrow' });
  await narrow.goto(site.ours());
  await finished(narrow);
  const row = held(narrow, 'Orchard of a publisher');
  await row.getByRole('button', { name: 'Verify now' }).click();
  await row.getByText('Version 1.1.0 is verified').waitFor();
  await site.judge(narrow, 'verify-now-narrow');
});

test('PHP said nothing, and nothing of an attacker is there', async () => {
  assert.ok(await site.stage('isClean'));
  const errors = existsSync(site.errors) ? readFileSync(site.errors, 'utf8') : '';
  assert.deepEqual(errors.split('\n').filter((line) => /fedverify/i.test(line) && !/could not establish a secure connection/.test(line)), []);
});
