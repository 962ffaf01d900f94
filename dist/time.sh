# release_time VERSION: the seconds since 1970 that everything of a release is dated: SOURCE_DATE_EPOCH, or the date that
# CHANGELOG.md gives the version, or 1980 if it has none yet. A tag without a date is an error. To be sourced, from the project's root.
release_time() {
    local date
    date=$(sed -n "s/^## \[\?$1\]\? - \([0-9-]*\)$/\1/p" CHANGELOG.md)
    if [ -z "$date" ] && [ "${GITHUB_REF_TYPE:-}" = tag ]; then
        echo "CHANGELOG.md gives no date for $1: expected a line such as \"## $1 - 2026-12-01\"" >&2
        return 1
    fi
    echo "${SOURCE_DATE_EPOCH:-$(date -u -d "${date:-1980-01-01}" +%s)}"
}
