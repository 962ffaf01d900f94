/** How much memory the module's instances have, and how they come to have none left. To be imported before the first call. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

/** The memory of every instance that was ever made, as far as something still holds it. */
const memories = [];

WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct(Instance, values) {
    const instance = new Instance(...values);
    if (instance.exports.memory) memories.push(new WeakRef(instance.exports.memory));
    return instance;
  },
});

/** The bytes of each instance that is there, after collecting what nothing holds; the newest last. */
export async function instances() {
  for (let turn = 0; turn < 3; turn += 1) {
    // What was looked at is held until the end of the turn.
    await new Promise((resolve) => setTimeout(resolve));
    collect();
  }
  return memories.map((memory) => memory.deref()?.buffer.byteLength).filter((bytes) => bytes !== undefined);
}

/** The bytes of the newest instance. */
export const newest = () => memories.at(-1).deref().buffer.byteLength;

/** The bytes of the largest instance that is not collected yet: of one that was replaced, too. */
export const largest = () => Math.max(...memories.map((memory) => memory.deref()?.buffer.byteLength ?? 0));

/** Leaves the newest instance no more memory than it has: allocating more is a trap. What is added is not touched, so it costs nothing. */
export function exhaust() {
  const memory = memories.at(-1).deref();
  memory.grow(2 ** 16 - memory.buffer.byteLength / 2 ** 16);
}
