/**
 * Runs what build.sh made in workerd, through Miniflare, as `fedverify-node serve` runs the native node:
 *
 *   MASTER_KEY=… node serve.mjs serve --data FOLDER [--listen ADDRESS:PORT] [--url URL] [--check-every SECONDS] [--allow-private]
 *     [--plc-url URL] [--limit NAME=NUMBER]… [--cors-origin ORIGIN]…
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Miniflare } from 'miniflare';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const { values } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    listen: { type: 'string', default: '127.0.0.1:8787' },
    url: { type: 'string' },
    'plc-url': { type: 'string' },
    'check-every': { type: 'string' },
    'allow-private': { type: 'boolean', default: false },
    limit: { type: 'string', multiple: true, default: [] },
    'cors-origin': { type: 'string', multiple: true, default: [] },
  },
});
const [host, port] = values.listen.split(':');
// Which port it is to be is not known yet where none was named.
const bindings = { NODE_URL: values.url ?? `http://${values.listen}`, ...(values['allow-private'] && { ALLOW_PRIVATE: 'true' }) };
if (process.env.MASTER_KEY !== undefined) bindings.MASTER_KEY = process.env.MASTER_KEY;
if (values['check-every'] !== undefined) values.limit.push(`checkSeconds=${values['check-every']}`);
if (values['plc-url'] !== undefined) bindings.PLC_URL = values['plc-url'];
bindings.LIMITS = values.limit.join(' ');
bindings.CORS_ORIGINS = values['cors-origin'].join(' ');

// The names are those that are deployed.
const wrangler = await readFile(`${dist}wrangler.toml`, 'utf8');
const named = (name) => wrangler.match(new RegExp(`^${name} = "(.*)"$`, 'm'))[1];
const binding = (table) => wrangler.match(new RegExp(`^\\[\\[${table.replace('.', '\\.')}\\]\\]\\n(?:name|binding) = "(.*)"$`, 'm'))[1];

const miniflare = new Miniflare({
  host,
  port: Number(port),
  modules: [
    { type: 'ESModule', path: `${dist}index.js` },
    { type: 'CompiledWasm', path: `${dist}bindings_bg.wasm` },
  ],
  modulesRoot: dist,
  compatibilityDate: named('compatibility_date'),
  compatibilityFlags: JSON.parse(wrangler.match(/^compatibility_flags = (\[.*\])$/m)[1]),
  bindings,
  durableObjects: { [binding('durable_objects.bindings')]: { className: named('class_name'), useSQLite: true } },
  durableObjectsPersist: `${values.data}/objects`,
  r2Buckets: { [binding('r2_buckets')]: named('bucket_name') },
  r2Persist: `${values.data}/r2`,
  // The log, as the native node writes it.
  handleRuntimeStdio: (...streams) => streams.forEach((stream) => stream.pipe(process.stderr)),
});
const url = await miniflare.ready;
console.log(`fedverify-node listens on ${url.origin}`);

// Whoever started this ends it by closing its standard input, or is gone.
process.stdin.resume().on('end', async () => {
  await miniflare.dispose();
  process.exit(0);
});
