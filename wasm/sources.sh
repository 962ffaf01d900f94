# What the npm package in wasm/js/dist is made of, and whether it was made of what is there now. To be sourced, from the project's
# root.

# Where wasm/build.sh notes the digest of what it has built from. Not in dist, all of which npm packs.
WASM_BUILT_FROM=wasm/js/build/sources.sha256

wasm_sources() {
    find core/src core/Cargo.toml wasm/src wasm/Cargo.toml wasm/bindgen/src wasm/bindgen/Cargo.* wasm/build.sh wasm/sources.sh \
        wasm/order.mjs wasm/js/src wasm/js/types wasm/js/package*.json dist/notices.mjs dist/linked.mjs Cargo.toml Cargo.lock LICENSE-* -type f
}

# By content: what git lays down has the time at which it did so, not that of the change.
wasm_digest() {
    wasm_sources | LC_ALL=C sort | xargs -d '\n' sha256sum | sha256sum | cut -d' ' -f1
}

# Builds the package where there is none, and where it was made of other sources: an old one must not get into a ZIP.
need_wasm() {
    [ -f wasm/js/dist/fedverify.wasm ] && [ "$(cat "$WASM_BUILT_FROM" 2>/dev/null)" = "$(wasm_digest)" ] || wasm/build.sh >&2
}
