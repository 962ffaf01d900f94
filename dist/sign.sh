#!/usr/bin/env bash
# Signs what `make dist` has made, and lets the command that was made verify each file: target/dist/metadata.json, a FAIR
# metadata document. Nothing that ships can sign; the test kit does.
#
#     dist/sign.sh KEY DID LOG URL
#
# KEY is a PEM file with the Ed25519 key that the identity DID has under a name that begins with `fair`, LOG the identity's log
# as a directory serves it, and URL where the files will be found.
set -euo pipefail
[ $# = 4 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
key=$(realpath "$1") did=$2 log=$(realpath "$3") url=${4%/}
cd "$(dirname "$0")/.."
source dist/common.sh

step "signing"
(cd "$OUT" && sha256sum --check --quiet SHA256SUMS)
# SHA256SUMS covers the bills of materials.
mapfile -t files < <(cd "$OUT" && ls | grep -vE '\.cdx\.json$|^metadata\.json$')
cargo build --locked --quiet -p fedverify-kit
# What does not verify is never there under its name.
unverified=$(mktemp "$OUT/.metadata.XXXXXX")
trap 'rm -f "$unverified"' EXIT
(cd "$OUT" && "$TARGET/debug/fedverify-kit" sign "$key" "$did" "$VERSION" "$url" "${files[@]}") >"$unverified"

program=$BUILD/$(uname -m)-unknown-linux-musl/release/fedverify
[ -x "$program" ] || { echo "nothing verified what was signed: dist/programs.sh has not made the command for $(uname -m)" >&2; exit 2; }
for file in "${files[@]}"; do
    "$program" package verify "$OUT/$file" --did "$did" --log "$log" --metadata "$unverified" \
        --artifact-url "$url/$file" --quiet 2>&1 | sed "s|\$|  $file|"
done
chmod 644 "$unverified"
mv "$unverified" "$OUT/metadata.json"
