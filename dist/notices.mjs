// Prints what must accompany a build that carries others' code: the crates in it, and the texts of their licences.
//
//     node dist/notices.mjs PACKAGE TARGET [--features LIST] [--no-default-features] [--manifest-path FILE] [--musl FOLDER]
//
// Where a crate can be had under the MIT License, its text is that one. --musl: musl is in the build, too, and its source there.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { linked } from './linked.mjs';

const [name, target, ...options] = process.argv.slice(2);
const [, musl] = options.includes('--musl') ? options.splice(options.indexOf('--musl'), 2) : [];

const ABOUT_RIGHTS = /^(un)?licen[cs]e|^copying|^notice|^copyright/i;
const NO_TEXT = /\.(rs|html|c|h)$/i;

/** Files whose names say that they are about rights, also those of the C that a crate brings along. */
function rights(folder, depth = 0) {
  const paths = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return depth < 2 ? rights(path, depth + 1) : [];
    return ABOUT_RIGHTS.test(entry.name) && !NO_TEXT.test(entry.name) ? [path] : [];
  });
  return paths.sort();
}

/** Those of them that we need, where the crate leaves a choice. */
function chosen(crate) {
  const files = rights(dirname(crate.manifest_path));
  const others = files.filter((file) => dirname(file) !== dirname(crate.manifest_path) || /notice|copyright/i.test(file));
  const mit = files.filter((file) => !others.includes(file) && /mit/i.test(file));
  const isChoice = /\bMIT\b/.test(crate.license ?? '') && !/\bAND\b/.test(crate.license);
  return isChoice && mit.length > 0 ? [...mit, ...others] : files;
}

const CONDITIONS = readFileSync(new URL('../LICENSE-MIT', import.meta.url), 'utf8')
  .split('\n').filter((line) => !/^(MIT License|Copyright)/.test(line)).join('\n').trim();
const mit = (holders) => `MIT License\n\nCopyright (c) ${holders}\n\n${CONDITIONS}`;

/** Of a crate that brings no text, as some do: who wrote it, and the text of the licence that it names. */
function written(crate) {
  if (!/\bMIT\b/.test(crate.license ?? '')) throw new Error(`${crate.name} ${crate.version} (${crate.license}) brings no licence text`);
  const authors = crate.authors.map((author) => author.replace(/ <.*/, '')).join(', ');
  return mit(authors || `the authors of ${crate.name}, ${crate.repository}`);
}

const tidy = (text) => text.replace(/\r\n?/g, '\n').replace(/[ \t]+$/gm, '').trim();
const read = (file) => tidy(readFileSync(file, 'utf8'));

/** The text of each licence, and what it is of. */
function texts() {
  const found = new Map();
  const add = (text, title) => found.set(text, (found.get(text) ?? new Set()).add(title));
  for (const crate of linked(name, target, options)) {
    if (crate.source === null) continue; // ours
    const title = `${crate.name} ${crate.version} (${crate.license})`;
    const files = chosen(crate);
    for (const text of files.length > 0 ? files.map(read) : [written(crate)]) add(text, title);
  }
  add(mit('The Rust Project Contributors'), 'the standard library of Rust (MIT OR Apache-2.0)');
  if (musl) add(read(join(musl, 'COPYRIGHT')), 'musl (MIT)');
  return found;
}

const line = '-'.repeat(80);
const parts = [...texts()].map(([text, titles]) => `${line}\n${[...titles].join('\n')}\n${line}\n\n${text}\n`);
console.log(`This build of fedverify contains code of others, under these licences.\n\n${parts.join('\n')}`);
