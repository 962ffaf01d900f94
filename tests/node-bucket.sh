#!/usr/bin/env bash
# Runs the node with its archives in moto's S3, which others wrote: what the small server of its own tests answers is our word.
# Installs moto in target/moto, and says so where that cannot be done.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly FOLDER="$PWD/target/moto"
readonly MOTO='moto[s3]==5.2.5'

# moto without the packages of the services that are not S3.
install() {
    [ "$(cat "$FOLDER/installed" 2>/dev/null)" = "$MOTO" ] && return
    python3 -m venv "$FOLDER" && "$FOLDER/bin/pip" install --quiet "$MOTO" 'flask==3.*' 'flask-cors==6.*' || return
    echo "$MOTO" >"$FOLDER/installed"
}

if ! install; then
    echo "skipped: moto's S3 (pip cannot install $MOTO here, see above)"
    exit 0
fi
FEDVERIFY_MOTO="$FOLDER/bin/moto_server" \
    cargo test --locked --quiet -p fedverify-node-serve --test node -- --nocapture buckets::the_bucket_of_another_hand

printf 'tests/node-bucket.sh took %d seconds\n' "$SECONDS"
