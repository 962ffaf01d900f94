<?php
/**
 * Which witnesses answer.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Remembers when each witness last had a log to show: one that is silent is passed over, and after a while nobody reads the warnings.
 */
final class Witness_Note {

	private const OPTION = 'fedverify_witnesses';

	/** As many as the settings take, and as many that were there before. */
	private const MOST = 20;

	/**
	 * Remembers what a witness did. An answer is written at most once a day, a silence when it begins: one that answers for some
	 * identities is not silent.
	 *
	 * @param string $witness Its URL.
	 * @param string $code    Why it said nothing; empty where it had a log.
	 * @param int    $now     The time.
	 */
	public static function record( string $witness, string $code, int $now ): void {
		$all  = self::read();
		$note = $all[ $witness ] ?? array(
			'answered' => 0,
			'silent'   => 0,
			'code'     => '',
		);
		if ( $now - $note['answered'] < DAY_IN_SECONDS && $now >= $note['answered'] && 0 === $note['silent'] ) {
			return;
		}
		if ( '' !== $code && 0 !== $note['silent'] && $code === $note['code'] ) {
			return;
		}
		unset( $all[ $witness ] );
		$all[ $witness ] = array(
			'answered' => '' === $code ? $now : $note['answered'],
			'silent'   => '' === $code ? 0 : ( 0 === $note['silent'] ? $now : $note['silent'] ),
			'code'     => $code,
		);
		update_network_option( null, self::OPTION, array_slice( $all, -self::MOST, null, true ) );
	}

	/**
	 * The witnesses that have not answered since a time.
	 *
	 * @param string[] $witnesses Their URLs.
	 * @param int      $time      The time.
	 * @return array<string, array{since: int, code: string}> Since when, and why they said nothing at first, by URL.
	 */
	public static function silent( array $witnesses, int $time ): array {
		$silent = array();
		foreach ( array_intersect_key( self::read(), array_flip( $witnesses ) ) as $witness => $note ) {
			// An answer at a time to come was by a wrong clock.
			$since = 0 === $note['answered'] || $note['answered'] > $note['silent'] ? $note['silent'] : $note['answered'];
			if ( 0 !== $note['silent'] && $since <= $time ) {
				$silent[ $witness ] = array(
					'since' => $since,
					'code'  => $note['code'],
				);
			}
		}
		return $silent;
	}

	/**
	 * Forgets it.
	 */
	public static function forget(): void {
		delete_network_option( null, self::OPTION );
	}

	/**
	 * What was remembered.
	 *
	 * @return array<string, array{answered: int, silent: int, code: string}> By URL.
	 */
	private static function read(): array {
		$stored = get_network_option( null, self::OPTION );
		return array_filter(
			is_array( $stored ) ? $stored : array(),
			static function ( $note ): bool {
				return is_array( $note ) && is_int( $note['answered'] ?? null ) && is_int( $note['silent'] ?? null ) && is_string( $note['code'] ?? null );
			}
		);
	}
}
