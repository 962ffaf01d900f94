#!/usr/bin/env bash
# The oldest Rust that Cargo.toml promises builds everything that ships, with the lock file as it is: core, the command, the C library,
# the node, the wasm module, and where PHP's headers are, the extension. The node for Workers wants a later one, which its own
# Cargo.toml names. Called by tests/deep.sh.
set -euo pipefail
cd "$(dirname "$0")/.."

OLDEST=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
readonly MODULE=wasm32-unknown-unknown
if ! rustup toolchain install "$OLDEST" --profile minimal --target "$MODULE" >/dev/null 2>&1; then
    echo "tests/msrv.sh needs rustup, to add Rust $OLDEST and its standard library for $MODULE" >&2
    exit 2
fi
# node/Dockerfile builds with it, too.
grep -q "^FROM rust:$OLDEST-" node/Dockerfile || { echo "node/Dockerfile builds with another Rust than $OLDEST" >&2; exit 1; }

packages=(-p fedverify -p fedverify-cli -p fedverify-ffi -p fedverify-net -p fedverify-node -p fedverify-node-serve)
if command -v php-config >/dev/null && command -v clang >/dev/null; then
    packages+=(-p fedverify-php)
    extension=", the PHP extension"
else
    echo "skipped: the PHP extension by Rust $OLDEST (it needs php-config and clang: tests/php.sh packages installs them)"
fi
# In a folder of its own, so that neither Rust throws away what the other has built.
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")/msrv
cargo "+$OLDEST" check --locked --quiet --target-dir "$target" "${packages[@]}"
cargo "+$OLDEST" check --locked --quiet --target-dir "$target" --target "$MODULE" -p fedverify-wasm
rm -rf "$target"
echo "Rust $OLDEST builds core, the command, the C library, the node${extension:-}, the wasm module"
