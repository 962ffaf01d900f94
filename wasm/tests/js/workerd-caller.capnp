# The tests' Worker. `workerd.test.mjs` says on which port.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .caller)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const caller :Workerd.Worker = (
  modules = [
    (name = "workerd-caller.mjs", esModule = embed "workerd-caller.mjs"),
    (name = "corpus.mjs", esModule = embed "corpus.mjs"),
    (name = "fedverify", esModule = embed "../../js/dist/fedverify.js"),
    (name = "internal.js", esModule = embed "../../js/dist/internal.js"),
    (name = "fedverify/fedverify.wasm", wasm = embed "../../js/dist/fedverify.wasm"),
  ],
  compatibilityDate = "2025-06-01",
);
