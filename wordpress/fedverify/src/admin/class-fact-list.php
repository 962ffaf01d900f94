<?php
/**
 * Names and values.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Prints a list of names and values.
 */
final class Fact_List {

	/**
	 * Prints the list.
	 *
	 * @param array[] $facts Each a name, which is escaped here, and a value that is HTML already.
	 */
	public static function render( array $facts ): void {
		if ( array() === $facts ) {
			return;
		}
		echo '<dl class="fedverify-facts">';
		foreach ( $facts as list( $name, $html ) ) {
			echo '<dt>' . esc_html( $name ) . '</dt><dd>';
			Markup::render( $html );
			echo '</dd>';
		}
		echo '</dl>';
	}
}
