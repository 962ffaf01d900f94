# WordPress 6.5.5 on SQLite, made once in $WORDPRESS (below Cargo's target folder). To be sourced from the project's root,
# after tests/node.sh. DEBIAN=RELEASE takes the WordPress of that release of Debian in the place of 6.5.5: trixie or sid.
#
#     core/         WordPress itself, shared by all sites; its wp-config.php asks the environment which site it is
#     sqlite/       what puts it on SQLite
#     assets/       its style sheets and scripts, for tests in a browser
#     authority/    the certificates of the test network, which the core trusts
#     snapshots/    what a site has of its own, installed: wp-content and the database (see tests/wordpress/runner)

source tests/wordpress/site/debian.sh

readonly WORDPRESS=$TARGET/wordpress${DEBIAN:+-$DEBIAN}
readonly BUILDS=node_modules/@wp-playground/wordpress-builds/src

need_wordpress_tools() {
    local missing=
    # Site Health asks mysqli for its version, whatever the database is.
    command -v php >/dev/null || missing="$missing php-cli"
    command -v unzip >/dev/null || missing="$missing unzip"
    command -v openssl >/dev/null || missing="$missing openssl"
    for extension in curl:php-curl pdo_sqlite:php-sqlite3 mysqli:php-mysql zip:php-zip dom:php-xml mbstring:php-mbstring; do
        php -r "exit(extension_loaded('${extension%%:*}') ? 0 : 1);" 2>/dev/null || missing="$missing ${extension#*:}"
    done
    [ -n "$(find /usr/lib -path '*/faketime/libfaketime.so.1' 2>/dev/null)" ] || missing="$missing libfaketime"
    [ -z "$missing" ] && return
    step "installing$missing"
    # shellcheck disable=SC2086
    apt_install $missing
}

# PHP frees its environment before libfaketime looks there for the names of what it shares with other processes, so these
# stay when a process has ended, whether it was ended or not.
forget_clocks() {
    local file
    for file in /dev/shm/faketime_shm_* /dev/shm/sem.faketime_sem_*; do
        [ ! -O "$file" ] || [ -d "/proc/${file##*_}" ] || rm -f "$file"
    done
}

need_wordpress() {
    local stamp
    stamp=$(cat tests/wordpress/package-lock.json tests/wordpress/site/*.* tests/wordpress/network/authority.sh | sha256sum)${DEBIAN:+ $(date +%F)}
    [ "$stamp" = "$(cat "$WORDPRESS/stamp" 2>/dev/null)" ] && return
    step "a WordPress on SQLite"
    mkdir -p "$WORDPRESS"
    need_core
    rm -rf "$WORDPRESS/authority" "$WORDPRESS/snapshots"
    mkdir -p "$WORDPRESS/snapshots"
    bash tests/wordpress/network/authority.sh "$WORDPRESS/authority"
    cat "$WORDPRESS/authority/authority.pem" >"$WORDPRESS/core/wp-includes/certificates/ca-bundle.crt"
    cp tests/wordpress/site/wp-config.php "$WORDPRESS/core/wp-config.php"
    echo "$stamp" >"$WORDPRESS/stamp"
}

# The package is far larger than the two archives that are taken out of it, so it does not stay. Debian's is that of today.
need_core() {
    local packages made lock=tests/wordpress/package-lock.json
    made=$(cat "$lock" tests/wordpress/site/{site,debian}.sh | sha256sum)${DEBIAN:+ $(date +%F)}
    [ "$made" = "$(cat "$WORDPRESS/core/.made" 2>/dev/null)" ] && return
    rm -rf "$WORDPRESS/core" "$WORDPRESS/sqlite" "$WORDPRESS/assets"
    packages=$(mktemp -d)
    cp tests/wordpress/package.json "$lock" "$packages"
    npm ci --ignore-scripts --loglevel=error --no-audit --no-fund --prefix "$packages"
    if [ -n "${DEBIAN:-}" ]; then
        debian_core "$DEBIAN" "$WORDPRESS/core"
        ln -s core "$WORDPRESS/assets"
    else
        unzip -q "$packages/$BUILDS/wordpress/wp-6.5.zip" -d "$WORDPRESS/core"
        mv "$packages/node_modules/@wp-playground/wordpress-builds/public/wp-6.5" "$WORDPRESS/assets"
    fi
    unzip -q "$packages/$BUILDS/sqlite-database-integration/sqlite-database-integration.zip" -d "$packages"
    # All of it is in one line there, and WP-CLI leaves lines of it out.
    sed -i -e "s|\(require_once dirname( __DIR__ ) . '/wp-load.php';\) \(nocache_headers();\)|\n\1\n\2\n|" -e 's/auth_redirect();/\n&\n/' \
        "$WORDPRESS/core/wp-admin/admin.php"
    mv "$packages/sqlite-database-integration-main" "$WORDPRESS/sqlite"
    echo "$made" >"$WORDPRESS/core/.made"
    rm -rf "$packages"
}
