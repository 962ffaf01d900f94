#!/usr/bin/env bash
# Every lock file of the project against deny.toml: licences, duplicate versions and sources; advisories, and versions that were
# yanked. Installs cargo-deny where it is missing. Called by tests/run.sh.
#
# The advisories are a git repository on GitHub. Where it cannot be fetched they are skipped, with a line that says so; in a workflow of
# GitHub itself, which reaches it, that is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."

# The version that deny.toml is written for.
CARGO_DENY_VERSION=0.20.2

if ! cargo deny --version 2>/dev/null | grep -qF "$CARGO_DENY_VERSION"; then
    echo "-- installing cargo-deny $CARGO_DENY_VERSION"
    cargo install cargo-deny --locked --quiet --version "$CARGO_DENY_VERSION"
fi

checked=()
checks=(bans licenses sources)
if cargo deny --locked fetch db >/dev/null 2>&1; then
    checks+=(advisories)
elif [ -n "${GITHUB_ACTIONS:-}" ]; then
    echo "the advisory database (https://github.com/RustSec/advisory-db) cannot be fetched, and the workflows must check it" >&2
    exit 1
else
    echo "skipped: advisories and yanked versions (https://github.com/RustSec/advisory-db cannot be fetched from here)"
fi

# tree FOLDER [OPTION...]: what the manifest in this folder is built from. $CHECKS in place of all checks.
tree() {
    local folder=$1 those
    shift
    read -ra those <<<"${CHECKS:-${checks[*]}}"
    printf '%s: ' "$folder"
    # One manifest names no more than a part of what deny.toml allows and skips: that is no finding.
    cargo deny --log-level error --locked --manifest-path "$folder/Cargo.toml" --config deny.toml "$@" check --hide-inclusion-graph \
        -A unmatched-skip -A unnecessary-skip -A license-not-encountered -A license-exception-not-encountered "${those[@]}"
    checked+=("$folder/Cargo.lock")
}

tree . --exclude fedverify-php
# The extension is for Unix. What ext-php-rs's build script takes on Windows never comes into the tree.
tree php-ext --target x86_64-unknown-linux-gnu
# Built for Workers only.
tree node/worker --target wasm32-unknown-unknown
# Makes the JavaScript that the npm package ships.
tree wasm/bindgen
# Nothing that ships is linked with these.
tree fuzz
tree tests/mutants
# What is measured beside ours brings its own versions of what we use.
CHECKS="${checks[*]/bans/}" tree benches/rust

# A lock file that nobody checks would be found by nobody. That of php-ext is the workspace's.
if ! [ -e .git ]; then
    echo "skipped: whether every lock file is checked (this is no checkout: git cannot list them)"
    exit 0
fi
locks=$(git ls-files -- '*Cargo.lock')
[ -n "$locks" ] || { echo "tests/deny.sh: git lists no lock file" >&2; exit 1; }
missing=$(sed 's|^|./|; s|^\./\(.*/\)|\1|' <<<"$locks" | grep -vxFf <(printf '%s\n' "${checked[@]}") || [ $? = 1 ])
[ -z "$missing" ] || { echo "tests/deny.sh does not check $missing" >&2; exit 1; }
