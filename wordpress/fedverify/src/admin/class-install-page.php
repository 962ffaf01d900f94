<?php
/**
 * "Install at once".
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
 * Shows what changed before an update that waits is installed, and leads to WordPress's own updater. Every gate still verifies
 * the update there: only the waiting ends.
 */
final class Install_Page {

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
	 * Whether an update that waits may be installed by an administrator who has read what changed.
	 *
	 * @param array $held As Memory\Held keeps it.
	 * @return bool
	 */
	public static function is_possible( array $held ): bool {
		return 'wordpress.held.fresh_key' === ( $held['reason'] ?? null );
	}

	/**
	 * The update of a package that waits.
	 *
	 * @param string $did The identity.
	 * @return array|null As Memory\Held keeps it; null where none waits.
	 */
	private function held( string $did ): ?array {
		return $this->plugin->fresh_keys()->listed()[ $did ] ?? null;
	}

	/**
	 * Prints the page.
	 *
	 * @param string $did The identity.
	 */
	public function render( string $did ): void {
		$held   = $this->held( $did );
		$record = $this->plugin->identities()->get( $did );
		echo '<h1>' . esc_html__( 'Install at once', 'fedverify' ) . '</h1>';
		Feedback::render();
		if ( null === $held || null === $record || ! self::is_possible( $held ) ) {
			echo '<p>' . esc_html__( 'No update of this package waits for a new key.', 'fedverify' ) . '</p>';
			echo '<p>';
			Markup::render( Markup::link( Menu::url(), __( 'Back to the overview', 'fedverify' ) ) );
			echo '</p>';
			return;
		}
		/* translators: 1: name of a plugin or theme, 2: version */
		$heading = Markup::sentence( __( '%1$s %2$s', 'fedverify' ), (string) $held['name'], (string) $held['version'] );
		echo '<h2>';
		Markup::render( $heading );
		echo '</h2>';
		self::render_risk( $held );
		echo '<h2>' . esc_html__( 'What changed', 'fedverify' ) . '</h2>';
		$contestable = array_filter(
			Timeline::of( $record->history(), $record->contestable() ),
			static function ( Timeline_Entry $entry ): bool {
				return null !== $entry->undoable_until();
			}
		);
		Timeline_View::render( array_values( $contestable ) );
		self::render_form( $did );
	}

	/**
	 * Prints what there is to lose.
	 *
	 * @param array $held As Memory\Held keeps it.
	 */
	private static function render_risk( array $held ): void {
		echo '<div class="notice notice-warning inline"><p>';
		esc_html_e( 'The key that signed this update is new. If a thief added it, the owner of the identity can still undo that, and the update with it. Automatic updates wait until this is over.', 'fedverify' );
		echo '</p>';
		if ( is_int( $held['until'] ?? null ) ) {
			/* translators: %s: date and time */
			echo '<p>' . esc_html( sprintf( __( 'If you do nothing, it can be installed automatically after %s.', 'fedverify' ), Moment::text( $held['until'] ) ) ) . '</p>';
		}
		echo '<p>' . esc_html__( 'Install it at once only if you know that the publisher changed the key, for example because they announced it.', 'fedverify' ) . '</p></div>';
	}

	/**
	 * Prints the confirmation.
	 *
	 * @param string $did The identity.
	 */
	private static function render_form( string $did ): void {
		printf( '<form method="post" action="%s">', esc_url( Menu::url() ) );
		Actions::fields( 'install', $did );
		echo '<p><label><input type="checkbox" name="fedverify_read" value="1" required> ';
		esc_html_e( 'I have read what changed.', 'fedverify' );
		echo '</label></p><p class="fedverify-actions"><button type="submit" class="button button-primary">';
		esc_html_e( 'Install at once', 'fedverify' );
		printf( '</button> <a class="button" href="%s">%s</a></p></form>', esc_url( Menu::url() ), esc_html__( 'Keep waiting', 'fedverify' ) );
	}

	/**
	 * Goes to WordPress's updater. The nonce and the capability for this page have been checked.
	 *
	 * @param string $did The identity.
	 */
	public function confirmed( string $did ): void {
		$held = $this->held( $did );
		if ( null === $held || ! self::is_possible( $held ) ) {
			Feedback::redirect( Menu::url(), 'gone' );
		}
		$is_theme = 'theme' === $held['kind'];
		if ( ! current_user_can( $is_theme ? 'update_themes' : 'update_plugins' ) ) {
			wp_die( esc_html__( 'You are not allowed to do this.', 'fedverify' ), '', array( 'response' => 403 ) );
		}
		// phpcs:ignore WordPress.Security.NonceVerification.Missing -- Actions::handle() has checked it.
		if ( ! isset( $_POST['fedverify_read'] ) ) {
			Feedback::redirect(
				Menu::url(
					array(
						'package' => $did,
						'tab'     => 'install',
					)
				),
				'confirm'
			);
		}
		wp_safe_redirect( self::updater_url( (string) $held['kind'], (string) $held['file'] ) );
		exit;
	}

	/**
	 * The address of WordPress's updater. In a network of sites that of the network's dashboard, which is where this plugin's pages
	 * are: a script's request does not tell WordPress so.
	 */
	public static function updater(): string {
		return is_multisite() ? network_admin_url( 'update.php' ) : admin_url( 'update.php' );
	}

	/**
	 * The address of WordPress's updater for a package.
	 *
	 * @param string $kind 'plugin' or 'theme'.
	 * @param string $file The plugin's file or the theme's stylesheet.
	 * @return string
	 */
	public static function updater_url( string $kind, string $file ): string {
		$action = 'theme' === $kind ? 'upgrade-theme' : 'upgrade-plugin';
		$url    = add_query_arg(
			array(
				'action' => $action,
				$kind    => rawurlencode( $file ),
			),
			self::updater()
		);
		return add_query_arg( '_wpnonce', wp_create_nonce( $action . '_' . $file ), $url );
	}
}
