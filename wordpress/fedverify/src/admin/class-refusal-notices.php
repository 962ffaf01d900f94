<?php
/**
 * Notices of what was refused.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Codes;
use FedVerify\WordPress\Memory\Verdict;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Plugin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Says on the screens where packages are managed what was refused, why, what is installed, and what to do.
 */
final class Refusal_Notices {

	private const SCREENS   = array( 'dashboard', 'plugins', 'themes', 'update-core', 'plugin-install', 'theme-install', 'plugins_page_fedverify' );
	private const LOOKED_AT = 50;

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * Makes them.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->plugin = $plugin;
	}

	/**
	 * Prints the notices. Hooked to `admin_notices` and `network_admin_notices`.
	 */
	public function render(): void {
		if ( ! self::is_wanted() ) {
			return;
		}
		$verdicts = $this->plugin->verdicts()->recent( self::LOOKED_AT );
		$chosen   = Notice_Choice::of( $verdicts, Dismissals::of( get_current_user_id(), time() ) );
		foreach ( array_slice( $chosen, 0, Notice_Choice::MOST ) as $verdict ) {
			$this->render_refusal( $verdict );
		}
		$more = count( $chosen ) - Notice_Choice::MOST;
		if ( $more > 0 ) {
			echo '<div class="notice notice-error"><p>';
			/* translators: %s: how many */
			echo esc_html( sprintf( _n( 'fedverify refused %s other package.', 'fedverify refused %s other packages.', $more, 'fedverify' ), number_format_i18n( $more ) ) ) . ' ';
			Markup::render( Markup::link( Menu::url( array( 'tab' => 'verdicts' ) ), __( 'All verdicts', 'fedverify' ) ) );
			echo '</p></div>';
		}
		$this->render_held();
	}

	/**
	 * Whether this user on this screen should see them.
	 *
	 * @return bool
	 */
	private static function is_wanted(): bool {
		$screen = function_exists( 'get_current_screen' ) ? get_current_screen() : null;
		if ( null === $screen || ! current_user_can( Menu::capability() ) || is_multisite() !== is_network_admin() ) {
			return false;
		}
		// The page of a package shows its state.
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- Only chooses what is shown.
		return ! isset( $_GET['package'] ) && in_array( preg_replace( '/-network\z/', '', $screen->id ), self::SCREENS, true );
	}

	/**
	 * Prints one refusal.
	 *
	 * @param Verdict $verdict The refusal.
	 */
	private function render_refusal( Verdict $verdict ): void {
		$package = '' === $verdict->did() ? null : $this->plugin->installed()->by_did( $verdict->did() );
		$name    = self::name( $verdict, $package );
		$title   = self::title( $verdict );
		echo '<div class="notice notice-error fedverify-notice"><p>';
		Markup::render( '<strong>' . Markup::about( $title, $name ) . '</strong>' );
		echo '</p><p>';
		Markup::render( Markup::isolated( Codes::meaning( $verdict->code() ) ) . ' ' . Markup::isolated( Sentence::of( $verdict->message() ) ) . ' <code dir="ltr">' . esc_html( $verdict->code() ) . '</code>' );
		echo '</p><p>' . esc_html( self::installed( $verdict, $package ) ) . ' ';
		Markup::render( Markup::isolated( Codes::remedy( $verdict->code() ) ) );
		echo '</p><div class="fedverify-actions">';
		if ( '' !== $verdict->did() ) {
			printf( '<a class="button" href="%s">%s</a>', esc_url( Menu::package_url( $verdict->did() ) ), esc_html__( 'Identity and history', 'fedverify' ) );
		}
		Actions::button( 'dismiss', Dismissals::key( $verdict ), __( 'Dismiss', 'fedverify' ), sprintf( $title, $name ), 'button button-link' );
		echo '</div></div>';
	}

	/**
	 * What was refused: its name and version.
	 *
	 * @param Verdict      $verdict The refusal.
	 * @param Package|null $package What is installed.
	 * @return string
	 */
	private static function name( Verdict $verdict, ?Package $package ): string {
		$name = '' !== $verdict->name() || null === $package ? $verdict->name() : $package->name();
		if ( '' === $name ) {
			$name = '' === $verdict->did() ? __( 'a package', 'fedverify' ) : Identifier::short( $verdict->did() );
		}
		return Plain_Text::name( $name, $verdict->version() );
	}

	/**
	 * The heading, with a place for the name.
	 *
	 * @param Verdict $verdict The refusal.
	 * @return string
	 */
	private static function title( Verdict $verdict ): string {
		if ( $verdict->is_only_reported() ) {
			/* translators: %s: name and version of a plugin or theme */
			return __( 'fedverify would have refused %s', 'fedverify' );
		}
		/* translators: %s: name and version of a plugin or theme */
		return __( 'fedverify refused %s', 'fedverify' );
	}

	/**
	 * What came of it.
	 *
	 * @param Verdict      $verdict The refusal.
	 * @param Package|null $package What is installed.
	 * @return string
	 */
	private static function installed( Verdict $verdict, ?Package $package ): string {
		if ( $verdict->is_only_reported() ) {
			return __( 'fedverify did not stop it, because it was set to report only.', 'fedverify' );
		}
		if ( null === $package ) {
			return __( 'Nothing was installed.', 'fedverify' );
		}
		/* translators: %s: version */
		return sprintf( __( 'Version %s is still installed and was not changed.', 'fedverify' ), Plain_Text::word( $package->version() ) );
	}

	/**
	 * Prints that updates wait.
	 */
	private function render_held(): void {
		$screen = get_current_screen();
		$count  = count( $this->plugin->fresh_keys()->waiting() );
		// The overview has them in full.
		if ( 0 === $count || ( null !== $screen && false !== strpos( $screen->id, Menu::PAGE ) ) ) {
			return;
		}
		echo '<div class="notice notice-warning fedverify-notice"><p>';
		/* translators: %s: how many */
		echo esc_html( sprintf( _n( 'fedverify holds %s update until it can be verified or its new key can no longer be undone.', 'fedverify holds %s updates until they can be verified or their new keys can no longer be undone.', $count, 'fedverify' ), number_format_i18n( $count ) ) ) . ' ';
		Markup::render( Markup::link( Menu::url(), __( 'Held updates', 'fedverify' ) ) );
		echo '</p></div>';
	}
}
