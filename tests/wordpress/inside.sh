#!/usr/bin/env bash
# What the WordPress plugin remembers and reads, inside a real WordPress: on SQLite alone and as a network of sites.
#
#     tests/wordpress/inside.sh          on SQLite
#     tests/wordpress/inside.sh deep     also on MariaDB, which it installs and starts
set -euo pipefail
cd "$(dirname "$0")/../.."

TARGET=$(realpath -m "${CARGO_TARGET_DIR:-target}")

step() { printf '\n-- %s\n' "$*"; }

source tests/node.sh
source tests/wordpress/site/site.sh

need_wordpress_tools
need_node
need_wordpress

SCRATCH=$(mktemp -d)
cleanup() {
    [ -f "$SCRATCH/mariadb.pid" ] && kill "$(cat "$SCRATCH/mariadb.pid")" && while [ -f "$SCRATCH/mariadb.pid" ]; do sleep 0.1; done
    rm -rf "$SCRATCH"
}
trap cleanup EXIT

start_mariadb() {
    if ! command -v mariadbd >/dev/null || ! php -r 'exit(extension_loaded("mysqli") ? 0 : 1);'; then
        step "installing MariaDB"
        apt_install mariadb-server php-mysql
    fi
    mariadb-install-db --no-defaults --datadir="$SCRATCH/data" --user="$(id -un)" --auth-root-authentication-method=normal >/dev/null
    mariadbd --no-defaults --user="$(id -un)" --datadir="$SCRATCH/data" --socket="$SCRATCH/mariadb.sock" --skip-networking \
        --pid-file="$SCRATCH/mariadb.pid" 2>"$SCRATCH/mariadb.log" &
    for _ in $(seq 100); do
        mariadb --no-defaults -u root -S "$SCRATCH/mariadb.sock" -e 'CREATE DATABASE wordpress' 2>/dev/null && return
        sleep 0.1
    done
    cat "$SCRATCH/mariadb.log" >&2
    return 1
}

# site NAME: a WordPress of its own, in $SCRATCH/NAME.
site() {
    local folder=$SCRATCH/$1
    mkdir "$folder"
    cp -r "$WORDPRESS/core" "$folder/core"
    cp tests/wordpress/inside/wp-config.php "$folder/core/wp-config.php"
    mkdir -p "$folder/core/wp-content/plugins" "$folder/core/wp-content/mu-plugins"
    cp -r tests/wordpress/site/themes "$folder/core/wp-content/"
    [ "$1" = mariadb ] || cp tests/wordpress/site/db.php "$folder/core/wp-content/db.php"
    ln -s "$PWD/wordpress/fedverify" "$folder/core/wp-content/plugins/fedverify"
}

# run NAME [VARIABLE=VALUE...]: installs WordPress, and runs every test in processes of its own.
failed=0
run() {
    local name=$1
    shift
    step "inside WordPress: $name"
    site "$name"
    local php=(env FEDVERIFY_TEST_SITE="$SCRATCH/$name" FEDVERIFY_TEST_WORDPRESS="$WORDPRESS" "$@" php -d memory_limit=128M)
    "${php[@]}" tests/wordpress/site/install.php
    for variable in "$@"; do
        [ "$variable" != FEDVERIFY_TEST_MULTISITE=1 ] || "${php[@]}" tests/wordpress/site/install.php network
    done
    for test in tests/wordpress/inside/test-*.php; do
        "${php[@]}" "$test" || failed=1
    done
}

run single
run network FEDVERIFY_TEST_MULTISITE=1
if [ "${1:-}" = deep ]; then
    start_mariadb
    run mariadb FEDVERIFY_TEST_SOCKET="$SCRATCH/mariadb.sock"
fi
exit "$failed"
