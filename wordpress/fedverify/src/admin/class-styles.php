<?php
/**
 * The style sheet.
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
 * Loads the style sheet on the screens that show something of this plugin.
 */
final class Styles {

	private const SCREENS = array( 'plugins.php', 'themes.php', 'update-core.php', 'plugin-install.php', 'theme-install.php', 'index.php' );

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * Makes it.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->plugin = $plugin;
	}

	/**
	 * Loads it. Hooked to `admin_enqueue_scripts`.
	 *
	 * @param mixed $screen The hook of the screen.
	 */
	public function load( $screen ): void {
		$is_ours = is_string( $screen ) && ( in_array( $screen, self::SCREENS, true ) || false !== strpos( $screen, Menu::PAGE ) );
		if ( ! $is_ours || ! current_user_can( Menu::capability() ) ) {
			return;
		}
		$path = dirname( $this->plugin->file() ) . '/assets/admin.css';
		wp_enqueue_style( 'fedverify-admin', plugins_url( 'assets/admin.css', $this->plugin->file() ), array( 'dashicons' ), (string) filemtime( $path ) );
	}
}
