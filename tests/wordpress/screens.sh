# The plugin's screens in a browser. To be sourced by tests/wordpress.sh.

need_chromium() {
    command -v chromium >/dev/null && return
    step "installing Chromium"
    apt_install chromium
}

screens() {
    need_chromium
    need_packages tests/wordpress/screens --ignore-scripts
    step "the screens in Chromium"
    FEDVERIFY_TEST_WORDPRESS=$WORDPRESS FEDVERIFY_TEST_TARGET=$TARGET node --test tests/wordpress/screens.mjs
}
