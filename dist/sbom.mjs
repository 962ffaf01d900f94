// Prints what is in an artefact, as a CycloneDX 1.5 bill of materials. The same sources give the same bytes.
//
//     node dist/sbom.mjs FILE PACKAGE TARGET [--license SPDX] [--features LIST] [--no-default-features] [--manifest-path FILE]
//     node dist/sbom.mjs FILE                            an artefact with nothing of others in it
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { linked } from './linked.mjs';

const [file, name, target, ...options] = process.argv.slice(2);
const [, license = 'MIT OR Apache-2.0'] = options.includes('--license') ? options.splice(options.indexOf('--license'), 2) : [];
const VERSION = /^\[workspace\.package\]\nversion = "(.*)"$/m.exec(readFileSync('Cargo.toml', 'utf8'))[1];

/** Cargo's old way of writing a choice is no SPDX expression. */
const expression = (license) => license.replaceAll('/', ' OR ');

const checksums = new Map([...readFileSync(lockFile(), 'utf8').matchAll(
  /^name = "(.*)"\nversion = "(.*)"\nsource = .*\nchecksum = "(.*)"$/gm)].map(([, crate, version, sum]) => [`${crate} ${version}`, sum]));

function lockFile() {
  const at = options.indexOf('--manifest-path');
  return at < 0 ? 'Cargo.lock' : options[at + 1].replace('Cargo.toml', 'Cargo.lock');
}

function component(crate) {
  const purl = `pkg:cargo/${crate.name}@${crate.version}`;
  const checksum = checksums.get(`${crate.name} ${crate.version}`);
  return {
    type: 'library',
    'bom-ref': purl,
    name: crate.name,
    version: crate.version,
    licenses: [{ expression: expression(crate.license) }],
    purl,
    ...(checksum && { hashes: [{ alg: 'SHA-256', content: checksum }] }),
    ...(crate.repository && { externalReferences: [{ type: 'vcs', url: crate.repository }] }),
  };
}

const bytes = readFileSync(file);
const artefact = {
  type: 'application',
  'bom-ref': basename(file),
  name: basename(file),
  version: VERSION,
  hashes: [{ alg: 'SHA-256', content: createHash('sha256').update(bytes).digest('hex') }],
  licenses: [{ expression: license }],
};
const components = name ? linked(name, target, options).map(component) : [];
const bill = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: {
    timestamp: new Date(Number(process.env.SOURCE_DATE_EPOCH) * 1000).toISOString(),
    component: artefact,
  },
  components,
  dependencies: [{ ref: artefact['bom-ref'], dependsOn: components.map((one) => one['bom-ref']) }],
};
console.log(JSON.stringify(bill, null, 1));
