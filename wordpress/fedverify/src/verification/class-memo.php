<?php
/**
 * What was verified a moment ago.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Verification;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Holds results for a part of one request, by DID: an installation asks several times. Commands may run for hours, and logs may be
 * large, so neither is held for long.
 */
final class Memo {

	/**
	 * For how long, in seconds.
	 */
	private const SECONDS = 30;

	/**
	 * How many bytes of documents, all together.
	 */
	private const BYTES = 2097152;

	/**
	 * The results: when they are forgotten, their bytes, and what they are.
	 *
	 * @var array<string, array{0: int, 1: int, 2: object}>
	 */
	private $results = array();

	/**
	 * A result that is held.
	 *
	 * @param string $did The identity.
	 */
	public function get( string $did ): ?object {
		$result = $this->results[ $did ] ?? null;
		return null !== $result && $result[0] > hrtime( true ) ? $result[2] : null;
	}

	/**
	 * Holds a result, and drops older ones.
	 *
	 * @param string $did    The identity.
	 * @param object $result The result.
	 * @param int    $bytes  How large the document is that it rests on.
	 */
	public function set( string $did, object $result, int $bytes ): void {
		unset( $this->results[ $did ] );
		$this->results[ $did ] = array( hrtime( true ) + self::SECONDS * 1000000000, $bytes, $result );
		while ( array_sum( array_column( $this->results, 1 ) ) > self::BYTES && count( $this->results ) > 1 ) {
			unset( $this->results[ array_keys( $this->results )[0] ] );
		}
	}

	/**
	 * Drops what is held about an identity.
	 *
	 * @param string $did The identity.
	 */
	public function forget( string $did ): void {
		unset( $this->results[ $did ] );
	}
}
