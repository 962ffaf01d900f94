<?php
/**
 * The little markup that the screens are made of.
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
 * Prints markup that this plugin made. It is filtered once more: whatever a server said has been escaped before, and if that was
 * ever forgotten, nothing but these elements would come of it.
 */
final class Markup {

	/**
	 * How long a text that others wrote may be, in bytes.
	 */
	private const LONGEST = 8000;

	private const ALLOWED = array(
		'bdi'     => array(),
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
	 * A text that others wrote, escaped: a name, or a message in English. It is isolated, so that on a page that is written from right to
	 * left it is read in its own direction, and moves nothing around it.
	 *
	 * @param string $text The text.
	 * @return string HTML.
	 */
	public static function isolated( string $text ): string {
		$line = Plain_Text::line( $text, self::LONGEST );
		return '' === $line ? '' : '<bdi>' . esc_html( $line ) . '</bdi>';
	}

	/**
	 * A sentence with such strings in it, escaped.
	 *
	 * @param string $sentence Translated, with a place for each.
	 * @param string ...$texts The texts.
	 * @return string HTML.
	 */
	public static function sentence( string $sentence, string ...$texts ): string {
		return vsprintf( esc_html( $sentence ), array_map( array( self::class, 'isolated' ), $texts ) );
	}

	/**
	 * A sentence about a package, escaped. What Plain_Text::name() isolates inside the quotation marks stays isolated there.
	 *
	 * @param string $sentence Translated, with a place for the name.
	 * @param string $name     As Plain_Text::name() gives it.
	 * @return string HTML.
	 */
	public static function about( string $sentence, string $name ): string {
		$isolates = array(
			"\u{2068}" => '<bdi>',
			"\u{2069}" => '</bdi>',
		);
		return sprintf( esc_html( $sentence ), strtr( esc_html( $name ), $isolates ) );
	}

	/**
	 * A link that says a name, escaped.
	 *
	 * @param string $url  Where it leads.
	 * @param string $name The name.
	 * @return string HTML.
	 */
	public static function name_link( string $url, string $name ): string {
		return '<a href="' . esc_url( $url, array( 'http', 'https', 'mailto' ) ) . '">' . self::isolated( $name ) . '</a>';
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
