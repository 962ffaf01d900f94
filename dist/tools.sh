# What cross-compiles: zig, which brings the C libraries of every target, as a Python package. And the JavaScript with its module,
# which two files of a release hold. To be sourced after common.sh.

CARGO_ZIGBUILD_VERSION=0.24.1
# With the hashes of what PyPI has of it.
ZIG_VERSION=$(sed -n 's/^ziglang==\([0-9.]*\).*/\1/p' dist/zig.txt)
# Debian 12's.
BINARYEN_VERSION=108

need_zig() {
    if ! [ -d "$TOOLS/python/ziglang-$ZIG_VERSION.dist-info" ]; then
        python3 -m pip --version >/dev/null 2>&1 || apt_install python3-pip
        step "installing ziglang $ZIG_VERSION"
        python3 -m pip install --quiet --no-deps --upgrade --require-hashes --target "$TOOLS/python" -r dist/zig.txt
    fi
    export CARGO_ZIGBUILD_ZIG_PATH=$TOOLS/python/ziglang/zig
    need_cargo_tool cargo-zigbuild "$CARGO_ZIGBUILD_VERSION"
}

# In a folder of ours: what is installed for the whole account stays as it is.
need_cargo_tool() { # NAME VERSION
    export PATH="$TOOLS/cargo/bin:$PATH"
    grep -qs "^\"$1 $2 " "$TOOLS/cargo/.crates.toml" && return
    step "installing $1 $2"
    cargo install --quiet --locked --root "$TOOLS/cargo" --target-dir "$TOOLS/build" "$1" --version "$2"
    rm -rf "$TOOLS/build"
}

need_target() { # TARGET: rustup's
    [ -d "$(rustc --print sysroot)/lib/rustlib/$1" ] || rustup target add "$1" >/dev/null
}

# Into wasm/js/dist, by the Rust that releases are built by.
build_javascript() {
    local binaryen
    FEDVERIFY_RUST=rustup wasm/build.sh
    binaryen=$(wasm-opt --version | grep -oE '[0-9]+' | head -n 1)
    [ "$binaryen" = "$BINARYEN_VERSION" ] \
        || echo "note: releases are built by binaryen $BINARYEN_VERSION; $binaryen gives other bytes" >&2
}
