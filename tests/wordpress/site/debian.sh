# WordPress from a release of Debian: newer ones than npm has. To be sourced after tests/install.sh.

# debian_core RELEASE FOLDER: unpacks the WordPress of a release of Debian (trixie, sid) into a folder, and the libraries that it takes
# from other packages. Nothing is installed. apt checks Debian's signatures, with lists of its own.
debian_core() {
    local scratch packages=(wordpress libphp-phpmailer php-getid3 libjs-cropper libjs-jquery-ui libjs-lodash libjs-underscore)
    scratch=$(mktemp -d)
    mkdir -p "$scratch"/{lists,cache/archives,root}
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian $1 main" >"$scratch/sources.list"
    local apt=(apt-get -qq -o Dir::Etc::sourcelist="$scratch/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$scratch/lists"
        -o Dir::Cache="$scratch/cache" -o Acquire::Languages=none -o APT::Sandbox::User=)
    "${apt[@]}" update
    (cd "$scratch" && "${apt[@]}" download "${packages[@]}")
    for package in "$scratch"/*.deb; do
        dpkg-deb --extract "$package" "$scratch/root"
    done
    # Debian's settings and certificates are outside; upstream's are not.
    rm -f "$scratch"/root/usr/share/wordpress/{.htaccess,wp-config.php}
    rm -f "$scratch/root/usr/share/wordpress/wp-includes/certificates/ca-bundle.crt"
    mkdir -p "$2"
    cp -rL "$scratch/root/usr/share/wordpress/." "$2"
    sed -i "s|'/etc/ssl/certs/ca-certificates.crt'|ABSPATH . WPINC . '/certificates/ca-bundle.crt'|" "$2/wp-includes/class-wp-http.php"
    rm -rf "$scratch"
}
