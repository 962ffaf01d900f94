<?php
/**
 * The headings of a table.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Prints the head of one of the plugin's tables.
 */
final class Table_Head {

	/**
	 * Prints it.
	 *
	 * @param string[] $headings What the columns are called, by what they hold; the style sheet gives each its width.
	 */
	public static function render( array $headings ): void {
		echo '<thead><tr>';
		foreach ( $headings as $name => $heading ) {
			printf( '<th scope="col" class="fedverify-of-%s">%s</th>', esc_attr( $name ), esc_html( $heading ) );
		}
		echo '</tr></thead>';
	}
}
