<?php
/**
 * The pins.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Memory;

use FedVerify\CallbackPinStore;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Keeps the pins in the table of identities: what no directory can undo.
 *
 * Two requests at once lose nothing: a pin is replaced only where the one that was read is still stored.
 */
final class Pins {

	/**
	 * How often a request tries to store a pin where others come first.
	 */
	private const ATTEMPTS = 40;

	/**
	 * For how long it waits after each attempt, in microseconds, at most: whoever came first is gone then.
	 */
	private const WAIT = 20000;

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
	 * The store that the verifier's library works with.
	 */
	public function store(): CallbackPinStore {
		return new CallbackPinStore( array( $this, 'load' ), array( $this, 'swapped' ), array(), self::ATTEMPTS );
	}

	/**
	 * The pin that is stored.
	 *
	 * @param string $did The identity.
	 * @return string|null Null where there never was one.
	 * @throws Refusal The database failed, or the pin is damaged.
	 */
	public function load( string $did ): ?string {
		$this->schema->ensure();
		$rows = $this->tables->rows( 'SELECT did, pin, pin_sha256, verified FROM {identities} WHERE id = %s', array( Schema::key( $did ) ) );
		if ( array() === $rows ) {
			return null;
		}
		$row = $rows[0];
		// A row without a pin has learned nothing yet. One that was verified has lost it.
		$is_new = null === $row['pin'] && null === $row['pin_sha256'] && '0' === (string) $row['verified'];
		if ( $did === $row['did'] && $is_new ) {
			return null;
		}
		if ( $did !== $row['did'] || null === $row['pin'] || hash( 'sha256', $row['pin'] ) !== $row['pin_sha256'] ) {
			/* translators: %s: a DID. */
			throw Refusal::undetermined( 'wordpress.memory.damaged', sprintf( __( 'The stored pin of %s is damaged.', 'fedverify' ), $did ) ); // phpcs:ignore WordPress.Security.EscapeOutput -- Nothing is printed here.
		}
		return $row['pin'];
	}

	/**
	 * As swap(), but waits a moment where another request came first.
	 *
	 * @param string      $did      The identity.
	 * @param string|null $expected The pin that was read; null where there was none.
	 * @param string      $pin      The pin to store.
	 * @return bool Whether it was stored.
	 * @throws Refusal The database failed.
	 */
	public function swapped( string $did, ?string $expected, string $pin ): bool {
		$is_stored = $this->swap( $did, $expected, $pin );
		if ( ! $is_stored ) {
			usleep( random_int( 0, self::WAIT ) );
		}
		return $is_stored;
	}

	/**
	 * Stores a pin where another one is still stored.
	 *
	 * @param string      $did      The identity.
	 * @param string|null $expected The pin that was read; null where there was none.
	 * @param string      $pin      The pin to store.
	 * @return bool Whether it was stored. Otherwise another request came first.
	 * @throws Refusal The database failed.
	 */
	public function swap( string $did, ?string $expected, string $pin ): bool {
		$set  = 'UPDATE {identities} SET pin = %s, pin_sha256 = %s, updated = %d WHERE id = %s AND ';
		$args = array( $pin, hash( 'sha256', $pin ), time(), Schema::key( $did ) );
		if ( null !== $expected ) {
			$args[] = hash( 'sha256', $expected );
			return 1 === $this->tables->run( $set . 'pin_sha256 = %s', $args );
		}
		$this->tables->run( 'INSERT IGNORE INTO {identities} (id, did) VALUES (%s, %s)', array( Schema::key( $did ), $did ) );
		return 1 === $this->tables->run( $set . 'pin_sha256 IS NULL', $args );
	}
}
