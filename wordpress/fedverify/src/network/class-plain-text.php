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
	 * The most that a sentence has of a name, and of the version behind it, in characters.
	 */
	private const NAME    = 80;
	private const VERSION = 40;

	/**
	 * Characters of scripts that are written from right to left.
	 */
	private const FROM_RIGHT = '~[\x{590}-\x{8ff}\x{fb1d}-\x{fdff}\x{fe70}-\x{feff}\x{10800}-\x{10fff}\x{1e800}-\x{1efff}]~u';

	/**
	 * On one line, without control characters and those that turn the direction of writing around, and not too long.
	 *
	 * @param string $text      Any bytes.
	 * @param int    $max_bytes How many bytes at most.
	 */
	public static function line( string $text, int $max_bytes = self::MAX_BYTES ): string {
		$text = self::cut( self::utf8( $text ), $max_bytes );
		// Words of some languages have joiners in them, which change nothing else.
		return trim( (string) preg_replace( '~(?:[\p{Zl}\p{Zp}\s]|(?![\x{200c}\x{200d}])\p{C})+~u', ' ', $text ) );
	}

	/**
	 * As line(), in quotation marks, which it cannot close.
	 *
	 * @param string $text      Any bytes.
	 * @param int    $max_bytes How many bytes at most.
	 */
	public static function quoted( string $text, int $max_bytes = self::MAX_BYTES ): string {
		return '"' . str_replace( '"', "'", self::line( $text, $max_bytes ) ) . '"';
	}

	/**
	 * As part of a sentence: a word, such as a version or a URL, as it is, and anything else in quotation marks, so that it cannot go on
	 * with the sentence or begin one.
	 *
	 * @param string $text      Any bytes.
	 * @param int    $max_bytes How many bytes at most.
	 */
	public static function word( string $text, int $max_bytes = self::MAX_BYTES ): string {
		$line = self::line( $text, $max_bytes );
		return 1 === preg_match( '~\A[\x21\x23-\x7e]+\z~', $line ) ? $line : self::quoted( $text, $max_bytes );
	}

	/**
	 * The name of a package, and a version, as part of a sentence: in quotation marks that it cannot close, and isolated, so that a name that
	 * is written from right to left moves nothing around it.
	 *
	 * @param string $name    The name, as the package says it.
	 * @param string $version A version; empty: none.
	 */
	public static function name( string $name, string $version = '' ): string {
		$text = trim( self::shortened( wp_strip_all_tags( $name ), self::NAME ) . ' ' . self::shortened( $version, self::VERSION ) );
		$text = (string) preg_replace( '~["“”„‟«»″]~u', "'", $text );
		if ( is_rtl() || 1 === preg_match( self::FROM_RIGHT, $text ) ) {
			// U+2068 FIRST STRONG ISOLATE and U+2069 POP DIRECTIONAL ISOLATE.
			$text = "\u{2068}$text\u{2069}";
		}
		/* translators: %s: name of a plugin or theme, and a version. In the quotation marks of your language. */
		return sprintf( __( '“%s”', 'fedverify' ), $text );
	}

	/**
	 * The first characters of a string, on one line.
	 *
	 * @param string $text           Any bytes.
	 * @param int    $max_characters How many characters at most.
	 */
	private static function shortened( string $text, int $max_characters ): string {
		$line = self::line( $text, 4 * self::NAME + 4 );
		preg_match( '~\A.{0,' . $max_characters . '}~us', $line, $start );
		return $start[0] === $line ? $line : trim( $start[0] ) . '…';
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
