/**
 * Draws docs/images/history-light.png and history-dark.png, which README.md shows: the demo page's history of the signed
 * example, with the thief's operation chosen. Run it by hand after changing the demo page or the example:
 * `node wasm/tests/js/picture.mjs`, with the module built (wasm/build.sh) and Chromium installed.
 */
import { fileURLToPath } from 'node:url';
import { launch } from './chromium.mjs';
import { ROOT } from './files.mjs';
import { serve } from './serve.mjs';

const WIDTH = 720;
const MARGIN = 16;
const STOLEN = 2;

async function draw(browser, origin, colorScheme) {
  const page = await browser.newPage({ colorScheme, deviceScaleFactor: 1.5, viewport: { width: WIDTH, height: 1000 } });
  await page.goto(`${origin}/wasm/demo/index.html`);
  await page.click('#example');
  await page.locator('#result:not([aria-busy])').waitFor();
  await page.locator('#history .node').nth(STOLEN).click();
  await page.locator('#history-part > h3, #history-part > .note').evaluateAll((parts) => {
    for (const part of parts) part.hidden = true;
    document.activeElement.blur();
    window.scrollTo(0, 0);
  });
  const path = fileURLToPath(new URL(`docs/images/history-${colorScheme}.png`, ROOT));
  const { x, y, width, height } = await page.locator('#history-part').boundingBox();
  const clip = { x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN };
  await page.screenshot({ path, clip, fullPage: true });
  await page.close();
}

const [server, browser] = await Promise.all([serve(), launch()]);
try {
  for (const colorScheme of ['light', 'dark']) await draw(browser, server.origin, colorScheme);
} finally {
  await browser.close();
  server.close();
}
