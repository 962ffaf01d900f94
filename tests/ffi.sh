#!/usr/bin/env bash
# The C library as its users meet it: installed into a scratch prefix, found by pkg-config, called from C, Python, Go and
# PHP; the corpus through it; its memory under sanitizers and valgrind. Called by tests/run.sh; by itself: tests/ffi.sh
set -euo pipefail
cd "$(dirname "$0")/.."

PREFIX=$(mktemp -d)
trap 'rm -rf "$PREFIX"' EXIT
BUILD=$PREFIX/build
mkdir "$BUILD"
export PKG_CONFIG_PATH=$PREFIX/lib/pkgconfig
export LD_LIBRARY_PATH=$PREFIX/lib
export PYTHONDONTWRITEBYTECODE=1
STRICT="-Wall -Wextra -Wpedantic -Werror"
DID=$(cat examples/fair/did.txt)
# What every example takes.
EXAMPLE="examples/fair/log.json examples/fair/metadata.json examples/fair/hello-fair-1.1.0.zip $DID"

say() { printf '   %s\n' "$*"; }

source tests/install.sh

need() { # <command> <Debian package>…: installs what is missing
    local command missing=()
    while [ $# -gt 0 ]; do
        command=$1
        shift
        command -v "$command" >/dev/null || missing+=("$1")
        shift
    done
    [ ${#missing[@]} -eq 0 ] && return
    say "installing ${missing[*]}"
    apt_install "${missing[@]}"
}

# Runs the rest of the arguments, which must end with this exit status and print this.
expect() { # <exit status> <string> <command>…
    local status=0 wanted=$1 string=$2 output
    shift 2
    output=$("$@" 2>&1) || status=$?
    if [ "$status" -ne "$wanted" ] || [[ $output != *"$string"* ]]; then
        printf 'expected exit status %s and %q, found %s from %s:\n%s\n' "$wanted" "$string" "$status" "$*" "$output" >&2
        exit 1
    fi
}

# An example in some language: it verifies the signed package, and refuses it with one byte changed.
example() { # <language> <command>…
    local language=$1 log metadata package did
    shift
    read -r log metadata package did <<<"$EXAMPLE"
    expect 0 "verified $DID 1.1.0" "$@" "$log" "$metadata" "$package" "$did"
    expect 1 "[fair.checksum.mismatch]" "$@" "$log" "$metadata" "$BUILD/broken.zip" "$did"
    expect 1 "[plc.cid.mismatch]" "$@" "$BUILD/broken.json" "$metadata" "$package" "$did"
    expect 1 "[did.invalid]" "$@" "$log" "$metadata" "$package" "did:plc:nonsense"
    expect 2 "" "$@" "$log" "$metadata" "$BUILD/no-such.zip" "$did"
    say "example in $language: verifies, and refuses with the right code when anything was changed"
}

need gcc gcc g++ g++ clang clang pkg-config pkg-config python3 python3 valgrind valgrind go golang-go php php-cli \
    mypy mypy nm binutils

make --silent install PREFIX="$PREFIX"

for compiler in "gcc -x c -std=c99" "clang -x c -std=c99" "g++ -x c++ -std=c++17" "clang++ -x c++ -std=c++17"; do
    echo '#include <fedverify.h>' | $compiler $STRICT -fsyntax-only "-I$PREFIX/include" -
done
say "the header compiles as C99 and C++17 with gcc and clang, $STRICT"

python3 tests/ffi/exports.py "$PREFIX/include/fedverify.h" "$PREFIX/lib/libfedverify.so"
readelf -d "$PREFIX/lib/libfedverify.so" | grep -q 'soname: \[libfedverify.so.0.1\]'

# The archive with one byte changed, and the log with one changed character in the first signature.
cp examples/fair/hello-fair-1.1.0.zip "$BUILD/broken.zip"
printf 'X' | dd of="$BUILD/broken.zip" bs=1 seek=100 conv=notrunc status=none
sed '0,/"sig": *"\(.\)/s/"sig": *"A*\(.\)\(.\)/"sig":"\2\1/' examples/fair/log.json >"$BUILD/broken.json"
cmp -s examples/fair/log.json "$BUILD/broken.json" && { echo "the log was not broken" >&2; exit 1; }

# shellcheck disable=SC2046 # the words of pkg-config are words
cc -std=c99 $STRICT examples/c/verify.c $(pkg-config --cflags --libs fedverify) -o "$BUILD/verify"
example C "$BUILD/verify"
# shellcheck disable=SC2046 # the words of pkg-config are words
cc -std=c99 $STRICT examples/c/verify.c $(pkg-config --cflags fedverify) $(pkg-config --variable=static fedverify) \
    -o "$BUILD/verify-static"
readelf -d "$BUILD/verify-static" | grep -q 'libfedverify' && { echo "linked statically, it wants the shared library" >&2; exit 1; }
example "C, linked statically" "$BUILD/verify-static"
make --silent install-files PREFIX="$BUILD/with spaces"
eval "flags=($(PKG_CONFIG_PATH="$BUILD/with spaces/lib/pkgconfig" pkg-config --cflags --libs fedverify))"
cc -std=c99 $STRICT examples/c/verify.c "${flags[@]}" -o "$BUILD/verify-spaces"
example "C, installed in a folder with spaces" "$BUILD/verify-spaces"
g++ -x c++ -std=c++17 $STRICT -fsyntax-only "-I$PREFIX/include" examples/c/*.c
for program in history stream; do
    # shellcheck disable=SC2046 # the words of pkg-config are words
    cc -std=c99 $STRICT examples/c/$program.c $(pkg-config --cflags --libs fedverify) -o "$BUILD/$program"
done
expect 0 "undone by operation 3" "$BUILD/history" examples/fair/log.json "$DID"
expect 1 "[plc.cid.mismatch]" "$BUILD/history" "$BUILD/broken.json" "$DID"
expect 2 "" "$BUILD/history" "$BUILD/no-such.json" "$DID"
STREAM="$BUILD/stream examples/fair/log.json examples/fair/metadata.json $DID"
expect 0 "verified $DID 1.1.0" sh -c "cat examples/fair/hello-fair-1.1.0.zip | $STREAM"
expect 1 "[fair.checksum.mismatch]" $STREAM <"$BUILD/broken.zip"
expect 2 "[io.file.unreadable]" $STREAM </
say "examples in C: the history of an identity, and a package from a stream"
mypy --strict --no-error-summary examples/python tests/ffi/exports.py
MYPYPATH=examples/python mypy --strict --no-error-summary tests/ffi/corpus.py tests/ffi/corpus_python.py tests/ffi/corpus_typed.py \
    tests/ffi/python_files.py tests/ffi/python_codes.py tests/ffi/python_values.py tests/ffi/directories.py tests/ffi/shapes.py
example Python python3 examples/python/verify.py
(cd examples/go && GOFLAGS=-mod=mod GOCACHE="$BUILD/go" go build -o "$BUILD/verify-go" .)
example Go "$BUILD/verify-go"
example "PHP, by FFI" php examples/php-ffi/verify.php

SOURCES="-std=c99 -g $STRICT -I$PREFIX/include"
PLAIN="-L$PREFIX/lib -lfedverify -lpthread"
# The library is not instrumented, but its allocations are watched: leaks, double frees, writes beyond a buffer of C.
SANITIZED="-fsanitize=address,undefined -fno-sanitize-recover=undefined $PREFIX/lib/libfedverify.a -lpthread -ldl -lm"
for program in corpus directories misuse getters readers codes values; do
    cc $SOURCES tests/ffi/$program.c $PLAIN -o "$BUILD/$program"
    gcc $SOURCES tests/ffi/$program.c $SANITIZED -o "$BUILD/$program-sanitized"
done
cp tests/ffi/valgrind.supp "$BUILD"
VALGRIND="valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=all --suppressions=$BUILD/valgrind.supp"

python3 tests/ffi/python_files.py
python3 tests/ffi/python_codes.py
python3 tests/ffi/python_values.py
python3 tests/ffi/corpus.py python
python3 tests/ffi/directories.py python
python3 tests/ffi/corpus.py c "$BUILD/corpus"
python3 tests/ffi/directories.py c "$BUILD/directories"
say "under AddressSanitizer and UndefinedBehaviorSanitizer"
python3 tests/ffi/corpus.py c "$BUILD/corpus-sanitized"
python3 tests/ffi/directories.py c "$BUILD/directories-sanitized"
for program in misuse getters readers codes values; do
    "$BUILD/$program-sanitized" $EXAMPLE
done
say "under valgrind"
python3 tests/ffi/corpus.py c $VALGRIND "$BUILD/corpus"
python3 tests/ffi/directories.py c $VALGRIND "$BUILD/directories"
for program in misuse getters readers codes values; do
    $VALGRIND "$BUILD/$program" $EXAMPLE
done

say "documents of 8 MiB: bytes of the heap and signature checks, counted"
cargo run --locked --quiet -p fedverify-kit -- shapes "$BUILD/documents"
cc $SOURCES tests/ffi/shapes.c $PLAIN -o "$BUILD/shapes"
python3 tests/ffi/shapes.py "$BUILD/documents" "$BUILD/shapes"

say "instructions of the hot paths"
tests/instructions.sh "$PREFIX"

if rustup component add --toolchain nightly miri rust-src >/dev/null 2>&1; then
    say "the border under Miri, which runs no C"
    cargo +nightly miri test --locked --quiet -p fedverify-ffi --no-default-features --lib 2>&1 | grep -E '^(test result|error|.*FAILED)'
else
    say "skipped: Miri (it needs a nightly toolchain with miri, which rustup cannot add here)"
fi

if command -v cargo-cinstall >/dev/null; then
    cargo cinstall --locked -p fedverify-ffi --release --prefix "$PREFIX/cinstall" --libdir lib >"$BUILD/cinstall.log" 2>&1 || {
        cat "$BUILD/cinstall.log"
        exit 1
    }
    cmp include/fedverify.h "$PREFIX/cinstall/include/fedverify.h"
    PKG_CONFIG_PATH=$PREFIX/cinstall/lib/pkgconfig LD_LIBRARY_PATH=$PREFIX/cinstall/lib
    cc -std=c99 $STRICT examples/c/verify.c $(pkg-config --cflags --libs fedverify) -o "$BUILD/verify-cinstall"
    example "C, installed by cargo-c" "$BUILD/verify-cinstall"
else
    say "skipped: cargo cinstall (cargo-c is not installed, and takes longer to build than all the rest)"
fi
