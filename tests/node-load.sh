#!/usr/bin/env bash
# Fills a node with 1,000 sources and 100,000 versions, and prints how long it takes to answer and how much memory it has
# (node/serve/tests/node/load.rs): the table of node/README.md.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --locked --quiet --release -p fedverify-node-serve
# 500 downloads at once are as many connections, on both sides.
ulimit -n 4096
FEDVERIFY_NODE="$(realpath -m "${CARGO_TARGET_DIR:-target}")/release/fedverify-node" \
    cargo test --locked --quiet -p fedverify-node-serve --test node -- --ignored --nocapture load::
