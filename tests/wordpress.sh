#!/usr/bin/env bash
# The WordPress plugin on a real WordPress, beside FAIR Connect as two stand-ins play it, in a network of attackers.
#
#     tests/wordpress.sh                 what `make test` runs
#     tests/wordpress.sh deep            every scenario on every backend
#     tests/wordpress.sh only WORD...    scenarios whose names contain a word
#     tests/wordpress.sh versions [WORD...]   a sample of the scenarios on PHP 7.4 and 8.5
#     tests/wordpress.sh without         the attacks on a site without fedverify
#     tests/wordpress.sh screens         only the screens, in Chromium
#     tests/wordpress.sh package         only the ZIP that sites install
#     tests/wordpress.sh measure [ROUNDS [PAGES]]   what it costs, as docs/hosts.md has it
#
# DEBIAN=RELEASE takes the WordPress of a release of Debian (trixie, sid) in the place of 6.5.5.
# FAIR_PLUGIN=FOLDER takes the real FAIR Connect in that folder in the place of the stand-in for 1.3, WP_CLI=PATH the real WP-CLI
# (an archive, or a folder with its dependencies) in the place of site/wp.php. STORY=1 prints what was done, LIST=1 all that passed,
# SLOWEST=10 what took longest.
set -euo pipefail
cd "$(dirname "$0")/.."

TARGET=$(realpath -m "${CARGO_TARGET_DIR:-target}")

step() { printf '\n-- %s\n' "$*"; }

source tests/node.sh
source wasm/sources.sh
source tests/wordpress/site/site.sh
source tests/wordpress/screens.sh
source tests/wordpress/package.sh

trap forget_clocks EXIT

need_wordpress_tools
need_node
need_wordpress

if [ "${1:-}" = screens ]; then
    screens
    exit
fi

if [ "${1:-}" = measure ]; then
    step "what a verified installation, an update and a front page cost"
    FEDVERIFY_TEST_WORDPRESS=$WORDPRESS FEDVERIFY_TEST_TARGET=$TARGET php tests/wordpress/measure.php "${@:2}"
    exit
fi

if [ "${1:-}" = versions ]; then
    need_packages tests/php-versions --ignore-scripts
    step "the sample on other versions of PHP"
fi

need_wasm
if [ "${1:-}" = package ]; then
    packaged
    standards
    exit
fi

FEDVERIFY_TEST_WORDPRESS=$WORDPRESS FEDVERIFY_TEST_TARGET=$TARGET \
    php -d memory_limit=512M tests/wordpress/run.php "$@"

if [ -z "${1:-}" ] || [ "$1" = deep ]; then
    step "the strings that can be translated"
    php wordpress/make-pot.php --check
    packaged
    standards
    screens "${1:-short}"
fi
