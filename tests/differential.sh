#!/usr/bin/env bash
# Random cases through every verifier: core, the core in PHP, @did-plc/lib, and a slow reference in Python that was written from
# docs/rules alone. docs/differences.md explains how they may differ.
#
#     tests/differential.sh [COUNT [SEED]]    so many logs, 200 by default
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

step "logs"
python3 tests/differential/differential.py log "${2:-1}" "${1:-200}"
