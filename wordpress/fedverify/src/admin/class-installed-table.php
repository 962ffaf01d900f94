<?php
/**
 * The installed packages that have an identity.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Network\Plain_Text;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Prints the installed packages that have a DID, and how they stand.
 */
final class Installed_Table {

	/**
	 * Prints the table.
	 *
	 * @param Known_Package[] $packages The packages.
	 */
	public static function render( array $packages ): void {
		if ( array() === $packages ) {
			echo '<p>' . esc_html__( 'No installed plugin or theme has a decentralised identifier (DID). fedverify leaves all others alone.', 'fedverify' ) . '</p>';
			return;
		}
		echo '<table class="widefat striped fedverify-table">';
		Table_Head::render(
			array(
				'package'  => __( 'Package', 'fedverify' ),
				'text'     => __( 'State', 'fedverify' ),
				'identity' => __( 'Identity', 'fedverify' ),
				'when'     => __( 'Last verified', 'fedverify' ),
				'actions'  => __( 'Actions', 'fedverify' ),
			)
		);
		echo '<tbody>';
		foreach ( $packages as $package ) {
			self::render_row( $package );
		}
		echo '</tbody></table><p>';
		Actions::button( 'verify_all', '', __( 'Verify all now', 'fedverify' ) );
		echo '</p>';
	}

	/**
	 * Prints one package.
	 *
	 * @param Known_Package $package The package.
	 */
	private static function render_row( Known_Package $package ): void {
		echo '<tr><th scope="row">';
		Markup::render( Markup::name_link( Menu::package_url( $package->did() ), $package->name() ) );
		$kind = 'theme' === $package->package()->kind() ? __( 'Theme', 'fedverify' ) : __( 'Plugin', 'fedverify' );
		/* translators: 1: what it is, a plugin or a theme, 2: its version */
		echo '<br><span class="fedverify-soft">' . esc_html( sprintf( __( '%1$s, version %2$s', 'fedverify' ), $kind, Plain_Text::word( $package->package()->version() ) ) ) . '</span>';
		echo '</th><td data-label="' . esc_attr__( 'State', 'fedverify' ) . '">';
		Markup::render( Package_Status::badge( $package->state() ) );
		$refusal = $package->refusal();
		if ( null !== $refusal ) {
			Markup::render( '<br><span class="fedverify-soft">' . Markup::isolated( Sentence::of( (string) ( $refusal['message'] ?? '' ) ) ) . '</span>' );
		}
		echo '</td><td data-label="' . esc_attr__( 'Identity', 'fedverify' ) . '">';
		Markup::render( Identifier::short_code( $package->did() ) );
		echo '</td><td data-label="' . esc_attr__( 'Last verified', 'fedverify' ) . '">';
		$at = null === $package->record() ? 0 : (int) $package->record()->verified_at();
		if ( $at > 0 ) {
			echo esc_html( Moment::distance( $at, time() ) );
		} else {
			esc_html_e( 'Never', 'fedverify' );
		}
		echo '</td><td class="fedverify-actions">';
		Actions::button( 'verify', $package->did(), __( 'Verify now', 'fedverify' ), $package->name() );
		echo '</td></tr>';
	}
}
