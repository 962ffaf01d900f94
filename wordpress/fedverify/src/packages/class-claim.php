<?php
/**
 * The identity that a header names.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Packages;

use FedVerify\Core\Did;
use FedVerify\Core\Fault;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Tells which `Plugin ID` and `Theme ID` headers are about the federation. Other plugins use headers of these names for
 * ids of their own: those are no claim, and such packages are left alone.
 */
final class Claim {

	/**
	 * Whether an id claims to be a DID, well-formed or not.
	 *
	 * @param string $id The header.
	 */
	public static function is_claim( string $id ): bool {
		// Also behind a byte order mark, but not "candid:1".
		return 1 === preg_match( '/(?<![a-z0-9])did:/i', $id );
	}

	/**
	 * Whether an id is a DID of a method that can be verified.
	 *
	 * @param string $id The header.
	 */
	public static function is_valid( string $id ): bool {
		try {
			Did::parse( $id );
			return true;
		} catch ( Fault $fault ) {
			return false;
		}
	}
}
