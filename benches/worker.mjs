/** Programs that measure themselves: a line `NAME COUNT` in, the nanoseconds out. And whole commands, from outside. */
import { spawn, spawnSync } from 'node:child_process';
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

  end() {
    this.#process.stdin.end();
  }
}

/** The microseconds that each of so many runs of a command takes, its start included. */
export function command([program, ...parameters]) {
  return {
    measure: async (_, count) => {
      const start = process.hrtime.bigint();
      for (let done = 0; done < count; done += 1) {
        const { status, error } = spawnSync(program, parameters, { stdio: ['ignore', 'ignore', 'inherit'] });
        if (error || status !== 0) throw error ?? new Error(`${program} ${parameters.join(' ')} exited with ${status}`);
      }
      return Number(process.hrtime.bigint() - start) / 1000 / count;
    },
    end() {},
  };
}
