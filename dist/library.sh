#!/usr/bin/env bash
# The C library for every Linux with glibc 2.17 or later: target/dist/libfedverify-VERSION-ARCH-linux-gnu.tar.gz, laid out as
# `make install` does it, with the prefix /usr/local.
set -euo pipefail
cd "$(dirname "$0")/.."
source dist/common.sh
source dist/tools.sh
source dist/documents.sh

GLIBC=2.17

scratch
need_zig
for architecture in $ARCHITECTURES; do
    target=$architecture-unknown-linux-gnu
    need_target "$target"
    step "the C library for $target, glibc $GLIBC"
    cargo_remapped zigbuild --target "$target.$GLIBC" -p fedverify-ffi

    folder=$SCRATCH/libfedverify-$VERSION-$architecture-linux-gnu
    mkdir "$folder"
    make --silent install-files "BUILT=$BUILD/$target/release" "DESTDIR=$folder"
    papers "$folder" fedverify-ffi "$target"
    library_documents "$folder"
    tarball "$OUT/${folder##*/}.tar.gz" "$folder"
    bill "$OUT/${folder##*/}.tar.gz" fedverify-ffi "$target"
done
