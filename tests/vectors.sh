#!/usr/bin/env bash
# Fetches the public vectors that tests read: what others published, at fixed commits of its canonical homes, into target/vectors,
# or the folder named. Each file must have the digest that is written here. They are never committed: they are not ours, and tests
# that need them say so where they are not there.
#
#     tests/vectors.sh [FOLDER]    tests look into target/vectors, ../shared/vectors, or where FEDVERIFY_VECTORS says
#
# FEDVERIFY_VECTORS_HOST names another place that has them below the same paths: a proxy, or file:///… of a mirror.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly FOLDER=${1:-target/vectors}
readonly HOST=${FEDVERIFY_VECTORS_HOST:-https://raw.githubusercontent.com}

# MIT or Apache-2.0. The commit is the one that docs/rules/did-plc.md cites.
readonly GO_DIDPLC=did-method-plc/go-didplc/e00ab887f422218b85628564df3beec08d6d37bd/testdata
# MIT. The operations of a FAIR package's DID, as plc.directory served them without times.
readonly FAIR_TOOLS=johnbillion/fair-tools/5c094310d56beb5ecbfb8a3e0148f489ba6e23ef/test/fixtures
# CC0.
readonly ATPROTO=bluesky-social/atproto-interop-tests/056e5741bb330757205d6b16db5266fffcae937b/crypto
# Its page on integration has the examples as blocks of JSON. The commit is the one that docs/rules/pfn.md cites.
readonly PFN=xpportal/Plugin-Federation-Network/87b1f8859e4812a34c8fc51d8655d312906bbb2f

# The SHA-256 of what is fetched, where it is kept, and where it comes from.
sources() {
    cat <<END
4791932894dea484355f93c37f559fe1cd4717cb36f291f071cb467b4d38ef1f plc/valid/log_bskyapp.json $GO_DIDPLC/log_bskyapp.json
8a578a281d9437f0ce894f1a5dc4d0578d449c3378f87fd3856bf3929901af8e plc/valid/log_duplicate_rotation_keys.json $GO_DIDPLC/log_duplicate_rotation_keys.json
e0e7e6f4686532524f2b847547dc8807a6f976dc6a1a4c07ce275aad36c257f8 plc/valid/log_legacy_dholms.json $GO_DIDPLC/log_legacy_dholms.json
fa55fc2bec1c9a3b3a73030ec448a781889b8cd2d9c3f0e9699c5f05731f624c plc/valid/log_nullification.json $GO_DIDPLC/log_nullification.json
4197f36edb9a55f0f39e286421bca928a8205d196b7ef3cf419cca3484552a03 plc/valid/log_tombstone.json $GO_DIDPLC/log_tombstone.json
56b3985885f0b14c1a949e732d2c5b8c47c171305a70079cfabee6aa086006c4 plc/invalid/log_invalid_nullification_too_slow.json $GO_DIDPLC/log_invalid_nullification_too_slow.json
cc1ee8ccc3a55b85d2d9be3a8bee6ce986f9aec467ffeeb1b9c7317c0553898a plc/invalid/log_invalid_sig_b64_padding_chars.json $GO_DIDPLC/log_invalid_sig_b64_padding_chars.json
c108dce12c45e4ab23324e099cf7f3491b515a9cd1bc0b6941ce27dd1f81adaa plc/invalid/log_invalid_sig_p256_high_s.json $GO_DIDPLC/log_invalid_sig_p256_high_s.json
2affcd78f911199c2cfcaa682aaf83d227433bd7c2a9907dc08f0516f9310812 plc/invalid/log_invalid_update_tombstoned.json $GO_DIDPLC/log_invalid_update_tombstoned.json
50de6087fae314354ca1cb9bf0f6e56dd398f57191e35db5b7d3954c5629a5a1 fair/did_plc_q2afge25l63iz553aumeqi3w.log.json $FAIR_TOOLS/plc-log-q2afge25l63iz553aumeqi3w.json
df784026e45c791a7bb14b49a62260b0437716b0280028e9b8c7cc6eade1b1c3 crypto/signature-fixtures.json $ATPROTO/signature-fixtures.json
d940afa86f4a63b72683e15ea7f0bb2f901e1b37087c19fd1fd3c29d30a49fd7 crypto/w3c_didkey_K256.json $ATPROTO/w3c_didkey_K256.json
f52ce904d192075fcbd162c95e43e8bb593e1b0d7024b390066e5c5e010a54a7 crypto/w3c_didkey_P256.json $ATPROTO/w3c_didkey_P256.json
9bb68b346e29a13b22c7cae9f4ee277565d451e9679603c3f529c0dd695e784b pfn/INTEGRATIONS.md $PFN/INTEGRATIONS.md
END
}

fetched() { # SHA256 NAME PATH
    mkdir -p "$NEW/$(dirname "$2")"
    # So large is none of them: what answers with more is something else.
    curl --silent --show-error --fail --location --retry 3 --max-filesize 1000000 --max-time 60 --output "$NEW/$2" "$HOST/$3" || {
        echo "tests/vectors.sh: $HOST/$3 cannot be fetched" >&2
        return 1
    }
    echo "$1  $NEW/$2" | sha256sum --check --quiet >&2 || {
        echo "tests/vectors.sh: $HOST/$3 is not the file that this script is written for (SHA-256 $1)" >&2
        return 1
    }
}

block() { # NUMBER: this block of JSON of the page, which has a digest above
    awk -v number="$1" '/^```json$/ { count++; inside = count == number; next } /^```/ { inside = 0 } inside' "$NEW/pfn/INTEGRATIONS.md"
}

# What the last run wrote may be replaced, and nothing else: the caller names the folder.
readonly MARK=FETCHED-BY-tests-vectors.sh
if [ -n "$(ls -A "$FOLDER" 2>/dev/null)" ] && [ ! -f "$FOLDER/$MARK" ]; then
    echo "tests/vectors.sh: $FOLDER has files that this script did not fetch, or not lately: delete it, or name a folder that is empty" >&2
    exit 2
fi

NEW=$(mktemp -d)
trap 'rm -rf "$NEW"' EXIT
count=0
while read -r sum name path; do
    fetched "$sum" "$name" "$path"
    count=$((count + 1))
done < <(sources)
block 1 >"$NEW/pfn/federation-info.json"
block 4 >"$NEW/pfn/author-data.json"
rm "$NEW/pfn/INTEGRATIONS.md"
touch "$NEW/$MARK"

# All or none: tests fail where the folder is there and a file is not.
mkdir -p "$(dirname "$FOLDER")"
rm -rf "$FOLDER"
mv "$NEW" "$FOLDER"
chmod 755 "$FOLDER"
echo "$count files that others published, each with its digest: $FOLDER"
