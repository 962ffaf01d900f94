<?php
/**
 * JSON in columns of tables.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Memory;

use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Writes what is remembered as JSON in ASCII, and reads it: torn JSON is an error, not an empty memory.
 */
final class Json {

	/**
	 * Writes a value.
	 *
	 * @param array $value What to remember.
	 */
	public static function write( array $value ): string {
		$json = wp_json_encode( $value, JSON_INVALID_UTF8_SUBSTITUTE | JSON_PARTIAL_OUTPUT_ON_ERROR );
		return is_string( $json ) ? $json : '[]';
	}

	/**
	 * Reads a value.
	 *
	 * @param string|null $json What is stored.
	 * @return array|null Null where nothing is stored.
	 * @throws Refusal It is damaged.
	 */
	public static function read( ?string $json ): ?array {
		if ( null === $json ) {
			return null;
		}
		$value = json_decode( $json, true );
		if ( ! is_array( $value ) ) {
			throw Refusal::undetermined( 'wordpress.memory.damaged', __( 'A record in the table of identities is incomplete.', 'fedverify' ) ); // phpcs:ignore WordPress.Security.EscapeOutput -- Nothing is printed here.
		}
		return $value;
	}
}
