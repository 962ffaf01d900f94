# shellcheck shell=bash
# The folder that releases are made in. To be sourced.

MARK=.made-by-fedverify

# made_folder FOLDER: makes it, if it is not there or empty, and leaves a mark by which `emptied` knows it again.
made_folder() {
    mkdir -p "$1"
    [ -n "$(ls -A "$1")" ] || touch "$1/$MARK"
}

# Whether a repository is there or above, be it one that git refuses to read, as it does another user's.
is_below_git() { # FOLDER
    local folder
    folder=$(realpath -- "$1")
    until [ -e "$folder/.git" ]; do
        [ "$folder" != / ] || return 1
        folder=$(dirname "$folder")
    done
}

# emptied FOLDER: empties one that made_folder made. Never another: it may be anything, such as the sources in dist.
emptied() {
    if ! [ -f "$1/$MARK" ]; then
        echo "$1 is not empty, and nothing shows that \`make dist\` made it: remove it, or name another folder with OUT=" >&2
        return 2
    fi
    local kept
    if kept=$(git -C "$1" ls-files 2>/dev/null); then
        if [ -n "$kept" ]; then
            echo "$1 has files that git keeps: name another folder with OUT=" >&2
            return 2
        fi
    elif is_below_git "$1"; then
        echo "git does not tell whether it keeps files in $1: \`git -C '$1' ls-files\` says why" >&2
        return 2
    fi
    find "$1" -mindepth 1 -maxdepth 1 ! -name "$MARK" -exec rm -rf {} +
}
