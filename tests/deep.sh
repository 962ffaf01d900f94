#!/usr/bin/env bash
# What takes too long for `make test`: run it before a release, and after changes of the core or of the core in PHP.
#
#     tests/deep.sh                  every part, the cheap ones first: many hours
#     tests/deep.sh node core        only these, in this order
#     SEED=20261127 tests/deep.sh    repeats the random cases of that day
#
# A step that fails ends only itself: no step needs what another one made, and after some hours one wants to know all that is
# wrong. The table at the end, also of a run that was stopped, says what each step took and how it ended; the exit status is 1 if
# any has failed.
set -euo pipefail
cd "$(dirname "$0")/.."

# The cheapest first. Each has a function below.
readonly PARTS_IN_ORDER="node npm core php fuzz wordpress release"

seed=${SEED:-$(date +%Y%m%d)}
rows=()
failed=0

step() { printf '\n== %s\n' "$*"; }

source tests/node.sh

# One row of the table. Until it has ended, its seconds are those at its beginning: so a run that is stopped shows it, too.
run() { # DESCRIPTION COMMAND...: a program, or a function of this file, which its first failure ends
    local description=$1 start=$SECONDS status outcome=passed
    shift
    step "$description"
    rows+=("$start"$'\t'"stopped"$'\t'"$description")
    # Not in a condition: there, bash would not end the function at its first failure.
    set +e
    (set -e; "$@")
    status=$?
    set -e
    if [ "$status" != 0 ]; then
        failed=1 outcome="failed ($status)"
    fi
    printf '== %s, in %d s: %s\n' "$outcome" $((SECONDS - start)) "$description"
    rows[-1]=$((SECONDS - start))$'\t'"$outcome"$'\t'"$description"
}

table() {
    local row seconds outcome description
    [ "${#rows[@]}" != 0 ] || return 0
    step "what was run, with SEED=$seed"
    printf '%8s  %-12s  %s\n' seconds outcome step
    for row in "${rows[@]}"; do
        IFS=$'\t' read -r seconds outcome description <<<"$row"
        [ "$outcome" != stopped ] || seconds=$((SECONDS - seconds))
        printf '%8d  %-12s  %s\n' "$seconds" "$outcome" "$description"
    done
    printf '%8d  in all\n' "$SECONDS"
}

node_part() {
    run "the node with its archives in the S3 of moto" tests/node-bucket.sh
    run "a node that is killed fifty times in the middle of a synchronisation" tests/node-kills.sh
    run "the node for Cloudflare Workers, in workerd" tests/node-worker.sh
}

hostile_calls() {
    need_node
    wasm/build.sh
    SEED=$seed CALLS=20000 node --test wasm/tests/js/hostile.test.mjs
}

npm_part() {
    run "20,000 hostile calls of the npm package" hostile_calls
}

agreement() {
    FEDVERIFY_SIGNATURES=100000 cargo test --locked --release -p fedverify --features native-crypto --lib agreement -- --nocapture
}

mutants_tool() {
    local tool=(--locked --manifest-path tests/mutants/Cargo.toml --target-dir target/mutants/tool)
    cargo clippy "${tool[@]}" --all-targets -- -D warnings
    cargo test "${tool[@]}"
}

coverage() {
    tests/coverage.sh | tail -n 1
}

core_part() {
    run "the tool that makes the mutants of core" mutants_tool
    run "100,000 signatures of each curve, honest, random and mutated, through both backends" agreement
    run "the oldest Rust that we promise" tests/msrv.sh
    run "what starts threads, under ThreadSanitizer" tests/threads.sh
    run "how much of the core its tests reach" coverage
    run "20,000 random cases through verifiers that were written apart" tests/differential.sh 20000 "$seed"
}

php_part() {
    run "the corpus through the core in PHP, on every version of PHP" tests/php-versions.sh
    run "20,000 random cases through the core in PHP and the core in Rust" tests/php-core.sh 20000 "$seed"
    run "the extension in a PHP with threads, eight at once" tests/php-zts.sh
}

fuzz_part() {
    run "every fuzz target for a minute" fuzz/run.sh 60
}

# A newer WordPress than npm has (tests/wordpress/site/debian.sh).
debian_wordpress() { # RELEASE
    DEBIAN=$1 tests/wordpress/inside.sh
    DEBIAN=$1 tests/wordpress.sh
}

wordpress_part() {
    run "the WordPress plugin: on every PHP" tests/wordpress/unit.sh
    run "the WordPress plugin: on MariaDB" tests/wordpress/inside.sh deep
    run "the WordPress plugin: on versions of PHP, as WebAssembly" tests/wordpress.sh versions
    run "the WordPress plugin: on the WordPress of Debian 13" debian_wordpress trixie
    run "the WordPress plugin: on the newest WordPress that Debian has" debian_wordpress sid
    run "the WordPress plugin: every attack on every backend" tests/wordpress.sh deep
}

used() {
    make --silent dist
    tests/dist.sh
    dist/crates.sh verify
}

release_part() {
    run "a release, installed where no compiler is, and used" used
    run "a release, made twice" tests/reproducible.sh
}

for part in "$@"; do
    if [[ " $PARTS_IN_ORDER " != *" $part "* ]]; then
        echo "tests/deep.sh has no part '$part'. Its parts: $PARTS_IN_ORDER" >&2
        exit 2
    fi
done
# `make test-deep PARTS=…` gives these on to every program below, and to dist/all.sh PARTS are others.
unset PARTS MAKEFLAGS MAKEOVERRIDES MFLAGS
trap table EXIT
# shellcheck disable=SC2048 # Names, none of which has a space.
for part in ${*:-$PARTS_IN_ORDER}; do
    "${part}_part"
done
exit "$failed"
