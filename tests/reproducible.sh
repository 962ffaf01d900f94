#!/usr/bin/env bash
# Two builds of the same sources give the same bytes: every file of a release. The second is made in a folder with spaces in its
# name, with CARGO_TARGET_DIR set, and where the machine allows it by a user who is not root. Prints the hashes. Called by
# tests/deep.sh.
#
#     PARTS="npm wordpress" tests/reproducible.sh   only these, and ARCHITECTURES="x86_64 aarch64" for both processors
#
# On one machine: docs/releases.md says which files another one, with other compilers or packages, makes otherwise.
set -euo pipefail
cd "$(dirname "$0")/.."
export ARCHITECTURES=${ARCHITECTURES:-x86_64}
source dist/common.sh
source dist/tools.sh

PLACES=$(mktemp -d "${TMPDIR:-/tmp}/fedverify.XXXXXX")
trap 'rm -rf "$PLACES"' EXIT
FIRST=$PLACES/first SECOND="$PLACES/a b c"

case " ${PARTS:-programs library} " in
    *" programs "* | *" library "*) need_zig ;;
esac
export DIST_TOOLS=$TOOLS
for place in "$FIRST" "$SECOND"; do
    mkdir "$place"
    git ls-files -z --cached --others --exclude-standard | tar -c --null --files-from=- | tar -x -C "$place"
done

step "the first build"
(cd "$FIRST" && env -u CARGO_TARGET_DIR -u OUT nice make --silent dist)

# As the user nobody, where this machine's Rust is mounted in another place, which he may read: he sees nothing of root's.
step "the second build"
mkdir "$PLACES"/{home,cargo,rustup}
second=(env -u OUT "CARGO_TARGET_DIR=$PLACES/target of the second" nice make --silent dist)
if [ "$(id -u)" = 0 ] && unshare --mount true 2>/dev/null; then
    chown -R 65534:65534 "$PLACES"
    # shellcheck disable=SC2016 # the inner shell's
    second=(unshare --mount bash -euc '
        mount --bind "$1" "$3/cargo"
        mount --bind "$2" "$3/rustup"
        shift 2
        exec setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps=-all env "HOME=$1/home" "TMPDIR=$1/home" \
            "CARGO_HOME=$1/cargo" "RUSTUP_HOME=$1/rustup" "PATH=$1/cargo/bin:$PATH" "${@:2}"
    ' as-nobody "${CARGO_HOME:-$HOME/.cargo}" "${RUSTUP_HOME:-$HOME/.rustup}" "$PLACES" "${second[@]}")
else
    echo "not run: as another user (it takes root, and leave to mount)"
fi
(cd "$SECOND" && "${second[@]}")

step "the same bytes?"
same=yes
while read -r hash name; do
    case $name in
        SHA256SUMS) continue ;;
    esac
    other=$(sha256sum <"$PLACES/target of the second/dist/$name" | cut -d' ' -f1)
    if [ "$hash" = "$other" ]; then
        printf '%s  %s\n' "$hash" "$name"
    else
        printf '%s  %s, but %s in the second build\n' "$hash" "$name" "$other"
        same=no
    fi
done <"$FIRST/target/dist/SHA256SUMS"
[ "$same" = yes ]
