<?php
/**
 * Working through what is due.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Policy;

use FedVerify\WordPress\Hooks;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * What the checks of identities and those of the federation have in common: what was not checked for a while, what waited
 * longest first, for as long as an event may take, and the rest later.
 */
final class Round {

	/**
	 * For how long an event works, in seconds: other events wait for it, and hosts end what runs for half a minute.
	 */
	public const SECONDS = 15.0;

	/**
	 * What counts as checked not long ago, in seconds: a little less than the events are apart.
	 */
	private const RECENT = 36000;

	/**
	 * When what was not reached is gone on with, in seconds.
	 */
	private const REST = 120;

	/**
	 * Before when a check was long ago.
	 *
	 * @return int In seconds since 1970.
	 */
	public static function long_ago(): int {
		return time() - self::RECENT;
	}

	/**
	 * What was not checked since then, what waited longest first.
	 *
	 * @param array<string, int> $checked When each was checked, by its name; 0: never.
	 * @param int                $since   In seconds since 1970.
	 * @return string[] Names.
	 */
	public static function due( array $checked, int $since ): array {
		$now = time();
		$due = array_filter(
			$checked,
			static function ( int $at ) use ( $since, $now ): bool {
				// A time that is yet to come was by a wrong clock.
				return $at < $since || $at > $now;
			}
		);
		asort( $due );
		return array_map( 'strval', array_keys( $due ) );
	}

	/**
	 * Does one after the other, until the time is over. At least one is done.
	 *
	 * @param array    $items   What is to be done.
	 * @param float    $seconds How long.
	 * @param callable $one     Does one.
	 * @return array What was not reached.
	 */
	public static function work( array $items, float $seconds, callable $one ): array {
		$end = microtime( true ) + $seconds;
		do {
			if ( array() === $items ) {
				break;
			}
			$one( array_shift( $items ) );
		} while ( microtime( true ) < $end );
		return $items;
	}

	/**
	 * Sees to it that what was not reached is gone on with.
	 *
	 * @param array $rest What was not reached.
	 */
	public static function go_on_with( array $rest ): void {
		if ( array() !== $rest && false === wp_next_scheduled( Hooks::CONTINUE ) ) {
			wp_schedule_single_event( time() + self::REST, Hooks::CONTINUE );
		}
	}
}
