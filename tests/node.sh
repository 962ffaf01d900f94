# Node, npm and a browser for the scripts that use them: installs what is missing (Debian, as root). To be sourced, from the
# project's root.

source tests/install.sh

need_node() {
    if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
        step "installing Node and npm"
        apt_install nodejs npm
    fi
    # Debian 12 has Node 18. The tests use packages that want a later one.
    if ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)'; then
        local folder="$PWD/tests/node-20"
        step "Node 20 beside $(node --version)"
        need_packages "$folder" --ignore-scripts
        PATH="$(echo "$folder"/node_modules/node-linux-*/bin):$PATH"
        export PATH
    fi
}

# need_packages FOLDER [OPTION...]: the packages are those of the folder's lock file, whatever an earlier run left.
need_packages() {
    local folder=$1
    shift
    if ! cmp -s "$folder/package-lock.json" "$folder/node_modules/.fedverify-lock"; then
        npm ci --loglevel=error --no-audit --no-fund --prefix "$folder" "$@"
        cp "$folder/package-lock.json" "$folder/node_modules/.fedverify-lock"
    fi
}

need_chromium() {
    command -v chromium >/dev/null && return
    step "installing Chromium"
    apt_install chromium
}
