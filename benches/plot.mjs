/**
 * Draws what logs cost against their length, both axes by powers: docs/images/performance.svg, from what `make bench` prints.
 *
 *     benches/bench.sh 'log of' | tee table.txt
 *     node benches/plot.mjs < table.txt > docs/images/performance.svg
 */
import { readFileSync } from 'node:fs';

/** The rows that are drawn, by the start of their labels, each with its colour. They differ in dashes, too. */
const LINES = [
  ['core, native-crypto', '#0a7d34', ''],
  ['core, pure Rust', '#2563eb', '8 3'],
  ['wasm in Node', '#b45309', '2 3'],
  ['core in PHP', '#7c3aed', '10 3 2 3'],
  ['@did-plc/lib', '#b91c1c', '4 4'],
];
const CURVES = ['secp256k1', 'p256'];
const TITLES = { secp256k1: 'secp256k1', p256: 'P-256' };
const [WIDTH, HEIGHT, LEFT, TOP, GAP] = [300, 260, 70, 40, 90];

/** What was measured: by curve and label, pairs of operations and microseconds. */
function read(text) {
  const measured = new Map();
  let group;
  for (const line of text.split('\n')) {
    const title = /^log of (\d+) operations, (\S+)$/.exec(line);
    if (title) group = { operations: Number(title[1]), curve: title[2] };
    else if (!line.startsWith('  ')) group = undefined;
    const row = group && /^ {2}(.+?)\s+([\d.]+) µs/.exec(line);
    if (!row) continue;
    const name = `${group.curve} ${row[1]}`;
    measured.set(name, [...(measured.get(name) ?? []), [group.operations, Number(row[2])]]);
  }
  return measured;
}

const measured = read(readFileSync(0, 'utf8'));
const all = CURVES.flatMap((curve) => LINES.flatMap(([label]) => measured.get(`${curve} ${label}`) ?? []));
if (all.length < 20) throw new Error(`expected the groups "log of" of make bench on standard input, found ${all.length} rows of them`);

const powers = (values) => [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))];
const [least, most] = powers(all.map(([, micros]) => micros));
const LENGTHS = [...new Set(all.map(([operations]) => operations))].sort((a, b) => a - b);
const across = (operations) => (Math.log(operations / LENGTHS[0]) / Math.log(LENGTHS.at(-1) / LENGTHS[0])) * WIDTH;
const up = (micros) => HEIGHT - ((Math.log10(micros) - least) / (most - least)) * HEIGHT;
const time = (micros) => (micros < 1000 ? `${micros} µs` : micros < 1e6 ? `${micros / 1000} ms` : `${micros / 1e6} s`);

function panel(curve, at) {
  const lines = LINES.map(([label, colour, dashes]) => {
    const points = (measured.get(`${curve} ${label}`) ?? []).map(([x, y]) => `${across(x).toFixed(1)},${up(y).toFixed(1)}`);
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dashes}"/>`;
  });
  const rows = Array.from({ length: most - least + 1 }, (_, power) => 10 ** (least + power)).map((micros) => (
    `<line x2="${WIDTH}" y1="${up(micros)}" y2="${up(micros)}" class="grid"/>`
    + `<text x="-8" y="${up(micros) + 4}" text-anchor="end">${time(micros)}</text>`));
  const columns = LENGTHS.map((operations) => (
    `<text x="${across(operations).toFixed(1)}" y="${HEIGHT + 20}" text-anchor="middle">${operations}</text>`));
  return `<g transform="translate(${at} ${TOP})"><text x="${WIDTH / 2}" y="-14" text-anchor="middle" class="title">${TITLES[curve]}</text>`
    + `${rows.join('')}${columns.join('')}${lines.join('')}`
    + `<text x="${WIDTH / 2}" y="${HEIGHT + 40}" text-anchor="middle">operations in the log</text></g>`;
}

const keyTop = TOP + HEIGHT + 62;
const key = LINES.map(([label, colour, dashes], at) => (
  `<g transform="translate(${LEFT + at * 158} ${keyTop})"><line x2="26" stroke="${colour}" stroke-width="2" stroke-dasharray="${dashes}"/>`
  + `<text x="32" y="4">${label}</text></g>`));
const width = LEFT + 2 * WIDTH + GAP + 20;
console.log(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.max(width, LEFT + LINES.length * 158)} ${keyTop + 20}" role="img">
<title>What verifying a log costs, against the number of its operations</title>
<style>
text { font: 12px sans-serif; fill: #24292f; } .title { font-weight: bold; } .grid { stroke: #d0d7de; }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .grid { stroke: #3d444d; } }
</style>
${CURVES.map((curve, at) => panel(curve, LEFT + at * (WIDTH + GAP))).join('\n')}
${key.join('\n')}
</svg>`);
