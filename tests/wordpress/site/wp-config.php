<?php

/*
 * The configuration of every site of the tests. The environment says which it is:
 *
 *     FEDVERIFY_TEST_SITE      the folder that holds WordPress itself (core), the database and the temporary files
 *     FEDVERIFY_TEST_NETWORK   the port on which the test network listens
 *     FEDVERIFY_TEST_URL       its address, where a web server serves it
 *     FEDVERIFY_TEST_MULTISITE whether it is a network of sites
 */

$site = getenv('FEDVERIFY_TEST_SITE');
if (!$site || !is_dir($site)) {
    exit('FEDVERIFY_TEST_SITE is missing');
}
$address = getenv('FEDVERIFY_TEST_URL') ?: 'https://site.example';

define('DB_NAME', 'wordpress');
define('DB_USER', '');
define('DB_PASSWORD', '');
define('DB_HOST', '');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('DB_DIR', "$site/database/");
define('DB_FILE', 'site.sqlite');
$table_prefix = 'wp_';

foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
    define("{$name}_KEY", "$name key of a test");
    define("{$name}_SALT", "$name salt of a test");
}

define('WP_TEMP_DIR', "$site/tmp");
define('FS_METHOD', 'direct');
define('WP_DEBUG', true);
define('WP_DEBUG_DISPLAY', false);
define('WP_DEBUG_LOG', "$site/errors.log");
// Requests of a site to itself would wait for nobody.
define('DISABLE_WP_CRON', true);

if (getenv('FEDVERIFY_TEST_MULTISITE') === '1') {
    define('WP_ALLOW_MULTISITE', true);
    define('MULTISITE', !defined('WP_INSTALLING_NETWORK'));
    define('SUBDOMAIN_INSTALL', false);
    define('DOMAIN_CURRENT_SITE', parse_url($address, PHP_URL_HOST));
    define('PATH_CURRENT_SITE', '/');
    define('SITE_ID_CURRENT_SITE', 1);
    define('BLOG_ID_CURRENT_SITE', 1);
} else {
    define('WP_HOME', $address);
    define('WP_SITEURL', $address);
}

// What a scenario wants to be defined.
if (is_file("$site/constants.php")) {
    require "$site/constants.php";
}

if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}

require_once ABSPATH . 'wp-settings.php';
