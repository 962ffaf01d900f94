#!/usr/bin/env bash
# The crates as crates.io would get them: target/dist/NAME-VERSION.crate. `dist/crates.sh verify` builds each of them from what
# was packed, too.
set -euo pipefail
cd "$(dirname "$0")/.."
source dist/common.sh

# In the order in which they are published: what others need comes first.
CRATES="fedverify fedverify-net fedverify-node fedverify-cli fedverify-node-serve"

step "the crates"
packages=()
for crate in $CRATES; do
    packages+=(-p "$crate")
done
verify=(--no-verify)
[ "${1:-}" != verify ] || verify=()
# --allow-dirty: what a release is made of is for the releaser to decide; docs/releases.md says from where.
cargo package --locked --quiet --allow-dirty "${verify[@]}" "${packages[@]}" --target-dir "$BUILD"
for crate in $CRATES; do
    install -m 644 "$BUILD/package/$crate-$VERSION.crate" "$OUT"
    made "$OUT/$crate-$VERSION.crate"
    bill "$OUT/$crate-$VERSION.crate" "$crate" source
done
