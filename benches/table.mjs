/**
 * The table of `make bench`: every row of a group is measured in turns with all others of it, so that whatever else the
 * machine does meets all alike. A row is the least of all rounds, and its ratio to the first row of the group.
 *
 *     node benches/table.mjs FOLDER TARGET [GROUP…]
 *
 * FOLDER has the cases and TARGET the programs, as benches/bench.sh makes them. A group is chosen by how its title starts.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { command, reasonForNoPeaks, Worker } from './worker.mjs';

const [folder, target, ...chosen] = process.argv.slice(2);
const ROUNDS = Number(process.env.ROUNDS ?? 7);
/** How long one measurement of one row should take at least, in microseconds. */
const LEAST = 50_000;

/** The extension, where PHP's headers were there to build it. */
const PHP = process.env.FEDVERIFY_PHP_EXTENSION;
const PROGRAMS = {
  pure: [`${target}/bench/bench-pure`, folder],
  native: [`${target}/bench/bench-native`, folder],
  c: [`${target}/bench/bench-c`],
  node: ['node', 'benches/workers/worker.mjs', folder],
  extension: ['php', '-n', '-d', `extension=${PHP}`, 'benches/workers/worker.php', folder, 'extension'],
  ffi: ['php', '-n', '-d', 'extension=ffi', 'benches/workers/worker.php', folder, 'ffi'],
  php: ['php', '-n', 'benches/workers/worker.php', folder, 'php'],
};
const workers = new Map();

function reasonToLeaveOut(name) {
  if (name === 'extension' && !PHP) return 'there is no extension: php-config is missing';
  const [program] = PROGRAMS[name];
  return program.includes('/') && !existsSync(program) ? `there is no ${program}` : undefined;
}

/** The worker of this name, started at its first use; `undefined`, with a line that says why, where it cannot run. */
async function worker(name) {
  if (!workers.has(name)) {
    const why = reasonToLeaveOut(name);
    if (why) console.log(`left out: ${name}, because ${why}`);
    workers.set(name, why ? undefined : await Worker.start(PROGRAMS[name]));
  }
  return workers.get(name);
}

const row = (label, program, subject, times = 1) => ({ label, program, subject, times });
const run = (label, ...words) => ({ label, command: command(words), subject: '', times: 1 });

/** Words of the command for a package that it reads to its end, and then finds not to be the example's: it exits with 1. */
const packageWords = (file) => {
  const example = (name) => `examples/fair/${name}`;
  const did = readFileSync(example('did.txt'), 'utf8').trim();
  return [`${target}/release/fedverify`, 'package', 'verify', file, '--did', did, '--quiet',
    '--log', example('log.json'), '--metadata', example('metadata.json')];
};
const logWords = (file) => (
  [`${target}/release/fedverify`, 'log', 'verify', file, '--did', JSON.parse(readFileSync(file))[0].did, '--quiet']);

function logRows(curve, operations) {
  const name = `${curve}-${operations}`;
  const file = `${folder}/log-${name}.json`;
  const libraries = curve === 'p256' ? ['p256', 'aws-lc'] : ['k256', 'libsecp256k1'];
  return [
    row('core, native-crypto', 'native', `log/${name}`),
    row('core, pure Rust', 'pure', `log/${name}`),
    row(`bare checks, ${libraries[1]}`, 'native', `bare/${libraries[1]}`, operations),
    row(`bare checks, ${libraries[0]}`, 'pure', `bare/${libraries[0]}`, operations),
    run('command, with its start', ...logWords(file)),
    row('C', 'c', file),
    row('PHP, extension', 'extension', `log/${name}`),
    row('PHP, FFI', 'ffi', `log/${name}`),
    row('core in PHP', 'php', `log/${name}`),
    row('wasm in Node', 'node', `log/${name}`),
    ...(curve === 'p256' ? [row('wasm in Node, without WebCrypto', 'node', `alone/${name}`)] : []),
    row('@did-plc/lib', 'node', `did-plc-lib/${name}`),
    row('atproto-plc', 'pure', `atproto-plc/${name}`),
    ...(curve === 'p256' ? [row('bare checks, WebCrypto in Node', 'node', 'bare/webcrypto', operations)] : []),
  ];
}

function packageRows(size) {
  const file = `${folder}/package-${size}`;
  return [
    row('SHA-384 alone, aws-lc', 'native', `sha384-aws-lc/${size}`),
    row('SHA-384 alone, ring', 'native', `sha384-ring/${size}`),
    row('SHA-384 alone, sha2', 'native', `sha384-sha2/${size}`),
    row('core, both digests', 'native', `package/${size}`),
    row('C, both digests, one thread', 'c', file),
    { label: 'command, with its start', command: command(packageWords(file), 1), subject: '', times: 1 },
    row('PHP, extension', 'extension', `package/${size}`),
    row('PHP, FFI', 'ffi', `package/${size}`),
    row('core in PHP', 'php', `package/${size}`),
    row('PHP, hash_file twice', 'php', `hash_file/${size}`),
    run('openssl dgst -sha384', 'openssl', 'dgst', '-sha384', file),
    ...(size === '20M' ? [
      row('wasm in Node, both digests', 'node', 'wasm/package-20M'),
      row('WebCrypto in Node, both digests', 'node', 'webcrypto/package-20M'),
    ] : []),
  ];
}

/** What a start costs, beside the same program with nothing of ours. */
const startRows = () => [
  run('the command, --version', `${target}/release/fedverify`, '--version'),
  run('PHP', 'php', '-n', '-r', ''),
  ...(PHP ? [run('PHP with the extension', 'php', '-n', '-d', `extension=${PHP}`, '-r', '')] : []),
  run('Node', 'node', '-e', ''),
  run('Node with the module, until it is ready', 'node', 'benches/workers/start.mjs'),
];

/** The greatest cases of each kind. */
function memoryRows() {
  const log = `${folder}/log-secp256k1-200.json`;
  const size = packages.at(-1);
  const file = `${folder}/package-${size}`;
  return [
    run('command, log of 200 operations', ...logWords(log)),
    { label: `command, package of ${size}B`, command: command(packageWords(file), 1), subject: '' },
    ...['extension', 'ffi', 'php'].flatMap((way) => [
      { label: `PHP, ${way}, log of 200 operations`, program: way, subject: 'log/secp256k1-200' },
      { label: `PHP, ${way}, package of ${size}B`, program: way, subject: `package/${size}` },
    ]),
  ];
}

const packages = readdirSync(folder).filter((name) => name.startsWith('package-')).map((name) => name.slice('package-'.length))
  .sort((one, other) => parseInt(one, 10) - parseInt(other, 10));
const LENGTHS = [2, 5, 50, 200];
const groups = [
  ...['secp256k1', 'p256'].flatMap((curve) => LENGTHS.map((operations) => (
    [`log of ${operations} operations, ${curve}`, logRows(curve, operations)]))),
  ['revisit with a pin at the head, 50 operations, secp256k1', [
    row('without a pin, native-crypto', 'native', 'log/secp256k1-50'),
    row('with it, native-crypto', 'native', 'revisit/secp256k1-50'),
    row('without a pin, pure Rust', 'pure', 'log/secp256k1-50'),
    row('with it, pure Rust', 'pure', 'revisit/secp256k1-50'),
  ]],
  ['Ed25519 signature of a PFN record', [
    row('ed25519-dalek alone, strict', 'native', 'bare/ed25519-dalek'),
    row('ring alone', 'native', 'bare/ring-ed25519'),
    row('aws-lc alone', 'native', 'bare/aws-lc-ed25519'),
    row('core, record and signature', 'native', 'pfn-plugin'),
  ]],
  ...packages.map((size) => [`package of ${size}B`, packageRows(size)]),
  ['start', startRows()],
];

/** The rows that can be measured, each with its worker and how often one measurement repeats it. */
async function ready(rows) {
  const usable = [];
  for (const each of rows) {
    const measurer = each.command ?? await worker(each.program);
    if (!measurer) continue;
    const once = await measurer.measure(each.subject, 1);
    const count = Math.max(1, Math.round(LEAST / (once * each.times))) * each.times;
    usable.push({ ...each, measurer, count, best: Infinity });
  }
  return usable;
}

async function measure(title, rows) {
  const usable = await ready(rows);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const each of usable) {
      each.best = Math.min(each.best, (await each.measurer.measure(each.subject, each.count)) * each.times);
    }
  }
  console.log(`\n${title}`);
  for (const { label, best } of usable) {
    console.log(`  ${label.padEnd(34)} ${best.toFixed(1).padStart(12)} µs ${(best / usable[0].best).toFixed(2).padStart(8)}`);
  }
}

/** The most memory that each row ever had, in a program of its own. */
async function measureMemory(title) {
  console.log(`\n${title}`);
  for (const { label, command: whole, program, subject } of memoryRows()) {
    const why = whole ? reasonForNoPeaks : reasonToLeaveOut(program);
    if (why) {
      console.log(`left out: ${label}, because ${why}`);
      continue;
    }
    const measurer = whole ?? await Worker.start(PROGRAMS[program]);
    if (!whole) await measurer.measure(subject, 1);
    console.log(`  ${label.padEnd(42)} ${measurer.peak().toFixed(1).padStart(8)} MiB`);
    measurer.end();
  }
}

const isChosen = (title) => chosen.length === 0 || chosen.some((start) => title.startsWith(start));
for (const [title, rows] of groups) {
  if (isChosen(title)) await measure(title, rows);
}
if (isChosen('peak memory')) await measureMemory('peak memory');
for (const each of workers.values()) each?.end();
