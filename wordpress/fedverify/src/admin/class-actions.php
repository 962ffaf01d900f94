<?php
/**
 * What the pages can be asked to do.
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
 * Takes the forms of the plugin's pages. Each has a capability and a nonce of its own.
 */
final class Actions {

	private const FIELD = 'fedverify_action';

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
	 * Prints the fields that make a form one of these. To be used within a form that posts to a page of the plugin.
	 *
	 * @param string $action `verify`, `verify_all`, `install`, `dismiss`, `settings` or `export`.
	 * @param string $about  What it is about: a DID, the key of a dismissal, or a format.
	 */
	public static function fields( string $action, string $about = '' ): void {
		printf( '<input type="hidden" name="%s" value="%s">', esc_attr( self::FIELD ), esc_attr( $action ) );
		if ( '' !== $about ) {
			printf( '<input type="hidden" name="fedverify_about" value="%s">', esc_attr( $about ) );
		}
		// Without ids: a page has many of these.
		$nonce = wp_create_nonce( self::nonce( $action, $about ) );
		printf( '<input type="hidden" name="_wpnonce" value="%s">', esc_attr( $nonce ) );
		printf( '<input type="hidden" name="_wp_http_referer" value="%s">', esc_attr( remove_query_arg( array( '_wp_http_referer', 'fedverify-done' ) ) ) );
	}

	/**
	 * Prints a form of one button.
	 *
	 * @param string $action As above.
	 * @param string $about  As above.
	 * @param string $label  What the button says.
	 * @param string $object What it acts on, for those who hear the button alone; empty where the label says it.
	 * @param string $look   The button's classes.
	 */
	public static function button( string $action, string $about, string $label, string $object = '', string $look = 'button' ): void {
		printf( '<form method="post" action="%s" class="fedverify-button">', esc_url( Menu::url() ) );
		self::fields( $action, $about );
		printf( '<button type="submit" class="%s">%s', esc_attr( $look ), esc_html( $label ) );
		if ( '' !== $object ) {
			echo '<span class="screen-reader-text">: ' . esc_html( $object ) . '</span>';
		}
		echo '</button></form>';
	}

	/**
	 * Prints a link that looks like such a button.
	 *
	 * @param string $url    Where it leads.
	 * @param string $label  What it says.
	 * @param string $object What it acts on, for those who hear the link alone.
	 * @param string $look   Its classes.
	 */
	public static function link( string $url, string $label, string $object, string $look = 'button' ): void {
		printf(
			'<a class="%s" href="%s">%s<span class="screen-reader-text">: %s</span></a>',
			esc_attr( $look ),
			esc_url( $url ),
			esc_html( $label ),
			esc_html( $object )
		);
	}

	/**
	 * Does what the request asks for, if it asks for something.
	 */
	public function handle(): void {
		// phpcs:ignore WordPress.Security.NonceVerification.Missing -- The next lines check it.
		$action = isset( $_POST[ self::FIELD ] ) && is_string( $_POST[ self::FIELD ] ) ? sanitize_key( wp_unslash( $_POST[ self::FIELD ] ) ) : '';
		if ( '' === $action ) {
			return;
		}
		// phpcs:ignore WordPress.Security.NonceVerification.Missing, WordPress.Security.ValidatedSanitizedInput -- It is part of the nonce.
		$about = Identifier::sent( $_POST['fedverify_about'] ?? null );
		check_admin_referer( self::nonce( $action, $about ) );
		$capability = 'settings' === $action ? Menu::settings_capability() : Menu::capability();
		$capability = Federation_Actions::has( $action ) ? Federation_Actions::capability( $action ) : $capability;
		if ( ! current_user_can( $capability ) ) {
			wp_die( esc_html__( 'You are not allowed to do this.', 'fedverify' ), '', array( 'response' => 403 ) );
		}
		$this->run( $action, $about );
	}

	/**
	 * Does it, and answers the request.
	 *
	 * @param string $action As above, which the user may do.
	 * @param string $about  As above.
	 */
	private function run( string $action, string $about ): void {
		if ( Federation_Actions::has( $action ) ) {
			Feedback::redirect( Menu::url( array( 'tab' => 'federation' ) ), ( new Federation_Actions( $this->plugin ) )->run( $action, $about ) );
		}
		switch ( $action ) {
			case 'verify':
				Feedback::redirect( Menu::package_url( $about ), ( new Verify_Action( $this->plugin ) )->verify( $about ) );
				break;
			case 'verify_all':
				Feedback::redirect( Menu::url(), ( new Verify_Action( $this->plugin ) )->verify_all() );
				break;
			case 'install':
				( new Install_Page( $this->plugin ) )->confirmed( $about );
				break;
			case 'dismiss':
				Dismissals::dismiss( get_current_user_id(), $about );
				$back = wp_get_referer();
				Feedback::redirect( false === $back ? Menu::url() : $back, 'dismissed' );
				break;
			case 'settings':
				Feedback::redirect( Menu::url( array( 'tab' => 'settings' ) ), ( new Settings_Form( $this->plugin->settings() ) )->save() );
				break;
			case 'export':
				( new Verdict_Export( $this->plugin->verdicts() ) )->send( $about );
				break;
		}
	}

	/**
	 * What a nonce is for.
	 *
	 * @param string $action As above.
	 * @param string $about  As above.
	 * @return string
	 */
	private static function nonce( string $action, string $about ): string {
		return 'fedverify-' . $action . '-' . $about;
	}
}
