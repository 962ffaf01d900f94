#!/usr/bin/env bash
# `make dist` empties what an earlier run made, and nothing else. Called by tests/run.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
source dist/folder.sh

PLACE=$(mktemp -d)
trap 'rm -rf "$PLACE"' EXIT

refused() { # WORDS FOLDER
    local said
    said=$(emptied "$2" 2>&1) && { echo "$2 was emptied" >&2; exit 1; }
    [[ $said == *"$1"* ]] || { echo "expected $1, found $said" >&2; exit 1; }
}

mkdir "$PLACE/others"
echo precious >"$PLACE/others/file"
made_folder "$PLACE/others"
refused "nothing shows" "$PLACE/others"
[ "$(cat "$PLACE/others/file")" = precious ]

# A mark does not make sources ours to delete.
git init -q "$PLACE/kept"
touch "$PLACE/kept/source" "$PLACE/kept/$MARK"
git -C "$PLACE/kept" add source
refused "git keeps" "$PLACE/kept"
[ -f "$PLACE/kept/source" ]

# Nor does a repository that git refuses to read.
mkdir "$PLACE/unread"
echo "gitdir: $PLACE/nowhere" >"$PLACE/unread/.git"
made_folder "$PLACE/unread/dist"
touch "$PLACE/unread/dist/source"
refused "does not tell" "$PLACE/unread/dist"
[ -f "$PLACE/unread/dist/source" ]

made_folder "$PLACE/new folder"
mkdir "$PLACE/new folder/below"
touch "$PLACE/new folder/left" "$PLACE/new folder/below/.left"
made_folder "$PLACE/new folder"
emptied "$PLACE/new folder"
[ "$(ls -A "$PLACE/new folder")" = "$MARK" ]

# As it was reported. There is no such part: nothing is built, even where this goes wrong.
said=$(OUT=dist PARTS=nothing bash dist/all.sh 2>&1) && { echo "OUT=dist was taken" >&2; exit 1; }
[[ $said == *"nothing shows"* ]] || { echo "OUT=dist: $said" >&2; exit 1; }
echo "make dist empties only what it made"
