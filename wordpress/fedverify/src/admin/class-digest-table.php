<?php
/**
 * The table of digests.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Federation\Digests;
use FedVerify\WordPress\Federation\Federated_Archive;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Prints which bytes versions have, and lets the owner take that back.
 */
final class Digest_Table {

	/**
	 * How many are shown.
	 */
	private const SHOWN = 50;

	/**
	 * Prints the table, if there is something in it.
	 *
	 * @param Digests $digests    The digests.
	 * @param bool    $may_decide Whether the user may take one back.
	 */
	public static function render( Digests $digests, bool $may_decide ): void {
		$all = $digests->newest( self::SHOWN );
		if ( array() === $all ) {
			return;
		}
		echo '<h3>' . esc_html__( 'Accepted versions', 'fedverify' ) . '</h3>';
		echo '<p>' . esc_html__( 'Other bytes for one of these versions are refused, whoever signed them. Take one back only if the archive that this site accepted was not the publisher’s.', 'fedverify' ) . '</p>';
		echo '<table class="widefat striped fedverify-table">';
		Table_Head::render(
			array(
				'package'  => __( 'Version', 'fedverify' ),
				'text'     => __( 'What binds the bytes', 'fedverify' ),
				'identity' => __( 'SHA-384', 'fedverify' ),
				'when'     => __( 'Since', 'fedverify' ),
				'actions'  => __( 'Actions', 'fedverify' ),
			)
		);
		echo '<tbody>';
		foreach ( $all as $name => $entry ) {
			self::render_row( (string) $name, $entry, $may_decide );
		}
		echo '</tbody></table>';
	}

	/**
	 * Prints a row.
	 *
	 * @param string $name       What the version is called.
	 * @param array  $entry      What is remembered; empty where it is damaged.
	 * @param bool   $may_decide Whether the user may take it back.
	 */
	private static function render_row( string $name, array $entry, bool $may_decide ): void {
		$sha384 = is_string( $entry['sha384'] ?? null ) ? $entry['sha384'] : '';
		echo '<tr><th scope="row">';
		Markup::render( Markup::isolated( $name ) );
		echo '</th><td data-label="' . esc_attr__( 'What binds the bytes', 'fedverify' ) . '">';
		echo esc_html( '' === $sha384 ? __( 'The stored record is damaged, so this version is not installed.', 'fedverify' ) : self::binding( (string) ( $entry['binding'] ?? '' ) ) );
		echo '</td><td data-label="SHA-384">';
		Markup::render( '' === $sha384 ? '' : Identifier::short_code( $sha384 ) );
		echo '</td><td data-label="' . esc_attr__( 'Since', 'fedverify' ) . '">';
		Markup::render( is_int( $entry['at'] ?? null ) ? Moment::element( $entry['at'] ) : '' );
		echo '</td><td class="fedverify-actions">';
		if ( $may_decide ) {
			Actions::button( 'federation_digest', $name, __( 'Take back', 'fedverify' ), $name );
		}
		echo '</td></tr>';
	}

	/**
	 * What binds the bytes, in a sentence.
	 *
	 * @param string $binding The binding.
	 */
	private static function binding( string $binding ): string {
		if ( Federated_Archive::UNSIGNED === $binding ) {
			return __( 'The archive is not signed, which you had allowed.', 'fedverify' );
		}
		return Federated_Archive::SIGNED === $binding ? __( 'The publisher’s key signed the archive.', 'fedverify' ) : __( 'The archive has the bytes that were recorded for this version.', 'fedverify' );
	}
}
