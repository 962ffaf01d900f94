#!/usr/bin/env bash
# Fuzzes every target for some seconds: fuzz/run.sh SECONDS [TARGET…]. `make fuzz SECONDS=60` calls it. It installs cargo-fuzz
# and nightly where they are missing, makes its seeds from the corpus (tests/kit/src/seeds), and starts from them and from
# what earlier runs found and fuzz/keep.sh kept, in fuzz/corpus.
#
# What is found stays below target/fuzz: inputs that led further in corpus/TARGET, from which the next run starts, too, and those
# that broke an invariant in artifacts/TARGET.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly SECONDS_EACH=${1:-60}
shift || true
OUT=$(realpath -m "${CARGO_TARGET_DIR:-target}")/fuzz
readonly OUT
# The version that this is written for.
readonly CARGO_FUZZ_VERSION=0.13.2
# Seeds are at most of this size: what is larger grows slow, not deep. What is long is a stretch in it (docs/fuzzing.md).
readonly MAX_LEN=65536
# One input in the sanitizer's memory, with all that it keeps back to find uses after free.
readonly RSS_LIMIT_MB=2048

say() { printf '   %s\n' "$*"; }

need_tools() {
    # One that is there is not updated: everything would be built anew.
    if ! rustc +nightly --version >/dev/null 2>&1 && ! rustup toolchain install nightly --profile minimal >/dev/null 2>&1; then
        echo "fuzz/run.sh needs a nightly toolchain, which rustup cannot add here: sanitizers are not stable" >&2
        exit 2
    fi
    cargo fuzz --version 2>/dev/null | grep -qF "$CARGO_FUZZ_VERSION" && return
    say "installing cargo-fuzz $CARGO_FUZZ_VERSION"
    cargo install cargo-fuzz --locked --quiet --version "$CARGO_FUZZ_VERSION"
}

# The words of the corpus, and the names of what the C library exports.
write_seeds() {
    rm -rf "$OUT/seeds"
    cargo run --locked --quiet -p fedverify-kit -- seeds "$OUT/seeds"
    grep -oE '\bfedverify_[a-z0-9_]+\(' include/fedverify.h | sed -E 's/^fedverify_(.*)\($/"\\x0A\1"/' | sort -u \
        | cat "$OUT/seeds/dictionary" - >"$OUT/seeds/dictionary.c_abi"
}

# Prints one line; fails where an invariant was broken, or memory or time ran out.
fuzz() { # TARGET
    local log="$OUT/$1.log" dictionary="$OUT/seeds/dictionary" status=0 start=$SECONDS
    [ -f "$dictionary.$1" ] && dictionary=$dictionary.$1
    local inputs=("$OUT/corpus/$1" "$OUT/seeds/$1")
    # A new target has none yet.
    [ -d "fuzz/corpus/$1" ] && inputs+=("fuzz/corpus/$1")
    mkdir -p "$OUT/corpus/$1" "$OUT/artifacts/$1"
    "$PROGRAMS/$1" "${inputs[@]}" "-max_total_time=$SECONDS_EACH" "-dict=$dictionary" -max_len=$MAX_LEN \
        -rss_limit_mb=$RSS_LIMIT_MB -timeout=20 -print_final_stats=1 "-artifact_prefix=$OUT/artifacts/$1/" >"$log" 2>&1 || status=$?
    local runs reached
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    reached=$(grep -oE 'cov: [0-9]+ ft: [0-9]+' "$log" | tail -n 1 || true)
    printf '   %-13s %10s executions, %s, %s\n' "$1" "${runs:-?}" "${reached:-no coverage}" \
        "$([ $status = 0 ] && echo "no crash" || echo "FAILED with status $status")"
    printf '%s\t%s\t%s\n' "$1" "$((SECONDS - start))" "${runs:-0}" >>"$OUT/runs"
    [ $status = 0 ] && return
    grep -aE 'panicked at|assertion|ERROR: |SUMMARY: |left: |right: |Test unit written' "$log" | head -n 20 >&2
    return 1
}

need_tools
write_seeds
say "building"
cargo +nightly fuzz build --fuzz-dir fuzz --target-dir "$OUT/build" >"$OUT/build.log" 2>&1 || {
    tail -n 40 "$OUT/build.log" >&2
    exit 1
}
readonly PROGRAMS=$(echo "$OUT"/build/*/release)

targets=("$@")
[ $# -gt 0 ] || for file in fuzz/targets/*.rs; do targets+=("$(basename "$file" .rs)"); done
passed=0
for target in "${targets[@]}"; do
    if fuzz "$target"; then passed=$((passed + 1)); fi
done
echo "All runs since $OUT/runs was begun:"
awk -F '\t' '{seconds[$1] += $2; runs[$1] += $3} END {for (name in runs) printf "   %-13s %11d executions in %5.1f minutes\n", name, runs[name], seconds[name] / 60}' \
    "$OUT/runs" | sort
printf '%d passed, %d failed\n' "$passed" $((${#targets[@]} - passed))
[ "$passed" = "${#targets[@]}" ]
