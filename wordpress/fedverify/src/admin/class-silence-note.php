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
	 * Remembers what a server did. An answer is written at most once a day, a silence when it begins: one that answers some questions
	 * is not silent.
	 *
	 * @param string $server Its URL.
	 * @param string $code   Why it said nothing; empty where it answered.
	 * @param int    $now    The time.
	 */
	public function record( string $server, string $code, int $now ): void {
		$all  = $this->read();
		$note = $all[ $server ] ?? array(
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
		unset( $all[ $server ] );
		$all[ $server ] = array(
			'answered' => '' === $code ? $now : $note['answered'],
			'silent'   => '' === $code ? 0 : ( 0 === $note['silent'] ? $now : $note['silent'] ),
			'code'     => $code,
		);
		update_network_option( null, $this->option, array_slice( $all, -self::MOST, null, true ) );
	}

	/**
	 * The servers that have not answered since a time.
	 *
	 * @param string[] $servers Their URLs.
	 * @param int      $time    The time.
	 * @return array<string, array{since: int, code: string}> Since when, and why they said nothing at first, by URL.
	 */
	public function silent( array $servers, int $time ): array {
		$silent = array();
		foreach ( array_intersect_key( $this->read(), array_flip( $servers ) ) as $server => $note ) {
			// An answer at a time to come was by a wrong clock.
			$since = 0 === $note['answered'] || $note['answered'] > $note['silent'] ? $note['silent'] : $note['answered'];
			if ( 0 !== $note['silent'] && $since <= $time ) {
				$silent[ $server ] = array(
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
	public function forget(): void {
		delete_network_option( null, $this->option );
	}

	/**
	 * What was remembered.
	 *
	 * @return array<string, array{answered: int, silent: int, code: string}> By URL.
	 */
	private function read(): array {
		$stored = get_network_option( null, $this->option );
		return array_filter(
			is_array( $stored ) ? $stored : array(),
			static function ( $note ): bool {
				return is_array( $note ) && is_int( $note['answered'] ?? null ) && is_int( $note['silent'] ?? null ) && is_string( $note['code'] ?? null );
			}
		);
	}
}
