#!/usr/bin/env bash
# The PHP extension and the Composer library, tested with the PHP that Debian offers.
#
#     tests/php.sh            installs what is missing, builds, tests
#     tests/php.sh packages   installs what is missing
set -euo pipefail
cd "$(dirname "$0")/.."

TARGET=$(realpath -m "${CARGO_TARGET_DIR:-target}")
export CARGO_TARGET_DIR="$TARGET"
export PHP="${PHP:-$(command -v php || true)}"

step() { printf '\n-- %s\n' "$*"; }

source tests/install.sh

# PHP with its headers; clang, with which bindgen reads them.
need_packages() {
    local tool missing=
    for tool in php phpize clang valgrind; do
        command -v "$tool" >/dev/null || missing="$missing $tool"
    done
    [ -n "$missing" ] || return 0
    step "installing$missing"
    apt_install php-cli php-dev clang libclang-dev valgrind
    PHP=$(command -v php)
}

need_packages
if [ "${1:-}" = packages ]; then
    exit
fi

SCRATCH=$(mktemp -d)
trap 'rm -rf "$SCRATCH"' EXIT

# PHP without php.ini.
run_php() { "$PHP" -n "$@"; }

# phpt FILE-OR-FOLDER EXTENSION [OPTION...]
phpt() {
    local runner tests=$1 extension=$2
    shift 2
    runner=$(find "$(php-config --prefix)"/lib/php -path '*/build/run-tests.php' | sort | tail -n 1)
    TEST_PHP_EXECUTABLE="$PHP" NO_INTERACTION=1 SKIP_ONLINE_TESTS=1 \
        "$PHP" -n "$runner" -n -q -d extension="$extension" "$@" --show-diff "$tests" >"$SCRATCH/phpt.log" 2>&1 || {
        cat "$SCRATCH/phpt.log"
        return 1
    }
    grep -aE '^(Tests (skipped|failed|passed)|.*SKIP)' "$SCRATCH/phpt.log"
}

step "building the extension"
cargo build --locked --quiet --release -p fedverify-php
EXTENSION="$TARGET/release/libfedverify_php.so"

step "phpt"
phpt php-ext/tests "$EXTENSION"

step "a panic, in an extension that can be asked to panic"
cargo build --locked --quiet -p fedverify-php --features panic
cp "$TARGET/debug/libfedverify_php.so" "$SCRATCH/panics.so"
phpt php-ext/tests/panic.phpt "$SCRATCH/panics.so"

step "the names by which PIE finds a release's extension"
for machine in x86_64 aarch64; do
    for libc in glibc musl; do
        name=$(run_php dist/pie-name.php "/lib/ld-$libc.so.1" "$machine")
        [[ $name == php*-"${machine/aarch64/arm64}-linux-$libc"* ]] || { echo "unexpected: $name" >&2; exit 1; }
    done
done

step "stubs"
run_php -d extension="$EXTENSION" tests/php/stubs.php

step "what the Composer library has beside verification, with the extension"
run_php -d extension="$EXTENSION" tests/php/beside.php extension
run_php -d extension="$EXTENSION" tests/php/pins.php extension
run_php -d extension="$EXTENSION" tests/php/requests.php extension

step "the corpus through the extension, its reports against the schema"
run_php -d extension="$EXTENSION" tests/php/corpus.php extension "$SCRATCH/reports"
run_php -d zend_extension=opcache -d opcache.enable_cli=1 -d extension="$EXTENSION" \
    tests/php/corpus.php extension | tail -n 1
FEDVERIFY_REPORTS="$SCRATCH/reports" \
    cargo test --locked --quiet -p fedverify-php --test reports -- --ignored

step "valgrind"
USE_ZEND_ALLOC=0 valgrind --quiet --leak-check=full --errors-for-leak-kinds=definite --error-exitcode=9 \
    "$PHP" -n -d extension="$EXTENSION" tests/php/valgrind.php
echo "no invalid access, nothing lost"

step "building the C library and the command"
cargo build --locked --quiet --release -p fedverify-ffi
cargo build --locked --quiet -p fedverify-cli
export FEDVERIFY_LIBRARY="$TARGET/release/libfedverify_ffi.so" FEDVERIFY_BINARY="$TARGET/debug/fedverify"

# Tests of what the classes do, wherever they come from.
SHARED_TESTS="alias archive_signature audit_log directory identity limit_names limits pfn_challenge pfn_plugin pin pin_values release report \
verifier verify_package versions web_document"
mkdir -p "$SCRATCH/library/php/tests"
ln -s "$PWD/examples" "$PWD/tests" "$SCRATCH/library/"
cp php-ext/tests/example.inc "$SCRATCH/library/php/tests/"
for name in $SHARED_TESTS; do
    sed 's/^fedverify$/json/' "php-ext/tests/$name.phpt" >"$SCRATCH/library/php/tests/$name.phpt"
done

for backend in ffi binary php; do
    step "the Composer library, by way of $backend"
    # It counts what is left behind, so its temporary files are in a folder that no other test uses.
    mkdir -p "$SCRATCH/temporary"
    run_php -d extension=ffi -d sys_temp_dir="$SCRATCH/temporary" tests/php/library.php "$backend"
    run_php -d extension=ffi tests/php/beside.php "$backend"
    run_php -d extension=ffi tests/php/pins.php "$backend"
    run_php -d extension=ffi tests/php/requests.php "$backend"
    run_php -d extension=ffi tests/php/corpus.php "$backend" "$SCRATCH/reports-$backend"
    run_php tests/php/same_reports.php "$SCRATCH/reports" "$SCRATCH/reports-$backend"
    echo "<?php require '$PWD/tests/php/backend.php'; use_backend('$backend');" >"$SCRATCH/prepend.php"
    phpt "$SCRATCH/library/php/tests" ffi -d auto_prepend_file="$SCRATCH/prepend.php"
done

# In a folder whose name has no white space: phpize refuses one that has.
step "phpize, configure, make, make test, make install"
mkdir "$SCRATCH/source"
git ls-files -z | tar -c --null --files-from=- | tar -x -C "$SCRATCH/source"
(
    cd "$SCRATCH/source/php-ext"
    phpize && ./configure --enable-fedverify && make
    NO_INTERACTION=1 make test
    make install INSTALL_ROOT="$SCRATCH/root"
) >"$SCRATCH/phpize.log" 2>&1 || {
    tail -n 60 "$SCRATCH/phpize.log"
    exit 1
}
grep -aE '^Tests (skipped|failed|passed)' "$SCRATCH/phpize.log"
run_php -d extension="$SCRATCH/root$(php-config --extension-dir)/fedverify.so" -m | grep -x fedverify

step "the documented example, with a good package and with a changed one"
verify() { # PACKAGE [OPTION...]
    local package=$1
    shift
    run_php "$@" examples/php/verify.php examples/fair/log.json examples/fair/metadata.json "$package" \
        "$(cat examples/fair/did.txt)"
}
cp examples/fair/hello-fair-1.1.0.zip "$SCRATCH/changed.zip"
printf X | dd of="$SCRATCH/changed.zip" bs=1 seek=200 conv=notrunc status=none
verify_both() { # OPTION...
    local refusal
    verify examples/fair/hello-fair-1.1.0.zip "$@"
    refusal=$(verify "$SCRATCH/changed.zip" "$@" 2>&1) && exit 1
    grep -F '[fair.checksum.mismatch]' <<<"$refusal"
}
# By way of the extension, of FFI, of the command, and of the core in PHP: what many hosts forbid are programs, and other libraries.
verify_both -d extension="$EXTENSION"
verify_both -d extension=ffi
verify_both -d memory_limit=128M
verify_both -d disable_functions=proc_open,exec,shell_exec,system,passthru,popen -d ffi.enable=0 -d memory_limit=64M

step "PHP: all passed"
