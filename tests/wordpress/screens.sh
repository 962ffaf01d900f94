# The plugin's screens in a browser. To be sourced by tests/wordpress.sh.

# screens [short]: without what only `make test-deep` has time for.
screens() {
    need_chromium
    need_packages tests/wordpress/screens --ignore-scripts
    step "the screens in Chromium"
    in_chromium tests/wordpress/screens.mjs
    step "verification by the administrator's browser"
    need_wasm
    # As in the plugin's ZIP.
    ln -sfn ../../../wasm/js/dist wordpress/fedverify/assets/fedverify
    node --test tests/wordpress/tally.test.mjs
    FEDVERIFY_TEST_CLIENT=1.3 in_chromium tests/wordpress/browser.mjs
    [ "${1:-}" != short ] || return 0
    FEDVERIFY_TEST_CLIENT=1.4 in_chromium tests/wordpress/browser.mjs
    FEDVERIFY_TEST_CLIENT=1.3 in_chromium tests/wordpress/browser-network.mjs
}

in_chromium() {
    FEDVERIFY_TEST_WORDPRESS=$WORDPRESS FEDVERIFY_TEST_TARGET=$TARGET node --test "$1"
}
