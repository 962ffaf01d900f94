/**
 * Counts what tests in a browser tried: attacks that were stopped or missed, honest operations that worked or failed. The table is
 * that of runner/Runner.php.
 *
 * Whatever is tried counts as missed or failing until all that it asserts has held: an assertion that fails, that is not reached,
 * not awaited, caught or not there at all leaves it so.
 */
import strict from 'node:assert/strict';

const NAMES = { attack: 'attacks', honest: 'honest operations' };

export class Tally {
  /** Whether it held, by name. */
  #held = { attack: new Map(), honest: new Map() };

  #afterwards;

  /** @param {(assert: typeof strict) => Promise<void>} afterwards what must hold after each, too */
  constructor(afterwards = async () => {}) {
    this.#afterwards = afterwards;
  }

  /**
   * An attack that must be stopped.
   *
   * @param {string} name
   * @param {(assert: typeof strict) => Promise<void>} run plays it, and asserts with what it is given
   */
  attack(name, run) {
    return this.#play('attack', name, run);
  }

  /** An honest operation that must work; the arguments are those of an attack. */
  honest(name, run) {
    return this.#play('honest', name, run);
  }

  async #play(kind, name, run) {
    const all = this.#held[kind];
    strict.ok(!all.has(name), `two of one name: ${name}`);
    all.set(name, false);
    try {
      const counted = counting();
      await run(counted.assert);
      strict.ok(counted.begun > 0, 'nothing was asserted');
      strict.equal(counted.held, counted.begun, 'what was asserted did not hold, or nobody waited for it');
      await this.#afterwards(strict);
    } catch (error) {
      error.message = `${name}: ${error.message}`;
      throw error;
    }
    all.set(name, true);
  }

  /**
   * The table. What did not even begin is missed, or failing.
   *
   * @param {string} site
   * @param {{ attack: number, honest: number }} all how many there are
   */
  table(site, all) {
    const [stopped, working] = ['attack', 'honest'].map((kind) => this.#count(kind));
    const line = (name, ...cells) => name.padEnd(36) + [9, 8, 11, 9].map((width, i) => String(cells[i]).padStart(width)).join('');
    return [
      line('', 'attacks', '', 'honest', ''),
      line('', 'stopped', 'missed', 'working', 'failing'),
      line(site, stopped, Math.max(0, all.attack - stopped), working, Math.max(0, all.honest - working)),
    ].join('\n');
  }

  /** Prints the table, and fails where something is missed or failing; the arguments are those of the table. */
  finish(site, all) {
    console.log(`\n${this.table(site, all)}\n`);
    for (const [kind, name] of Object.entries(NAMES)) {
      const bad = [...this.#held[kind]].filter(([, isHeld]) => !isHeld).map(([one]) => one);
      strict.deepEqual(bad, [], `${name} that were missed or failed`);
      strict.equal(this.#count(kind), all[kind], `${name}: as many as there are`);
    }
  }

  #count(kind) {
    return [...this.#held[kind].values()].filter(Boolean).length;
  }
}

/** Assertions that are counted when they begin, and once they have held. */
function counting() {
  const counted = { begun: 0, held: 0, assert: null };
  counted.assert = new Proxy(strict, {
    get: (assertions, name) => (...arguments_) => {
      counted.begun += 1;
      const result = assertions[name](...arguments_);
      if (!(result instanceof Promise)) {
        counted.held += 1;
        return result;
      }
      return result.then((value) => { counted.held += 1; return value; });
    },
  });
  return counted;
}
