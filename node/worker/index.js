/**
 * What Cloudflare's runtime calls: the Worker's handlers and the class of the Durable Object, both in the module.
 *
 * After a trap the module is replaced by a fresh one, and what belongs to the old one is of no use: the object's half in it is
 * made anew. Nothing is lost by that: the object's state is its database.
 */
import * as bindings from './build/bindings.js';

export default {
  fetch: (request, env, context) => bindings.fetch(request, env, context),
  scheduled: (event, env, context) => bindings.scheduled(event, env, context),
};

export class FederationDO {
  #state;
  #env;
  #module;
  #object;

  constructor(state, env) {
    this.#state = state;
    this.#env = env;
  }

  fetch(request) {
    return this.#current().fetch(request);
  }

  alarm() {
    return this.#current().alarm();
  }

  #current() {
    const { instanceId } = bindings.__worker_init_state();
    if (this.#module !== instanceId) {
      this.#object = new bindings.FederationDO(this.#state, this.#env);
      this.#module = instanceId;
    }
    return this.#object;
  }
}
