#!/usr/bin/env bash
# The command and the node as static programs, which run on any Linux: target/dist/fedverify-VERSION-ARCH-linux.tar.gz and
# fedverify-node-VERSION-ARCH-linux.tar.gz.
set -euo pipefail
cd "$(dirname "$0")/.."
source dist/common.sh
source dist/tools.sh
source dist/documents.sh

# The program of this machine writes the man pages of all. Where a release is made for other processors alone, it is built for that.
manual() { # FOLDER
    local program=$BUILD/$(uname -m)-unknown-linux-musl/release/fedverify shell
    if [ ! -x "$program" ]; then
        cargo_remapped build -p fedverify-cli
        program=$BUILD/release/fedverify
    fi
    mkdir -p "$1/man" "$1/completions"
    "$program" man "$1/man"
    for shell in bash fish zsh; do
        "$program" completions "$shell" >"$1/completions/fedverify.$shell"
    done
}

pack() { # PACKAGE PROGRAM TARGET FOLDER
    mkdir "$4"
    install -m 755 "$BUILD/$3/release/$2" "$4/$2"
    papers "$4" "$1" "$3" --musl "$TOOLS/python/ziglang/lib/libc/musl"
}

scratch
need_zig
for architecture in $ARCHITECTURES; do
    target=$architecture-unknown-linux-musl
    need_target "$target"
    step "the command and the node for $target"
    cargo_remapped zigbuild --target "$target" -p fedverify-cli -p fedverify-node-serve

    command=$SCRATCH/fedverify-$VERSION-$architecture-linux
    pack fedverify-cli fedverify "$target" "$command"
    manual "$command"
    command_documents "$command"
    tarball "$OUT/${command##*/}.tar.gz" "$command"
    bill "$OUT/${command##*/}.tar.gz" fedverify-cli "$target"

    server=$SCRATCH/fedverify-node-$VERSION-$architecture-linux
    pack fedverify-node-serve fedverify-node "$target" "$server"
    cp node/fedverify-node.service node/core/openapi.json "$server"
    node_documents "$server"
    tarball "$OUT/${server##*/}.tar.gz" "$server"
    bill "$OUT/${server##*/}.tar.gz" fedverify-node-serve "$target"
done
