#!/usr/bin/env bash
# Breaks the core in PHP in one place after the other, and names the places where no test notices. By hand, not in CI: all of it
# takes most of an hour. docs/mutants.md says what becomes of those. Without arguments, all of php/src/Core; or
#
#     tests/php-mutants.sh Plc Json/Reader.php    # these folders and files below it
#     tests/php-mutants.sh --again Plc            # of those that the last run missed, whatever it was asked for
#     tests/php-mutants.sh --more Plc             # of those that no run tried since the core or its cases changed: after one that was stopped
#     tests/php-mutants.sh --shard 1/4            # a quarter of the mutants
#     tests/php-mutants.sh --list Plc             # their names only
#     JOBS=1 tests/php-mutants.sh Plc             # one at a time instead of two
#
# Fails where a mutant is missed that tests/php/mutants/explained.txt does not have, and where that has one that is caught.
set -euo pipefail
cd "$(dirname "$0")/.."

TARGET=$(realpath -m "${CARGO_TARGET_DIR:-target}")/php-mutants
mkdir -p "$TARGET"

command -v php >/dev/null || tests/php.sh packages

# Which lines a case reaches: pcov, taken out of Debian's package. Installed, it would slow down every other run of PHP.
PACKAGE="php$(php -n -r 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;')-pcov"
PCOV="$TARGET/$PACKAGE.so"
if [ ! -f "$PCOV" ]; then
    (
        cd "$TARGET"
        apt-get download -qq "$PACKAGE" 2>/dev/null || { apt-get update -qq && apt-get download -qq "$PACKAGE"; }
        dpkg-deb --extract "$PACKAGE"_*.deb package
        find package -name pcov.so -exec mv {} "$PCOV" \;
    )
    rm -rf "$TARGET"/package "$TARGET/$PACKAGE"_*.deb
fi

# Mutants and recordings are in memory, never in the tree. Each run has its own files there, and each clone its own recordings: another
# run that ends, and one in another clone, must not remove them.
SCRATCH="/dev/shm/fedverify-php-mutants.$UID.$(sha256sum <<<"$PWD" | cut -c 1-8)"
export TMPDIR="$SCRATCH/tmp-$$"
mkdir -p -m 700 "$SCRATCH" "$TMPDIR"
trap 'rm -rf "$TMPDIR"' EXIT

nice -n 10 php -n -d extension=tokenizer -d extension="$PCOV" -d pcov.directory="$PWD/php/src/Core" \
    tests/php/mutants.php "$SCRATCH" "$@"
