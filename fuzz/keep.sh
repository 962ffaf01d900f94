#!/usr/bin/env bash
# Keeps in fuzz/corpus/TARGET what fuzz/run.sh found: of its inputs, and of those that are kept already, the smallest that lead
# where neither the seeds nor each other lead. fuzz/keep.sh [TARGET…]
set -euo pipefail
cd "$(dirname "$0")/.."

readonly OUT="${CARGO_TARGET_DIR:-$PWD/target}/fuzz"
readonly PROGRAMS=$(echo "$OUT"/build/*/release)
# Larger inputs lead nowhere that smaller ones do not, but for their size.
readonly MOST_BYTES=8192
# Of one target: history keeps them for ever.
readonly MOST_BYTES_OF_TARGET=300000

# A place of the code counts once, however often an input comes by: otherwise there would be thousands of them.
keep() { # TARGET
    local scratch kept="fuzz/corpus/$1"
    scratch=$(mktemp -d)
    cp -r "$OUT/seeds/$1" "$scratch/merged"
    mkdir -p "$scratch/found" "$kept"
    find "$OUT/corpus/$1" "$kept" -type f -size "-$((MOST_BYTES + 1))c" -exec cp -t "$scratch/found" {} +
    "$PROGRAMS/$1" -merge=1 -use_counters=0 "$scratch/merged" "$scratch/found" >"$OUT/$1.keep.log" 2>&1
    rm -rf "$kept"
    mkdir -p "$kept"
    local file
    for file in "$scratch"/merged/*; do
        [ -e "$OUT/seeds/$1/$(basename "$file")" ] || mv "$file" "$kept"
    done
    rm -rf "$scratch"
    local bytes
    bytes=$(cat "$kept"/* 2>/dev/null | wc -c)
    printf '   %-13s %4s inputs, %7s bytes\n' "$1" "$(find "$kept" -type f | wc -l)" "$bytes"
    [ "$bytes" -le $MOST_BYTES_OF_TARGET ]
}

targets=("$@")
[ $# -gt 0 ] || for file in fuzz/targets/*.rs; do targets+=("$(basename "$file" .rs)"); done
for target in "${targets[@]}"; do
    keep "$target"
done
