#!/usr/bin/env bash
# The whole corpus through the core in PHP, on every version of PHP from 7.4 on, with and without sodium; its edges that the corpus does
# not come to, those of memory_limit, and what the library has beside it. Nothing of the corpus is skipped: each run must count every
# case.
#
#     tests/php-versions.sh          all of them
#     tests/php-versions.sh short    the oldest version, and the system's own without sodium
set -euo pipefail
cd "$(dirname "$0")/.."

readonly PACKAGES=tests/php-versions
readonly WORDPRESS=$PACKAGES/node_modules/@wp-playground/wordpress-builds/src/wordpress/wp-6.5.zip

step() { printf '\n-- %s\n' "$*"; }

source tests/node.sh

# PHP as WebAssembly, which has openssl, but neither sodium nor FFI.
versions="7.4 8.0 8.1 8.2 8.3 8.4 8.5"
if [ "${1:-}" = short ]; then
    versions="7.4"
fi

need_node
need_packages "$PACKAGES" --ignore-scripts
command -v php >/dev/null || apt_install php-cli
command -v unzip >/dev/null || apt_install unzip

SCRATCH=$(mktemp -d)
trap 'rm -rf "$SCRATCH"' EXIT

# The sodium_compat that WordPress carries, for PHP without sodium. It uses a function of WordPress's for errors only.
unzip -q "$WORDPRESS" 'wp-includes/sodium_compat/*' -d "$SCRATCH"
COMPAT=$SCRATCH/wp-includes/sodium_compat/autoload.php
NO_SODIUM=sodium_crypto_sign_verify_detached

# run PROGRAM NAME COMMAND...: one of tests/php, in lines with what it skips, its count and its time.
run() {
    local program=$1 name=$2 start=$SECONDS log=$SCRATCH/$1-$2.log
    shift 2
    if ! "$@" "tests/php/$program.php" php >"$log" 2>&1; then
        printf '%s FAILED\n%s\n' "$name" "$(tail -n 40 "$log")"
        return 1
    fi
    printf '%-28s %s, %d s\n' "$name" "$(grep ': skipped: ' "$log" | tr '\n' ' ')$(tail -n 1 "$log")" $((SECONDS - start))
}

# The same in the background, as many at a time as there are processors.
failed=0
start() {
    if [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; then
        wait -n || failed=1
    fi
    run "$@" &
}

step "the corpus through the core in PHP, its edges, and what is beside it, on every PHP"
start corpus "PHP without sodium" php -n -d disable_functions=$NO_SODIUM
# tests/php.sh has the corpus with sodium, and sodium_compat is there without being asked.
if [ "${1:-}" != short ]; then
    start corpus "PHP with sodium" php -n
    start corpus "PHP with sodium_compat" php -n -d disable_functions=$NO_SODIUM -d auto_prepend_file="$COMPAT"
fi
for version in $versions; do
    start corpus "PHP $version" env PHP="$version" $PACKAGES/php
    start edges "PHP $version" env PHP="$version" $PACKAGES/php
    start memory_bounds "PHP $version" env PHP="$version" $PACKAGES/php
    start beside "PHP $version" env PHP="$version" $PACKAGES/php
    start values "PHP $version" env PHP="$version" $PACKAGES/php
    start curve "PHP $version" env PHP="$version" $PACKAGES/php
done
if [ "${1:-}" != short ]; then
    start corpus "PHP 7.4 with sodium_compat" env PHP=7.4 $PACKAGES/php -d auto_prepend_file="$COMPAT"
fi
while [ -n "$(jobs -p)" ]; do
    wait -n || failed=1
done
[ "$failed" = 0 ]
expected=$(grep -c '^      "name":' tests/corpus/manifest.json)
counted=$(grep -lx "corpus: $expected passed, 0 failed, 0 skipped" "$SCRATCH"/corpus-*.log | wc -l)
runs=$(find "$SCRATCH" -maxdepth 1 -name 'corpus-*.log' | wc -l)
if [ "$counted" != "$runs" ]; then
    echo "expected each of $runs runs to count $expected cases" >&2
    exit 1
fi
echo "$runs runs, each with all $expected cases"
