#!/usr/bin/env bash
# Counts the instructions of the hot paths through the C library, and holds them to tests/instructions.txt: more than 5 % above
# that fails. callgrind counts alike on a busy machine and on an idle one. Called by tests/ffi.sh.
#
# usage: tests/instructions.sh PREFIX [--write]    PREFIX is where `make install` put the library
set -euo pipefail
cd "$(dirname "$0")/.."

readonly PREFIX=$1 RECORD=tests/instructions.txt
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
export PKG_CONFIG_PATH=$PREFIX/lib/pkgconfig LD_LIBRARY_PATH=$PREFIX/lib
# ring has other code for processors that multiply without flags (ADX), and valgrind runs what the processor has.
MACHINE=$(uname -m)
! grep -qw adx /proc/cpuinfo || MACHINE+=+adx

# shellcheck disable=SC2046 # the words of pkg-config are words
cc -std=c99 -O2 -Wall benches/workers/worker.c $(pkg-config --cflags --libs fedverify) -o "$WORK/worker"
for curve in secp256k1 p256; do
    cargo run --locked --quiet -p fedverify-kit -- chain 50 "$curve" >"$WORK/log-50-$curve"
done
cp "$WORK/log-50-secp256k1" "$WORK/revisit-50"
cp examples/pfn/publisher.pem examples/pfn/plugin.json "$WORK"
cp examples/pfn/hello-pfn-1.0.0.zip "$WORK/plugin-archive"
head -c 1000000 /dev/zero >"$WORK/package-1M"

count() { # FILE TIMES: the instructions of a whole run
    echo "$WORK/$1 $2" | valgrind --tool=callgrind --callgrind-out-file="$WORK/profile" "$WORK/worker" 2>&1 >/dev/null |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

# What starting costs is in both counts, and so in neither of the differences.
each() { echo $((($(count "$1" 6) - $(count "$1" 2)) / 4)); }

failed=0
[ "${2:-}" = --write ] && grep -v "^$MACHINE " "$RECORD" >"$WORK/record" 2>/dev/null || true
for file in log-50-secp256k1 log-50-p256 revisit-50 plugin-archive package-1M; do
    found=$(each "$file")
    if [ "${2:-}" = --write ]; then
        echo "$MACHINE $file $found" >>"$WORK/record"
        continue
    fi
    recorded=$(awk -v key="$MACHINE $file" '$1 " " $2 == key { print $3 }' "$RECORD")
    if [ -z "$recorded" ]; then
        echo "   skipped: instructions of $file, because $RECORD has none for $MACHINE"
        continue
    fi
    percent=$((found * 100 / recorded))
    echo "   $file: $found instructions, $percent % of what $RECORD has"
    if ((percent > 105)); then
        echo "   more than 105 %: make it cheaper, or say in the commit why it costs more and run this with --write" >&2
        failed=1
    fi
done
[ "${2:-}" != --write ] || sort "$WORK/record" >"$RECORD"
exit "$failed"
