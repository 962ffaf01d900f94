<?php
/**
 * Where the pages of the plugin are.
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
 * Adds one page below "Plugins": the site's, or the network's where there is one. Its tabs are the plugin's pages.
 */
final class Menu {

	public const PAGE = 'fedverify';

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * Makes the menu.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->plugin = $plugin;
	}

	/**
	 * Adds the page. Hooked to `admin_menu`, and to `network_admin_menu` on a multisite.
	 */
	public function add(): void {
		if ( is_multisite() !== is_network_admin() ) {
			return;
		}
		$count = count( $this->plugin->fresh_keys()->waiting() ) + $this->plugin->federation()->waiting();
		$title = esc_html__( 'Verification', 'fedverify' );
		if ( $count > 0 ) {
			/* translators: %s: how many updates are held */
			$about  = sprintf( _n( '%s held update', '%s held updates', $count, 'fedverify' ), number_format_i18n( $count ) );
			$title .= ' <span class="update-plugins"><span class="plugin-count" aria-hidden="true">' . esc_html( number_format_i18n( $count ) )
				. '</span><span class="screen-reader-text">' . esc_html( $about ) . '</span></span>';
		}
		$hook = add_submenu_page( 'plugins.php', __( 'Verification of packages', 'fedverify' ), $title, self::capability(), self::PAGE, array( $this, 'render' ) );
		if ( is_string( $hook ) ) {
			add_action( 'load-' . $hook, array( $this, 'load' ) );
		}
	}

	/**
	 * The address of a page of the plugin.
	 *
	 * @param array $arguments `tab`, `package` (a DID) and others.
	 * @return string Not escaped.
	 */
	public static function url( array $arguments = array() ): string {
		$base = is_multisite() ? network_admin_url( 'plugins.php' ) : admin_url( 'plugins.php' );
		return add_query_arg( array_map( 'rawurlencode', array( 'page' => self::PAGE ) + $arguments ), $base );
	}

	/**
	 * The address of the page of a package.
	 *
	 * @param string $did Its identity.
	 * @return string Not escaped.
	 */
	public static function package_url( string $did ): string {
		if ( 0 !== strpos( $did, 'did:' ) && false !== strpos( $did, '@' ) ) {
			// A plugin of a federation source.
			return self::url( array( 'tab' => 'federation' ) );
		}
		return self::url( array( 'package' => $did ) );
	}

	/**
	 * Adds a link to the row of this plugin. Hooked to `plugin_action_links_…`.
	 *
	 * @param mixed $links The links.
	 * @return mixed
	 */
	public static function link( $links ) {
		if ( ! is_array( $links ) || ! current_user_can( self::capability() ) || is_multisite() !== is_network_admin() ) {
			return $links;
		}
		// Listed as inactive, and running all the same: a must-use plugin requires it. Deleting it would end the protection unseen.
		if ( isset( $links['delete'] ) ) {
			$links['delete'] = esc_html__( 'Required by a must-use plugin', 'fedverify' );
		}
		return array( 'fedverify' => Markup::link( self::url(), __( 'Verification', 'fedverify' ) ) ) + $links;
	}

	/**
	 * Does what was asked for, before anything is printed.
	 */
	public function load(): void {
		try {
			( new Actions( $this->plugin ) )->handle();
		} catch ( \Throwable $failure ) {
			\FedVerify\WordPress\Guard::log( $failure );
			Feedback::redirect( self::url(), 'failed' );
		}
	}

	/**
	 * Prints the page.
	 */
	public function render(): void {
		if ( ! current_user_can( self::capability() ) ) {
			return;
		}
		echo '<div class="wrap fedverify">';
		try {
			$this->render_page();
		} catch ( \Throwable $failure ) {
			\FedVerify\WordPress\Guard::log( $failure );
			$message = __( 'This page failed. The recent verdicts say why; nothing was changed.', 'fedverify' );
			echo '<div class="notice notice-error inline"><p>' . esc_html( $message ) . '</p></div>';
		}
		echo '</div>';
	}

	/**
	 * Prints the page that the address names.
	 */
	private function render_page(): void {
		// phpcs:disable WordPress.Security.NonceVerification.Recommended -- These only choose what is shown.
		$did   = Identifier::sent( $_GET['package'] ?? null ); // phpcs:ignore WordPress.Security.ValidatedSanitizedInput -- It is escaped where it is printed.
		$asked = isset( $_GET['tab'] ) && is_string( $_GET['tab'] ) ? sanitize_key( wp_unslash( $_GET['tab'] ) ) : 'overview';
		// phpcs:enable
		if ( '' !== $did ) {
			( 'install' === $asked ? new Install_Page( $this->plugin ) : new Package_Page( $this->plugin ) )->render( $did );
			return;
		}
		$tabs = $this->tabs();
		$tab  = isset( $tabs[ $asked ] ) ? $asked : 'overview';
		echo '<h1>' . esc_html__( 'Verification of packages', 'fedverify' ) . '</h1>';
		Feedback::render();
		echo '<nav class="nav-tab-wrapper" aria-label="' . esc_attr__( 'Pages of fedverify', 'fedverify' ) . '">';
		foreach ( $tabs as $name => $label ) {
			printf(
				'<a href="%s" class="nav-tab%s"%s>%s</a>',
				esc_url( self::url( array( 'tab' => $name ) ) ),
				$name === $tab ? ' nav-tab-active' : '',
				$name === $tab ? ' aria-current="page"' : '',
				esc_html( $label )
			);
		}
		echo '</nav>';
		$this->page( $tab )->render();
	}

	/**
	 * The tabs that this user may see.
	 *
	 * @return string[] Labels by name.
	 */
	private function tabs(): array {
		$tabs = array(
			'overview'   => __( 'Overview', 'fedverify' ),
			'federation' => __( 'Federation', 'fedverify' ),
			'verdicts'   => __( 'Verdicts', 'fedverify' ),
		);
		if ( current_user_can( self::settings_capability() ) ) {
			$tabs['settings'] = __( 'Settings', 'fedverify' );
		}
		return $tabs;
	}

	/**
	 * The page of a tab.
	 *
	 * @param string $tab The tab.
	 * @return Overview_Page|Federation_Page|Verdicts_Page|Settings_Page
	 */
	private function page( string $tab ) {
		if ( 'settings' === $tab ) {
			return new Settings_Page( $this->plugin->settings() );
		}
		if ( 'federation' === $tab ) {
			return new Federation_Page( $this->plugin );
		}
		return 'verdicts' === $tab ? new Verdicts_Page( $this->plugin ) : new Overview_Page( $this->plugin );
	}

	/**
	 * Who may see what was verified, and verify. Not `update_plugins`: nobody has that where files are managed from outside
	 * (DISALLOW_FILE_MODS), and the identities are checked there, too.
	 *
	 * @return string
	 */
	public static function capability(): string {
		return is_multisite() ? 'manage_network_plugins' : 'activate_plugins';
	}

	/**
	 * Who may change the settings.
	 *
	 * @return string
	 */
	public static function settings_capability(): string {
		return is_multisite() ? 'manage_network_options' : 'manage_options';
	}
}
