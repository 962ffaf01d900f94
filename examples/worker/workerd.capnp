# Runs the Worker on this machine, without an account anywhere:
#
#     wasm/build.sh
#     npx workerd serve examples/worker/workerd.capnp
#     curl -s localhost:8787/verify-challenge -H 'content-type: application/json' -d '{"key":"…","challenge":"…","signature":"…"}'
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .verifier)],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "main")],
);

const verifier :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "src/worker.js"),
    (name = "fedverify", esModule = embed "../../wasm/js/dist/fedverify.js"),
    (name = "internal.js", esModule = embed "../../wasm/js/dist/internal.js"),
    (name = "fedverify/fedverify.wasm", wasm = embed "../../wasm/js/dist/fedverify.wasm"),
  ],
  compatibilityDate = "2025-06-01",
);
