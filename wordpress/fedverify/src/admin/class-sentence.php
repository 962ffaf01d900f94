<?php
/**
 * The verifier's messages as sentences.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Makes a sentence of a message: the verifier's begin with a small letter and have no full stop, as error messages do.
 */
final class Sentence {

	/**
	 * The sentence.
	 *
	 * @param string $message A message, as plain text.
	 * @return string
	 */
	public static function of( string $message ): string {
		$message = trim( $message );
		if ( '' === $message ) {
			return '';
		}
		// Not "Https://" nor "Did:plc:": only a word.
		$text = 1 === preg_match( '/\A[a-z]+[ ,]/', $message ) ? ucfirst( $message ) : $message;
		return 1 === preg_match( '/[.!?…)]\z/u', $text ) ? $text : $text . '.';
	}
}
