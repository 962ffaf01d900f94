#!/usr/bin/env bash
# The documents of a release's archives, without what has to be built, have no links that lead nowhere. Called by tests/run.sh;
# tests/dist.sh looks at the archives themselves.
set -euo pipefail
cd "$(dirname "$0")/.."
source dist/documents.sh

PLACE=$(mktemp -d)
trap 'rm -rf "$PLACE"' EXIT

mkdir "$PLACE"/{command,node,library,debian,npm,composer,crate}
install -m 644 LICENSE-MIT LICENSE-APACHE "$PLACE/command"
command_documents "$PLACE/command"
node_documents "$PLACE/node"
library_documents "$PLACE/library"
debian_documents "$PLACE/debian"
cp wasm/js/README.md "$PLACE/npm"
cp php/README.md "$PLACE/composer"
cp dist/crates.md "$PLACE/crate"
# What is in the archive needs no network.
grep -qF '](CHANGELOG.md)' "$PLACE/command/README.md"
node tests/dist-links.mjs "$PLACE"/*

# A title is no part of the target, code is left alone, and a link that leads nowhere is named.
sample() { # LINE...
    printf '%s\n' "$@" >"$PLACE/root/page.md"
    (cd "$PLACE/root" && node "$OLDPWD/dist/document.mjs" page.md nowhere)
}
mkdir -p "$PLACE/root/docs"
printf '%s\n' 'version = "1.0.0"' 'repository = "https://example.org/r"' >"$PLACE/root/Cargo.toml"
touch "$PLACE/root/docs/a.md"
code=('```' '[t](b.md)' '```' '~~~' '[t](b.md)' '~~~' '`[t](b.md)`')
diff <(sample '[t](docs/a.md#f "title")' "${code[@]}") \
    <(printf '%s\n' '[t](https://example.org/r/blob/1.0.0/docs/a.md#f "title")' "${code[@]}")
if sample '[t](b.md "title")' >/dev/null 2>"$PLACE/found"; then
    echo "dist/document.mjs takes a link that leads nowhere" >&2
    exit 1
fi
diff <(echo 'page.md: the link to b.md leads nowhere') "$PLACE/found"

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
