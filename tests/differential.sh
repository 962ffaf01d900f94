#!/usr/bin/env bash
# Random cases through every verifier: core, the core in PHP, a slow reference in Python that was written from docs/rules alone,
# and for some kinds others' verifiers. docs/differences.md explains how they may differ.
#
#     tests/differential.sh [COUNT [SEED]]    so many cases in all, 400 by default
set -euo pipefail
cd "$(dirname "$0")/.."

TARGET=$(realpath -m "${CARGO_TARGET_DIR:-target}")
export CARGO_TARGET_DIR="$TARGET" FEDVERIFY="$TARGET/debug/fedverify" PYTHONDONTWRITEBYTECODE=1

step() { printf '\n-- %s\n' "$*"; }

source tests/node.sh

tests/php.sh packages
need_node
need_packages tests/differential/did-plc-lib --ignore-scripts
command -v python3 >/dev/null || apt_install python3

step "the command"
cargo build --locked --quiet -p fedverify-cli

COUNT=${1:-400}
SEED=${2:-1}

# Of ten cases four are logs; a history for pins is some twelve visits.
compare() { # KIND TENTHS
    step "$1, $(($2 * COUNT / 10)) cases"
    python3 tests/differential/differential.py "$1" "$SEED" "$(($2 * COUNT / 10))"
}
compare log 4
compare fair 2
compare pfn 1
compare source 1
compare key 1

step "pins, $((COUNT / 10)) histories"
python3 tests/differential/pins.py "$SEED" "$((COUNT / 10))"

# A history is asked about twelve times.
step "several directories, $((COUNT / 10)) histories"
python3 tests/differential/directories.py "$SEED" "$((COUNT / 10))"
