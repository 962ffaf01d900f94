# release_time VERSION: the seconds since 1970 that everything of a release is dated: SOURCE_DATE_EPOCH, or the date that
# CHANGELOG.md gives the version, or 1980. To be sourced, from the project's root.
release_time() {
    local date
    date=$(sed -n "s/^## \[\?$1\]\? - \([0-9-]*\)$/\1/p" CHANGELOG.md)
    echo "${SOURCE_DATE_EPOCH:-$(date -u -d "${date:-1980-01-01}" +%s)}"
}
