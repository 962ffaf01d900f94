/**
 * The plugin's screens in Chromium: what is on them, what their buttons do, whether axe finds anything, and pictures of them.
 *
 *     node screens.mjs        with FEDVERIFY_TEST_WORDPRESS and FEDVERIFY_TEST_TARGET as tests/wordpress.sh sets them
 *
 * The pictures are in target/wordpress/screens/pictures.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { SIZES, startSite } from './dashboard.mjs';

let site;

before(async () => {
  site = await startSite('screens');
});

after(() => site?.stop());

const visitor = (options) => site.visitor(options);
const ours = (arguments_) => site.ours(arguments_);
const judge = (page, picture) => site.judge(page, picture);

const screens = () => ({
  overview: [ours(), 'Held updates'],
  verdicts: [ours({ tab: 'verdicts' }), 'Export as CSV'],
  settings: [ours({ tab: 'settings' }), 'Witnesses'],
  federation: [ours({ tab: 'federation' }), 'Keys to decide about'],
  'package': [ours({ package: site.dids.orchard }), 'Recovery by a key of higher authority'],
  contested: [ours({ package: site.dids.garden }), 'Can be undone until'],
  refused: [ours({ package: site.dids.forms }), 'pin.rollback'],
  outage: [ours({ package: site.dids.meadow }), 'Could not verify'],
  unknown: [ours({ package: site.dids.seedling }), 'Not verified yet'],
  web: [ours({ package: site.dids.weather }), 'A did:web has no history'],
  'install-at-once': [ours({ package: site.dids.garden, tab: 'install' }), 'I have read what changed'],
  plugins: [`${site.address}/wp-admin/plugins.php`, 'Publisher verified'],
  theme: [`${site.address}/wp-admin/themes.php?theme=meadow`, 'Could not verify'],
});

for (const size of Object.keys(SIZES)) {
  test(`every screen, ${size}: accessible, nothing overflows, nothing of a server is markup`, async () => {
    const page = await visitor({ size });
    for (const [name, [url, text]] of Object.entries(screens())) {
      await page.goto(url);
      await page.locator('#wpbody-content').getByText(text).first().waitFor();
      await judge(page, `${name}-${size}`);
    }
  });
}

test('from right to left', async () => {
  const page = await visitor();
  await page.context().addCookies([{ name: 'from_right_to_left', value: '1', url: site.address }]);
  for (const name of ['overview', 'package', 'contested', 'plugins']) {
    await page.goto(screens()[name][0]);
    assert.equal(await page.evaluate(() => document.dir), 'rtl');
    await judge(page, `${name}-rtl`);
    const [line, heading] = await page.evaluate(() => ['.fedverify-dot', '.fedverify-operation h3']
      .map((part) => document.querySelector(part)?.getBoundingClientRect().right ?? 0));
    assert.ok(line >= heading, `${name}: the line of the history is on the right`);
    // Names and messages in English are read from left to right, and move nothing around them.
    const [isolated, bare] = await page.evaluate(() => [
      [...document.querySelectorAll('.fedverify bdi, .fedverify-notice bdi')].map((one) => [one.textContent, getComputedStyle(one).direction]),
      [...document.querySelectorAll('.fedverify-table th[scope="row"] a, .fedverify-notice strong')].filter((one) => !one.querySelector('bdi')).map((one) => one.textContent),
    ]);
    assert.ok(name === 'plugins' || isolated.length > 0, `${name}: nothing is isolated`);
    assert.deepEqual(isolated.filter(([text, direction]) => /^[a-z]/i.test(text) && direction !== 'ltr'), [], name);
    assert.deepEqual(bare, [], name);
  }
});

for (const size of Object.keys(SIZES)) {
  test(`plugins of the federation are found, ${size}`, async () => {
    const page = await visitor({ size });
    await page.goto(ours({ tab: 'federation' }));
    await page.getByLabel('Words, a tag, a source').fill('hello');
    await page.keyboard.press('Enter');
    const found = page.locator('table', { hasText: 'The key that you trust signed this record.' });
    await found.getByRole('link', { name: 'Install now' }).waitFor();
    assert.match(await found.innerText(), /Installed, version 1\.0\.0[\s\S]*carol@plugins[\s\S]*wordpress\.federation\.untrusted/);
    await judge(page, `federation-found-${size}`);
  });
}

test('archives without a signature are allowed only by who confirms it, without JavaScript too', async () => {
  const page = await visitor({ javaScriptEnabled: false });
  const open = async () => {
    await page.goto(ours({ tab: 'federation' }));
    const form = page.locator('details', { hasText: 'Allow archives without a signature' }).first();
    await form.locator('summary').click();
    return form;
  };
  const form = await open();
  await page.screenshot({ path: join(site.pictures, 'allow-unsigned-wide.png'), fullPage: true });
  await form.getByRole('button').click();
  assert.equal(await page.getByText('Archives without a signature are installed.').count(), 0, 'the browser asks for the box');
  const fields = Object.fromEntries(await form.locator('input[type="hidden"]').evaluateAll((all) => all.map(({ name, value }) => [name, value])));
  const unconfirmed = await page.request.post(ours(), { form: fields });
  assert.match(await unconfirmed.text(), /Nothing was changed: first confirm that you know what it means/);
  const again = await open();
  await again.getByRole('checkbox').check();
  await again.getByRole('button').click();
  await page.getByText('Archives without a signature are installed.').waitFor();
  await page.getByRole('button', { name: 'Hold archives without a signature' }).first().click();
  await page.getByText('Settings saved.').waitFor();
  assert.equal(await page.getByText('Archives without a signature are installed.').count(), 0);
});

test('details of a row: trust, signer, head and when, with the whole identifiers', async () => {
  const page = await visitor();
  await page.goto(`${site.address}/wp-admin/plugins.php`);
  const cell = page.locator('tr', { hasText: 'Orchard of a publisher' }).locator('td.column-fedverify');
  await cell.locator('summary').click();
  const text = await cell.innerText();
  for (const part of [site.dids.orchard, 'Self-certified', 'did:key:z6Mk', 'bafyrei', 'Files verified', 'Identity verified']) {
    assert.ok(text.includes(part), `${part} is missing in: ${text}`);
  }
  await judge(page, 'plugins-detail-wide');
  const other = page.locator('tr', { hasText: 'fedverify' }).first().locator('td.column-fedverify');
  assert.match(await other.innerText(), /—/);
});

test('the history: newest first, what was undone on a branch, keys in full', async () => {
  const page = await visitor();
  await page.goto(ours({ package: site.dids.orchard }));
  const operations = await page.locator('.fedverify-operation').evaluateAll((all) => all.map((one) => [one.id, one.className]));
  assert.deepEqual(operations.map(([id]) => id), ['operation-3', 'operation-2', 'operation-1', 'operation-0']);
  assert.match(operations[0][1], /is-head/);
  assert.match(operations[1][1], /is-undone is-branch/);
  const thief = page.locator('#operation-2');
  await thief.locator('summary').click();
  assert.match(await thief.innerText(), /Undone[\s\S]*thief\.example[\s\S]*bafyrei[a-z2-7]{52}[\s\S]*did:key:z/);
});

test('Site Health: tests and debug information', async () => {
  const page = await visitor();
  await page.goto(`${site.address}/wp-admin/site-health.php`);
  for (const label of ['Updates are held', 'Some identities have never been verified', 'The clock of this server seems to be wrong']) {
    await page.getByText(label).first().waitFor();
  }
  await page.getByText('Updates are held').first().click();
  await page.screenshot({ path: join(site.pictures, 'site-health-wide.png'), fullPage: true });
  await page.goto(`${site.address}/wp-admin/site-health.php?tab=debug`);
  await page.locator('button[aria-controls="health-check-accordion-block-fedverify"]').click();
  assert.match(await page.locator('#health-check-accordion-block-fedverify').innerText(), /php: fedverify \S+ in PHP|PHP/);
  await page.screenshot({ path: join(site.pictures, 'site-health-info-wide.png'), fullPage: true });
});

test('settings are saved, and a value that cannot be used is not', async () => {
  const page = await visitor();
  await page.goto(ours({ tab: 'settings' }));
  await page.getByLabel('Report only').check();
  await page.getByLabel('Witnesses').fill('https://replica.example');
  await page.getByRole('button', { name: 'Save Changes' }).click();
  await page.getByText('Settings saved.').waitFor();
  assert.ok(await page.getByLabel('Report only').isChecked());
  await page.goto(ours());
  await page.getByText('Report only: fedverify says').waitFor();
  await judge(page, 'report-only-wide');
  await page.goto(ours({ tab: 'settings' }));
  await page.getByLabel('Enforce').check();
  await page.getByLabel('Witnesses').fill('http://insecure.example');
  await page.getByRole('button', { name: 'Save Changes' }).click();
  await page.getByText('Not saved').waitFor();
  assert.ok(await page.getByLabel('Report only').isChecked(), 'all or none is saved');
  assert.equal(await page.getByLabel('Witnesses').inputValue(), 'https://replica.example');
  await page.getByLabel('Enforce').check();
  await page.getByLabel('Witnesses').fill('');
  await page.getByRole('button', { name: 'Save Changes' }).click();
  await page.getByText('Settings saved.').waitFor();
});

test('the export: all verdicts, no formulas', async () => {
  const page = await visitor();
  const exported = async (label) => {
    await page.goto(ours({ tab: 'verdicts' }));
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: label }).click()]);
    return [download.suggestedFilename(), readFileSync(await download.path(), 'utf8')];
  };
  const [name, csv] = await exported('Export as CSV');
  assert.match(name, /^fedverify-verdicts-\d{4}-\d\d-\d\d\.csv$/);
  assert.match(csv, /^"at","verdict","code","did","kind","name","version","message","context","only_reported"\r\n/);
  assert.match(csv, /"'=HYPERLINK\(""https:\/\/evil\.example""\)","'\+1"/);
  const [, json] = await exported('Export as JSON');
  const verdicts = JSON.parse(json);
  assert.ok(verdicts.some(({ verdict, did }) => verdict === 'rejected' && did === site.dids.forms));
});

test('only who may, and only with a nonce', async () => {
  const page = await visitor();
  const post = (form) => page.request.post(ours(), { form, maxRedirects: 0 });
  for (const action of ['verify', 'verify_all', 'install', 'dismiss', 'settings', 'export']) {
    const answer = await post({ fedverify_action: action, fedverify_about: site.dids.garden });
    assert.equal(answer.status(), 403, action);
    assert.equal((await post({ fedverify_action: action, fedverify_about: site.dids.garden, _wpnonce: 'aaaaaaaaaa' })).status(), 403, action);
  }
  // A nonce is for one thing.
  await page.goto(ours());
  const nonce = await page.locator(`form:has(input[name="fedverify_action"][value="verify"]):has(input[value="${site.dids.garden}"]) input[name="_wpnonce"]`).first().inputValue();
  assert.equal((await post({ fedverify_action: 'install', fedverify_about: site.dids.garden, fedverify_read: '1', _wpnonce: nonce })).status(), 403);
  assert.equal((await post({ fedverify_action: 'verify', fedverify_about: site.dids.forms, _wpnonce: nonce })).status(), 403);
  for (const user of ['helper', 'editor']) {
    const other = await visitor({ user });
    const answer = await other.goto(ours());
    assert.equal(answer.status(), 403, user);
    await other.goto(`${site.address}/wp-admin/`);
    assert.equal(await other.locator('.fedverify-notice').count(), 0, user);
  }
});

test('without JavaScript: details open, a notice is dismissed for this administrator', async () => {
  const page = await visitor({ javaScriptEnabled: false });
  await page.goto(ours());
  const notice = page.locator('.fedverify-notice', { hasText: 'fedverify refused “Forms of a publisher 1.1.0”' });
  const text = await notice.innerText();
  for (const part of ['pin.rollback', 'Version 1.0.0 is still installed', 'Do not install', '<img src=x']) {
    assert.ok(text.includes(part), `${part} is missing in: ${text}`);
  }
  await page.locator('.fedverify-verdicts summary').first().click();
  await page.screenshot({ path: join(site.pictures, 'refusal-wide.png'), fullPage: true });
  await notice.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByText('The notice will not be shown to you again.').waitFor();
  assert.equal(await notice.count(), 0);
  await page.goto(`${site.address}/wp-admin/plugins.php`);
  assert.equal(await notice.count(), 0);
});

test('"Verify now" says what the directory shows', async () => {
  const page = await visitor();
  const verify = async (name) => {
    await page.goto(ours({ package: site.dids[name] }));
    await page.locator('.fedverify-card').first().getByRole('button', { name: 'Verify now' }).click();
    await page.locator('.fedverify .notice').first().waitFor();
    return page.locator('.fedverify').innerText();
  };
  assert.match(await verify('seedling'), /Verified\. What was found is below\.[\s\S]*Publisher verified[\s\S]*Identity created[\s\S]*security@publisher\.example/);
  await judge(page, 'verified-wide');
  assert.match(await verify('forms'), /Refused\. The reason is below\.[\s\S]*pin\.rollback/);
  await judge(page, 'refused-again-wide');
  assert.match(await verify('meadow'), /The check could not be finished[\s\S]*Could not verify/);
  const unknown = await page.request.get(ours({ package: 'did:plc:zzzzzzzzzzzzzzzzzzzzzzzz' }));
  assert.match(await unknown.text(), /This site knows nothing about this identity/);
});

test('"Install at once": only after reading, and through WordPress’s updater', async () => {
  const page = await visitor({ javaScriptEnabled: false });
  await page.goto(ours());
  await page.getByRole('link', { name: 'Install at once' }).click();
  await page.getByText('fair2').first().waitFor();
  const form = page.locator('form:has(input[name="fedverify_read"])');
  const fields = Object.fromEntries(await form.locator('input[type="hidden"]').evaluateAll((all) => all.map(({ name, value }) => [name, value])));
  const unread = await page.request.post(ours(), { form: fields });
  assert.match(await unread.text(), /first confirm that you have read what changed/);
  await form.getByRole('checkbox').check();
  await form.getByRole('button', { name: 'Install at once' }).click();
  await page.waitForURL(/update\.php\?action=upgrade-plugin/);
});

test('where the server verifies, no browser does', async () => {
  const page = await visitor();
  await page.goto(ours());
  assert.equal(await page.evaluate(() => typeof window.fedverifyBrowser), 'undefined');
  const nonce = await (await page.request.get(`${site.address}/wp-admin/admin-ajax.php?action=rest-nonce`)).text();
  const answer = await page.request.post(`${site.address}/index.php?rest_route=/fedverify/v1/browser/begin`, {
    data: { did: site.dids.garden },
    headers: { 'X-WP-Nonce': nonce },
  });
  assert.equal((await answer.json()).code, 'wordpress.browser.not_needed');
});

test('PHP said nothing', () => {
  const errors = existsSync(site.errors) ? readFileSync(site.errors, 'utf8') : '';
  const ours_ = errors.split('\n').filter((line) => /fedverify/i.test(line) && !/could not establish a secure connection/.test(line));
  assert.deepEqual(ours_, []);
});
