#!/usr/bin/env bash
# Builds the node for Cloudflare Workers in node/worker/dist, from a clean clone, with one command: node/worker/build.sh
#
# What is in dist is deployed as it is, with `npx wrangler deploy`. Needs Rust 1.91 or later through rustup, and Node with npm.
# Prints sizes, and fails above the limit.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Bytes after gzip -9 of all that is deployed. The platform takes 3 MB from accounts that pay nothing.
readonly MAX_GZIP_BYTES=800000
readonly TARGET=wasm32-unknown-unknown
readonly TARGET_FOLDER="$PWD/target/node-worker"
readonly WORKER="$PWD/node/worker"

source tests/node.sh

# Paths of this machine must not get into the bytes.
build_module() {
    if ! rustup target add "$TARGET" >/dev/null 2>&1; then
        echo "node/worker/build.sh needs rustup, to add the target $TARGET: Debian's Rust is too old for the crate worker" >&2
        exit 2
    fi
    local flags=("--remap-path-prefix=$PWD=/fedverify" "--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo")
    CARGO_ENCODED_RUSTFLAGS="$(IFS=$'\x1f'; printf '%s' "${flags[*]}")" cargo build --locked --quiet --release \
        --manifest-path "$WORKER/Cargo.toml" --target "$TARGET" --target-dir "$TARGET_FOLDER"
}

# The runtime takes a module by an ordinary import, not yet by `import source`.
make_bindings() {
    cargo build --locked --quiet --release --manifest-path wasm/bindgen/Cargo.toml --target-dir wasm/bindgen/target
    rm -rf "$WORKER/build" "$WORKER/dist"
    wasm/bindgen/target/release/fedverify-bindgen worker \
        "$TARGET_FOLDER/$TARGET/release/fedverify_node_worker.wasm" "$WORKER/build"
    sed -i 's/^import source wasmModule from/import wasmModule from/' "$WORKER/build/bindings.js"
}

bundle() {
    need_packages "$WORKER"
    "$WORKER/node_modules/.bin/esbuild" --log-level=warning --bundle --format=esm --target=es2022 --charset=utf8 \
        '--external:cloudflare:*' '--external:./bindings_bg.wasm' "$WORKER/index.js" "--outfile=$WORKER/dist/index.js"
    cp "$WORKER/build/bindings_bg.wasm" "$WORKER/wrangler.toml" LICENSE-APACHE LICENSE-MIT "$WORKER/dist/"
    node dist/notices.mjs fedverify-node-worker "$TARGET" --manifest-path node/worker/Cargo.toml >"$WORKER/dist/THIRD-PARTY.txt"
}

check_size() {
    local file gzipped total=0
    printf '%-20s %9s %9s  %s\n' file bytes gzip sha256
    for file in index.js bindings_bg.wasm; do
        gzipped=$(gzip -9nc "$WORKER/dist/$file" | wc -c)
        total=$((total + gzipped))
        printf '%-20s %9d %9d  %s\n' "$file" "$(stat -c %s "$WORKER/dist/$file")" "$gzipped" \
            "$(sha256sum <"$WORKER/dist/$file" | cut -d' ' -f1)"
    done
    printf 'together: %d bytes after gzip, the limit is %d\n' "$total" "$MAX_GZIP_BYTES"
    if ((total > MAX_GZIP_BYTES)); then
        echo "too large" >&2
        exit 1
    fi
}

step() { printf '\n-- %s\n' "$*"; }

need_node
build_module
make_bindings
bundle
check_size
