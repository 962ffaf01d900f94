#!/usr/bin/env bash
# Runs every check of the project, cheapest first, and installs what they need: as root on Debian, or with Rust and a
# C linker already there.
set -euo pipefail
cd "$(dirname "$0")/.."

# Everything is built once: what incremental builds leave behind would be a third of the disk that this takes.
export CARGO_INCREMENTAL=0

step() { printf '\n== %s (after %d s)\n' "$*" "$SECONDS"; }

source tests/node.sh

need_rust() {
    if ! command -v cargo >/dev/null; then
        echo "Rust is missing: install it from https://rustup.rs (see rust-version in Cargo.toml)" >&2
        exit 2
    fi
    cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt
    cargo clippy --version >/dev/null 2>&1 || rustup component add clippy
}

# Rust links with the system's C compiler.
need_linker() {
    command -v cc >/dev/null && return
    step "installing a C linker"
    apt_install gcc libc6-dev
}

# The documents show commands that use these.
need_document_tools() {
    local tool missing=()
    for tool in curl jq openssl; do
        command -v "$tool" >/dev/null || missing+=("$tool")
    done
    [ "${#missing[@]}" = 0 ] && return
    step "installing ${missing[*]}"
    apt_install "${missing[@]}"
}

need_rust
need_linker
need_document_tools
# The lints read the extension too, which needs PHP's headers.
tests/php.sh packages
# Tests in Rust ask Node, too: the examples of publishers, what JSON.stringify writes.
need_node

step "formatting"
cargo fmt --all --check
# These have lock files of their own, and are no members of the workspace.
for manifest in benches/rust fuzz node/worker tests/mutants wasm/bindgen; do
    cargo fmt --manifest-path "$manifest/Cargo.toml" --check
done

step "lints"
cargo clippy --locked --workspace --all-targets -- -D warnings

# `make fuzz` needs nightly to run them, but any Rust can check that they compile. Nothing is linked, so libFuzzer is not built.
step "fuzz targets"
CUSTOM_LIBFUZZER_PATH=/nowhere cargo check --locked --manifest-path fuzz/Cargo.toml --bins --target-dir "${CARGO_TARGET_DIR:-target}"

step "tests and doctests"
cargo test --locked --workspace --no-fail-fast

# In the workspace the command turns on native-crypto and threads. The crate by itself, as others depend on it, has neither.
step "core in pure Rust"
cargo test --locked -p fedverify --lib --test corpus

# The rest in two lanes side by side: most of it keeps one processor busy, and there are at least two.
LANES=$(mktemp -d)
trap 'rm -rf "$LANES"' EXIT
lane() { # NAME: runs the function of this name; each line of its output says so
    (set -eo pipefail; "$1" 2>&1 | tee "$LANES/$1" | sed -u "s/^/$1 | /") &
}

# The lanes' lines are mixed and very many: what failed is shown again, at the end.
show_failure() { # NAME
    printf '\n== %s failed\n' "$1" >&2
    grep -iE 'fail|panicked|fatal|^error' "$LANES/$1" | grep -vE '\b0 failed|ok$' | tail -n 60 >&2 || true
    printf -- '-- its last lines\n' >&2
    tail -n 30 "$LANES/$1" >&2
}

rust_lane() {
    step "wasm: the module, its npm package, the demo page, the example Worker"
    tests/wasm.sh

    step "the node's page"
    tests/node-page.sh

    step "the folder of a release"
    tests/dist-folder.sh

    step "the documents of a release"
    tests/dist-documents.sh

    step "the C library"
    bash tests/ffi.sh

    step "the corpus is what the test kit generates"
    cargo run --locked --quiet -p fedverify-kit -- generate --check

    step "documentation"
    RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --quiet -p fedverify -p fedverify-ffi

    step "dependencies"
    tests/deny.sh
}

php_lane() {
    step "PHP"
    tests/php.sh

    step "the core in PHP"
    tests/php-core.sh
    tests/php-versions.sh short

    step "random cases through verifiers that were written apart"
    tests/differential.sh

    step "the WordPress plugin"
    tests/wordpress/unit.sh short
    tests/wordpress/inside.sh
    tests/wordpress.sh
    newer_wordpress
}

# The WordPress above is that of npm, from 2024. What newer ones do otherwise decided more than once whether anything can be installed.
newer_wordpress() {
    if ! command -v apt-get >/dev/null || ! [ -f /usr/share/keyrings/debian-archive-keyring.gpg ]; then
        echo "skipped: a sample of the scenarios on Debian's WordPress: apt or Debian's keys are missing"
    elif ! curl --silent --fail --output /dev/null --max-time 60 http://deb.debian.org/debian/dists/trixie/InRelease; then
        echo "skipped: a sample of the scenarios on Debian's WordPress: deb.debian.org does not give its list of packages"
    else
        DEBIAN=trixie tests/wordpress.sh only honest told
    fi
}

# Both lanes need the module: tests/wasm.sh finds it built.
step "the wasm module"
wasm/build.sh
lane rust_lane
rust=$!
lane php_lane
php=$!
failed=()
wait "$rust" || failed+=(rust_lane)
wait "$php" || failed+=(php_lane)
for name in "${failed[@]}"; do
    show_failure "$name"
done
[ "${#failed[@]}" = 0 ] || exit 1

[ -n "${FEDVERIFY_VECTORS:-}" ] || [ -d ../shared/vectors ] || [ -d target/vectors ] \
    || echo "skipped: tests on vectors that others published (tests/vectors.sh fetches them)"
step "all passed"
