#!/usr/bin/env bash
# Builds the node for Cloudflare Workers and runs the tests of the native node on it, in workerd. Installs what is missing
# (Debian, as root). What cannot be run is said, with the reason. Prints how many seconds it took.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n-- %s\n' "$*"; }

source tests/node.sh

need_node

step "build"
node/worker/build.sh

step "lints"
cargo clippy --locked --quiet --manifest-path node/worker/Cargo.toml --target wasm32-unknown-unknown \
    --target-dir target/node-worker --all-targets -- -D warnings

step "the tests of the node, in workerd"
FEDVERIFY_NODE_HOST=worker cargo test --locked --quiet -p fedverify-node-serve --test node -- --nocapture

printf '\ntests/node-worker.sh took %d seconds\n' "$SECONDS"
