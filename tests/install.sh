# Installs Debian's packages, as root, for the scripts that source this. One at a time: tests/run.sh runs scripts side by
# side, and apt gives up where another has its lock.

apt_install() {
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "missing, and only root can install it, on Debian: apt-get install $*" >&2
        return 2
    fi
    (
        flock 9
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
    ) 9>"${TMPDIR:-/tmp}/fedverify-apt.$UID.lock"
}
