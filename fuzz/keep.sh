#!/usr/bin/env bash
# Keeps in fuzz/corpus/TARGET what fuzz/run.sh found: of its inputs, and of those that are kept already, the smallest that lead
# where neither the seeds nor each other lead. fuzz/keep.sh [TARGET…]
set -euo pipefail
cd "$(dirname "$0")/.."

OUT=$(realpath -m "${CARGO_TARGET_DIR:-target}")/fuzz
readonly OUT
PROGRAMS=("$OUT"/build/*/release)
if [ "${#PROGRAMS[@]}" != 1 ] || ! [ -d "${PROGRAMS[0]}" ]; then
    echo "fuzz/keep.sh takes what fuzz/run.sh built for one platform, and found: ${PROGRAMS[*]}" >&2
    exit 2
fi
# Of the largest input at first. What only larger ones reach, a run comes to from them again.
readonly MOST_BYTES=8192
# Of all of one target: history keeps them for ever.
readonly MOST_BYTES_OF_TARGET=300000
# Beside fuzz/corpus: what is moved between two file systems is half there in between.
SCRATCH=$(mktemp -d fuzz/keep.XXXXXX)
trap 'rm -rf "$SCRATCH"' EXIT

bytes_of() { # FOLDER
    find "$1" -type f -printf '%s\n' | awk '{sum += $1} END {print sum + 0}'
}

# Of the inputs up to this size those that add to the seeds, in $SCRATCH/added. A place of the code counts once, however often an
# input comes by: otherwise there would be thousands.
merge() { # TARGET BYTES
    rm -rf "${SCRATCH:?}"/*
    cp -r "$OUT/seeds/$1" "$SCRATCH/merged"
    mkdir "$SCRATCH/found" "$SCRATCH/added"
    local folder
    for folder in "$OUT/corpus/$1" "fuzz/corpus/$1"; do
        # Equal ones have the same name.
        find "$folder" -type f -size "-$(($2 + 1))c" -exec cp -t "$SCRATCH/found" {} +
    done
    "${PROGRAMS[0]}/$1" -merge=1 -use_counters=0 "$SCRATCH/merged" "$SCRATCH/found" >"$OUT/$1.keep.log" 2>&1
    local file
    for file in "$SCRATCH"/merged/*; do
        [ -e "$OUT/seeds/$1/$(basename "$file")" ] || mv "$file" "$SCRATCH/added"
    done
}

keep() { # TARGET
    local most=$MOST_BYTES
    mkdir -p "fuzz/corpus/$1"
    merge "$1" "$most"
    while [ "$(bytes_of "$SCRATCH/added")" -gt $MOST_BYTES_OF_TARGET ]; do
        most=$((most / 2))
        merge "$1" "$most"
    done
    # Not below $SCRATCH, which goes in any case. Where an earlier one was left, this fails.
    mv -T "fuzz/corpus/$1" "fuzz/corpus/$1.before"
    mv -T "$SCRATCH/added" "fuzz/corpus/$1"
    rm -rf "fuzz/corpus/$1.before"
    printf '   %-13s %4s inputs up to %s bytes, %s bytes\n' "$1" "$(find "fuzz/corpus/$1" -type f | wc -l)" "$most" \
        "$(bytes_of "fuzz/corpus/$1")"
}

targets=("$@")
[ $# -gt 0 ] || for file in fuzz/targets/*.rs; do targets+=("$(basename "$file" .rs)"); done
for target in "${targets[@]}"; do
    keep "$target"
done
