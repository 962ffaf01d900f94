// Every link of the documents in unpacked archives leads somewhere: to a file of the same archive, or to one that the repository has
// under this version's tag.
//
//     node tests/dist-links.mjs ARCHIVE...     the folders that archives were unpacked into
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';

const manifest = readFileSync('Cargo.toml', 'utf8');
const [repository, version] = ['repository', 'version'].map((name) => manifest.match(`\n${name} = "(.*)"\n`)[1]);

const isDocument = (name) => name.endsWith('.md') || name === 'changelog.gz';

function documents(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return documents(path);
    return isDocument(entry.name) ? [path] : [];
  });
}

function text(path) {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
}

/** Of `[text](target)`, `[name]: target`, and of whatever attribute of HTML names a place. */
function targets(document) {
  const prose = document.replace(/```.*?```|~~~.*?~~~|`[^`]*`/gs, '');
  const found = prose.matchAll(/\]\(\s*<?([^)\s>]+)|^\s*\[[^\]]+\]:\s*<?([^\s>]+)|\b(?:src|srcset|href)\s*=\s*["']?([^"'\s>]+)/gm);
  return [...found].map((match) => match[1] ?? match[2] ?? match[3]);
}

/** What is wrong with a link, or nothing. */
function fault(target, document, archive) {
  const [path] = target.split('#');
  if (path.startsWith(`${repository}/`)) {
    const [, kind, tag, ...place] = path.slice(repository.length).split('/');
    if (!['blob', 'tree', 'raw'].includes(kind)) return undefined;
    return tag === version && existsSync(place.join('/')) ? undefined : `the repository has no such file in ${version}`;
  }
  if (path === '' || /^(https?|mailto):/.test(path)) return undefined;
  const file = join(dirname(document), path);
  const inside = !(relative(archive, file) + sep).startsWith(`..${sep}`);
  return inside && existsSync(file) ? undefined : 'the archive has no such file';
}

let links = 0;
const faults = [];
for (const archive of process.argv.slice(2)) {
  for (const document of documents(archive)) {
    for (const target of targets(text(document))) {
      links += 1;
      const wrong = fault(target, document, archive);
      if (wrong) faults.push(`${document}: the link to ${target} leads nowhere: ${wrong}`);
    }
  }
}
if (links === 0) faults.push('expected links in the documents of the archives, found none');
console.log(faults.length ? faults.join('\n') : `${links} links of documents in archives lead somewhere`);
process.exitCode = faults.length ? 1 : 0;
