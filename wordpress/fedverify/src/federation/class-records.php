<?php
/**
 * Rows of the table of the Plugin Federation Network.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Guard;
use FedVerify\WordPress\Memory\Json;
use FedVerify\WordPress\Memory\Schema;
use FedVerify\WordPress\Memory\Tables;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Reads and writes what is remembered: rows of a few kinds, each found by a name. A row has one writer, so that two requests
 * at once undo nothing of each other.
 */
final class Records {

	/**
	 * The kinds: a key that the owner trusts, by source; another key that a node shows, by source; the bytes of a version, for
	 * ever; what the last check found, what was installed and what could not be, by the plugin's file.
	 */
	public const PUBLISHER = 'publisher';
	public const SHOWN_KEY = 'seen';
	public const DIGEST    = 'digest';
	public const OFFER     = 'offer';
	public const INSTALLED = 'installed';
	public const FAILED    = 'failed';

	/**
	 * For how long what was read counts, in seconds: commands may run for hours.
	 */
	private const KEPT = 30;

	/**
	 * The tables.
	 *
	 * @var Tables
	 */
	private $tables;

	/**
	 * Whether there are tables.
	 *
	 * @var Schema
	 */
	private $schema;

	/**
	 * What was read: when, and the entries by name, by kind.
	 *
	 * @var array<string, array{0: int, 1: array<string, array>}>
	 */
	private $read = array();

	/**
	 * Makes one.
	 *
	 * @param Tables $tables The tables.
	 * @param Schema $schema Whether there are tables.
	 */
	public function __construct( Tables $tables, Schema $schema ) {
		$this->tables = $tables;
		$this->schema = $schema;
	}

	/**
	 * All entries of a kind. Not for digests: there may be many.
	 *
	 * @param string $kind The kind.
	 * @return array<string, array> By name. What is damaged has nothing in it: it is no key and no update, and still that a node
	 *     shows another key.
	 * @throws Refusal The database failed.
	 */
	public function all( string $kind ): array {
		if ( ! isset( $this->read[ $kind ] ) || abs( time() - $this->read[ $kind ][0] ) > self::KEPT ) {
			$found = array();
			$rows  = $this->schema->is_current() ? $this->tables->rows( 'SELECT name, entry FROM {federation} WHERE kind = %s ORDER BY name', array( $kind ) ) : array();
			foreach ( $rows as $row ) {
				$found[ (string) $row['name'] ] = self::entry( $row['entry'] );
			}
			$this->read[ $kind ] = array( time(), $found );
		}
		return $this->read[ $kind ][1];
	}

	/**
	 * The newest entries of a kind.
	 *
	 * @param string $kind  The kind.
	 * @param int    $limit How many at most.
	 * @return array<string, array> By name.
	 * @throws Refusal The database failed.
	 */
	public function newest( string $kind, int $limit ): array {
		$found = array();
		$query = 'SELECT name, entry FROM {federation} WHERE kind = %s ORDER BY updated DESC, name LIMIT %d';
		foreach ( $this->schema->is_current() ? $this->tables->rows( $query, array( $kind, $limit ) ) : array() as $row ) {
			$found[ (string) $row['name'] ] = self::entry( $row['entry'] );
		}
		return $found;
	}

	/**
	 * An entry. One that is damaged must not hide all others.
	 *
	 * @param string|null $json As it is stored.
	 */
	private static function entry( ?string $json ): array {
		try {
			return (array) Json::read( $json );
		} catch ( Refusal $damaged ) {
			Guard::debug( $damaged );
			return array();
		}
	}

	/**
	 * One entry, as it is stored now.
	 *
	 * @param string $kind The kind.
	 * @param string $name Its name.
	 * @return array|null Null where there is none.
	 * @throws Refusal The database failed, or what it holds is damaged.
	 */
	public function get( string $kind, string $name ): ?array {
		if ( ! $this->schema->is_current() ) {
			return null;
		}
		$rows = $this->tables->rows( 'SELECT name, entry FROM {federation} WHERE id = %s', array( self::key( $kind, $name ) ) );
		return array() === $rows ? null : Json::read( $rows[0]['entry'] );
	}

	/**
	 * Stores an entry in the place of what is there.
	 *
	 * @param string $kind  The kind.
	 * @param string $name  Its name, in ASCII.
	 * @param array  $entry The entry.
	 * @throws Refusal The database failed.
	 */
	public function put( string $kind, string $name, array $entry ): void {
		$this->add( $kind, $name, $entry );
		$this->tables->run( 'UPDATE {federation} SET entry = %s, updated = %d WHERE id = %s', array( Json::write( $entry ), time(), self::key( $kind, $name ) ) );
	}

	/**
	 * Stores an entry where there is none yet.
	 *
	 * @param string $kind  The kind.
	 * @param string $name  Its name, in ASCII.
	 * @param array  $entry The entry.
	 * @return bool Whether there was none.
	 * @throws Refusal The database failed.
	 */
	public function add( string $kind, string $name, array $entry ): bool {
		$this->schema->ensure();
		unset( $this->read[ $kind ] );
		$query = 'INSERT IGNORE INTO {federation} (id, kind, name, entry, updated) VALUES (%s, %s, %s, %s, %d)';
		return $this->tables->run( $query, array( self::key( $kind, $name ), $kind, $name, Json::write( $entry ), time() ) ) > 0;
	}

	/**
	 * Removes an entry.
	 *
	 * @param string $kind The kind.
	 * @param string $name Its name.
	 * @return bool Whether there was one.
	 * @throws Refusal The database failed.
	 */
	public function remove( string $kind, string $name ): bool {
		unset( $this->read[ $kind ] );
		return $this->schema->is_current() && $this->tables->run( 'DELETE FROM {federation} WHERE id = %s', array( self::key( $kind, $name ) ) ) > 0;
	}

	/**
	 * The key of a row.
	 *
	 * @param string $kind The kind.
	 * @param string $name The name.
	 */
	private static function key( string $kind, string $name ): string {
		return Schema::key( "$kind\n$name" );
	}
}
