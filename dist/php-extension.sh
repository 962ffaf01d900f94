#!/usr/bin/env bash
# The PHP extension for the PHP that is here, under the name by which PIE finds it in a release:
# target/dist/php_fedverify-VERSION_phpX.Y-ARCH-linux-LIBC.zip. PHP=COMMAND names another PHP, with its php-config beside it.
set -euo pipefail
cd "$(dirname "$0")/.."
source dist/common.sh

tests/php.sh packages
PHP=${PHP:-$(command -v php)}
name=$("$PHP" -n dist/pie-name.php "$(ldd "$PHP")" "$(uname -m)")

scratch
step "the PHP extension for $name"
cargo_remapped build -p fedverify-php
folder=$SCRATCH/extension
mkdir "$folder"
install -m 644 "$BUILD/release/libfedverify_php.so" "$folder/fedverify.so"
target=$(rustc -vV | sed -n 's/^host: //p')
papers "$folder" fedverify-php "$target"
zip_files "$OUT/php_fedverify-${VERSION}_$name.zip" "$folder"
bill "$OUT/php_fedverify-${VERSION}_$name.zip" fedverify-php "$target"
