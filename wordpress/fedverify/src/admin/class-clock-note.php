<?php
/**
 * How far this server's clock is from the directory's.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Remembers the difference between the clocks: until when an operation can be undone is judged by this server's.
 */
final class Clock_Note {

	private const OPTION  = 'fedverify_clock';
	private const ROUGHLY = 60;

	/**
	 * Remembers what a response of the directory says. It is written at most once a day, unless the difference changes.
	 *
	 * @param string $date The response's `Date` header.
	 * @param int    $now  This server's clock.
	 */
	public static function record( string $date, int $now ): void {
		$theirs = strtotime( $date );
		if ( false === $theirs ) {
			return;
		}
		$note = self::read();
		if ( null !== $note && $now - $note['at'] < DAY_IN_SECONDS && $now >= $note['at'] && abs( $note['difference'] - ( $theirs - $now ) ) <= self::ROUGHLY ) {
			return;
		}
		update_network_option(
			null,
			self::OPTION,
			array(
				'at'         => $now,
				'difference' => $theirs - $now,
			)
		);
	}

	/**
	 * What was remembered.
	 *
	 * @return array{at: int, difference: int}|null Positive: the directory's clock is ahead.
	 */
	public static function read(): ?array {
		$stored = get_network_option( null, self::OPTION );
		$is_one = is_array( $stored ) && is_int( $stored['at'] ?? null ) && is_int( $stored['difference'] ?? null );
		return $is_one ? $stored : null;
	}

	/**
	 * Forgets it.
	 */
	public static function forget(): void {
		delete_network_option( null, self::OPTION );
	}
}
