/** Programs that measure themselves: a line `NAME COUNT` in, the nanoseconds out. And whole commands, from outside. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A worker that runs until it is ended. */
export class Worker {
  #process;
  #lines;

  /** Starts the program and waits until it has named what it measures. */
  static async start([program, ...parameters]) {
    const worker = new Worker();
    worker.#process = spawn(program, parameters, { stdio: ['pipe', 'pipe', 'inherit'] });
    worker.#process.on('error', (error) => { throw error; });
    worker.#lines = createInterface({ input: worker.#process.stdout })[Symbol.asyncIterator]();
    const { done } = await worker.#lines.next();
    if (done) throw new Error(`${program} ended before it said what it measures`);
    return worker;
  }

  /** The microseconds that each of so many times took. */
  async measure(name, count) {
    this.#process.stdin.write(`${name} ${count}\n`);
    const { done, value } = await this.#lines.next();
    if (done) throw new Error(`the worker ended while it measured ${name}`);
    return Number(value) / 1000 / count;
  }

  /** The most memory that the program ever had, in MiB. */
  peak() {
    const status = readFileSync(`/proc/${this.#process.pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)[1]) / 1024;
  }

  end() {
    this.#process.stdin.end();
  }
}

/** GNU time says what a command had for memory. */
const TIME = '/usr/bin/time';
export const reasonForNoPeaks = existsSync(TIME) ? undefined : `there is no ${TIME}: install the package time`;

function exited([program, ...parameters], expected) {
  const stdio = ['ignore', 'ignore', 'pipe'];
  const { status, error, stderr } = spawnSync(program, parameters, { stdio, encoding: 'utf8' });
  if (error || status !== expected) {
    throw error ?? new Error(`${program} ${parameters.join(' ')} exited with ${status}: ${stderr}`);
  }
  return stderr;
}

/** The microseconds that each of so many runs of a command takes, its start included. */
export function command(words, expected = 0) {
  return {
    /** The most memory that a run had, in MiB. */
    peak: () => Number(exited([TIME, '--quiet', '--format', '%M', ...words], expected).trim().split('\n').at(-1)) / 1024,
    measure: async (_, count) => {
      const start = process.hrtime.bigint();
      for (let done = 0; done < count; done += 1) exited(words, expected);
      return Number(process.hrtime.bigint() - start) / 1000 / count;
    },
    end() {},
  };
}
