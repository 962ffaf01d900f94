<?php

/**
 * Plugin Name: FAIR Connect 1.4, played by the tests of fedverify
 * Description: Makes the requests of FAIR Connect 1.4 through the same hooks, and is as trusting.
 * Requires PHP: 8.0
 * Version: 1.4.0
 * License: GPL-2.0-or-later
 * Network: true
 */

namespace FAIR;

const VERSION = '1.4.0';
const CACHE_BASE = 'fair-';
const CACHE_LIFETIME = 12 * HOUR_IN_SECONDS;
const CACHE_LIFETIME_FAILURE = HOUR_IN_SECONDS;
// Whether signatures are looked at even where no document or metadata could be fetched.
const HOOKS_ALWAYS = true;

require_once __DIR__ . '/document.php';
require_once __DIR__ . '/../fair-1.3/packages.php';
require_once __DIR__ . '/../fair-1.3/install.php';
require_once __DIR__ . '/../fair-1.3/update.php';

function is_wp_cli(): bool
{
    return defined('WP_CLI') && WP_CLI;
}

Packages\bootstrap();
Packages\Admin\bootstrap();
Updater\bootstrap();
