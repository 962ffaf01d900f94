<?php
/**
 * Says what is missing, where the plugin cannot run. Nothing is verified then.
 *
 * Without strict types: any version of PHP must be able to read this file.
 *
 * @package FedVerify
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Prints the notice.
 */
function fedverify_requirements_notice() {
	if ( ! current_user_can( 'activate_plugins' ) ) {
		return;
	}
	printf(
		'<div class="notice notice-error"><p>%s</p></div>',
		esc_html__( 'fedverify needs PHP 7.4 and WordPress 5.9 or later, and all of its own files. Packages are not verified on this site.', 'fedverify' )
	);
}
add_action( 'admin_notices', 'fedverify_requirements_notice' );
add_action( 'network_admin_notices', 'fedverify_requirements_notice' );
