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
if [ "${1:-}" = verify ]; then
    verify=()
    # Cargo hands the crates from one to the other as from a registry, and keeps what it unpacks by version: an earlier run's would be
    # taken for this one's.
    for crate in $CRATES; do
        rm -rf "${CARGO_HOME:-$HOME/.cargo}"/registry/{src,cache}/-*/"$crate-$VERSION"{,.crate}
    done
fi
# --allow-dirty: what a release is made of is for the releaser to decide; docs/releases.md says from where.
cargo package --locked --quiet --allow-dirty "${verify[@]}" "${packages[@]}" --target-dir "$BUILD"
# Verified, they stay where cargo put them: what is in $OUT was signed, and packed at another time.
[ "${1:-}" != verify ] || exit 0
for crate in $CRATES; do
    install -m 644 "$BUILD/package/$crate-$VERSION.crate" "$OUT"
    made "$OUT/$crate-$VERSION.crate"
    bill "$OUT/$crate-$VERSION.crate" "$crate" source
done
