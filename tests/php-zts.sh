#!/usr/bin/env bash
# The extension in a PHP with threads (ZTS), which Debian does not offer: PHP is built from Debian's source package. The
# corpus runs in one thread, and then in eight at once, each a request of its own (tests/php-zts/host.c). By `make
# test-deep`: PHP takes some minutes to build, once for each target folder.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly THREADS=8
TARGET=$(realpath -m "${CARGO_TARGET_DIR:-target}")
ZTS=$TARGET/php-zts
mkdir -p "$ZTS"
# PHP's makefile and php-config quote nothing: where this path has spaces they get one without, which leads to it.
if [[ $ZTS == *[[:space:]]* ]]; then
    link=${XDG_CACHE_HOME:-$HOME/.cache}/fedverify/php-zts.$(cksum <<<"$ZTS" | cut -d' ' -f1)
    mkdir -p "${link%/*}"
    ln -sfn "$ZTS" "$link"
    ZTS=$link
fi
readonly ZTS

step() { printf '\n-- %s\n' "$*"; }

source tests/install.sh

SCRATCH=$(mktemp -d)
trap 'rm -rf "$SCRATCH"' EXIT

# Debian's sources have lists of their own: most machines have none, and what is installed is not touched.
source_package() { # FOLDER
    local release options
    release=$(. /etc/os-release && echo "$VERSION_CODENAME")
    mkdir -p "$SCRATCH/lists/partial"
    echo "deb-src http://deb.debian.org/debian $release main" >"$SCRATCH/sources.list"
    options=(-o "Dir::Etc::SourceList=$SCRATCH/sources.list" -o Dir::Etc::SourceParts=/dev/null
        -o "Dir::State::lists=$SCRATCH/lists" -o APT::Sandbox::User=root)
    (
        cd "$1"
        apt-get "${options[@]}" update -qq
        apt-get "${options[@]}" source -qq --download-only "php$PHP_VERSION"
        # Debian's patches are for its own packages; this is PHP as it was released.
        tar -xf php*.orig.tar.xz --strip-components=1
    )
}

build_php() {
    step "building PHP $PHP_VERSION with threads, from Debian's source package"
    rm -rf "${ZTS:?}"/*
    mkdir -p "$SCRATCH/source"
    source_package "$SCRATCH/source" >"$SCRATCH/log" 2>&1 || { cat "$SCRATCH/log"; return 1; }
    (
        cd "$SCRATCH/source"
        ./configure --prefix="$ZTS" --disable-all --disable-cgi --disable-phpdbg --enable-cli --enable-zts \
            --enable-embed=shared
        make -j"$(nproc)"
        make install
    ) >"$SCRATCH/log" 2>&1 || { tail -n 60 "$SCRATCH/log"; return 1; }
}

for tool in clang make gcc pkg-config; do
    command -v "$tool" >/dev/null || { apt_install clang libclang-dev make gcc libc6-dev pkg-config; break; }
done
PHP_VERSION=$(. /etc/os-release && apt-cache depends php-cli | sed -n 's/.*Depends: php\([0-9.]*\)-cli.*/\1/p' | head -n 1)
[ -x "$ZTS/bin/php" ] || build_php
"$ZTS/bin/php" -n -r 'PHP_ZTS or exit(1); echo "PHP ", PHP_VERSION, ", with threads\n";'

step "building the extension for it"
PHP="$ZTS/bin/php" PHP_CONFIG="$ZTS/bin/php-config" \
    cargo build --locked --quiet --release -p fedverify-php --target-dir "$ZTS/target"
readonly EXTENSION=$ZTS/target/release/libfedverify_php.so

step "the corpus, in one thread"
"$ZTS/bin/php" -n -d extension="$EXTENSION" tests/php/corpus.php extension | tail -n 1

step "the corpus in $THREADS threads at once"
# shellcheck disable=SC2046 # the words of php-config are words
gcc -std=c11 -O2 -pthread tests/php-zts/host.c -o "$SCRATCH/host" \
    $("$ZTS/bin/php-config" --includes) -L"$ZTS/lib" -Wl,-rpath,"$ZTS/lib" -lphp
printf 'extension=%s\nmemory_limit=-1\n' "$EXTENSION" >"$SCRATCH/php.ini"
"$SCRATCH/host" "$SCRATCH/php.ini" "$THREADS" "$PWD/tests/php/corpus.php" extension >"$SCRATCH/log" ||
    { cat "$SCRATCH/log"; exit 1; }
tail -n 1 "$SCRATCH/log"
