<?php
/**
 * What servers sent, in messages.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Network;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Makes strings from elsewhere safe to print as text, on a terminal too. For HTML they are still escaped.
 */
final class Plain_Text {

	private const MAX_BYTES = 300;

	/**
	 * On one line, without control characters, and not too long.
	 *
	 * @param string $text      Any bytes.
	 * @param int    $max_bytes How many bytes at most.
	 */
	public static function line( string $text, int $max_bytes = self::MAX_BYTES ): string {
		$text = self::cut( self::utf8( $text ), $max_bytes );
		return trim( (string) preg_replace( '~[\p{C}\p{Zl}\p{Zp}\s]+~u', ' ', $text ) );
	}

	/**
	 * As line(), in quotation marks.
	 *
	 * @param string $text Any bytes.
	 */
	public static function quoted( string $text ): string {
		return '"' . self::line( $text ) . '"';
	}

	/**
	 * The first bytes of a string in UTF-8, without half a character at the end.
	 *
	 * @param string $text      In UTF-8.
	 * @param int    $max_bytes How many bytes at most.
	 */
	public static function cut( string $text, int $max_bytes ): string {
		if ( strlen( $text ) <= $max_bytes ) {
			return $text;
		}
		while ( $max_bytes > 0 && 0x80 === ( ord( $text[ $max_bytes ] ) & 0xc0 ) ) {
			--$max_bytes;
		}
		return substr( $text, 0, $max_bytes );
	}

	/**
	 * A string in UTF-8: bytes that are not become question marks.
	 *
	 * @param string $text Any bytes.
	 */
	private static function utf8( string $text ): string {
		return 1 === preg_match( '~~u', $text ) ? $text : (string) preg_replace( '~[^\x20-\x7e]~', '?', $text );
	}
}
