#!/usr/bin/env bash
# Runs the command against hostile servers on this machine, and prints for each its exit status, its code and how long it
# took. The rows are tests (cli/tests/verify/drips.rs, private.rs, play.rs), so `make test` asserts status and code of each.
set -euo pipefail
cd "$(dirname "$0")/.."

rows=$(cargo test --locked --quiet -p fedverify-cli --test verify -- --nocapture --test-threads 1 drips:: private:: play:: 2>&1) || {
    printf '%s\n' "$rows"
    exit 1
}
printf 'exit code %22s  time      what the server does\n' ''
printf '%s\n' "$rows" | grep -E '^ +[0-2] [a-z-]'
