#!/usr/bin/env bash
# Packages for Debian and what is made of it, from the archives that programs.sh and library.sh have made: fedverify (the
# command), libfedverify0.1 (the C library) and libfedverify-dev (what programs are built with).
set -euo pipefail
cd "$(dirname "$0")/.."
source dist/common.sh
source dist/documents.sh

ABI=$(make --silent soversion)
declare -A DEBIAN=([x86_64]=amd64 [aarch64]=arm64)

unpack() { # NAME: an archive of this release, into a folder of this name
    [ -f "$OUT/$1.tar.gz" ] || { echo "dist/deb.sh packs $1.tar.gz: dist/programs.sh and dist/library.sh go before it" >&2; exit 2; }
    tar -C "$SCRATCH" -xzf "$OUT/$1.tar.gz"
}

# As dpkg-gencontrol counts, one KiB for whatever is no file: how large a folder is depends on the file system.
installed_size() { # ROOT
    (cd "$1" && find usr -type f -printf '%s\n' -o -printf '1\n') | awk '{ kib += int(($1 + 1023) / 1024) } END { print kib }'
}

# package NAME ARCH SUMMARY DEPENDS SECTION CRATE LIBC: of the files in $SCRATCH/NAME-ARCH.
package() {
    local root=$SCRATCH/$1-$2 depends=$4 papers
    papers=$root/usr/share/doc/$1
    mkdir -p "$papers" "$root/DEBIAN"
    # Debian's name for what its users look for.
    cat LICENSE-MIT LICENSE-APACHE "$SCRATCH/notices" >"$papers/copyright"
    debian_documents "$papers"
    cat >"$root/DEBIAN/control" <<EOF
Package: $1
Version: $VERSION
Architecture: ${DEBIAN[$2]}
Maintainer: ${MAINTAINER:-fedverify maintainers <maintainers@fedverify.invalid>}
Section: $5
Priority: optional
Homepage: $(sed -n 's/^homepage = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
Installed-Size: $(installed_size "$root")
${depends:+Depends: $depends
}Description: $3
 Verifies, trusting no server, that a plugin package comes from its
 publisher: did:plc logs, FAIR packages, Plugin Federation Network
 signatures.
EOF
    (cd "$root" && find usr -type f | LC_ALL=C sort | xargs -d '\n' md5sum >DEBIAN/md5sums)
    # Libraries become known when they are installed.
    [ "$5" != libs ] || echo 'activate-noawait ldconfig' >"$root/DEBIAN/triggers"
    chmod -R u=rwX,go=rX "$root"
    # SOURCE_DATE_EPOCH is the time of all files.
    dpkg-deb --root-owner-group --uniform-compression -Zxz --build "$root" "$OUT/$1_${VERSION}_${DEBIAN[$2]}.deb" >/dev/null
    made "$OUT/$1_${VERSION}_${DEBIAN[$2]}.deb"
    bill "$OUT/$1_${VERSION}_${DEBIAN[$2]}.deb" "$6" "$2-unknown-linux-$7"
}

command_package() { # ARCH
    local from=$SCRATCH/fedverify-$VERSION-$1-linux usr=$SCRATCH/fedverify-$1/usr page
    unpack "${from##*/}"
    install -D -m 755 "$from/fedverify" "$usr/bin/fedverify"
    for page in "$from"/man/*; do
        install -D -m 644 /dev/stdin "$usr/share/man/man1/${page##*/}.gz" < <(gzip -9nc "$page")
    done
    install -D -m 644 "$from/completions/fedverify.bash" "$usr/share/bash-completion/completions/fedverify"
    install -D -m 644 "$from/completions/fedverify.zsh" "$usr/share/zsh/vendor-completions/_fedverify"
    install -D -m 644 "$from/completions/fedverify.fish" "$usr/share/fish/vendor_completions.d/fedverify.fish"
    cp "$from/THIRD-PARTY.txt" "$SCRATCH/notices"
    package fedverify "$1" "verifies plugin packages back to their publishers" "" utils fedverify-cli musl
}

library_packages() { # ARCH
    local from=$SCRATCH/libfedverify-$VERSION-$1-linux-gnu folder=usr/lib/$1-linux-gnu lib dev
    lib=$SCRATCH/libfedverify$ABI-$1/$folder dev=$SCRATCH/libfedverify-dev-$1
    unpack "${from##*/}"
    mkdir -p "$lib" "$dev/$folder/pkgconfig" "$dev/usr/include"
    cp "$from/THIRD-PARTY.txt" "$SCRATCH/notices"
    cp -P "$from"/usr/local/lib/libfedverify.so.* "$lib"
    cp -P "$from/usr/local/lib/libfedverify.so" "$from/usr/local/lib/libfedverify.a" "$dev/$folder"
    cp "$from/usr/local/include/fedverify.h" "$dev/usr/include"
    sed "s|^prefix=.*|prefix=/usr|; s|^libdir=.*|libdir=/$folder|" "$from/usr/local/lib/pkgconfig/fedverify.pc" >"$dev/$folder/pkgconfig/fedverify.pc"
    package "libfedverify$ABI" "$1" "verifies plugin packages: the C library" "libc6 (>= 2.17)" libs fedverify-ffi gnu
    package libfedverify-dev "$1" "verifies plugin packages: header and static library" "libfedverify$ABI (= $VERSION)" libdevel fedverify-ffi gnu
}

scratch
step "packages for Debian"
command -v dpkg-deb >/dev/null || { echo "dist/deb.sh needs dpkg-deb" >&2; exit 2; }
for architecture in $ARCHITECTURES; do
    command_package "$architecture"
    library_packages "$architecture"
done
