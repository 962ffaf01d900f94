<?php
/**
 * DIDs, CIDs and keys as people read them.
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
 * Shortens long identifiers. Wherever a short one is shown, the full one can be reached and copied.
 */
final class Identifier {

	/**
	 * How much of one is printed, in bytes.
	 */
	private const LONGEST = 10000;

	private const KEPT_AT_START = 6;
	private const KEPT_AT_END   = 4;

	/**
	 * An identifier that a request names, on one line. WordPress's sanitize_text_field() would take away what is percent-encoded,
	 * such as the port of a did:web, and so name another one.
	 *
	 * @param mixed $value What was sent.
	 * @return string Not escaped; empty where there is none.
	 */
	public static function sent( $value ): string {
		return is_string( $value ) && strlen( $value ) <= 10000 ? trim( (string) preg_replace( '/[\x00-\x1f\x7f]/', '', wp_unslash( $value ) ) ) : '';
	}

	/**
	 * The identifier with its middle left out: `did:plc:6fub4j…vrax`.
	 *
	 * @param string $value A DID, a CID, a did:key or a digest.
	 * @return string
	 */
	public static function short( string $value ): string {
		$prefix = 1 === preg_match( '/\Adid:(?:plc|key):/', $value, $found ) ? $found[0] : '';
		$rest   = substr( $value, strlen( $prefix ) );
		// A did:web is a name that people read, and a short value has nothing to leave out.
		$is_name = 0 === strpos( $value, 'did:' ) && '' === $prefix;
		$is_long = strlen( $rest ) > self::KEPT_AT_START + self::KEPT_AT_END + 4;
		if ( $is_name || ! $is_long || 1 !== preg_match( '/\A[\x21-\x7e]+\z/', $rest ) ) {
			return $value;
		}
		return $prefix . substr( $rest, 0, self::KEPT_AT_START ) . '…' . substr( $rest, -self::KEPT_AT_END );
	}

	/**
	 * The whole identifier as an element that can be copied, escaped.
	 *
	 * @param string $value The identifier.
	 * @return string HTML.
	 */
	public static function code( string $value ): string {
		return '<code class="fedverify-id" dir="ltr">' . esc_html( Plain_Text::line( $value, self::LONGEST ) ) . '</code>';
	}

	/**
	 * The shortened identifier as an element, escaped.
	 *
	 * @param string $value The identifier.
	 * @return string HTML.
	 */
	public static function short_code( string $value ): string {
		return '<code class="fedverify-short" dir="ltr">' . esc_html( Plain_Text::line( self::short( $value ), self::LONGEST ) ) . '</code>';
	}
}
