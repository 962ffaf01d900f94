// The crates in a build of a package, for notices.mjs and sbom.mjs.
import { execFileSync } from 'node:child_process';

const cargo = (...parameters) =>
  execFileSync('cargo', parameters, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] });

/** Takes an option with its value out of a list of options. */
function taken(options, name) {
  const at = options.indexOf(name);
  return at < 0 ? [] : options.splice(at, 2);
}

/**
 * The package itself first, then what is linked into it for this target, as `cargo metadata` describes them: not what only
 * builds or tests it, and no procedural macros.
 */
export function linked(name, target, options) {
  const manifest = taken(options, '--manifest-path');
  const tree = cargo('tree', '--locked', ...manifest, '-p', name, '--target', target, ...options, '-e', 'normal,no-proc-macro',
    '--prefix', 'none', '-f', '{p}');
  const inside = new Set(tree.split('\n').map((line) => line.split(' ').slice(0, 2).join(' ').replace(' v', ' ')));
  const { packages } = JSON.parse(cargo('metadata', '--locked', '--format-version', '1', ...manifest));
  const found = packages.filter((crate) => inside.has(`${crate.name} ${crate.version}`));
  found.sort((a, b) => (a.name === name ? -1 : b.name === name ? 1 : a.id < b.id ? -1 : 1));
  if (found[0]?.name !== name) throw new Error(`expected ${name} among what cargo tree prints`);
  return found;
}
