#!/usr/bin/env bash
# Where fedverify starts threads, under ThreadSanitizer: the digests of large packages, `batch`, and `verify` with several
# directories; and the handles of the C library in eight threads at once. The standard library is built for it, too, or it would
# see races that are none. By `make test-deep`.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly HOST=x86_64-unknown-linux-gnu
TARGET=$(realpath -m "${CARGO_TARGET_DIR:-target}")/threads
LOG=$(mktemp)
trap 'rm -f "$LOG"' EXIT

host=$(rustc -vV | sed -n 's/^host: //p')
if [ "$host" != $HOST ]; then
    echo "skipped: ThreadSanitizer (this is for $HOST)"
    exit
fi
if ! rustup component add --toolchain nightly rust-src >/dev/null 2>&1 \
    && ! rustup toolchain install nightly --profile minimal --component rust-src >/dev/null 2>&1; then
    echo "skipped: ThreadSanitizer (it needs a nightly toolchain with rust-src, which rustup cannot add here)"
    exit
fi

# A race that is found is written, and ends the program with status 66.
watched() { # ARGUMENT...: of cargo test
    if ! RUSTFLAGS=-Zsanitizer=thread RUSTDOCFLAGS=-Zsanitizer=thread cargo +nightly test --locked -Zbuild-std \
        --target $HOST --target-dir "$TARGET" "$@" >"$LOG" 2>&1 || grep -q 'WARNING: ThreadSanitizer' "$LOG"; then
        grep -A 40 -m 3 -E 'WARNING: ThreadSanitizer|panicked at|^error' "$LOG" >&2 || tail -n 40 "$LOG" >&2
        return 1
    fi
    grep '^test result' "$LOG"
}

watched -p fedverify --features threads --lib -- digest
watched -p fedverify-cli --test batch
# Without C, which the sanitizer would see nothing of.
watched -p fedverify-ffi --no-default-features --lib -- threads
# Those of the network run against clocks, which the sanitizer slows down.
watched -p fedverify-cli --test verify -- directories:: pins:: visits::
