# What every script in this folder needs. To be sourced, from the project's root.
#
#   OUT                 where releases are made: target/dist
#   VERSION             of Cargo.toml
#   SOURCE_DATE_EPOCH   the time of all files: what the caller set, or the date that CHANGELOG.md gives the version, or 1980
#   ARCHITECTURES       those that are built for: ARCHITECTURES=x86_64 leaves the other one out

TARGET=$(realpath -m "${CARGO_TARGET_DIR:-target}")
export CARGO_TARGET_DIR=$TARGET
OUT=$(realpath -m "${OUT:-$TARGET/dist}")
# Built with other flags than the rest: in a folder of its own, so that neither throws away what the other has built.
BUILD=$TARGET/dist-build
TOOLS=${DIST_TOOLS:-$TARGET/dist-tools}
ARCHITECTURES=${ARCHITECTURES:-x86_64 aarch64}
VERSION=$(sed -n '/^\[workspace\.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)
umask 022
source dist/folder.sh
made_folder "$OUT"
mkdir -p "$BUILD" "$TOOLS"

source dist/time.sh
SOURCE_DATE_EPOCH=$(release_time "$VERSION")
export SOURCE_DATE_EPOCH

step() { printf '\n-- %s\n' "$*"; }
made() { printf '%s  %s bytes\n' "${1##*/}" "$(stat -c %s "$1")"; }

# The licence notices and the bills are written by Node, which npm needs anyhow; build scripts are linked by the system's compiler.
source tests/node.sh
need_node
command -v cc >/dev/null || apt_install gcc libc6-dev

# A folder that is removed when the script ends.
scratch() {
    SCRATCH=$(mktemp -d)
    trap 'rm -rf "$SCRATCH"' EXIT
}

# cargo_remapped COMMAND...: with flags that keep the paths of this machine out of the bytes.
cargo_remapped() {
    local home=${CARGO_HOME:-$HOME/.cargo} sysroot commit flags
    sysroot=$(rustc --print sysroot)
    commit=$(rustc -vV | sed -n 's/^commit-hash: //p')
    flags=(
        "--remap-path-prefix=$PWD=/fedverify"
        "--remap-path-prefix=$BUILD=/build"
        "--remap-path-prefix=$home=/cargo"
        # Where rust-src is installed, as rustc itself writes it where it is not.
        "--remap-path-prefix=$sysroot/lib/rustlib/src/rust=/rustc/$commit"
    )
    # For the C in ring, secp256k1-sys and libsqlite3-sys. The crate cc takes flags with quotes where it is told so.
    CARGO_ENCODED_RUSTFLAGS="$(IFS=$'\x1f'; printf '%s' "${flags[*]}")" \
        CC_SHELL_ESCAPED_FLAGS=1 CFLAGS="-g0 '-ffile-prefix-map=$home=/cargo' '-ffile-prefix-map=$BUILD=/build' '-ffile-prefix-map=$TOOLS=/tools'" \
        CARGO_PROFILE_RELEASE_STRIP=symbols CARGO_INCREMENTAL=0 \
        cargo "$@" --locked --release --target-dir "$BUILD"
}

# tarball FILE FOLDER: an archive of the folder. The same files give the same bytes.
tarball() {
    tar --sort=name --format=ustar --owner=0 --group=0 --numeric-owner "--mtime=@$SOURCE_DATE_EPOCH" \
        -C "$(dirname "$2")" -c "$(basename "$2")" | gzip -9n >"$1"
    made "$1"
}

# zip_files FILE FOLDER: an archive of what is in the folder.
zip_files() {
    command -v zip >/dev/null || apt_install zip
    rm -f "$1"
    find "$2" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
    (cd "$2" && find . -type f | sed 's|^\./||' | LC_ALL=C sort | TZ=UTC ZIPOPT='' zip -q -X -D -9 "$1" -@)
    made "$1"
}

# papers FOLDER PACKAGE TARGET [OPTION...]: our licences, and what the licences of others' code ask for.
papers() {
    local folder=$1
    install -m 644 LICENSE-MIT LICENSE-APACHE "$folder"
    node dist/notices.mjs "${@:2}" >"$folder/THIRD-PARTY.txt"
}

# bill FILE PACKAGE TARGET [OPTION...]: what is in an artefact, beside it.
bill() {
    node dist/sbom.mjs "$@" >"$1.cdx.json"
}
