#!/usr/bin/env bash
# The npm package, as npm packs it: target/dist/fedverify-VERSION.tgz.
set -euo pipefail
cd "$(dirname "$0")/.."
source dist/common.sh
source dist/tools.sh

step "the npm package"
build_javascript
npm pack --silent --pack-destination "$OUT" ./wasm/js
made "$OUT/fedverify-$VERSION.tgz"
bill "$OUT/fedverify-$VERSION.tgz" fedverify-wasm wasm32-unknown-unknown
