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
	 * Quotation marks of any language, and what looks like one: everything that opens or closes a quotation. Not U+0027.
	 */
	private const QUOTATION_MARKS = '~["\p{Pi}\p{Pf}\x{201a}\x{201e}\x{2ba}\x{2dd}\x{2ee}\x{5f4}\x{2033}\x{2036}\x{275b}-\x{275e}\x{2760}\x{276e}\x{276f}\x{300a}-\x{300f}\x{301d}-\x{301f}\x{fe41}-\x{fe44}\x{ff02}\x{ff62}\x{ff63}\x{1f676}-\x{1f678}]~u';

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
		$line = preg_replace( '~(?:(?![\x{200c}\x{200d}])[\p{Zl}\p{Zp}\s\p{C}])++~u', ' ', $text );
		// Where PHP's limits end that, less is better than nothing.
		return trim( $line ?? (string) preg_replace( '~[^\x21-\x7e]++~', ' ', $text ) );
	}

	/**
	 * As line(), in quotation marks, which it cannot close.
	 *
	 * @param string $text      Any bytes.
	 * @param int    $max_bytes How many bytes at most.
	 */
	public static function quoted( string $text, int $max_bytes = self::MAX_BYTES ): string {
		return '"' . self::without_quotation_marks( self::line( $text, $max_bytes ) ) . '"';
	}

	/**
	 * With apostrophes for quotation marks.
	 *
	 * @param string $line As line() gives it.
	 */
	private static function without_quotation_marks( string $line ): string {
		return (string) preg_replace( self::QUOTATION_MARKS, "'", $line );
	}

	/**
	 * As part of a sentence: a word, such as a version or a URL, as it is, and anything else in quotation marks, so that it cannot continue
	 * the sentence or begin one.
	 *
	 * @param string $text      Any bytes.
	 * @param int    $max_bytes How many bytes at most.
	 */
	public static function word( string $text, int $max_bytes = self::MAX_BYTES ): string {
		$line = self::line( $text, $max_bytes );
		return 1 === preg_match( '~\A[\x21\x23-\x7e]+\z~', $line ) ? $line : self::quoted( $text, $max_bytes );
	}

	/**
	 * Whether a string can be a version that WordPress is told of: in some places it prints one unescaped.
	 *
	 * @param string $text Any bytes.
	 */
	public static function is_version( string $text ): bool {
		return 1 === preg_match( '/\A[A-Za-z0-9._+~-]{1,128}\z/', $text );
	}

	/**
	 * The name of a package, and a version, as part of a sentence: in quotation marks that it cannot close, and isolated, so that a name that
	 * is written from right to left moves nothing around it.
	 *
	 * @param string $name    The name, as the package says it.
	 * @param string $version A version; empty: none.
	 */
	public static function name( string $name, string $version = '' ): string {
		$text = trim( self::shortened( $name, self::NAME ) . ' ' . self::shortened( $version, self::VERSION ) );
		$text = self::without_quotation_marks( $text );
		if ( is_rtl() || 1 === preg_match( self::FROM_RIGHT, $text ) ) {
			// U+2068 FIRST STRONG ISOLATE and U+2069 POP DIRECTIONAL ISOLATE.
			$text = "\u{2068}$text\u{2069}";
		}
		/* translators: %s: name of a plugin or theme, and a version. In the quotation marks of your language. */
		return sprintf( __( '“%s”', 'fedverify' ), $text );
	}

	/**
	 * Text in which nothing is a tag, for e-mail, which some sites send as HTML. Nothing of it is lost.
	 *
	 * @param string $text On one line.
	 */
	public static function without_tags( string $text ): string {
		return (string) preg_replace( '~<(?=[a-z/!?])~i', '< ', $text );
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
