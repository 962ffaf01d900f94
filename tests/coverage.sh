#!/usr/bin/env bash
# How much of the core its tests reach. Fails below LEAST percent of lines, 95 by default.
#
#     tests/coverage.sh            a table by file
#     tests/coverage.sh --html     pages with every line, in target/llvm-cov
#
# Lines of the tests themselves are not counted.
set -euo pipefail
cd "$(dirname "$0")/.."

LEAST=${LEAST:-95}

CARGO_LLVM_COV_VERSION=0.9.1

if ! cargo llvm-cov --version 2>/dev/null | grep -qF "$CARGO_LLVM_COV_VERSION"; then
    cargo install cargo-llvm-cov --locked --quiet --version "$CARGO_LLVM_COV_VERSION"
fi
rustup component add llvm-tools >/dev/null 2>&1 || true

# native-crypto, too: the corpus runs through both backends.
nice cargo llvm-cov --locked --package fedverify --features native-crypto,threads \
    --lib --test corpus --test pins --test directory --test batch --test requests --test public_vectors \
    --ignore-filename-regex '(^|/)(tests|wycheproof_tests|agreement_tests|testing)(\.rs|/)|/tests/kit/' \
    --fail-under-lines "$LEAST" "$@"
