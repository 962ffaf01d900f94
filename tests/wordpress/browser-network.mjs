/**
 * The administrator's browser verifies, in a network of sites and where people write from right to left: clicked in Chromium.
 *
 *     node browser-network.mjs        with FEDVERIFY_TEST_WORDPRESS and FEDVERIFY_TEST_TARGET as tests/wordpress.sh sets them
 *
 * The pictures are in target/wordpress/browser-network/pictures.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startSite } from './dashboard.mjs';

let site;
let admin;

before(async () => {
  site = await startSite('browser', 'network');
  await site.stage('release', 'hello', '1.1.0');
  await site.stage('release', 'garden', '1.1.0');
  admin = await site.visitor();
});

after(() => site?.stop());

const held = (name) => admin.locator('tr', { hasText: name }).filter({ hasText: 'This server cannot verify packages by itself' });

/** Verifies and installs the update of a plugin by clicks. */
async function update(slug, name) {
  const row = held(name);
  await row.getByRole('button', { name: 'Verify now' }).click();
  await row.getByText('Version 1.1.0 is verified').waitFor();
  await site.judge(admin, `verify-now-${slug}`);
  await row.locator('.fedverify-result').getByRole('link', { name: 'Install now' }).click();
  await admin.waitForURL(/network\/update\.php/);
  await admin.getByText(/updated successfully/i).first().waitFor();
  assert.equal(await site.stage('version', slug), '1.1.0');
}

test('in the dashboard of the network: identities, and an update that is verified and installed', async () => {
  await admin.goto(site.ours());
  await admin.locator('#fedverify-browser-status').getByText(/Your browser verified identities/).waitFor();
  await site.judge(admin, 'verified-wide');
  await admin.getByRole('link', { name: 'Reload the page' }).click();
  await held('Hello of a publisher').waitFor();
  await update('hello', 'Hello of a publisher');
});

test('the dashboard of one site has none of it', async () => {
  await admin.goto(`${site.address}/wp-admin/plugins.php?page=fedverify`);
  assert.equal(await admin.getByText('Verification in your browser').count(), 0);
});

test('from right to left', async () => {
  await admin.context().addCookies([{ name: 'from_right_to_left', value: '1', url: site.address }]);
  await admin.goto(site.ours());
  assert.equal(await admin.evaluate(() => document.dir), 'rtl');
  await site.judge(admin, 'held-rtl');
  // The progress and the result are on the side where a line begins.
  await update('garden', 'Garden of a publisher');
  await admin.goto(site.ours());
  await site.judge(admin, 'overview-rtl');
});

test('nothing of it failed', async () => {
  assert.equal(await site.stage('isClean'), true);
});
