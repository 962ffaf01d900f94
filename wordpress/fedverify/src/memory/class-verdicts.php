<?php
/**
 * The log of verdicts.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Memory;

use FedVerify\WordPress\Guard;
use FedVerify\WordPress\Refusal;
use FedVerify\WordPress\Settings;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * What was said about packages and identities, the newest ones: the setting `kept_verdicts` says how many.
 */
final class Verdicts {

	/**
	 * How many are read at once for an export.
	 */
	private const AT_ONCE = 100;

	/**
	 * The tables.
	 *
	 * @var Tables
	 */
	private $tables;

	/**
	 * Makes the tables.
	 *
	 * @var Schema
	 */
	private $schema;

	/**
	 * How many are kept, and whether refusals are only reported.
	 *
	 * @var Settings
	 */
	private $settings;

	/**
	 * Makes one.
	 *
	 * @param Tables   $tables   The tables.
	 * @param Schema   $schema   Makes the tables.
	 * @param Settings $settings How many are kept, and whether refusals are only reported.
	 */
	public function __construct( Tables $tables, Schema $schema, Settings $settings ) {
		$this->tables   = $tables;
		$this->schema   = $schema;
		$this->settings = $settings;
	}

	/**
	 * Adds one. A database that fails changes no verdict, so nothing is thrown.
	 *
	 * @param Verdict $verdict The verdict.
	 */
	public function add( Verdict $verdict ): void {
		try {
			$verdict = $this->as_added( $verdict );
			$this->insert( $verdict );
		} catch ( Refusal $failure ) {
			Guard::debug( $failure );
		}
		try {
			/**
			 * Fires when something was verified, refused, held or noted.
			 *
			 * @param Verdict $verdict The verdict.
			 */
			do_action( 'fedverify_verdict', $verdict );
		} catch ( \Throwable $failure ) {
			Guard::debug( $failure );
		}
	}

	/**
	 * A verdict as it is added: with whether it is only reported.
	 *
	 * @param Verdict $verdict The verdict.
	 */
	public function as_added( Verdict $verdict ): Verdict {
		return $this->settings->is_enforcing() ? $verdict : $verdict->only_reported();
	}

	/**
	 * The newest verdicts, newest first.
	 *
	 * @param int         $limit How many at most.
	 * @param string|null $did   Only those about this identity.
	 * @return Verdict[]
	 * @throws Refusal The database failed.
	 */
	public function recent( int $limit, ?string $did = null ): array {
		return array_values( $this->page( $limit, PHP_INT_MAX, $did ) );
	}

	/**
	 * All verdicts that are kept, newest first.
	 *
	 * @return iterable<Verdict>
	 * @throws Refusal The database failed.
	 */
	public function export(): iterable {
		$before = PHP_INT_MAX;
		do {
			$page = $this->page( self::AT_ONCE, $before, null );
			foreach ( $page as $id => $verdict ) {
				$before = $id;
				yield $verdict;
			}
		} while ( count( $page ) === self::AT_ONCE );
	}

	/**
	 * Removes the oldest ones, so that no more are left than are to be kept.
	 *
	 * @throws Refusal The database failed.
	 */
	public function prune(): void {
		$oldest = $this->tables->rows( 'SELECT id FROM {verdicts} ORDER BY id DESC LIMIT 1 OFFSET %d', array( $this->settings->kept_verdicts() ) );
		if ( array() !== $oldest ) {
			$this->tables->run( 'DELETE FROM {verdicts} WHERE id <= %d', array( (int) $oldest[0]['id'] ) );
		}
	}

	/**
	 * Inserts one.
	 *
	 * @param Verdict $verdict The verdict.
	 */
	private function insert( Verdict $verdict ): void {
		$this->schema->ensure();
		if ( ! $this->schema->is_installed() ) {
			return;
		}
		$this->tables->run(
			'INSERT INTO {verdicts} (at, identity, verdict, code, entry) VALUES (%d, %s, %s, %s, %s)',
			array(
				$verdict->at(),
				Schema::key( $verdict->did() ),
				$verdict->verdict(),
				substr( (string) preg_replace( '/[^\x20-\x7e]/', '', $verdict->code() ), 0, 100 ),
				Json::write( $verdict->to_array() ),
			)
		);
		$this->prune();
	}

	/**
	 * Verdicts before one, newest first.
	 *
	 * @param int         $limit  How many at most.
	 * @param int         $before Whose id is below this.
	 * @param string|null $did    Only those about this identity.
	 * @return array<int, Verdict> By id.
	 */
	private function page( int $limit, int $before, ?string $did ): array {
		if ( ! $this->schema->is_installed() ) {
			return array();
		}
		$only      = null === $did ? '' : ' AND identity = %s';
		$arguments = array_merge( array( $before ), null === $did ? array() : array( Schema::key( $did ) ), array( max( 0, $limit ) ) );
		$rows      = $this->tables->rows( "SELECT id, entry FROM {verdicts} WHERE id < %d$only ORDER BY id DESC LIMIT %d", $arguments );
		$verdicts  = array();
		foreach ( $rows as $row ) {
			// A torn entry is shown as one whose verdict is not known.
			$entry = json_decode( (string) $row['entry'], true );

			$verdicts[ (int) $row['id'] ] = Verdict::of( is_array( $entry ) ? $entry : array( 'at' => 0 ) );
		}
		return $verdicts;
	}
}
