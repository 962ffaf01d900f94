<?php
/**
 * The overview.
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
 * Shows the updates that wait, the installed packages that have an identity, and what was found lately.
 */
final class Overview_Page {

	private const RECENT = 8;

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * Makes the page.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->plugin = $plugin;
	}

	/**
	 * Prints the page.
	 */
	public function render(): void {
		$this->render_state();
		$held = $this->plugin->fresh_keys()->listed();
		if ( array() !== $held ) {
			Held_Table::render_heading( $this->plugin->settings()->is_enforcing() );
			Held_Table::render( $held );
		}
		/**
		 * Fires on the overview, below the held updates.
		 */
		do_action( 'fedverify_overview' );
		echo '<h2>' . esc_html__( 'Installed packages with an identity', 'fedverify' ) . '</h2>';
		Installed_Table::render( Known_Package::all( $this->plugin ) );
		echo '<h2>' . esc_html__( 'Recent verdicts', 'fedverify' ) . '</h2>';
		Verdict_Table::render( $this->plugin->verdicts()->recent( self::RECENT ), $this->plugin->installed() );
		echo '<p>';
		Markup::render( Markup::link( Menu::url( array( 'tab' => 'verdicts' ) ), __( 'All verdicts, and export', 'fedverify' ) ) );
		echo '</p>';
	}

	/**
	 * Prints what the plugin does, and by what.
	 */
	private function render_state(): void {
		if ( ! $this->plugin->settings()->is_enforcing() ) {
			echo '<div class="notice notice-warning inline"><p>';
			esc_html_e( 'Report only: fedverify says what it would refuse, and refuses nothing.', 'fedverify' );
			echo '</p></div>';
		}
		$backend = Backend_State::name();
		if ( null === $backend ) {
			$what = $this->plugin->settings()->is_enforcing()
				? __( 'This server cannot verify packages. Updates of packages with an identity wait until an administrator’s browser has verified them.', 'fedverify' )
				: __( 'This server cannot verify packages. Those with an identity are installed unverified, unless an administrator’s browser has verified them before.', 'fedverify' );
			echo '<div class="notice notice-warning inline"><p>' . esc_html( $what ) . '</p></div>';
			return;
		}
		echo '<p class="fedverify-soft">' . esc_html( Backend_State::sentence( $backend ) ) . '</p>';
	}
}
