#!/usr/bin/env bash
# Everything that a release has, into target/dist, and its checksums; `make dist` calls it. docs/releases.md has the rest.
#
#     PARTS="programs library"   makes only these: the names of the scripts in this folder
set -euo pipefail
cd "$(dirname "$0")/.."
source dist/common.sh

PARTS=${PARTS:-programs library deb php-extension npm wordpress composer crates}

rust=$(cat dist/rust-version)
[ "$(rustc --version | cut -d' ' -f2)" = "$rust" ] || echo "note: releases are built by Rust $rust; $(rustc --version) gives other bytes" >&2

# What an earlier release left would be signed with this one.
emptied "$OUT"
for part in $PARTS; do
    "dist/$part.sh"
done
step "checksums"
(cd "$OUT" && sha256sum -- * >"$TARGET/SHA256SUMS" && mv "$TARGET/SHA256SUMS" .)
cat "$OUT/SHA256SUMS"
