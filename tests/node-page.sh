#!/usr/bin/env bash
# The node's page in Chromium (node-page/page.mjs). Installs what is missing (Debian, as root).
set -euo pipefail
cd "$(dirname "$0")/.."

TARGET=$(realpath -m "${CARGO_TARGET_DIR:-target}")

step() { printf '\n-- %s\n' "$*"; }

source tests/node.sh

need_node
need_chromium
need_packages tests/node-page --ignore-scripts

step "the node's page in Chromium"
cargo build --locked --quiet -p fedverify-node-serve
FEDVERIFY_NODE=$TARGET/debug/fedverify-node FEDVERIFY_TEST_TARGET=$TARGET node --test tests/node-page/page.mjs
