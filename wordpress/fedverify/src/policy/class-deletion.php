<?php
/**
 * What becomes of what is known of a package whose files are deleted.
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
 * Forgets that installed files were verified once they are deleted: whoever puts others there by hand must not find them called
 * verified. What protects later installations stays: pins, keys, and the digests of versions.
 */
final class Deletion {

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
	 * A plugin or theme is about to be deleted: from now on some of its files may be gone, even if the deletion fails or is broken off.
	 * Hooked to `delete_plugin` and `delete_theme`.
	 *
	 * @param string $kind 'plugin' or 'theme'.
	 * @param mixed  $file The plugin's file or the theme's folder.
	 */
	public function begins( string $kind, $file ): void {
		if ( ! is_string( $file ) ) {
			return;
		}
		$folder = self::folder( $file );
		try {
			$this->plugin->identities()->forget_packages( $kind, $folder );
		} finally {
			if ( 'plugin' === $kind ) {
				$this->plugin->federation()->installations()->forget_folder( WP_PLUGIN_DIR . '/' . $folder );
			}
		}
	}

	/**
	 * It was deleted, or was not. Hooked to `deleted_plugin` and `deleted_theme`.
	 *
	 * @param string $kind       'plugin' or 'theme'.
	 * @param mixed  $file       The plugin's file or the theme's folder.
	 * @param mixed  $is_deleted Whether it was.
	 */
	public function ends( string $kind, $file, $is_deleted ): void {
		$this->plugin->installed()->changed();
		if ( 'plugin' === $kind && true === $is_deleted && is_string( $file ) ) {
			$this->plugin->federation()->forget( $file );
		}
	}

	/**
	 * The folder of a package, or its file where it has none.
	 *
	 * @param string $file The plugin's file or the theme's folder.
	 */
	private static function folder( string $file ): string {
		return '.' === dirname( $file ) ? $file : dirname( $file );
	}
}
