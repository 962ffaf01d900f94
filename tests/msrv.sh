#!/usr/bin/env bash
# The oldest Rust that Cargo.toml promises builds core, the command and the C library, with the lock file as it is. Called by
# tests/deep.sh.
set -euo pipefail
cd "$(dirname "$0")/.."

OLDEST=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
if ! rustup toolchain install "$OLDEST" --profile minimal >/dev/null 2>&1; then
    echo "tests/msrv.sh needs rustup, to add Rust $OLDEST" >&2
    exit 2
fi
# In a folder of its own, so that neither Rust throws away what the other has built.
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")/msrv
cargo "+$OLDEST" check --locked --quiet --target-dir "$target" -p fedverify -p fedverify-cli -p fedverify-ffi
rm -rf "$target"
echo "Rust $OLDEST builds core, the command and the C library"
