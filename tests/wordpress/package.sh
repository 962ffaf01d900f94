# What is shipped: the plugin's ZIP, the same bytes wherever it is made, and the coding standards. To be sourced by
# tests/wordpress.sh.

# copy FOLDER ORDER: what the ZIP is made of, in another folder, its files written in this order.
copy_sources() {
    mkdir "$1"
    { find wordpress php tests/install.sh dist/time.sh wasm/js/dist "$WASM_BUILT_FROM" CHANGELOG.md -type f; wasm_sources; } | sort "$2" \
        | tar c --no-recursion -T - | tar x -m --no-same-permissions -C "$1"
}

# Only where the standards are: they are in no registry that the tests install from.
standards() {
    local phpcs
    step "the WordPress Coding Standards"
    phpcs=${PHPCS:-$(command -v phpcs || true)}
    if [ -z "$phpcs" ] || [[ $("$phpcs" -i) != *WordPress-Core*PHPCompatibilityWP* ]]; then
        echo "skipped: no phpcs with the standards WordPress and PHPCompatibilityWP (PHPCS=COMMAND names one)"
        return
    fi
    "$phpcs" -q --standard=wordpress/phpcs.xml.dist
}

# The ZIP waits for a new module where the one that is there was made of other sources, and only there.
old_module_stays_out() { # COPY
    printf '#!/bin/sh\ntouch built\n' >"$1/wasm/build.sh"
    waits_for_module "$1" yes "its build was not the one that made it"
    (cd "$1" && wasm_digest >"$WASM_BUILT_FROM")
    waits_for_module "$1" no "nothing has changed"
    echo '// changed' >>"$1/core/src/lib.rs"
    waits_for_module "$1" yes "a source has changed"
}

waits_for_module() { # COPY yes|no REASON
    local built=no
    rm -f "$1/built"
    "$1/wordpress/build-zip.sh" --output "$1/new.zip" >/dev/null
    [ ! -e "$1/built" ] || built=yes
    [ "$built" = "$2" ] || { echo "FAIL is the module built anew where $3? $built" && return 1; }
}

packaged() {
    local scratch zip=$TARGET/wordpress/package
    step "the plugin's ZIP"
    scratch=$(mktemp -d)
    mkdir -p "$zip"
    wordpress/build-zip.sh --output "$zip/fedverify.zip"
    (umask 077 && copy_sources "$scratch/a" -r)
    (umask 002 && copy_sources "$scratch/another folder" -s)
    (umask 077 && TZ=Asia/Kathmandu LC_ALL=C.UTF-8 "$scratch/a/wordpress/build-zip.sh" --output "$scratch/a.zip")
    (umask 000 && cd / && TZ=America/St_Johns LC_ALL=POSIX ZIPOPT=-0 "$scratch/another folder/wordpress/build-zip.sh" --output "$scratch/b.zip")
    cmp "$zip/fedverify.zip" "$scratch/a.zip"
    cmp "$zip/fedverify.zip" "$scratch/b.zip"
    old_module_stays_out "$scratch/a"
    rm -rf "$scratch"
    php tests/wordpress/package/check.php "$zip/fedverify.zip"
    if wordpress/build-zip.sh --plugin-id 'did:plc:|' --output "$zip/none.zip" 2>/dev/null; then
        echo "FAIL what is no DID gets into the header"
        return 1
    fi

    step "the plugin's ZIP, signed by a publisher"
    local command=() file
    for file in "$TARGET"/{release,debug}/fedverify; do
        [ ! -x "$file" ] || command=("$file")
    done
    [ "${#command[@]}" = 1 ] || echo "skipped: the command verifies the signed ZIP ($TARGET has no debug/fedverify and no release/fedverify)"
    php tests/wordpress/package/signed.php "${command[@]}"
}
