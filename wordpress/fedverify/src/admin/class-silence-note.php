<?php
/**
 * Which servers answer.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Remembers when each witness last had a log to show, and each node of the Plugin Federation Network a list: one that is silent is
 * skipped, and after a while nobody reads the warnings.
 */
final class Silence_Note {

	private const WITNESSES = 'fedverify_witnesses';
	private const NODES     = 'fedverify_nodes';

	/** As many as the settings take, and as many that were there before. */
	private const MOST = 20;

	/**
	 * For how long what a server does is of one check, in seconds.
	 */
	private const ONE_CHECK = 3600;

	/**
	 * Where it is remembered.
	 *
	 * @var string
	 */
	private $option;

	/**
	 * Made by witnesses() and nodes().
	 *
	 * @param string $option Where it is remembered.
	 */
	private function __construct( string $option ) {
		$this->option = $option;
	}

	/**
	 * Of witnesses.
	 */
	public static function witnesses(): self {
		return new self( self::WITNESSES );
	}

	/**
	 * Of nodes.
	 */
	public static function nodes(): self {
		return new self( self::NODES );
	}

	/**
	 * Remembers what a server did. A response is written at most once an hour; within it the server is not silent, as one that answers some
	 * questions is not. A silence is written when it begins, when another check finds it, and when its reason changes.
	 *
	 * @param string $server Its URL.
	 * @param string $code   Why it said nothing; empty where it answered.
	 * @param int    $now    The time.
	 */
	public function record( string $server, string $code, int $now ): void {
		$all    = $this->read();
		$before = $all[ $server ] ?? self::note( 0, 0, false, '' );
		if ( 0 === $before['silent'] && $now >= $before['answered'] && $now - $before['answered'] < self::ONE_CHECK ) {
			return;
		}
		$note = '' === $code ? self::note( $now, 0, false, '' ) : self::silence( $before, $code, $now );
		if ( $note === $before ) {
			return;
		}
		unset( $all[ $server ] );
		$all[ $server ] = $note;
		update_network_option( null, $this->option, array_slice( $all, -self::MOST, null, true ) );
	}

	/**
	 * What is remembered of a server that said nothing.
	 *
	 * @param array{answered: int, silent: int, again: bool, code: string} $before What was remembered.
	 * @param string                                                       $code   Why it said nothing.
	 * @param int                                                          $now    The time.
	 * @return array{answered: int, silent: int, again: bool, code: string}
	 */
	private static function silence( array $before, string $code, int $now ): array {
		// A time to come was by a wrong clock.
		$since = 0 === $before['silent'] || $before['silent'] > $now ? $now : $before['silent'];
		return self::note( $before['answered'], $since, $before['again'] || $now - $since >= self::ONE_CHECK, $code );
	}

	/**
	 * What is remembered of a server.
	 *
	 * @param int    $answered When it last answered; 0: never.
	 * @param int    $silent   When it first said nothing after that; 0: it did not.
	 * @param bool   $again    Whether another check found the same.
	 * @param string $code     Why it said nothing.
	 * @return array{answered: int, silent: int, again: bool, code: string}
	 */
	private static function note( int $answered, int $silent, bool $again, string $code ): array {
		return array(
			'answered' => $answered,
			'silent'   => $silent,
			'again'    => $again,
			'code'     => $code,
		);
	}

	/**
	 * The servers that two checks at least have found silent, since a time.
	 *
	 * @param string[] $servers Their URLs.
	 * @param int      $time    The time.
	 * @return array<string, array{since: int, code: string}> Since when, and why they said nothing last, by URL.
	 */
	public function silent( array $servers, int $time ): array {
		$silent = array();
		foreach ( array_intersect_key( $this->read(), array_flip( $servers ) ) as $server => $note ) {
			if ( $note['again'] && $note['silent'] <= $time ) {
				$silent[ $server ] = array(
					'since' => $note['silent'],
					'code'  => $note['code'],
				);
			}
		}
		return $silent;
	}

	/**
	 * Forgets it.
	 */
	public function forget(): void {
		delete_network_option( null, $this->option );
	}

	/**
	 * What was remembered.
	 *
	 * @return array<string, array{answered: int, silent: int, again: bool, code: string}> By URL.
	 */
	private function read(): array {
		$stored = get_network_option( null, $this->option );
		return array_filter(
			is_array( $stored ) ? $stored : array(),
			static function ( $note ): bool {
				return is_array( $note ) && is_int( $note['answered'] ?? null ) && is_int( $note['silent'] ?? null )
					&& is_bool( $note['again'] ?? null ) && is_string( $note['code'] ?? null );
			}
		);
	}
}
