#!/usr/bin/env bash
# Breaks the core in one place after the other, and names the places where no test notices. By hand, not in CI: the five folders
# that judge take a quarter of an hour (docs/mutants.md, which also says what becomes of those). Without arguments, all of core/src; or
#
#     tests/mutants.sh plc json/reader.rs    # these folders and files below core/src
#     tests/mutants.sh --again               # those that the last run missed, as long as their lines have not moved
#     tests/mutants.sh --alone               # those that cannot be a branch, by cargo-mutants itself: a minute or two each
#     JOBS=1 tests/mutants.sh pin            # one at a time; otherwise as many as there are processors
#
# cargo-mutants lists the mutants, and tests/mutants builds all of them at once. Fails where one is missed that
# tests/mutants/explained.txt does not have, and where that has one that is caught.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly CARGO_MUTANTS_VERSION=27.1.0
TARGET=$(realpath -m "${CARGO_TARGET_DIR:-target}")/mutants
unset CARGO_TARGET_DIR
mkdir -p "$TARGET"

if ! cargo mutants --version 2>/dev/null | grep -qF "$CARGO_MUTANTS_VERSION"; then
    cargo install cargo-mutants --locked --quiet --version "$CARGO_MUTANTS_VERSION"
fi
cargo build --locked --quiet --release --manifest-path tests/mutants/Cargo.toml --target-dir "$TARGET/tool"

exec nice "$TARGET/tool/release/fedverify-mutants" "$PWD" "$TARGET" "${JOBS:-$(nproc)}" "$@"
