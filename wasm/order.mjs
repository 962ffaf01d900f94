/**
 * Puts similar functions of a WebAssembly module next to each other: `node order.mjs <in.wat> <out.wat>`.
 *
 * gzip looks back 32 KiB only, and the compiler leaves functions that are nearly the same far apart: one for each type that a
 * generic function was made for. In the text form functions call each other by name, so their order means nothing else. The
 * order depends on nothing but the functions, so the same module gives the same bytes.
 */
import { readFileSync, writeFileSync } from 'node:fs';

/** Instructions in a row that are compared. */
const RUN_LENGTH = 4;

/** A run that more functions than this have tells nothing. */
const MAX_OWNERS = 60;

/** With how many of the functions that were placed last the next one is compared. */
const LOOK_BACK = 12;

/** The top-level forms of a module, as Binaryen writes it: each starts a new line, one space in. */
function formsOf(text) {
  return text.slice(text.indexOf('\n') + 1, text.lastIndexOf('\n)')).split(/\n(?= \()/);
}

/** Every run of instructions of a function, once. */
function runsOf(form) {
  const lines = form.split('\n').slice(1).map((line) => line.trim().replace(/^\(|\)+$/g, ''));
  const runs = lines.map((_, at) => lines.slice(at, at + RUN_LENGTH).join('\n'));
  return new Set(runs.slice(0, 1 - RUN_LENGTH));
}

/** The functions that have a run, by run. */
function ownersOf(runs) {
  const owners = new Map();
  for (const [index, ofFunction] of runs.entries()) {
    for (const run of ofFunction) {
      if (owners.has(run)) owners.get(run).push(index);
      else owners.set(run, [index]);
    }
  }
  return owners;
}

/** How much each function that is left has in common with those that were placed last. A rare run counts for more. */
function scoresOf(placed, left, runs, owners) {
  const scores = new Map();
  for (const run of placed.flatMap((index) => [...runs[index]])) {
    const having = owners.get(run);
    if (having.length > MAX_OWNERS) continue;
    for (const index of having) if (left.has(index)) scores.set(index, (scores.get(index) ?? 0) + 1 / having.length);
  }
  return scores;
}

/** The functions in an order in which each has much in common with those before it; the longest starts. */
function ordered(functions) {
  const runs = functions.map(runsOf);
  const owners = ownersOf(runs);
  const byLength = [...functions.keys()].sort((a, b) => functions[b].length - functions[a].length || a - b);
  const left = new Set(byLength);
  const order = [];
  while (left.size > 0) {
    const scores = scoresOf(order.slice(-LOOK_BACK), left, runs, owners);
    // Long functions have more in common with anything.
    const share = ([index, score]) => score / (runs[index].size + 20) ** 0.7;
    const best = [...scores].sort((a, b) => share(b) - share(a) || a[0] - b[0])[0]?.[0];
    const next = best ?? left.values().next().value;
    left.delete(next);
    order.push(next);
  }
  return order.map((index) => functions[index]);
}

const [input, output] = process.argv.slice(2);
const forms = formsOf(readFileSync(input, 'utf8'));
const isFunction = (form) => form.startsWith(' (func ');
const functions = ordered(forms.filter(isFunction));
const reordered = forms.map((form) => (isFunction(form) ? functions.shift() : form));
writeFileSync(output, `(module\n${reordered.join('\n')}\n)\n`);
