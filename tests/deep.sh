#!/usr/bin/env bash
# What takes too long for `make test`: run it before a release, and after changes of the core or of the core in PHP.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s\n' "$*"; }

step "20,000 random cases through the core in PHP and the core in Rust"
tests/php-core.sh 20000 "${SEED:-$(date +%Y%m%d)}"

step "100,000 signatures of each curve, honest, random and mutated, through both backends"
FEDVERIFY_SIGNATURES=100000 cargo test --locked --release -p fedverify --features native-crypto --lib agreement -- --nocapture

step "how much of the core its tests reach"
tests/coverage.sh | tail -n 1

step "20,000 random cases through verifiers that were written apart"
tests/differential.sh 20000 "${SEED:-$(date +%Y%m%d)}"

step "the tool that makes the mutants of core"
cargo clippy --locked --manifest-path tests/mutants/Cargo.toml --target-dir target/mutants/tool --all-targets -- -D warnings
cargo test --locked --manifest-path tests/mutants/Cargo.toml --target-dir target/mutants/tool

step "what starts threads, under ThreadSanitizer"
tests/threads.sh

step "every fuzz target for a minute"
fuzz/run.sh 60

step "the corpus through the core in PHP, on every version of PHP"
tests/php-versions.sh

step "the extension in a PHP with threads, eight at once"
tests/php-zts.sh

step "20,000 hostile calls of the npm package"
wasm/build.sh
SEED="${SEED:-$(date +%Y%m%d)}" CALLS=20000 node --test wasm/tests/js/hostile.test.mjs

step "the WordPress plugin: on every PHP, on MariaDB, every attack on every backend"
tests/wordpress/unit.sh
tests/wordpress/inside.sh deep
tests/wordpress.sh deep
tests/wordpress.sh versions

step "a node that is killed fifty times in the middle of a synchronisation"
tests/node-kills.sh

step "the node with its archives in the S3 of moto"
tests/node-bucket.sh

step "the node for Cloudflare Workers, in workerd"
tests/node-worker.sh

step "the oldest Rust that we promise"
tests/msrv.sh

step "a release, made twice"
tests/reproducible.sh

step "a release, installed where no compiler is, and used"
make --silent dist
tests/dist.sh
dist/crates.sh verify

step "all passed"
