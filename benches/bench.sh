#!/usr/bin/env bash
# Builds everything that is compared, makes the cases, and prints one table: every row measured in turns with the others of its
# group. docs/performance.md says how to read it.
#
# usage: benches/bench.sh [GROUP…]    a group by how its title starts: 'log of 50', revisit, 'package of 20'
#
# FEDVERIFY_LARGE=1 adds a package of 512 MB. ROUNDS=… takes more or fewer than 7 turns.
set -euo pipefail
cd "$(dirname "$0")/.."

TARGET=$(realpath -m "${CARGO_TARGET_DIR:-target}")
OUT=$TARGET/bench
CASES=$(mktemp -d)
trap 'rm -rf "$CASES"' EXIT
mkdir -p "$OUT"

source wasm/sources.sh

say() { printf '%s\n' "$*" >&2; }

# Features add up within one build, so that each backend is a build of its own.
build_rust() { # NAME FEATURES…
    cargo build --locked --quiet --release --manifest-path benches/rust/Cargo.toml --target-dir "$OUT/rust" "${@:2}"
    cp "$OUT/rust/release/fedverify-bench" "$OUT/bench-$1"
}

build_c() {
    make --silent install PREFIX="$OUT/prefix"
    export PKG_CONFIG_PATH=$OUT/prefix/lib/pkgconfig
    # Its words, which it quotes as a shell reads them: the path of this folder may have spaces.
    eval "local flags=($(pkg-config --cflags --libs fedverify))"
    cc -std=c99 -O2 -Wall benches/workers/worker.c "${flags[@]}" -Wl,-rpath,"$OUT/prefix/lib" \
        -o "$OUT/bench-c"
}

say "building"
cargo build --locked --quiet --release -p fedverify-cli -p fedverify-kit
build_rust pure
build_rust native --features native
build_c
if command -v php-config >/dev/null; then
    cargo build --locked --quiet --release -p fedverify-php
    export FEDVERIFY_PHP_EXTENSION=$TARGET/release/libfedverify_php.so
fi
export FEDVERIFY_LIBRARY=$OUT/prefix/lib/libfedverify.so
need_wasm
[ -d wasm/tests/js/node_modules ] || npm ci --loglevel=error --no-audit --no-fund --prefix wasm/tests/js >&2

say "making the cases"
for curve in secp256k1 p256; do
    for operations in 2 5 50 200; do
        "$TARGET/release/fedverify-kit" chain "$operations" "$curve" >"$CASES/log-$curve-$operations.json"
    done
done
head -c 1000000 /dev/urandom >"$CASES/package-1M"
head -c 20000000 /dev/urandom >"$CASES/package-20M"
[ -z "${FEDVERIFY_LARGE:-}" ] || head -c 512000000 /dev/urandom >"$CASES/package-512M"

uname -srm
sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | sort | uniq -c
node benches/table.mjs "$CASES" "$TARGET" "$@"
