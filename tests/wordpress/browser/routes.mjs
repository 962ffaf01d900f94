/** The routes by which a site hands out what a browser verifies, asked as the plugin's script does, and as it never would. */
import strict from 'node:assert/strict';

/** What the script of the page has: where to ask, and the nonce. */
export const given = (page) => page.evaluate(() => window.fedverifyBrowser);

/** Asks a route as the script does, from the page. */
export const ask = (page, route, body, headers) => page.evaluate(async ([name, content, others]) => {
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
export const reportOf = (page, begun, more = {}) => page.evaluate(async ([{ did, ticket, pin, now }, { archive, pin: newer }]) => {
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

export const send = (page, ticket, part, report, more = {}) => ask(page, 'report', { ticket, part, report: typeof report === 'string' ? report : JSON.stringify(report), ...more });

/** As far as the archive: the ticket, and the browser's report on the archive, which was not sent. */
export async function asFarAsArchive(page, did) {
  const { value: begun } = await ask(page, 'begin', { did });
  const identity = await reportOf(page, begun);
  const { value, status } = await send(page, begun.ticket, 'log', identity, { package: true });
  strict.equal(status, 200, JSON.stringify(value));
  return { begun, archive: value.archive, identity, report: await reportOf(page, begun, { archive: value.archive, pin: identity.pin }) };
}
