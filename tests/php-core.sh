#!/usr/bin/env bash
# The core in PHP: beside the core in Rust on random inputs, and on a host that allows nothing else.
#
#     tests/php-core.sh [COUNT [SEED]]    so many cases, 2,000 by default
set -euo pipefail
cd "$(dirname "$0")/.."

TARGET=$(realpath -m "${CARGO_TARGET_DIR:-target}")
export CARGO_TARGET_DIR="$TARGET" FEDVERIFY_LIBRARY="$TARGET/release/libfedverify_ffi.so"

step() { printf '\n-- %s\n' "$*"; }

SCRATCH=$(mktemp -d)
trap 'rm -rf "$SCRATCH"' EXIT

# PHP and what builds the library.
tests/php.sh packages

step "the C library"
cargo build --locked --quiet --release -p fedverify-ffi

step "the same reports from both cores"
php -n -d extension=ffi tests/php/differential.php "${2:-1}" "${1:-2000}"

step "the same of what fuzzing has found"
php -n -d extension=ffi tests/php/fuzzed.php fuzz/corpus/*

step "how much work the core in PHP does"
php -n tests/php/work.php

step "every mutant that is explained is still one"
php -n -d extension=tokenizer tests/php/mutants.php "$SCRATCH" --explained

step "the core in PHP where no case comes to, and where memory runs out"
php -n tests/php/edges.php
php -n tests/php/values.php
php -n tests/php/curve.php
php -n tests/php/memory_bounds.php
php -n tests/php/memory.php

step "a host without extensions, FFI and programs, with 64 MB"
verify() { # PACKAGE
    php -n -d disable_functions=proc_open,exec,shell_exec,system,passthru,popen -d ffi.enable=0 -d memory_limit=64M \
        examples/php/shared-host.php examples/fair/log.json examples/fair/metadata.json "$1" \
        "$(cat examples/fair/did.txt)"
}
verify examples/fair/hello-fair-1.1.0.zip | grep -Fx 'verified: 1.1.0, by fedverify php'
cp examples/fair/hello-fair-1.1.0.zip "$SCRATCH/changed.zip"
printf X | dd of="$SCRATCH/changed.zip" bs=1 seek=200 conv=notrunc status=none
refusal=$(verify "$SCRATCH/changed.zip" 2>&1) && exit 1
grep -F '[fair.checksum.mismatch]' <<<"$refusal"
[ "$(wc -l <examples/php/shared-host.php)" -le 15 ]

step "documents of the greatest size, with 64 MB"
cargo run --locked --quiet -p fedverify-kit -- shapes "$SCRATCH/shapes"
php -n -d ffi.enable=0 -d memory_limit=64M tests/php/shapes.php "$SCRATCH/shapes" | tail -n 1
