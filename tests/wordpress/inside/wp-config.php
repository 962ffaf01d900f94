<?php

/* The configuration of a site of tests/wordpress/inside.sh, whose environment says which it is. */

$site = getenv('FEDVERIFY_TEST_SITE');

define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . getenv('FEDVERIFY_TEST_SOCKET'));
define('DB_CHARSET', 'utf8');
define('DB_COLLATE', '');
define('DB_DIR', "$site/database/");
define('DB_FILE', 'site.sqlite');
$table_prefix = 'wp_';

foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
    define("{$name}_KEY", "$name key of a test");
    define("{$name}_SALT", "$name salt of a test");
}

define('WP_DEBUG', true);
define('WP_DEBUG_DISPLAY', false);
define('WP_DEBUG_LOG', "$site/errors.log");
define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('WP_HOME', 'https://site.example');
define('WP_SITEURL', 'https://site.example');

if (getenv('FEDVERIFY_TEST_MULTISITE') === '1') {
    define('WP_ALLOW_MULTISITE', true);
    define('MULTISITE', !defined('WP_INSTALLING_NETWORK'));
    define('SUBDOMAIN_INSTALL', false);
    define('DOMAIN_CURRENT_SITE', 'site.example');
    define('PATH_CURRENT_SITE', '/');
    define('SITE_ID_CURRENT_SITE', 1);
    define('BLOG_ID_CURRENT_SITE', 1);
}

if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}

require_once ABSPATH . 'wp-settings.php';
