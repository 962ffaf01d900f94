#!/usr/bin/env bash
# The WordPress plugin: target/dist/fedverify-VERSION.zip. PLUGIN_ID=DID puts the DID of whoever publishes it into its header.
set -euo pipefail
cd "$(dirname "$0")/.."
source dist/common.sh
source dist/tools.sh

step "the WordPress plugin"
# What wasm/js/dist holds is of this release where the npm package is.
[ -f "$OUT/fedverify-$VERSION.tgz" ] || build_javascript
wordpress/build-zip.sh ${PLUGIN_ID:+--plugin-id "$PLUGIN_ID"} --output "$OUT/fedverify-$VERSION.zip"
bill "$OUT/fedverify-$VERSION.zip" fedverify-wasm wasm32-unknown-unknown --license GPL-2.0-or-later
