<?php
/**
 * The values of settings.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Says which values a setting takes, from wherever they come: forms, commands, constants and the database.
 */
final class Setting_Values {

	/**
	 * A value as the setting has it; null where it cannot be used.
	 *
	 * @param string $name  The setting's name.
	 * @param mixed  $value Whatever was stored, defined or sent.
	 * @return mixed Of the type of the default, or null.
	 */
	public static function checked( string $name, $value ) {
		switch ( $name ) {
			case 'mode':
				return in_array( $value, array( 'enforce', 'report' ), true ) ? $value : null;
			case 'directory':
				return is_string( $value ) ? self::https_url( $value ) : null;
			case 'witnesses':
			case 'federation_nodes':
				return self::https_urls( $value );
			case 'kept_verdicts':
				return is_numeric( $value ) && $value >= 10 && $value <= 10000 ? (int) $value : null;
			default:
				return is_scalar( $value ) ? filter_var( $value, FILTER_VALIDATE_BOOLEAN, FILTER_NULL_ON_FAILURE ) : null;
		}
	}

	/**
	 * A list of URLs, from a list or from lines.
	 *
	 * @param mixed $value Whatever it is.
	 * @return string[]|null Null where one of them cannot be used.
	 */
	private static function https_urls( $value ): ?array {
		if ( is_string( $value ) ) {
			$value = preg_split( '/[\s,]+/', $value, -1, PREG_SPLIT_NO_EMPTY );
		}
		if ( ! is_array( $value ) || count( $value ) > 10 ) {
			return null;
		}
		$urls = array();
		foreach ( $value as $url ) {
			$checked = is_string( $url ) ? self::https_url( $url ) : null;
			if ( null === $checked ) {
				return null;
			}
			$urls[] = $checked;
		}
		return array_values( array_unique( $urls ) );
	}

	/**
	 * The URL of a directory or a node: https, a host, perhaps a port and a path.
	 *
	 * @param string $url A URL.
	 * @return string|null Without a slash at the end; null where it is not one.
	 */
	private static function https_url( string $url ): ?string {
		$url = rtrim( trim( $url ), '/' );
		$url = preg_replace( '~^https://~i', 'https://', $url );
		return 1 === preg_match( '~^https://(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?(?:/[\w.\~%/-]*)?\z~i', (string) $url ) ? $url : null;
	}
}
