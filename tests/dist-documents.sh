#!/usr/bin/env bash
# The documents of a release's archives, without what has to be built, have no links that lead nowhere. Called by tests/run.sh;
# tests/dist.sh looks at the archives themselves.
set -euo pipefail
cd "$(dirname "$0")/.."
source dist/documents.sh

PLACE=$(mktemp -d)
trap 'rm -rf "$PLACE"' EXIT

mkdir "$PLACE"/{command,node,library,debian,npm,crate}
install -m 644 LICENSE-MIT LICENSE-APACHE "$PLACE/command"
command_documents "$PLACE/command"
node_documents "$PLACE/node"
library_documents "$PLACE/library"
debian_documents "$PLACE/debian"
cp wasm/js/README.md "$PLACE/npm"
cp dist/crates.md "$PLACE/crate"
# What is in the archive needs no network.
grep -qF '](CHANGELOG.md)' "$PLACE/command/README.md"
node tests/dist-links.mjs "$PLACE"/*

# It finds what it looks for.
mkdir "$PLACE/broken"
cp README.md docs/c.md "$PLACE/broken"
if node tests/dist-links.mjs "$PLACE/broken" >"$PLACE/found"; then
    echo "tests/dist-links.mjs finds no broken link in documents that were only copied" >&2
    exit 1
fi
for link in docs/hosts.md docs/images/history-dark.png ../include/fedverify.h; do
    grep -qF "the link to $link leads nowhere" "$PLACE/found"
done
