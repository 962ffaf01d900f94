/**
 * A Web Worker made of a thread of Node, for what can be shown without a browser. Imported by a test, it puts `Worker` into place; as
 * the thread, it runs the module that the worker was made of.
 */
import { Worker as Thread, isMainThread, parentPort, workerData } from 'node:worker_threads';

/** As much of a Web Worker as `worker.js` uses. */
class WorkerOfNode {
  #thread;

  constructor(url) {
    this.#thread = new Thread(new URL(import.meta.url), { workerData: url.href });
    this.#thread.on('message', (data) => this.onmessage({ data }));
    this.#thread.on('messageerror', () => this.onmessageerror());
    this.#thread.on('error', (error) => this.onerror(error));
  }

  postMessage(message) {
    this.#thread.postMessage(message);
  }

  terminate() {
    this.#thread.terminate();
  }
}

if (isMainThread) globalThis.Worker = WorkerOfNode;
else {
  globalThis.postMessage = (message) => parentPort.postMessage(message);
  await import(workerData);
  // Messages wait until they are listened to.
  parentPort.on('message', (data) => globalThis.onmessage({ data }));
}
