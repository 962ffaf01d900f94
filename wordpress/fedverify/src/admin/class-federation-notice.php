<?php
/**
 * The notice about what waits in the federation.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Plugin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Says on the screens about plugins that a key or an archive without a signature waits for a decision.
 */
final class Federation_Notice {

	private const SCREENS = array( 'dashboard', 'plugins', 'update-core', 'plugin-install' );

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * Makes one.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->plugin = $plugin;
	}

	/**
	 * Prints the notice. Hooked to `admin_notices` and `network_admin_notices`.
	 */
	public function render(): void {
		$screen = function_exists( 'get_current_screen' ) ? get_current_screen() : null;
		if ( null === $screen || ! current_user_can( Menu::settings_capability() ) || is_multisite() !== is_network_admin() ) {
			return;
		}
		if ( ! in_array( preg_replace( '/-network\z/', '', $screen->id ), self::SCREENS, true ) ) {
			return;
		}
		$count = $this->plugin->federation()->waiting();
		if ( 0 === $count ) {
			return;
		}
		echo '<div class="notice notice-warning fedverify-notice"><p>';
		/* translators: %s: how many */
		echo esc_html( sprintf( _n( 'In the Plugin Federation Network, %s key or update waits for your decision.', 'In the Plugin Federation Network, %s keys or updates wait for your decision.', $count, 'fedverify' ), number_format_i18n( $count ) ) ) . ' ';
		Markup::render( Markup::link( Menu::url( array( 'tab' => 'federation' ) ), __( 'Federation', 'fedverify' ) ) );
		echo '</p></div>';
	}
}
