<?php
/**
 * Notices that were read.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Memory\Verdict;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Remembers for each administrator which refusals need no notice any more. The same refusal, found again by each check, stays
 * dismissed for a month.
 */
final class Dismissals {

	private const META = 'fedverify_dismissed';
	private const MOST = 200;

	/**
	 * What two verdicts have in common that say the same.
	 *
	 * @param Verdict $verdict The verdict.
	 * @return string
	 */
	public static function key( Verdict $verdict ): string {
		$said = array( $verdict->did(), $verdict->version(), $verdict->verdict(), $verdict->code(), $verdict->message() );
		return substr( hash( 'sha256', implode( "\n", $said ) ), 0, 32 );
	}

	/**
	 * Remembers one.
	 *
	 * @param int    $user The administrator.
	 * @param string $key  Of the verdict.
	 */
	public static function dismiss( int $user, string $key ): void {
		if ( 1 !== preg_match( '/\A[0-9a-f]{32}\z/', $key ) ) {
			return;
		}
		// The newest come last, and too many fall out at the front.
		$dismissed = array_diff_key( self::stored( $user ), array( $key => 0 ) ) + array( $key => time() );
		update_user_meta( $user, self::META, array_slice( $dismissed, -self::MOST, null, true ) );
	}

	/**
	 * Those that an administrator has dismissed.
	 *
	 * @param int $user The administrator.
	 * @param int $now  The time.
	 * @return string[] Keys of verdicts.
	 */
	public static function of( int $user, int $now ): array {
		$recent = array_filter(
			self::stored( $user ),
			static function ( $at ) use ( $now ): bool {
				return is_int( $at ) && $now - $at < MONTH_IN_SECONDS;
			}
		);
		return array_map( 'strval', array_keys( $recent ) );
	}

	/**
	 * Forgets all, of every administrator.
	 */
	public static function forget(): void {
		delete_metadata( 'user', 0, self::META, '', true );
	}

	/**
	 * What is stored.
	 *
	 * @param int $user The administrator.
	 * @return array Times by key.
	 */
	private static function stored( int $user ): array {
		$stored = get_user_meta( $user, self::META, true );
		return is_array( $stored ) ? $stored : array();
	}
}
