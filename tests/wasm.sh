#!/usr/bin/env bash
# Builds the wasm module and its npm package, and tests them: in Node, in headless Chromium, in workerd, and their types.
# Installs what is missing (Debian, as root). What cannot be run is said, with the reason.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly TESTS=wasm/tests/js

step() { printf '\n-- %s\n' "$*"; }

source tests/node.sh

need_node
need_packages "$TESTS"

step "build"
wasm/build.sh

step "types"
"$TESTS/node_modules/.bin/tsc" -p "$TESTS"
"$TESTS/node_modules/.bin/tsc" -p "$TESTS/tsconfig.without-dom.json"

step "Node, workerd, npm pack"
SHAPES=$(mktemp -d)
trap 'rm -rf "$SHAPES"' EXIT
cargo run --locked --quiet -p fedverify-kit -- shapes "$SHAPES"
export FEDVERIFY_SHAPES="$SHAPES"
node --test "$TESTS"/{corpus,api,exports,values,hasher,webcrypto,memory,hostile,worker,workerd,pack}.test.mjs

step "Chromium"
need_chromium
node --test "$TESTS"/*browser.test.mjs
