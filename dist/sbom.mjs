// Prints what is in an artefact, as a CycloneDX 1.5 bill of materials. The same sources give the same bytes.
//
//     node dist/sbom.mjs FILE PACKAGE TARGET [--license SPDX] [--features LIST] [--no-default-features] [--manifest-path FILE]
//
// TARGET is `source` for an archive of sources: then it is what they are built with, by the lock file, on Linux.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
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

/** What matches in a file of a crate. */
function found(crate, path, pattern) {
  const match = pattern.exec(readFileSync(join(dirname(crate.manifest_path), path), 'utf8'));
  if (!match) throw new Error(`${crate.name}: ${path} names no version`);
  return match.slice(1).join('.');
}

/** The libraries in C that crates bring along and build. */
const IN_C = {
  'libsqlite3-sys': (crate) => ({
    name: 'SQLite', license: 'blessing', url: 'https://sqlite.org',
    version: found(crate, 'sqlite3/sqlite3.h', /^#define SQLITE_VERSION +"(.*)"$/m),
  }),
  'secp256k1-sys': (crate) => ({
    name: 'libsecp256k1', license: 'MIT', url: 'https://github.com/bitcoin-core/secp256k1',
    version: found(crate, 'depend/secp256k1/configure.ac', /_PKG_VERSION_MAJOR, (\d+)\)[^]*?_PKG_VERSION_MINOR, (\d+)\)[^]*?_PKG_VERSION_PATCH, (\d+)\)/),
  }),
};

/** What a toolchain links into everything that it builds for a target. */
function ofToolchain(target) {
  const rust = /^release: (.*)$/m.exec(execFileSync('rustc', ['-vV'], { encoding: 'utf8' }))[1];
  const libraries = [{ name: 'rust-std', version: rust, license: 'MIT OR Apache-2.0', url: 'https://github.com/rust-lang/rust' }];
  if (target.endsWith('-musl')) {
    const zig = /^ziglang==(\S+)/m.exec(readFileSync('dist/zig.txt', 'utf8'))[1];
    libraries.push({ name: 'musl', license: 'MIT', url: 'https://musl.libc.org', description: `as ziglang ${zig} has it` });
  }
  return libraries;
}

function library({ name, version, license, url, description }) {
  const purl = `pkg:generic/${name.toLowerCase()}${version ? `@${version}` : ''}`;
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    ...(version && { version }),
    ...(description && { description }),
    licenses: [{ license: { id: license } }].map((one) => (license.includes(' ') ? { expression: license } : one)),
    purl,
    externalReferences: [{ type: 'website', url }],
  };
}

const isSource = target === 'source';
const crates = linked(name, isSource ? 'x86_64-unknown-linux-gnu' : target, options);
const inC = crates.filter((crate) => crate.name in IN_C).map((crate) => IN_C[crate.name](crate));
// Of sources, the first is the artefact itself.
const components = [
  ...(isSource ? crates.slice(1) : crates).map(component),
  ...[...inC, ...(isSource ? [] : ofToolchain(target))].map(library),
];

const bytes = readFileSync(file);
const artefact = {
  type: 'application',
  'bom-ref': basename(file),
  name: basename(file),
  version: VERSION,
  hashes: [{ alg: 'SHA-256', content: createHash('sha256').update(bytes).digest('hex') }],
  licenses: [{ expression: license }],
};
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
