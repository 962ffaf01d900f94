#!/usr/bin/env bash
# The WordPress plugin without WordPress: its unit tests, on the system's PHP and on others.
#
#     tests/wordpress/unit.sh          every PHP from 7.4 to 8.5
#     tests/wordpress/unit.sh short    the system's, the oldest and the newest
set -euo pipefail
cd "$(dirname "$0")/../.."

readonly PACKAGES=tests/php-versions

step() { printf '\n-- %s\n' "$*"; }

source tests/node.sh

versions="7.4 8.0 8.1 8.2 8.3 8.4 8.5"
if [ "${1:-}" = short ]; then
    versions="7.4 8.5"
fi

need_node
need_packages "$PACKAGES" --ignore-scripts
command -v php >/dev/null || apt_install php-cli
php -r 'exit(extension_loaded("sqlite3") ? 0 : 1);' || apt_install php-sqlite3

failed=()

# run NAME COMMAND...: all tests by one PHP, each in a process of its own.
run() {
    local name=$1
    shift
    step "unit tests of the WordPress plugin, $name"
    for test in tests/wordpress/unit/test-*.php; do
        "$@" "$test" || failed+=("$(basename "$test") by $name")
    done
}

run "PHP $(php -r 'echo PHP_VERSION;')" php -d error_reporting=-1 -d display_errors=1
for version in $versions; do
    PHP=$version run "PHP $version" $PACKAGES/php -d error_reporting=-1 -d display_errors=1
done
if [ "${#failed[@]}" != 0 ]; then
    printf 'failed: %s\n' "${failed[@]}" >&2
    exit 1
fi
