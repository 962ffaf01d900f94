<?php
/**
 * The options of the plugin.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Memory;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Options that hold for the whole installation: packages are shared by all sites, so is what is said about them.
 *
 * They cost a visitor nothing on a single site, where WordPress loads them with its own, and one query in a network.
 */
final class Options {

	/**
	 * All of them: the settings, the list of installed packages, the version of the tables, and when the plugin was
	 * activated.
	 */
	private const NAMES = array( 'fedverify_settings', 'fedverify_installed', 'fedverify_schema', 'fedverify_first_run' );

	/**
	 * Whether they are in WordPress's cache.
	 *
	 * @var bool
	 */
	private $primed = false;

	/**
	 * What is stored.
	 *
	 * @param string $name The option's name.
	 * @return mixed Null where nothing is.
	 */
	public function get( string $name ) {
		if ( ! is_multisite() ) {
			return get_option( $name, null );
		}
		$this->prime();
		return get_network_option( get_main_network_id(), $name, null );
	}

	/**
	 * Stores a value.
	 *
	 * @param string $name  The option's name.
	 * @param mixed  $value The value.
	 */
	public function set( string $name, $value ): void {
		if ( is_multisite() ) {
			update_network_option( get_main_network_id(), $name, $value );
			return;
		}
		update_option( $name, $value, true );
	}

	/**
	 * Deletes all of them.
	 */
	public function delete_all(): void {
		foreach ( self::NAMES as $name ) {
			if ( is_multisite() ) {
				delete_network_option( get_main_network_id(), $name );
			} else {
				delete_option( $name );
			}
		}
	}

	/**
	 * Loads all of them in one query, where WordPress would take one for each.
	 */
	private function prime(): void {
		global $wpdb;
		if ( $this->primed ) {
			return;
		}
		$this->primed = true;
		$network      = get_main_network_id();
		foreach ( self::NAMES as $name ) {
			if ( false !== wp_cache_get( "$network:$name", 'site-options' ) ) {
				return;
			}
		}
		$places = implode( ', ', array_fill( 0, count( self::NAMES ), '%s' ) );
		$query  = "SELECT meta_key, meta_value FROM {$wpdb->sitemeta} WHERE site_id = %d AND meta_key IN ( $places )";
		// phpcs:ignore WordPress.DB -- The places are %s, and what is read goes into the cache.
		$rows = $wpdb->get_results( $wpdb->prepare( $query, array_merge( array( $network ), self::NAMES ) ) );
		foreach ( is_array( $rows ) ? $rows : array() as $row ) {
			wp_cache_set( "$network:{$row->meta_key}", maybe_unserialize( $row->meta_value ), 'site-options' );
		}
	}
}
