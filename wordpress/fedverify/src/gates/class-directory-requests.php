<?php
/**
 * The client's requests to the directory.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

use FedVerify\WordPress\Plugin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Tells requests for documents of packages from others. Other plugins have identities of their own.
 */
final class Directory_Requests {

	/**
	 * The identities that this request is about.
	 *
	 * @var Known_Dids
	 */
	private $known;

	/**
	 * Makes one.
	 *
	 * @param Known_Dids $known The identities that this request is about.
	 */
	public function __construct( Known_Dids $known ) {
		$this->known = $known;
	}

	/**
	 * The identity whose document a URL is that of.
	 *
	 * @param mixed $url The URL.
	 * @return string|null Null where it is another URL, or the identity is not one of ours to answer for.
	 */
	public function did_of( $url ): ?string {
		$start = is_string( $url ) ? strrpos( $url, '/did' ) : false;
		if ( false === $start || strlen( $url ) > 2048 ) {
			return null;
		}
		$directories = array( 'https://plc.directory', Plugin::get()->settings()->directory() );
		if ( ! in_array( strtolower( substr( $url, 0, $start ) ), array_map( 'strtolower', $directories ), true ) ) {
			return null;
		}
		$did = rawurldecode( (string) preg_replace( '~/?(?:[?#].*)?\z~s', '', substr( $url, $start + 1 ) ) );
		if ( $this->known->has( $did ) ) {
			return $did;
		}
		return Known_Dids::did_in( $did ) === $did && self::is_clients_request() ? $did : null;
	}

	/**
	 * Whether FAIR Connect makes the request: about an identity, then, that nothing here told of.
	 */
	private static function is_clients_request(): bool {
		// phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_debug_backtrace -- Nothing else tells who asks.
		foreach ( debug_backtrace( DEBUG_BACKTRACE_IGNORE_ARGS, 40 ) as $call ) {
			if ( 0 === strncmp( ( $call['class'] ?? '' ) . $call['function'], 'FAIR\\', 5 ) ) {
				return true;
			}
		}
		return false;
	}
}
