// Prints a document as an archive carries it: links to what the archive does not have lead to the repository, at this version's tag.
//
//     node dist/document.mjs DOCUMENT FOLDER
//
// FOLDER is where the document will be, with the files beside it already there. To be run in the project's root.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const [document, folder] = process.argv.slice(2);
const manifest = readFileSync('Cargo.toml', 'utf8');
const [, repository] = /^repository = "(.*)"$/m.exec(manifest);
const [, version] = /^version = "(.*)"$/m.exec(manifest);

/** The page that the repository shows of a path; undefined where there is no such file. A picture is itself, not the page about it. */
function page(path) {
  const file = statSync(path, { throwIfNoEntry: false });
  if (file === undefined) return undefined;
  const kind = /\.(png|svg)$/.test(path) ? 'raw' : file.isDirectory() ? 'tree' : 'blob';
  return `${repository}/${kind}/${version}/${path}`;
}

function rewritten(target) {
  const [, path, fragment] = /^([^#]*)(.*)$/.exec(target);
  const stays = path === '' || /^[a-z]+:/.test(path) || (!path.startsWith('..') && existsSync(join(folder, path)));
  if (stays) return target;
  const found = page(normalize(join(dirname(document), path)));
  if (found === undefined) {
    console.error(`${document}: the link to ${target} leads nowhere`);
    process.exit(1);
  }
  return found + fragment;
}

/** In code, brackets mean something else. */
const CODE = /(```.*?```|~~~.*?~~~|`[^`]*`)/s;
/** A target ends at white space: a title may follow. */
const LINK = /(\]\(|\b(?:src|srcset|href)=")([^)"\s]+)/g;

const parts = readFileSync(document, 'utf8').split(CODE);
const prose = (part) => part.replace(LINK, (_, before, target) => before + rewritten(target));
process.stdout.write(parts.map((part, index) => (index % 2 ? part : prose(part))).join(''));
