<?php

/* Installs WordPress into the site of the environment. `php install.php` or `php install.php network`. */

define('WP_INSTALLING', true);
if (($argv[1] ?? '') === 'network') {
    define('WP_INSTALLING_NETWORK', true);
}
$_SERVER['HTTP_HOST'] = 'site.example';
$_SERVER['HTTPS'] = 'on';
$_SERVER['REQUEST_URI'] = '/';
require getenv('FEDVERIFY_TEST_SITE') . '/core/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

if (!defined('WP_INSTALLING_NETWORK')) {
    add_filter('pre_wp_mail', '__return_true');
    wp_install('A site', 'admin', 'admin@site.example', true, '', 'password');
    update_option('permalink_structure', '');
    switch_theme('quiet');
    update_site_option('auto_update_plugins', []);
    // The administrator's login, until 2100: see mu-plugins/network.php.
    $session = ['expiration' => 4102444800, 'ip' => '192.0.2.1', 'ua' => '', 'login' => time()];
    update_user_meta(1, 'session_tokens', [hash('sha256', 'session of the tests') => $session]);
    exit;
}

foreach ($wpdb->tables('ms_global') as $table => $prefixed) {
    $wpdb->$table = $prefixed;
}
install_network();
$populated = populate_network(1, 'site.example', 'admin@site.example', 'A network', '/', false);
if (is_wp_error($populated) && !in_array('no_wildcard_dns', $populated->get_error_codes(), true)) {
    exit($populated->get_error_message());
}
