<?php
/**
 * Runs when the plugin is deleted.
 *
 * What was remembered of publishers stays unless the setting says otherwise: it is what protects a site that installs
 * the plugin again.
 *
 * @package FedVerify
 */

declare(strict_types=1);

if ( ! defined( 'WP_UNINSTALL_PLUGIN' ) ) {
	exit;
}

require __DIR__ . '/src/autoload.php';

FedVerify\WordPress\Memory\Uninstall::run();
