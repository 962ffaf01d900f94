#!/usr/bin/env bash
# Builds the wasm module and its npm package, and tests them: in Node, in headless Chromium, in workerd, and their types.
# Installs what is missing (Debian, as root). What cannot be run is said, with the reason.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly TESTS=wasm/tests/js

step() { printf '\n-- %s\n' "$*"; }

apt_install() {
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_node() {
    if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
        step "installing Node and npm"
        apt_install nodejs npm
    fi
    # The package runs in Node 18, Debian 12's own; Playwright and Vite want a later one.
    if ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)'; then
        local folder="$PWD/target/node"
        [ -x "$folder/node_modules/node/bin/node" ] || {
            step "installing Node 20 beside $(node --version)"
            mkdir -p "$folder"
            npm install --loglevel=error --no-audit --no-fund --prefix "$folder" node@20
        }
        export PATH="$folder/node_modules/node/bin:$PATH"
    fi
}

need_chromium() {
    command -v chromium >/dev/null && return
    step "installing Chromium"
    apt_install chromium
}

# The packages that the tests use are those of the lock file, whatever an earlier run left.
need_packages() {
    if ! cmp -s "$TESTS/package-lock.json" "$TESTS/node_modules/.fedverify-lock"; then
        npm ci --loglevel=error --no-audit --no-fund --prefix "$TESTS"
        cp "$TESTS/package-lock.json" "$TESTS/node_modules/.fedverify-lock"
    fi
}

need_node
need_packages

step "build"
wasm/build.sh

step "types"
"$TESTS/node_modules/.bin/tsc" -p "$TESTS"

step "Node, workerd, npm pack"
node --test "$TESTS"/{corpus,api,workerd,pack}.test.mjs

step "Chromium"
need_chromium
node --test "$TESTS"/*browser.test.mjs
