<?php
/**
 * Plugin Name:       fedverify
 * Plugin URI:        https://github.com/fedverify/fedverify
 * Update URI:        https://github.com/fedverify/fedverify
 * Description:       Verifies every package of the FAIR federation before WordPress installs it: publisher, release and bytes, without trusting a server.
 * Version:           0.1.0
 * Requires at least: 5.9
 * Requires PHP:      7.4
 * Author:            The fedverify contributors
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       fedverify
 * Domain Path:       /languages
 * Network:           true
 *
 * Can be activated, activated for a network, or required from a file in wp-content/mu-plugins.
 *
 * Without strict types: any version of PHP must be able to read this file, to say which version is needed.
 *
 * @package FedVerify
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

// As an active plugin and as a must-use plugin at once: the first one counts.
if ( defined( 'FEDVERIFY_FILE' ) ) {
	return;
}
define( 'FEDVERIFY_FILE', __FILE__ );
define( 'FEDVERIFY_VERSION', '0.1.0' );

// Of an upload that was cut short, the library may be missing: then the site must not go down.
if ( PHP_VERSION_ID < 70400 || version_compare( $GLOBALS['wp_version'], '5.9', '<' ) || ! require __DIR__ . '/src/autoload.php' ) {
	require __DIR__ . '/src/requirements.php';
	return;
}

try {
	FedVerify\WordPress\Plugin::start( __FILE__ );
} catch ( Throwable $fedverify_failure ) {
	if ( defined( 'WP_DEBUG' ) && WP_DEBUG ) {
		error_log( 'fedverify: ' . $fedverify_failure ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_error_log -- Only where the site debugs.
	}
	require __DIR__ . '/src/requirements.php';
}
