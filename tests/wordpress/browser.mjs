/**
 * A site that has nothing to verify with, in Chromium: its administrator's browser verifies, and the server believes none of it that
 * it can check. Attacks and honest operations are counted, as the scenarios are.
 *
 *     node browser.mjs        with FEDVERIFY_TEST_WORDPRESS and FEDVERIFY_TEST_TARGET as tests/wordpress.sh sets them
 *
 * FEDVERIFY_TEST_CLIENT is the version of FAIR Connect that the site runs, 1.3 or 1.4. The pictures are in the folder of the site,
 * such as target/wordpress/browser-1.3/pictures.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { ask, asFarAsArchive, given, reportOf, send } from './browser/routes.mjs';
import { startSite } from './dashboard.mjs';
import { Tally } from './tally.mjs';

let site;
let admin;

/** The version of each package on disk, where the server has done what it should. */
const installed = { hello: '1.0.0', garden: '1.0.0', forms: '1.0.0', orchard: '1.0.0', quietly: '1.0.0', weather: '1.0.0', seedling: null };

const tally = new Tally(async (is) => {
  is.deepEqual(await site.stage('versions'), installed, 'what is installed');
  is.ok(await site.stage('isClean'), 'code of an attacker ran, or lies below the web root');
});
const attack = (name, run) => tally.attack(name, run);
const honest = (name, run) => tally.honest(name, run);

before(async () => {
  site = await startSite('browser', { client: process.env.FEDVERIFY_TEST_CLIENT ?? '1.3' });
});

after(() => site?.stop());

const held = (page, name) => page.locator('tr', { hasText: name }).filter({ hasText: 'This server cannot verify packages by itself' });
const finished = (page) => page.locator('#fedverify-browser-status').getByText(/Your browser verified identities|All installed identities were checked/).waitFor();

const begin = async (slug) => {
  const { value } = await ask(admin, 'begin', { did: site.dids[slug] });
  return [value.ticket, await reportOf(admin, value), value];
};

test('identities are verified while an administrator is there, and newer releases are listed', async () => {
  await site.stage('release', 'hello', '1.1.0');
  await site.stage('release', 'quietly', '1.1.0');
  await site.stage('release', 'weather', '1.1.0');
  await site.stage('forge', 'forms');
  await honest('without a browser nothing is fetched', async (is) => {
    admin = await site.visitor();
    const requests = await site.stage('requests');
    is.deepEqual(requests.filter(({ path }) => path.includes('did:plc')), []);
  });
  await honest('identities are verified, and newer releases are listed', async (is) => {
    await admin.goto(site.ours());
    await finished(admin);
    is.match(await admin.locator('#fedverify-browser-status').innerText(), /verified identities: 5\. Identities that could not be verified: 1/);
    await site.judge(admin, 'verified-wide');
    await admin.getByRole('link', { name: 'Reload the page' }).click();
    await held(admin, 'Hello of a publisher').waitFor();
    await held(admin, 'Quietly of a publisher').waitFor();
    await site.judge(admin, 'held-wide');
    const identity = await site.stage('identity', 'hello');
    is.match(identity.document, /FairPackageManagementRepo/);
    is.match(identity.history, /rotationKeys/);
    is.match(identity.pin, /fedverify.pin/);
  });
  await attack('the log has an operation of a stranger', async (is) => {
    const forms = await site.stage('identity', 'forms');
    is.match(forms.refusal, /plc\.signature\.invalid/);
    is.equal(forms.document, null);
  });
  await site.stage('heal', 'forms');
});

test('"Verify now", "Install now": plugins of a did:plc and a did:web, and a theme, with the keyboard', async () => {
  // Whatever is due is verified by itself when a page opens. If the next page interrupted that, what the server holds for it would be
  // held until it expires, and be found at the end.
  await admin.goto(site.ours(), { waitUntil: 'networkidle' });
  for (const [slug, name] of [['hello', 'Hello of a publisher'], ['quietly', 'Quietly of a publisher'], ['weather', 'Weather of a publisher']]) {
    await honest(`an update is verified and installed by clicks: ${slug}`, async (is) => {
      await admin.goto(site.ours());
      const row = held(admin, name);
      await row.getByRole('button', { name: 'Verify now' }).focus();
      await admin.keyboard.press('Enter');
      await row.getByText('Version 1.1.0 is verified').waitFor();
      is.equal(await row.locator('.fedverify-result').getAttribute('role'), 'status');
      await site.judge(admin, `verify-now-${slug}`);
      await row.locator('.fedverify-result').getByRole('link', { name: 'Install now' }).focus();
      await admin.keyboard.press('Enter');
      await admin.waitForURL(/update\.php/);
      await admin.getByText(/updated successfully/i).first().waitFor();
      installed[slug] = '1.1.0';
      is.equal(await site.stage('version', slug), '1.1.0');
      await admin.goto(site.ours());
      is.equal(await held(admin, name).count(), 0);
    });
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
  await attack('an installation that nobody has verified', async (is) => {
    const refused = await install();
    is.equal(refused.success, false);
  });
  await honest('an installation is verified and done', async (is) => {
    await admin.goto(`${site.address}/wp-admin/plugins.php`);
    await site.judge(admin, 'wanted-notice');
    await admin.getByRole('link', { name: 'Verify it' }).click();
    const card = admin.locator('.fedverify-card', { hasText: 'To be installed' });
    await card.getByRole('button', { name: 'Verify now' }).click();
    await card.getByText('Version 1.0.0 is verified').waitFor();
    await site.judge(admin, 'wanted-verified');
    await admin.goto(`${site.address}/wp-admin/plugins.php`);
    const answer = await install();
    is.equal(answer.success, true, JSON.stringify(answer));
    installed.seedling = '1.0.0';
  });
});

test('a poisoned archive, a rolled back log: refused, with code and remedy', async () => {
  const verifyNow = async () => {
    const button = admin.locator('.fedverify-card').getByRole('button', { name: 'Verify now' });
    await button.click();
    await admin.locator('.fedverify-bad').waitFor();
    return admin.locator('.fedverify-result').innerText();
  };
  await site.stage('release', 'garden', '1.1.0');
  await attack('the repository serves another archive for the release', async (is) => {
    await site.stage('poison', 'garden');
    await admin.goto(site.ours({ package: site.dids.garden }));
    is.match(await verifyNow(), /Refused[\s\S]*fair\.checksum\.mismatch/);
    await site.judge(admin, 'refused-wide');
    is.deepEqual(await site.stage('held'), []);
  });
  await attack('the directory takes back an operation', async (is) => {
    await site.stage('rotate', 'garden');
    is.ok((await asFarAsArchive(admin, site.dids.garden)).identity.pin);
    await site.stage('rollback', 'garden', 1);
    await admin.reload();
    is.match(await verifyNow(), /Refused[\s\S]*pin\.rollback/);
  });
  await site.stage('heal', 'garden');
});

test('who may ask', async () => {
  await admin.goto(site.ours());
  const { root, nonce } = await given(admin);
  const did = site.dids.garden;
  const post = (page, route, body, headers = {}) => page.request.post(root + route, { data: body, headers });
  const others = [];
  for (const user of ['helper', 'editor']) {
    const page = await site.visitor({ user });
    const own = await page.evaluate(async () => (await fetch('/wp-admin/admin-ajax.php?action=rest-nonce')).text());
    others.push([user, page, own]);
  }
  for (const route of ['begin', 'bytes', 'report']) {
    const body = { did, ticket: 'a'.repeat(64), part: 'log', report: '{}' };
    const forbidden = (name, page, headers) => attack(`${route} ${name}`, async (is) => is.equal((await post(page, route, body, headers)).status(), 403));
    await forbidden('without a nonce', admin, {});
    await forbidden('with another nonce', admin, { 'X-WP-Nonce': 'aaaaaaaaaa' });
    for (const [user, page, own] of others) {
      await forbidden(`by the ${user}`, page, { 'X-WP-Nonce': own });
      await forbidden(`by the ${user} with another's nonce`, page, { 'X-WP-Nonce': nonce });
    }
    await attack(`GET ${route}`, async (is) => is.notEqual((await admin.request.get(root + route)).status(), 200));
  }
  for (const [user, page] of others) {
    await attack(`the script is loaded for the ${user}`, async (is) => is.equal(await page.evaluate(() => typeof window.fedverifyBrowser), 'undefined'));
    await page.context().close();
  }
  await attack('begin of an identity that is not installed: an open proxy', async (is) => {
    const foreign = await ask(admin, 'begin', { did: 'did:plc:zzzzzzzzzzzzzzzzzzzzzzzz' });
    is.deepEqual([foreign.status, foreign.code], [403, 'wordpress.browser.not_asked']);
  });
  for (const other of ['https://127.0.0.1/', 'did:web:127.0.0.1', '../../etc/passwd', '']) {
    await attack(`begin of "${other}"`, async (is) => is.ok((await ask(admin, 'begin', { did: other })).status >= 400));
  }
});

test('bytes are handed out to nobody else, and as nothing that a browser would run', async () => {
  const { value: begun } = await ask(admin, 'begin', { did: site.dids.garden });
  await attack('what was handed out is opened as a page', async (is) => {
    const log = await ask(admin, 'bytes', { ticket: begun.ticket, part: 'log' });
    is.equal(log.status, 200);
    is.equal(log.headers['content-type'], 'application/octet-stream');
    is.equal(log.headers['x-content-type-options'], 'nosniff');
    is.match(log.headers['content-disposition'], /attachment/);
    is.match(log.headers['cache-control'], /no-store/);
  });
  for (const [name, options] of [['another administrator', { user: 'second' }], ['another session of the same', {}]]) {
    const page = await site.visitor(options);
    await page.goto(site.ours());
    await finished(page);
    await attack(`the ticket is used by ${name}`, async (is) => {
      const stolen = await ask(page, 'bytes', { ticket: begun.ticket, part: 'log' });
      is.deepEqual([stolen.status, stolen.code], [403, 'wordpress.browser.other_session']);
    });
    await attack(`the report is sent by ${name}`, async (is) => {
      const foreign = await send(page, begun.ticket, 'log', await reportOf(admin, begun));
      is.deepEqual([foreign.status, foreign.code], [403, 'wordpress.browser.other_session']);
    });
    await page.context().close();
  }
  for (const part of ['metadata', 'archive', '../log', 'report']) {
    await attack(`bytes of the part ${part}, which was not handed out`, async (is) => is.ok((await ask(admin, 'bytes', { ticket: begun.ticket, part })).status >= 400));
  }
  await attack('bytes of a ticket that there is not', async (is) => {
    const none = await ask(admin, 'bytes', { ticket: 'b'.repeat(64), part: 'log' });
    is.deepEqual([none.status, none.code], [404, 'wordpress.browser.unknown_ticket']);
  });
});

test('reports on an identity: replayed, of another identity, forged, of a swapped log, late', async () => {
  const refused = (name, play, code) => attack(`report on a log: ${name}`, async (is) => {
    const [ticket, report] = await play();
    const answer = await send(admin, ticket, 'log', report);
    is.equal(answer.code, code, JSON.stringify(answer.value));
    // Whatever it was: the ticket is used.
    is.equal((await send(admin, ticket, 'log', report)).code, 'wordpress.browser.used');
  });
  const [ticket, report] = await begin('garden');
  await honest('a report on a log is taken', async (is) => is.equal((await send(admin, ticket, 'log', report)).status, 200));
  await refused('replayed', async () => [ticket, report], 'wordpress.browser.used');

  const [first, honestReport] = await begin('garden');
  await refused('of another identity', async () => [(await begin('orchard'))[0], honestReport], 'wordpress.browser.mismatch');
  const renamed = JSON.parse(JSON.stringify(honestReport).replaceAll(site.dids.garden, site.dids.orchard));
  await refused('of another identity, renamed', async () => [(await begin('orchard'))[0], renamed], 'pin.malformed');
  await refused('with another head', async () => [first, { ...honestReport, identity: { ...honestReport.identity, head: honestReport.identity.history[0].cid } }], 'wordpress.browser.mismatch');
  const without = { ...honestReport };
  delete without.pin;
  for (const [name, other] of Object.entries({
    'without a pin': without,
    'of another kind': { ...honestReport, kind: 'fair-package' },
    'with a verdict that there is not': { ...honestReport, verdict: 'fine' },
    'with markup as a code': { ...honestReport, verdict: 'rejected', error: { code: '<script>', message: 'x' } },
  })) {
    await refused(name, async () => [(await begin('garden'))[0], other], 'wordpress.browser.malformed');
  }
  await refused('of a log that was swapped meanwhile', async () => {
    const begun = await begin('garden');
    assert.ok(await site.stage('swap', '[{"did"') > 0);
    return begun;
  }, 'wordpress.browser.changed');
});

test('reports on an identity that are no reports, too large, late', async () => {
  const [, honestReport] = await begin('garden');
  for (const nonsense of ['', 'null', '[]', '{"schema":"fedverify/report/v1"}', '{', '['.repeat(1000), '"verified"']) {
    await attack(`report on a log: ${nonsense.length > 100 ? 'deep' : `"${nonsense}"`}`, async (is) => {
      const answer = await send(admin, (await begin('garden'))[0], 'log', nonsense);
      is.ok(['wordpress.browser.malformed', 'rest_invalid_param'].includes(answer.code), answer.code);
    });
  }
  for (const length of [9_000_000, 8_388_608]) {
    await attack(`report on a log: with ${length} bytes more`, async (is) => {
      is.ok((await send(admin, (await begin('garden'))[0], 'log', { ...honestReport, detail: 'x'.repeat(length) })).status >= 400);
    });
  }
  await attack('report on a log: late', async (is) => {
    const [late, report] = await begin('garden');
    await site.stage('expire');
    const answer = await send(admin, late, 'log', report);
    is.deepEqual([answer.status, answer.code], [410, 'wordpress.browser.expired']);
  });
});

test('a browser that lies about a log', async () => {
  await attack('report on a log: verified, which is forged, with a pin that vouches for no signature of the forger’s', async (is) => {
    const [, report] = await begin('orchard');
    await site.stage('forge', 'orchard');
    const { value: forged } = await ask(admin, 'begin', { did: site.dids.orchard });
    const answer = await send(admin, forged.ticket, 'log', report);
    is.equal(answer.code, 'plc.signature.invalid');
  });
  await site.stage('heal', 'orchard');
  await honest('after a forged log an honest one is verified', async (is) => {
    const [healed, report] = await begin('orchard');
    is.equal((await send(admin, healed, 'log', report)).status, 200);
  });
});

test('reports on an archive: forged digests, another version or URL, swapped bytes, replayed, late', async () => {
  const mismatch = 'wordpress.browser.mismatch';
  const forged = {
    'another SHA-256': [(report) => { report.package.sha256 = '0'.repeat(64); }, mismatch],
    'another SHA-384': [(report) => { report.package.sha384 = '0'.repeat(96); }, mismatch],
    'another key': [(report) => { report.package.key = report.identity.rotationKeys[0]; }, mismatch],
    'another version': [(report) => { report.release.version = '9.0.0'; }, mismatch],
    'another artifact': [(report) => { report.release.artifact = 'https://repo.attacker.example/x'; }, mismatch],
    'another identity': [(report) => { report.identity.did = site.dids.orchard; }, mismatch],
    'no package': [(report) => { delete report.package; }, mismatch],
    'another kind': [(report) => { report.kind = 'plc-log'; }, 'wordpress.browser.malformed'],
  };
  for (const [name, [change, code]] of Object.entries(forged)) {
    await attack(`report on an archive: ${name}`, async (is) => {
      const earlier = await site.stage('held');
      const { begun, report } = await asFarAsArchive(admin, site.dids.garden);
      is.equal(report.verdict, 'verified');
      const lie = structuredClone(report);
      change(lie);
      const answer = await send(admin, begun.ticket, 'archive', lie);
      is.equal(answer.code, code, JSON.stringify(answer.value));
      is.equal((await send(admin, begun.ticket, 'archive', report)).code, 'wordpress.browser.used');
      is.deepEqual((await site.stage('held')).filter((path) => !earlier.includes(path)), [], 'nothing stays');
    });
  }
  for (const [name, start] of [['archive', 'PK'], ['log', '[{"did"'], ['metadata', '{"@context"']]) {
    await attack(`report on an archive: the ${name} was swapped meanwhile`, async (is) => {
      const { begun, report } = await asFarAsArchive(admin, site.dids.garden);
      is.ok(await site.stage('swap', start) > 0);
      is.equal((await send(admin, begun.ticket, 'archive', report)).code, 'wordpress.browser.changed');
    });
  }
  await attack('report on an archive: verified, which is an attacker’s', async (is) => {
    const { report } = await asFarAsArchive(admin, site.dids.garden);
    await site.stage('poison', 'garden');
    const poisoned = await asFarAsArchive(admin, site.dids.garden);
    is.equal(poisoned.report.verdict, 'rejected');
    is.equal((await send(admin, poisoned.begun.ticket, 'archive', report)).code, 'fair.checksum.mismatch');
  });
  await site.stage('heal', 'garden');
  await attack('report on an archive: late', async (is) => {
    const { begun: late, report } = await asFarAsArchive(admin, site.dids.garden);
    await site.stage('expire');
    is.equal((await send(admin, late.ticket, 'archive', report)).code, 'wordpress.browser.expired');
  });
});

/** WordPress's own updater, asked as its page does. */
const update = (page, slug) => page.evaluate(async (plugin) => {
  const form = new FormData();
  const values = { action: 'update-plugin', plugin, slug: plugin.split('/')[0], _ajax_nonce: window._wpUpdatesSettings.ajax_nonce };
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return (await fetch(window.ajaxurl, { method: 'POST', body: form })).json();
}, `${slug}/${slug}.php`);

/** Goes where WordPress's updater is asked from. */
async function toPlugins(page) {
  await page.goto(`${site.address}/wp-admin/plugins.php`);
  await page.waitForFunction(() => window._wpUpdatesSettings);
}

test('what was accepted is installed once, by this session, in time, and as it was', async () => {
  const earlier = await site.stage('held');
  const accept = async (is) => {
    await admin.goto(site.ours());
    await finished(admin);
    const { begun, report } = await asFarAsArchive(admin, site.dids.garden);
    const { status, value } = await send(admin, begun.ticket, 'archive', report);
    is.equal(status, 200, JSON.stringify(value));
    is.match(value.install, /update\.php\?action=upgrade-plugin/);
  };
  await accept(assert);
  for (const [name, user] of [['another session of the administrator', 'admin'], ['another administrator', 'second']]) {
    const other = await site.visitor({ user });
    await toPlugins(other);
    await attack(`what was accepted is installed by ${name}`, async (is) => is.equal((await update(other, 'garden')).success, false));
    await other.context().close();
  }
  await attack('what was accepted is installed by cron', async (is) => {
    await site.stage('cron', 'garden/garden.php');
    is.equal(await site.stage('version', 'garden'), '1.0.0', 'no update without the administrator');
  });
  await attack('what was accepted was swapped before it is installed', async (is) => {
    is.ok(await site.stage('swap', 'PK') > 0);
    await toPlugins(admin);
    const swapped = await update(admin, 'garden');
    is.equal(swapped.success, false);
    is.match(JSON.stringify(swapped), /fedverify\.wordpress\.browser\.changed|has changed/);
  });
  await attack('what was accepted is installed late', async (is) => {
    await accept(is);
    await site.stage('expire');
    await toPlugins(admin);
    is.equal((await update(admin, 'garden')).success, false);
  });
  await honest('what was accepted is installed, and nothing of it stays', async (is) => {
    await accept(is);
    await toPlugins(admin);
    is.equal((await update(admin, 'garden')).success, true);
    installed.garden = '1.1.0';
    is.deepEqual((await site.stage('held')).filter((path) => !earlier.includes(path)), []);
  });
});

test('two reports at once: one is taken', async () => {
  await site.stage('release', 'orchard', '1.1.0');
  await admin.goto(site.ours());
  await finished(admin);
  const { begun, report } = await asFarAsArchive(admin, site.dids.orchard);
  await attack('three reports on an archive at once', async (is) => {
    const answers = await Promise.all([1, 2, 3].map(() => send(admin, begun.ticket, 'archive', report)));
    is.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409]);
  });
});

test('verified again when it is old', async () => {
  await site.stage('age');
  await honest('an identity is verified again when that was long ago', async (is) => {
    await admin.goto(`${site.address}/wp-admin/`);
    await admin.waitForResponse((response) => decodeURIComponent(response.url()).includes('browser/report'));
    await admin.goto(site.ours());
    await finished(admin);
    const record = await site.stage('identity', 'hello');
    is.ok(Number(record.verified) > Date.now() / 1000 - 600);
  });
});

test('on a narrow screen', async () => {
  await honest('an update is verified on a narrow screen', async (is) => {
    const narrow = await site.visitor({ size: 'narrow' });
    await narrow.goto(site.ours());
    await finished(narrow);
    const row = held(narrow, 'Orchard of a publisher');
    await row.getByRole('button', { name: 'Verify now' }).click();
    await row.getByText('Version 1.1.0 is verified').waitFor();
    is.ok(await row.getByRole('link', { name: 'Install now' }).isVisible());
    await site.judge(narrow, 'verify-now-narrow');
  });
});

test('PHP said nothing', () => {
  const errors = existsSync(site.errors) ? readFileSync(site.errors, 'utf8') : '';
  assert.deepEqual(errors.split('\n').filter((line) => /fedverify/i.test(line) && !/could not establish a secure connection/.test(line)), []);
});

test('all attacks are stopped, all honest operations work', () => {
  tally.finish(site.name, { attack: 81, honest: 11 });
});
