#!/usr/bin/env bash
# Builds the npm package `fedverify` in wasm/js/dist, from a clean clone, with one command: wasm/build.sh
#
# Needs Rust and Node with npm; installs what else is missing (rust-src, or Debian's own Rust for wasm; binaryen).
# FEDVERIFY_RUST=debian chooses Debian's Rust where both are available, FEDVERIFY_RUST=rustup allows no other. Prints sizes and
# SHA-256, and fails above the limit.
set -euo pipefail
cd "$(dirname "$0")/.."

# Bytes after gzip -9: the module, with the crates that the project was founded with, and the JavaScript that loads it
# (fedverify.js and internal.js).
MAX_WASM_GZIP_BYTES=202000
readonly MAX_JS_GZIP_BYTES=12500
readonly TARGET=wasm32-unknown-unknown
readonly TARGET_FOLDER="$PWD/target/wasm-build"
readonly PACKAGE="$PWD/wasm/js"

say() { printf '%s\n' "$*" >&2; }

source tests/node.sh
source wasm/sources.sh

# The standard library is built along, for size and with panics that abort at once: the one that rustup ships formats
# messages that no one sees, an eighth of the module. Needs the library's source, and leave to use unstable flags.
choose_toolchain() {
    local fault
    if [ "${FEDVERIFY_RUST:-}" != debian ]; then
        if fault=$( (rustup component add rust-src && rustup target add "$TARGET") 2>&1); then
            say "toolchain: rustup's, with rust-src"
            CARGO=(cargo)
            return
        fi
        say "rustup cannot add rust-src and $TARGET: $fault"
        [ "${FEDVERIFY_RUST:-}" != rustup ] || exit 2
    fi
    say "toolchain: Debian's"
    if ! [ -d /usr/lib/rustlib/src/rust/library ] && ! dpkg -s rust-web-src >/dev/null 2>&1; then
        apt_install rustc-web cargo-web rust-web-src rust-web-llvm lld
    fi
    # No release is built with it, and its code is up to 1 % larger.
    MAX_WASM_GZIP_BYTES=$((MAX_WASM_GZIP_BYTES * 101 / 100))
    export PATH="/usr/bin:$PATH" RUSTC=/usr/bin/rustc CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=/usr/bin/wasm-ld
    CARGO=(/usr/bin/cargo)
}

# As a cdylib alone: the crate is an rlib, too, for its tests, and then everything that another crate could call would be kept, with what
# it might be given. Paths of this machine must not get into the bytes.
build_module() {
    local flags=(
        -Zunstable-options
        -Cpanic=immediate-abort
        -Zlocation-detail=none
        # Only strings, bytes and numbers cross the border; wasm-opt of Debian 12 mixes up several tables.
        # SIMD makes the module smaller and hashes faster, and no platform that reads the JavaScript (ES2022's static blocks: Safari
        # 16.4, Chrome 94, Firefox 93) lacks it.
        -Ctarget-feature=-reference-types,+simd128
        # WebAssembly multiplies 32 by 32 bits to 64, not 64 by 64 to 128: the curves have code for either.
        '--cfg=cpubits="32"'
        "--remap-path-prefix=$PWD=/fedverify"
        "--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo"
    )
    RUSTC_BOOTSTRAP=1 CARGO_ENCODED_RUSTFLAGS="$(IFS=$'\x1f'; printf '%s' "${flags[*]}")" \
        "${CARGO[@]}" rustc --locked --quiet -p fedverify-wasm --lib --crate-type cdylib --profile wasm --target "$TARGET" \
        -Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size --target-dir "$TARGET_FOLDER"
}

# The host's own compiler makes the tool that writes the JavaScript side.
make_bindings() {
    (unset RUSTC; cargo build --locked --quiet --release --manifest-path wasm/bindgen/Cargo.toml --target-dir wasm/bindgen/target)
    rm -rf "$PACKAGE/build"
    wasm/bindgen/target/release/fedverify-bindgen web \
        "$TARGET_FOLDER/$TARGET/wasm/fedverify_wasm.wasm" "$PACKAGE/build"
}

# Without inlining: it makes code that is shorter but that gzip shrinks less. Then similar functions go side by side, within
# gzip's reach: 4 % of the module.
shrink_module() {
    command -v wasm-opt >/dev/null || apt_install binaryen
    local features=(--enable-bulk-memory --enable-sign-ext --enable-nontrapping-float-to-int --enable-mutable-globals
        --enable-multivalue --enable-simd)
    wasm-opt -Oz --always-inline-max-function-size=0 --flexible-inline-max-function-size=0 \
        --one-caller-inline-max-function-size=0 --strip-debug --strip-producers "${features[@]}" \
        "$PACKAGE/build/fedverify_wasm_bg.wasm" -S -o "$PACKAGE/build/shrunk.wat"
    node wasm/order.mjs "$PACKAGE/build/shrunk.wat" "$PACKAGE/build/ordered.wat"
    wasm-as "${features[@]}" "$PACKAGE/build/ordered.wat" -o "$PACKAGE/dist/fedverify.wasm"
}

bundle() {
    need_packages "$PACKAGE"
    local esbuild=("$PACKAGE/node_modules/.bin/esbuild" --log-level=warning --bundle --format=esm --target=es2022
        --charset=utf8 --legal-comments=none '--external:node:*' '--external:./internal.js')
    # Short names too: 1,000 bytes of the limit. What is thrown and given has names of its own. Not in one line: Node prints the line of
    # an error that nobody catches.
    "${esbuild[@]}" --minify --line-limit=1000 "$PACKAGE/src/internal.js" --outfile="$PACKAGE/dist/internal.js"
    "${esbuild[@]}" --minify "$PACKAGE/src/index.js" --outfile="$PACKAGE/dist/fedverify.js"
    "${esbuild[@]}" "$PACKAGE/src/worker.js" --outfile="$PACKAGE/dist/worker.js"
    "${esbuild[@]}" "$PACKAGE/src/worker-thread.js" --outfile="$PACKAGE/dist/worker-thread.js"
    cp "$PACKAGE"/types/*.d.ts "$PACKAGE/dist/"
    cp LICENSE-APACHE LICENSE-MIT "$PACKAGE/dist/"
    node dist/notices.mjs fedverify-wasm "$TARGET" >"$PACKAGE/dist/THIRD-PARTY.txt"
}

gzipped() { gzip -9nc "$PACKAGE/dist/$1" | wc -c; }

within() { # LIMIT FILE...
    local file bytes=0 limit=$1
    shift
    for file; do
        bytes=$((bytes + $(gzipped "$file")))
    done
    printf '%s: %d bytes after gzip, the limit is %d\n' "$*" "$bytes" "$limit"
    if ((bytes > limit)); then
        say "too large"
        exit 1
    fi
}

check_size() {
    local file
    printf '%-20s %9s %9s  %s\n' file bytes gzip sha256
    for file in fedverify.wasm fedverify.js internal.js worker.js worker-thread.js; do
        printf '%-20s %9d %9d  %s\n' "$file" "$(stat -c %s "$PACKAGE/dist/$file")" "$(gzipped "$file")" \
            "$(sha256sum <"$PACKAGE/dist/$file" | cut -d' ' -f1)"
    done
    within "$MAX_WASM_GZIP_BYTES" fedverify.wasm
    within "$MAX_JS_GZIP_BYTES" fedverify.js internal.js
}

for tool in cargo node npm; do
    command -v "$tool" >/dev/null || { say "wasm/build.sh needs $tool"; exit 2; }
done
choose_toolchain
built_from=$(wasm_digest)
build_module
mkdir -p "$PACKAGE/dist"
make_bindings
shrink_module
bundle
check_size
echo "$built_from" >"$WASM_BUILT_FROM"
