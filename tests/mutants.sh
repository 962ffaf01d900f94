#!/usr/bin/env bash
# Breaks the core in one place after the other, and names the places where no test notices. By hand, not in CI: all of it
# takes over an hour. Arguments go to cargo-mutants:
#
#     tests/mutants.sh --file core/src/plc/walk.rs     # one file
#     tests/mutants.sh --re 'in check_window'          # one function
#     tests/mutants.sh --iterate                       # again, without what was caught before
#
# A mutant that survives is one of three: it changes nothing that matters (say why), it needs a case in the corpus, or it
# needs a test.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v cargo-mutants >/dev/null; then
    echo "cargo-mutants is missing: cargo install cargo-mutants --locked" >&2
    exit 2
fi

# The dependencies are built once, for all runs.
export CARGO_TARGET_DIR="$PWD/target/mutants"

# What a Debug or Display writes is nobody's verdict. Without debug information a mutant builds in a third of the time.
exec nice cargo mutants \
    --package fedverify \
    --exclude-re 'impl (std::fmt::|fmt::)?(Debug|Display)' \
    --baseline skip --timeout 120 --no-shuffle \
    --output target/mutants \
    --cargo-arg=--config=profile.dev.package.fedverify.debug=false \
    --cargo-arg=--config=profile.test.package.fedverify.debug=false \
    --cargo-arg=--lib --cargo-arg=--test=corpus --cargo-arg=--test=properties \
    "$@"
