#!/usr/bin/env bash
# Makes target/wordpress/fedverify-VERSION.zip, the plugin as sites install it.
#
#     wordpress/build-zip.sh [--plugin-id DID] [--output FILE]
#
# --plugin-id puts the DID of whoever publishes the plugin into its header: a fork has another one. The same sources and DID
# give the same bytes on every machine: the files are sorted, their time is SOURCE_DATE_EPOCH, else the date that CHANGELOG.md
# gives the version, else 1980; Info-ZIP compresses by code of its own, so the system's zlib does not matter.
set -euo pipefail
umask 022
cd "$(dirname "$0")/.."

source tests/install.sh
source dist/time.sh
source wasm/sources.sh

readonly PLUGIN=wordpress/fedverify
readonly WASM=wasm/js/dist

plugin_id= output=
while [ $# -gt 0 ]; do
    case $1 in
        --plugin-id) plugin_id=$2 ;;
        --output) output=$2 ;;
        *) echo "unknown argument: $1" >&2 && exit 2 ;;
    esac
    shift 2
done
if [ -n "$plugin_id" ] && ! [[ $plugin_id =~ ^did:(plc:[a-z2-7]{24}|web:[A-Za-z0-9.:%_-]+)$ ]]; then
    echo "not a DID: $plugin_id" >&2
    exit 2
fi

version=$(sed -n 's/^ \* Version: *//p' $PLUGIN/fedverify.php)
output=${output:-${CARGO_TARGET_DIR:-target}/wordpress/fedverify-$version.zip}
mkdir -p "$(dirname "$output")"
output=$(realpath -m "$output")
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
top=$stage/fedverify

# add FROM TO PATTERN...: the files below a folder whose names match.
add() {
    local from=$1 to=$top/$2 names=() path
    shift 2
    for pattern in "$@"; do
        names+=(-o -name "$pattern")
    done
    while IFS= read -r path; do
        install -D -m 644 "$from/$path" "$to/$path"
    done < <(cd "$from" && find . -type f \( "${names[@]:1}" \) | sed 's|^\./||')
}

add_plugin() {
    add $PLUGIN . '*.php' '*.txt' '*.css' '*.js' '*.pot'
    [ -z "$plugin_id" ] || sed -i "s|^ \* Version: .*|&\n * Plugin ID:         $plugin_id|" "$top/fedverify.php"
}

add_library() {
    add php/src library/src '*.php'
    install -m 644 php/fedverify-ffi.h LICENSE-MIT LICENSE-APACHE "$top/library"
}

# What an administrator's browser verifies with, where the server cannot.
add_wasm() {
    need_wasm
    add $WASM assets/fedverify fedverify.wasm internal.js worker.js worker-thread.js 'LICENSE-*' THIRD-PARTY.txt
}

command -v zip >/dev/null || apt_install zip
add_plugin
add_library
add_wasm
find "$stage" -exec touch -d "@$(release_time "$version")" {} +
# No extra fields, no entries for folders.
(cd "$stage" && find fedverify -type f | LC_ALL=C sort | TZ=UTC ZIPOPT='' zip -q -X -D -9 plugin.zip -@)
mv "$stage/plugin.zip" "$output"
echo "$output: $(stat -c %s "$output") bytes, SHA-256 $(sha256sum <"$output" | cut -d' ' -f1)"
