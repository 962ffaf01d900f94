/**
 * The administrator's browser verifies, in a network of sites and where people write from right to left: clicked in Chromium.
 *
 *     node browser-network.mjs        with FEDVERIFY_TEST_WORDPRESS and FEDVERIFY_TEST_TARGET as tests/wordpress.sh sets them
 *
 * FEDVERIFY_TEST_CLIENT is as for browser.mjs. The pictures are in the folder of the site, such as
 * target/wordpress/browser-network-1.3/pictures.
 */
import { after, before, test } from 'node:test';
import { ask } from './browser/routes.mjs';
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

before(async () => {
  site = await startSite('browser', { kind: 'network', client: process.env.FEDVERIFY_TEST_CLIENT ?? '1.3' });
  await site.stage('release', 'hello', '1.1.0');
  await site.stage('release', 'garden', '1.1.0');
  await site.stage('forge', 'forms');
  admin = await site.visitor();
});

after(() => site?.stop());

const held = (name) => admin.locator('tr', { hasText: name }).filter({ hasText: 'This server cannot verify packages by itself' });

/** Verifies and installs the update of a plugin by clicks. */
async function update(is, slug, name) {
  const row = held(name);
  await row.getByRole('button', { name: 'Verify now' }).click();
  await row.getByText('Version 1.1.0 is verified').waitFor();
  await site.judge(admin, `verify-now-${slug}`);
  await row.locator('.fedverify-result').getByRole('link', { name: 'Install now' }).click();
  await admin.waitForURL(/network\/update\.php/);
  await admin.getByText(/updated successfully/i).first().waitFor();
  installed[slug] = '1.1.0';
  is.equal(await site.stage('version', slug), '1.1.0');
}

test('in the dashboard of the network: identities, and an update that is verified and installed', async () => {
  await tally.honest('identities are verified in the dashboard of the network', async (is) => {
    await admin.goto(site.ours());
    await admin.locator('#fedverify-browser-status').getByText(/Your browser verified identities/).waitFor();
    await site.judge(admin, 'verified-wide');
    is.match((await site.stage('identity', 'hello')).pin, /fedverify.pin/);
  });
  await tally.attack('the log has an operation of a stranger', async (is) => {
    const forms = await site.stage('identity', 'forms');
    is.match(forms.refusal, /plc\.signature\.invalid/);
    is.equal(forms.document, null);
  });
  await tally.honest('an update is verified and installed for the network', async (is) => {
    await admin.getByRole('link', { name: 'Reload the page' }).click();
    await held('Hello of a publisher').waitFor();
    await update(is, 'hello', 'Hello of a publisher');
  });
});

test('the dashboard of one site has none of it', async () => {
  await admin.goto(`${site.address}/wp-admin/plugins.php?page=fedverify`);
  await tally.attack('the panel is shown in the dashboard of one site', async (is) => {
    is.equal(await admin.getByText('Verification in your browser').count(), 0);
    is.equal(await admin.evaluate(() => typeof window.fedverifyBrowser), 'undefined');
  });
  // Who manages one site of the network does not decide what is installed on all.
  const owner = await site.visitor({ user: 'second' });
  await owner.goto(`${site.address}/wp-admin/`);
  const nonce = await owner.evaluate(async () => (await fetch('/wp-admin/admin-ajax.php?action=rest-nonce')).text());
  await admin.goto(site.ours());
  const root = await admin.evaluate(() => window.fedverifyBrowser.root);
  for (const route of ['begin', 'bytes', 'report']) {
    await tally.attack(`${route} by the administrator of one site`, async (is) => {
      const status = await owner.evaluate(async ([url, own, did]) => (await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-WP-Nonce': own },
        body: JSON.stringify({ did, ticket: 'a'.repeat(64), part: 'log', report: '{}' }),
      })).status, [root + route, nonce, site.dids.garden]);
      is.equal(status, 403);
    });
  }
  await owner.context().close();
});

test('identities of packages that are not installed are not fetched for a network either', async () => {
  await tally.attack('begin of an identity that is not installed: an open proxy', async (is) => {
    const foreign = await ask(admin, 'begin', { did: 'did:plc:zzzzzzzzzzzzzzzzzzzzzzzz' });
    is.deepEqual([foreign.status, foreign.code], [403, 'wordpress.browser.not_asked']);
  });
});

test('from right to left', async () => {
  await admin.context().addCookies([{ name: 'from_right_to_left', value: '1', url: site.address }]);
  await tally.honest('an update is verified and installed from right to left', async (is) => {
    await admin.goto(site.ours());
    is.equal(await admin.evaluate(() => document.dir), 'rtl');
    await site.judge(admin, 'held-rtl');
    // The progress and the result are on the side where a line begins.
    await update(is, 'garden', 'Garden of a publisher');
    await admin.goto(site.ours());
    await site.judge(admin, 'overview-rtl');
  });
});

test('all attacks are stopped, all honest operations work', () => {
  tally.finish(site.name, { attack: 6, honest: 3 });
});
