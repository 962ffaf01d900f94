#!/usr/bin/env bash
# What verifying a package costs through the C library beside the same in Rust, in one run. docs/benchmarks.md, "C".
set -euo pipefail
cd "$(dirname "$0")/.."

PREFIX=$(mktemp -d)
trap 'rm -rf "$PREFIX"' EXIT
make --silent install PREFIX="$PREFIX"
export PKG_CONFIG_PATH=$PREFIX/lib/pkgconfig LD_LIBRARY_PATH=$PREFIX/lib
# shellcheck disable=SC2046 # the words of pkg-config are words
cc -std=c99 -O2 -Wall benches/ffi/cost.c $(pkg-config --cflags --libs fedverify) -o "$PREFIX/cost"
cargo bench --locked --quiet -p fedverify-ffi --bench cost -- "$PREFIX/cost"
