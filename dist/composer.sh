#!/usr/bin/env bash
# The Composer library, fedverify/fedverify: target/dist/fedverify-composer-VERSION.zip. Packagist reads one composer.json per
# repository, the one in the root, which is the extension's; docs/releases.md says how the library gets there.
set -euo pipefail
cd "$(dirname "$0")/.."
source dist/common.sh

# All of the folder is published. Sources without a repository have nothing beside what they came with.
if is_below_git php; then
    others=$(git status --porcelain --ignored --untracked-files=all -- php)
    others=$(sed -n 's/^\(??\|!!\) //p' <<<"$others")
    if [ -n "$others" ]; then
        printf 'not a release: git does not keep these, which would be published, too; remove them\n%s\n' "$others" >&2
        exit 2
    fi
fi

scratch
step "the Composer library"
folder=$SCRATCH/fedverify
mkdir "$folder"
cp -R php/. "$folder"
# Composer takes the version from a tag, which an archive has not.
node -e '
    const { readFileSync, writeFileSync } = require("fs");
    const [file, version] = process.argv.slice(1);
    const { name, ...rest } = JSON.parse(readFileSync(file));
    writeFileSync(file, JSON.stringify({ name, version, ...rest }, null, 4) + "\n");
' "$folder/composer.json" "$VERSION"
find "$folder" -type f -exec chmod 644 {} +
zip_files "$OUT/fedverify-composer-$VERSION.zip" "$folder"
# Nothing of others is in it, and it needs no package: there is no bill to write.
