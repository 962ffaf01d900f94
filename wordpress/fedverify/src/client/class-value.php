<?php
/**
 * Values from elsewhere.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Client;

use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Network\Url;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Takes members of documents, which may be anything, as what they are relied on to be. What is not is left out.
 */
final class Value {

	/**
	 * A string on one line; empty where it is none.
	 *
	 * @param mixed $value     Anything.
	 * @param int   $max_bytes How many bytes at most.
	 */
	public static function line( $value, int $max_bytes = 200 ): string {
		return is_string( $value ) ? Plain_Text::line( $value, $max_bytes ) : '';
	}

	/**
	 * A string of several lines, in UTF-8; empty where it is none.
	 *
	 * @param mixed $value     Anything.
	 * @param int   $max_bytes How many bytes at most.
	 */
	public static function text( $value, int $max_bytes ): string {
		$text = is_string( $value ) && 1 === preg_match( '~~u', $value ) ? Plain_Text::cut( $value, $max_bytes ) : '';
		return (string) preg_replace( '~[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]~', '', $text );
	}

	/**
	 * A string of one form; empty where it is none.
	 *
	 * @param mixed  $value   Anything.
	 * @param string $pattern The form.
	 */
	public static function of_form( $value, string $pattern ): string {
		return is_string( $value ) && 1 === preg_match( $pattern, $value ) ? $value : '';
	}

	/**
	 * An https URL as it is written; empty where it is none.
	 *
	 * @param mixed $value Anything.
	 */
	public static function url( $value ): string {
		try {
			return is_string( $value ) && '' !== $value && Url::parse( $value ) instanceof Url ? $value : '';
		} catch ( Refusal $refusal ) {
			return '';
		}
	}

	/**
	 * A positive number, also where it is written as a string; null where it is none.
	 *
	 * @param mixed $value Anything.
	 */
	public static function number( $value ): ?int {
		$number = is_int( $value ) || is_string( $value ) ? filter_var( $value, FILTER_VALIDATE_INT ) : false;
		return false !== $number && $number > 0 && $number < 100000 ? $number : null;
	}
}
