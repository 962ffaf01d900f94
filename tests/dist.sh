#!/usr/bin/env bash
# What `make dist` has made, installed where no compiler is, and used: each file that a release has verifies the example of the
# README, and refuses it changed. Called by tests/deep.sh; by itself: make dist && tests/dist.sh
#
#     tests/dist.sh debian php     runs only these; packages, library and php need debian before them
#
# As root, and on Debian: the bare systems are made with debootstrap. What cannot be run is said, with the reason.
set -euo pipefail
cd "$(dirname "$0")/.."
source dist/common.sh
source dist/tools.sh

ROOTS=$(mktemp -d)
trap 'rm -rf "$ROOTS"' EXIT
DID=$(cat examples/fair/did.txt)
ARCHITECTURE=$(uname -m)
declare -A DEBIAN=([x86_64]=amd64 [aarch64]=arm64)

say() { printf '   %s\n' "$*"; }

# bare NAME: a folder with the examples, and a copy of the package with one byte changed, at /examples.
bare() {
    mkdir -p "$ROOTS/$1"
    cp -R examples "$ROOTS/$1/examples"
    { head -c 200 examples/fair/hello-fair-1.1.0.zip; printf X; tail -c +202 examples/fair/hello-fair-1.1.0.zip; } \
        >"$ROOTS/$1/examples/fair/changed.zip"
}

# Inside a root, with nothing of this machine's environment. dpkg wants the folders of root.
inside() { # NAME COMMAND...
    local root=$ROOTS/$1
    shift
    chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

# A root without even env.
alone() { # NAME COMMAND...
    local root=$ROOTS/$1
    shift
    env -i "$(command -v chroot)" "$root" "$@"
}

# expect STATUS STRING COMMAND...
expect() {
    local status=0 wanted=$1 string=$2 output
    shift 2
    output=$("$@" 2>&1) || status=$?
    if [ "$status" != "$wanted" ] || [[ $output != *"$string"* ]]; then
        printf 'expected exit status %s and %q, found %s from %s:\n%s\n' "$wanted" "$string" "$status" "$*" "$output" >&2
        exit 1
    fi
}

# The README's first example, and the same with one byte changed.
command_verifies() { # RUNNER ROOT COMMAND...
    local files=(--did "$DID" --log examples/fair/log.json --metadata examples/fair/metadata.json --quiet)
    expect 0 "verified  $DID 1.1.0" "$@" package verify examples/fair/hello-fair-1.1.0.zip "${files[@]}"
    expect 1 "[fair.checksum.mismatch]" "$@" package verify examples/fair/changed.zip "${files[@]}"
}

checksums() {
    (cd "$OUT" && sha256sum --check --quiet SHA256SUMS)
    local file
    for file in "$OUT"/*; do
        case ${file##*/} in
            SHA256SUMS | metadata.json | *.cdx.json) ;;
            fedverify-composer-*.zip) ;; # has nothing of others, and no bill
            *) bill_holds "$file" ;;
        esac
    done
    say "checksums, and for each file a bill of materials, which is of its bytes and names what is in it"
}

# CycloneDX, about this very file, and with a name, a licence and a place for everything in it. What is in every program is named.
bill_holds() { # FILE
    node -e '
        const { createHash } = require("crypto"), { readFileSync } = require("fs"), { basename } = require("path");
        const [file, version] = process.argv.slice(1);
        const fault = (what) => { console.error(`${basename(file)}.cdx.json: ${what}`); process.exit(1); };
        const bill = JSON.parse(readFileSync(`${file}.cdx.json`, "utf8"));
        if (bill.bomFormat !== "CycloneDX" || bill.specVersion !== "1.5") fault("it is not CycloneDX 1.5");
        const is = bill.metadata.component;
        const hash = createHash("sha256").update(readFileSync(file)).digest("hex");
        if (is.name !== basename(file) || is.version !== version || is.hashes[0].content !== hash) fault("it is of another file");
        if (bill.components.length < 20) fault(`${bill.components.length} components`);
        for (const one of bill.components) {
            if (!one.name || !one.purl || !one.licenses.length) fault(`something of a component is missing: ${JSON.stringify(one)}`);
        }
        const names = new Set(bill.components.map((one) => one.name));
        if (names.size < 20 || bill.dependencies[0].dependsOn.length !== bill.components.length) fault("components twice, or not linked");
        const musl = /^fedverify(-node)?-[0-9.]+-.*-linux\.tar\.gz$|^fedverify_.*\.deb$/, native = /\.(deb|tar\.gz)$|^php_/;
        const expected = [
            ["serde_json", /./], ["rust-std", /^(?!.*\.crate$)/], ["libsecp256k1", native], ["musl", musl], ["SQLite", /^fedverify-node-[0-9].*gz$/],
        ];
        for (const [name, files] of expected) {
            if (files.test(basename(file)) && !names.has(name)) fault(`${name} is missing`);
        }
    ' "$1" "$VERSION"
}

# Everything that carries others' code says whose.
notices() {
    local file
    for file in "$OUT"/*linux*.tar.gz "$OUT/fedverify-$VERSION.tgz"; do
        tar -tzf "$file" | grep 'THIRD-PARTY.txt$' >/dev/null || { echo "${file##*/} has no THIRD-PARTY.txt" >&2; exit 1; }
    done
    for file in "$OUT/fedverify-$VERSION.zip" "$OUT"/php_*.zip; do
        [ -e "$file" ] || continue # PARTS left it out
        unzip -l "$file" | grep 'THIRD-PARTY.txt$' >/dev/null || { echo "${file##*/} has no THIRD-PARTY.txt" >&2; exit 1; }
    done
    say "the licences of others' code are in every file that carries some"
}

# unpacked FILE FOLDER
unpacked() {
    mkdir -p "$2"
    case $1 in
        *.tar.gz | *.tgz | *.crate) tar -C "$2" -xzf "$1" ;;
        *.zip) unzip -q "$1" -d "$2" ;;
        *.deb) dpkg-deb -x "$1" "$2" ;;
    esac
}

# Whoever unpacks an archive can follow the links of its documents.
documents() {
    local file
    for file in "$OUT"/*; do
        unpacked "$file" "$ROOTS/unpacked/${file##*/}"
    done
    say "$(node tests/dist-links.mjs "$ROOTS/unpacked"/*)"
    rm -r "$ROOTS/unpacked"
}

# The node starts, answers, and ends when it is told to.
serves() { # RUNNER ROOT COMMAND...
    local log=$ROOTS/$2.log address node # a log for each: one of an earlier node has its address
    expect 0 "fedverify-node $VERSION" "$@" --version
    env -i "MASTER_KEY=$(openssl rand -hex 16)" "$(command -v chroot)" "$ROOTS/$2" "${@:3}" serve --data /node-data --listen 127.0.0.1:0 >"$log" 2>&1 &
    node=$!
    for _ in $(seq 100); do
        address=$(grep -soE 'http://127\.0\.0\.1:[0-9]+' "$log" | head -n 1) && break
        sleep 0.2
    done
    if ! curl -sS --max-time 20 "$address/openapi.json" | cmp - node/core/openapi.json; then
        kill "$node" || true
        cat "$log" >&2
        exit 1
    fi
    kill "$node"
    wait "$node" || true
}

# Static programs, in a root that has nothing else. Those of another processor under qemu, if it is there.
programs() {
    local architecture name
    for architecture in $ARCHITECTURES; do
        name=program-$architecture
        bare "$name"
        tar -C "$ROOTS/$name" --strip-components 1 -xzf "$OUT/fedverify-$VERSION-$architecture-linux.tar.gz"
        tar -C "$ROOTS/$name" --strip-components 1 -xzf "$OUT/fedverify-node-$VERSION-$architecture-linux.tar.gz"
        [ -s "$ROOTS/$name/man/fedverify.1" ]
        if [ "$architecture" = "$ARCHITECTURE" ]; then
            command_verifies alone "$name" /fedverify
            serves alone "$name" /fedverify-node
            say "the command and the node for $architecture, in an empty root"
        elif command -v "qemu-$architecture-static" >/dev/null; then
            cp "$(command -v "qemu-$architecture-static")" "$ROOTS/$name/qemu"
            command_verifies alone "$name" /qemu /fedverify
            serves alone "$name" /qemu /fedverify-node
            say "the command and the node for $architecture, in an empty root, under qemu"
        else
            say "skipped: running the programs for $architecture (install qemu-user-static)"
        fi
    done
}

# Debian without a compiler: what it is made of is the list of "Debian's smallest system", and PHP.
debian() {
    bare debian
    command -v debootstrap >/dev/null || apt_install debootstrap
    debootstrap --variant=minbase --include=php-cli bookworm "$ROOTS/debian" >"$ROOTS/debootstrap.log" 2>&1 || {
        tail -n 20 "$ROOTS/debootstrap.log" >&2
        exit 1
    }
    if inside debian sh -c 'command -v cc gcc clang cargo'; then
        echo "expected a system without a compiler" >&2
        exit 1
    fi
}

packages() {
    local suffix=${VERSION}_${DEBIAN[$ARCHITECTURE]}.deb abi
    abi=$(make --silent soversion)
    cp "$OUT/fedverify_$suffix" "$OUT/libfedverify${abi}_$suffix" "$OUT/libfedverify-dev_$suffix" "$ROOTS/debian/"
    inside debian sh -c "dpkg -i /*.deb >/dev/null"
    command_verifies inside debian fedverify
    [ "$(inside debian dpkg-query -W -f '${Status}' libfedverify-dev)" = "install ok installed" ]
    # Built here with what the package brings, and run there.
    local lib=$ROOTS/debian/usr/lib/$ARCHITECTURE-linux-gnu
    cc -std=c99 examples/c/verify.c "-I$ROOTS/debian/usr/include" "-L$lib" -lfedverify -o "$ROOTS/debian/verify"
    library_verifies inside debian /verify
    python3 tests/ffi/exports.py "$ROOTS/debian/usr/include/fedverify.h" "$lib/libfedverify.so"
    inside debian dpkg --purge fedverify "libfedverify$abi" libfedverify-dev >/dev/null
    say "packages for Debian: installed, used from the shell and from C, removed"
}

library_verifies() { # COMMAND...
    local evidence=(examples/fair/log.json examples/fair/metadata.json)
    expect 0 "verified $DID 1.1.0" "$@" "${evidence[@]}" examples/fair/hello-fair-1.1.0.zip "$DID"
    expect 1 "[fair.checksum.mismatch]" "$@" "${evidence[@]}" examples/fair/changed.zip "$DID"
}

# That of another processor, under qemu, with the glibc that Debian has for it.
foreign_library() { # ARCH PREFIX
    local glibc=/usr/$1-linux-gnu program=$ROOTS/verify-$1
    if ! command -v "qemu-$1-static" >/dev/null || ! [ -d "$glibc/lib" ]; then
        say "skipped: running the C library for $1 (install qemu-user-static and libc6-arm64-cross)"
        return
    fi
    need_zig
    "$CARGO_ZIGBUILD_ZIG_PATH" cc -target "$1-linux-gnu.2.17" -std=c99 examples/c/verify.c "-I$2/include" "-L$2/lib" -lfedverify \
        -o "$program"
    bare "for-$1"
    (cd "$ROOTS/for-$1" && library_verifies "qemu-$1-static" -L "$glibc" -E "LD_LIBRARY_PATH=$2/lib" "$program")
    say "the C library for $1, under qemu"
}

# Of no library is a newer version asked for than glibc 2.17 has, on either processor.
library() {
    local architecture name wants
    for architecture in $ARCHITECTURES; do
        name=library-$architecture
        mkdir "$ROOTS/$name"
        tar -C "$ROOTS/$name" --strip-components 1 -xzf "$OUT/libfedverify-$VERSION-$architecture-linux-gnu.tar.gz"
        wants=$(objdump -p "$ROOTS/$name/usr/local/lib/libfedverify.so" | grep -oE 'GLIBC_[0-9.]+' | sort -uV | tail -n 1)
        [ "$(printf '%s\nGLIBC_2.17\n' "$wants" | sort -V | tail -n 1)" = GLIBC_2.17 ] || {
            echo "the library for $architecture wants $wants" >&2
            exit 1
        }
        say "the C library for $architecture wants no more than $wants"
        [ "$architecture" = "$ARCHITECTURE" ] || foreign_library "$architecture" "$ROOTS/$name/usr/local"
    done
    cp -R "$ROOTS/library-$ARCHITECTURE/usr/local" "$ROOTS/debian/usr/"
    cc -std=c99 examples/c/verify.c "-I$ROOTS/debian/usr/local/include" "-L$ROOTS/debian/usr/local/lib" -lfedverify \
        -o "$ROOTS/debian/verify"
    inside debian /sbin/ldconfig
    library_verifies inside debian /verify
    # In another folder than /usr/local, where only the prefix has to be changed.
    local elsewhere=$ROOTS/library-$ARCHITECTURE/usr/local found
    found=(env "PKG_CONFIG_LIBDIR=$elsewhere/lib/pkgconfig" pkg-config "--define-variable=prefix=$elsewhere" fedverify)
    # shellcheck disable=SC2046 # the words of pkg-config are words
    cc -std=c99 examples/c/verify.c $("${found[@]}" --cflags) $("${found[@]}" --variable=static) -o "$ROOTS/debian/verify-static"
    rm -rf "$ROOTS"/debian/usr/local/lib/libfedverify*
    library_verifies inside debian /verify-static
    say "the C library, linked as both, on Debian without a compiler"
}

php_verifies() { # OPTION...: as examples/php/verify.php does, by the library in /php
    local evidence=(examples/fair/log.json examples/fair/metadata.json)
    expect 0 "verified: 1.1.0" inside debian php "$@" /examples/php/verify.php "${evidence[@]}" examples/fair/hello-fair-1.1.0.zip "$DID"
    expect 1 "[fair.checksum.mismatch]" inside debian php "$@" /examples/php/verify.php "${evidence[@]}" examples/fair/changed.zip "$DID"
}

# By Composer, out of the folder of the release, into a project that knows no other source.
composer_installs() {
    local project=$ROOTS/debian/project
    mkdir "$project"
    printf '{"repositories":[{"packagist.org":false},{"type":"artifact","url":"%s"}]}' "$OUT" >"$project/composer.json"
    (
        cd "$project"
        export COMPOSER_ALLOW_SUPERUSER=1 COMPOSER_HOME=$ROOTS/composer COMPOSER_DISABLE_NETWORK=1
        expect 0 "Installing fedverify/fedverify ($VERSION)" composer --no-interaction require "fedverify/fedverify:$VERSION"
        expect 0 "is valid" composer validate --strict --no-check-version vendor/fedverify/fedverify/composer.json
    )
    rm -r "$ROOTS/debian/php"
    mkdir "$ROOTS/debian/php"
    echo '<?php require "/project/vendor/autoload.php";' >"$ROOTS/debian/php/autoload.php"
    php_verifies
    say "the Composer library, installed by Composer"
}

php() {
    local archive
    archive=$OUT/php_fedverify-${VERSION}_php8.2-${ARCHITECTURE/aarch64/arm64}-linux-glibc.zip
    mkdir "$ROOTS/debian/php"
    unzip -q "$OUT/fedverify-composer-$VERSION.zip" -d "$ROOTS/debian/php"
    php_verifies
    say "the Composer library, on PHP alone"
    composer_installs
    if [ -f "$archive" ]; then
        unzip -q -j "$archive" fedverify.so -d "$ROOTS/debian/$(inside debian php -r 'echo ini_get("extension_dir");')"
        echo '<?php' >"$ROOTS/debian/php/autoload.php"
        php_verifies -d extension=fedverify
        say "the PHP extension"
    else
        say "skipped: the PHP extension (none was made for PHP 8.2, which Debian 12 has)"
    fi
    rm -r "$ROOTS/debian/php"
    unzip -q "$OUT/fedverify-$VERSION.zip" -d "$ROOTS/debian"
    mkdir "$ROOTS/debian/php"
    echo '<?php spl_autoload_register(function ($class) {
        require "/fedverify/library/src/" . strtr(substr($class, 10), "\\", "/") . ".php"; });' >"$ROOTS/debian/php/autoload.php"
    php_verifies
    say "the library in the WordPress plugin"
}

# In an empty project, with no more on the PATH than Node.
npm_package() {
    local project=$ROOTS/npm
    bare npm
    echo '{"type":"module"}' >"$project/package.json"
    (cd "$project" && npm install --silent --offline --no-audit --no-fund "$OUT/fedverify-$VERSION.tgz")
    cat >"$project/verify.mjs" <<'JS'
import { readFileSync } from 'node:fs';
import { verifyPackage } from 'fedverify';
const read = (name) => readFileSync(`examples/fair/${name}`);
try {
  const report = await verifyPackage({ did: read('did.txt').toString().trim(), log: read('log.json'),
    metadata: read('metadata.json'), package: read(process.argv[2]) });
  console.log('verified', report.release.version);
} catch (error) {
  console.log(error.code);
  process.exitCode = 1;
}
JS
    in_project() { (cd "$project" && env -i PATH=/nowhere "$(command -v node)" verify.mjs "$1"); }
    expect 0 "verified 1.1.0" in_project hello-fair-1.1.0.zip
    expect 1 "fair.checksum.mismatch" in_project changed.zip
    say "the npm package"
}

# Signed by the example's publisher, whose secret is no secret: the test kit makes it of a label.
signatures() {
    local key=$ROOTS/key.pem program=$ROOTS/program-$ARCHITECTURE/fedverify url=https://releases.example/$VERSION file
    { printf '302e020100300506032b657004220420%s' "$(printf example/fair | sha256sum | cut -c1-64)" | xxd -r -p \
        | openssl pkey -inform DER; } >"$key"
    dist/sign.sh "$key" "$DID" examples/fair/log.json "$url" >"$ROOTS/signed"
    [ "$(grep -c '^verified' "$ROOTS/signed")" = "$(ls "$OUT" | grep -cvE '\.cdx\.json$|^metadata\.json$')" ]
    file=fedverify-$VERSION.zip
    { cat "$OUT/$file"; printf X; } >"$ROOTS/$file"
    expect 1 "[fair.checksum.mismatch]" "$program" package verify "$ROOTS/$file" --did "$DID" --log examples/fair/log.json \
        --metadata "$OUT/metadata.json" --artifact-url "$url/$file" --quiet
    rm "$OUT/metadata.json"
    say "every file is signed, and verified by the command that was made"
}

need() { # COMMAND PACKAGE...: installs what is missing
    local missing=()
    while [ $# -gt 0 ]; do
        command -v "$1" >/dev/null || missing+=("$2")
        shift 2
    done
    [ "${#missing[@]}" = 0 ] || apt_install "${missing[@]}"
}

if [ "$(id -u)" != 0 ]; then
    echo "tests/dist.sh needs root: it makes bare systems, and enters them with chroot" >&2
    exit 2
fi
need cc gcc pkg-config pkg-config objdump binutils unzip unzip openssl openssl curl curl xxd xxd python3 python3 \
    qemu-aarch64-static qemu-user-static composer composer
[ "$ARCHITECTURE" != x86_64 ] || [ -d /usr/aarch64-linux-gnu/lib ] || apt_install libc6-arm64-cross
[ $# -gt 0 ] || set -- checksums notices documents programs debian packages library php npm_package signatures
for part in "$@"; do
    "$part"
done
