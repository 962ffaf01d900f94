<?php
/**
 * The little markup that the screens are made of.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Prints markup that this plugin made. It is filtered once more: whatever a server said has been escaped before, and if that was
 * ever forgotten, nothing but these elements would come of it.
 */
final class Markup {

	private const ALLOWED = array(
		'a'       => array(
			'href'       => true,
			'class'      => true,
			'aria-label' => true,
		),
		'code'    => array(
			'class' => true,
			'dir'   => true,
		),
		'details' => array( 'class' => true ),
		'summary' => array(),
		'span'    => array(
			'class'       => true,
			'aria-hidden' => true,
		),
		'strong'  => array(),
		'time'    => array( 'datetime' => true ),
		'br'      => array(),
		'p'       => array( 'class' => true ),
		'ul'      => array( 'class' => true ),
		'li'      => array( 'class' => true ),
	);

	/**
	 * Prints it.
	 *
	 * @param string $html Made by this plugin; values in it are escaped.
	 */
	public static function render( string $html ): void {
		echo wp_kses( $html, self::ALLOWED, array( 'http', 'https', 'mailto' ) );
	}

	/**
	 * A link, escaped.
	 *
	 * @param string $url   Where it leads.
	 * @param string $text  What it says.
	 * @param string $about What it says to those who hear it alone; empty for the same.
	 * @return string HTML.
	 */
	public static function link( string $url, string $text, string $about = '' ): string {
		$label = '' === $about ? '' : ' aria-label="' . esc_attr( $about ) . '"';
		return '<a href="' . esc_url( $url, array( 'http', 'https', 'mailto' ) ) . '"' . $label . '>' . esc_html( $text ) . '</a>';
	}
}
