#!/usr/bin/env bash
# Kills a node fifty times (or KILLS times) in the middle of a synchronisation, and looks each time whether anything that was
# acknowledged is lost, or anything half stored (node/serve/tests/node/kills.rs). `cargo test` does it three times.
set -euo pipefail
cd "$(dirname "$0")/.."

FEDVERIFY_KILLS=${KILLS:-50} cargo test --locked --quiet -p fedverify-node-serve --test node -- --nocapture kills::
