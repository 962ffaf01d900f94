# What cross-compiles: zig, which brings the C libraries of every target, as a Python package. To be sourced after common.sh.

CARGO_ZIGBUILD_VERSION=0.24.1
ZIG_VERSION=0.15.2

need_python_package() { # NAME VERSION
    local place=$TOOLS/python
    [ -d "$place/$1-$2.dist-info" ] && return
    python3 -m pip --version >/dev/null 2>&1 || apt_install python3-pip
    step "installing $1 $2"
    python3 -m pip install --quiet --no-deps --upgrade --target "$place" "$1==$2"
}

need_zig() {
    need_python_package ziglang "$ZIG_VERSION"
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
