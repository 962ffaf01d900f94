#!/usr/bin/env bash
# What `fedverify batch` reaches beside what the curve alone would allow, what a second core adds, and how much memory a
# catalogue takes. docs/performance.md, "Batch", says how to read it.
#
# usage: benches/batch.sh [folder for the catalogues: 1 GB]
set -euo pipefail
cd "$(dirname "$0")/.."

FOLDER=${1:-$(mktemp -d)}
ROUNDS=${ROUNDS:-3}
SMALL=${SMALL:-20000}
LARGE=${LARGE:-200000}
CORES=$(nproc)
TARGET=$(realpath -m "${CARGO_TARGET_DIR:-target}")
FEDVERIFY=$TARGET/release/fedverify
KIT=$TARGET/release/fedverify-kit
BENCH=$TARGET/bench/bench-native

[ -x /usr/bin/time ] || { echo "GNU time is missing: install the package time" >&2; exit 2; }
[ -n "${BUILT:-}" ] || benches/bench.sh 'nothing, but it builds' >/dev/null

catalogue() { # <logs> [--entries | --hosts COUNT]: the path of the catalogue, made where it is not there
    local path="$FOLDER/$1${2:-}${3:-}.jsonl"
    [ -s "$path" ] || { "$KIT" batch "$@" >"$path.part" && mv "$path.part" "$path"; }
    echo "$path"
}

checks_per_second() { # <jobs> <catalogue>
    "$FEDVERIFY" batch "$2" --jobs "$1" 2>&1 >/dev/null | sed -n 's/.* \([0-9]*\) signature checks\/s.*/\1/p'
}

bare_per_second() { # <jobs>: checks of libsecp256k1 with nothing around them, by so many processes together
    local none
    none=$(mktemp -d)
    for _ in $(seq "$1"); do
        echo "bare/libsecp256k1 100000" | "$BENCH" "$none" | tail -n 1 &
    done | awk '{ rate += 100000 / ($1 / 1e9) } END { printf "%.0f\n", rate }'
    rmdir "$none"
}

peak() { # what the command keeps in memory at most, in MiB, and how long it takes
    /usr/bin/time -f '%M %e' "$@" 2>&1 >/dev/null | awk 'END { printf "%6.1f MiB  %6.1f s", $1 / 1024, $2 }'
}

# How the work is spread, on a machine that is never calm: processor time of each thread, which waiting for others' work does
# not change. All of it over that of the busiest worker and of what is not spread is what idle cores would make of it.
spread() { # <catalogue>
    local pid thread nanoseconds
    declare -A cpu
    "$FEDVERIFY" batch "$1" --jobs "$CORES" >/dev/null 2>&1 &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        for thread in /proc/"$pid"/task/*; do
            { read -r nanoseconds _ <"$thread/schedstat"; } 2>/dev/null && cpu[${thread##*/}]=$nanoseconds
        done
        sleep 0.02
    done
    printf '%s\n' "${cpu[@]}" | sort -rn | awk -v n="$CORES" '
        { total += $1 / 1e9; if (NR > n) rest += $1 / 1e9; if (NR == 1) busiest = $1 / 1e9 }
        END {
            printf "  workers %.2f s in all, the busiest %.2f s; reading and writing %.2f s\n", total - rest, busiest, rest
            printf "  %.2f times one core where %d cores are idle\n", total / (busiest + rest), n
        }'
}

best() { sort -n | tail -1; }

small=$(catalogue "$SMALL")
large=$(catalogue "$LARGE")
entries=$(catalogue "$LARGE" --entries)
small_entries=$(catalogue "$SMALL" --entries)
# As in the directory, where most identities have the keys of whoever hosts them.
hosted=$(catalogue "$SMALL" --hosts 20)

echo "signature checks per second, the best of $ROUNDS rounds, over $SMALL logs; $CORES cores"
for _ in $(seq "$ROUNDS"); do
    # One after the other, so that whatever else the machine does meets all alike.
    bare_per_second 1 >>"$FOLDER/bare.1"
    checks_per_second 1 "$small" >>"$FOLDER/batch.1"
    checks_per_second 1 "$hosted" >>"$FOLDER/hosted.1"
    bare_per_second "$CORES" >>"$FOLDER/bare.all"
    checks_per_second "$CORES" "$small" >>"$FOLDER/batch.all"
    checks_per_second "$CORES" "$hosted" >>"$FOLDER/hosted.all"
done
bare_1=$(best <"$FOLDER/bare.1") batch_1=$(best <"$FOLDER/batch.1")
hosted_1=$(best <"$FOLDER/hosted.1") hosted_all=$(best <"$FOLDER/hosted.all")
bare_all=$(best <"$FOLDER/bare.all") batch_all=$(best <"$FOLDER/batch.all")
rm "$FOLDER"/bare.* "$FOLDER"/batch.* "$FOLDER"/hosted.*
awk -v b1="$bare_1" -v v1="$batch_1" -v bn="$bare_all" -v vn="$batch_all" -v n="$CORES" \
    -v h1="$hosted_1" -v hn="$hosted_all" 'BEGIN {
    printf "  %-28s %8d\n", "bare, 1 thread", b1
    printf "  %-28s %8d  %3.0f%% of bare\n", "batch --jobs 1", v1, 100 * v1 / b1
    printf "  %-28s %8d  %3.0f%% of bare\n", "the same, keys of 20 hosts", h1, 100 * h1 / b1
    printf "  %-28s %8d  %.2f times 1 thread\n", "bare, " n " threads", bn, bn / b1
    printf "  %-28s %8d  %.2f times --jobs 1, %3.0f%% of bare at " n " threads, %3.0f%% of 1 thread times " n "\n",
        "batch --jobs " n, vn, vn / v1, 100 * vn / bn, 100 * vn / (b1 * n)
    printf "  %-28s %8d  %.2f times --jobs 1, %3.0f%% of bare at " n " threads\n", "the same, keys of 20 hosts", hn, hn / h1, 100 * hn / bn
}'

echo "processor time of the threads, $SMALL logs, --jobs $CORES"
spread "$small"

echo "peak memory"
for logs in "$small" "$large"; do
    printf '  %-34s %s\n' "whole logs, $(basename "$logs" .jsonl)" "$(peak "$FEDVERIFY" batch "$logs")"
done
for logs in "$small_entries" "$entries"; do
    name=$(basename "$logs" --entries.jsonl)
    printf '  %-34s %s\n' "entries --grouped, $name logs" "$(peak "$FEDVERIFY" batch "$logs" --grouped)"
    printf '  %-34s %s\n' "entries anywhere, file, $name" "$(peak "$FEDVERIFY" batch "$logs")"
done
