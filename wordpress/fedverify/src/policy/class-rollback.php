<?php
/**
 * Automatic updates that WordPress undoes.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Policy;

use FedVerify\WordPress\Plugin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Since 6.6, WordPress puts the old version back where an automatic update of an active plugin ends in a fatal error. By then the new
 * version was recorded as installed.
 */
final class Rollback {

	/**
	 * What WordPress says of an update that it has undone.
	 */
	private const UNDONE = 'plugin_update_fatal_error_rollback_successful';

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
	 * An automatic update begins. WordPress keeps the old version under the folder's name, looks for it under the slug of the offer, and
	 * says that it is back even where it finds none. The slugs of our offers and of FAIR Connect's may be other names, so they give way.
	 * Hooked to `pre_auto_update`.
	 *
	 * @param mixed $type What is updated.
	 * @param mixed $item The offer.
	 */
	public function prepare( $type, $item ): void {
		$package = 'plugin' === $type && is_object( $item ) ? $this->plugin->installed()->of_update( $item ) : null;
		$folder  = null === $package ? '.' : dirname( $package->file() );
		// WordPress keeps nothing of a plugin without a folder.
		if ( '.' !== $folder && isset( $item->slug ) ) {
			$item->slug = $folder;
		}
	}

	/**
	 * The automatic updates are done: what was verified of the version that is back is said of it again. Hooked to
	 * `automatic_updates_complete`.
	 *
	 * @param mixed $results What came of them.
	 */
	public function note( $results ): void {
		$updates = is_array( $results ) && is_array( $results['plugin'] ?? null ) ? $results['plugin'] : array();
		foreach ( $updates as $update ) {
			$result = is_object( $update ) ? ( $update->result ?? null ) : null;
			if ( ! is_wp_error( $result ) || self::UNDONE !== $result->get_error_code() ) {
				continue;
			}
			$this->plugin->installed()->changed();
			$package = $this->plugin->installed()->of_update( $update->item ?? null );
			if ( null === $package ) {
				continue;
			}
			if ( '' === $package->did() ) {
				$this->plugin->federation()->installations()->restore( $package );
			} else {
				$this->plugin->identities()->restore_package( $package->did(), $package->version() );
			}
		}
	}
}
