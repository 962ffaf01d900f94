<?php
/**
 * The updates that wait.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Codes;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Plugin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Prints the updates that wait, why and until when, with what can be done.
 */
final class Held_Table {

	/**
	 * Prints the heading, and that nothing waits where fedverify only reports.
	 *
	 * @param bool $is_enforcing Whether updates wait.
	 */
	public static function render_heading( bool $is_enforcing ): void {
		if ( $is_enforcing ) {
			echo '<h2>' . esc_html__( 'Held updates', 'fedverify' ) . '</h2>';
			return;
		}
		echo '<h2>' . esc_html__( 'Updates that would be held', 'fedverify' ) . '</h2><p>';
		esc_html_e( 'fedverify is set to report only, so they do not wait: WordPress installs them with the next automatic updates.', 'fedverify' );
		echo '</p>';
	}

	/**
	 * Prints the table.
	 *
	 * @param array[] $held By DID, as Memory\Held keeps them.
	 */
	public static function render( array $held ): void {
		echo '<table class="widefat striped fedverify-table">';
		Table_Head::render(
			array(
				'package' => __( 'Update', 'fedverify' ),
				'text'    => __( 'Why it waits', 'fedverify' ),
				'when'    => __( 'Until', 'fedverify' ),
				'actions' => __( 'Actions', 'fedverify' ),
			)
		);
		echo '<tbody>';
		foreach ( $held as $did => $update ) {
			self::render_row( (string) $did, $update );
		}
		echo '</tbody></table>';
	}

	/**
	 * Prints one update.
	 *
	 * @param string $did    The identity.
	 * @param array  $update As Memory\Held keeps it.
	 */
	private static function render_row( string $did, array $update ): void {
		$name = (string) ( $update['name'] ?? $did );
		echo '<tr><th scope="row">';
		Markup::render( Markup::name_link( Menu::package_url( $did ), $name ) );
		/* translators: %s: version */
		echo '<br>' . esc_html( sprintf( __( 'Version %s', 'fedverify' ), Plain_Text::word( (string) ( $update['version'] ?? '' ) ) ) );
		echo '</th><td data-label="' . esc_attr__( 'Why it waits', 'fedverify' ) . '">';
		self::render_reason( $update );
		echo '</td><td data-label="' . esc_attr__( 'Until', 'fedverify' ) . '">';
		self::render_end( $update );
		echo '</td><td class="fedverify-actions">';
		self::render_actions( $did, $name, $update );
		echo '</td></tr>';
	}

	/**
	 * Prints why it waits.
	 *
	 * @param array $update As Memory\Held keeps it.
	 */
	private static function render_reason( array $update ): void {
		Markup::render( Markup::isolated( Codes::meaning( (string) ( $update['reason'] ?? '' ) ) ) );
		if ( '' !== (string) ( $update['message'] ?? '' ) ) {
			Markup::render( '<br><span class="fedverify-soft">' . Markup::isolated( Sentence::of( (string) $update['message'] ) ) . '</span>' );
		}
	}

	/**
	 * Prints until when it waits.
	 *
	 * @param array $update As Memory\Held keeps it.
	 */
	private static function render_end( array $update ): void {
		if ( is_int( $update['until'] ?? null ) ) {
			Markup::render( Moment::element( $update['until'] ) );
			echo '<br><span class="fedverify-soft">' . esc_html( Moment::distance( $update['until'], time() ) ) . '</span>';
		} else {
			esc_html_e( 'Until it is verified', 'fedverify' );
		}
	}

	/**
	 * Prints what can be done.
	 *
	 * @param string $did    The identity.
	 * @param string $name   What the package is called.
	 * @param array  $update As Memory\Held keeps it.
	 */
	private static function render_actions( string $did, string $name, array $update ): void {
		Actions::button( 'verify', $did, __( 'Verify now', 'fedverify' ), $name );
		$install = Plugin::get()->browser()->install_url( $did );
		if ( null !== $install ) {
			Actions::link( $install, __( 'Install now', 'fedverify' ), $name, 'button button-primary' );
		}
		if ( Install_Page::is_possible( $update ) ) {
			$url = Menu::url(
				array(
					'package' => $did,
					'tab'     => 'install',
				)
			);
			Actions::link( $url, __( 'Install at once…', 'fedverify' ), $name );
		}
	}
}
