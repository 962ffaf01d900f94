<?php
/**
 * What was handed out to browsers.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Browser;

use FedVerify\WordPress\Memory\Json;
use FedVerify\WordPress\Memory\Schema;
use FedVerify\WordPress\Memory\Tables;
use FedVerify\WordPress\Network\Private_Folder;
use FedVerify\WordPress\Refusal;


if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Remembers for some minutes what an administrator's session was given to verify, and what came of it. A row belongs to one
 * session and is in one state; whoever moves it on does so once, however many requests try.
 */
final class Tickets {

	public const SECONDS = 900;

	/**
	 * How many verifications one session may have under way: each may hold an archive.
	 */
	private const MOST = 4;

	/**
	 * The state of rows that were used: they stay until their time is over, so that this can be said.
	 */
	private const USED = 'used';

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
	 * Opens a ticket for this session. Its oldest ones are closed where it has too many.
	 *
	 * @param string $state What it waits for.
	 * @param array  $entry What it is about.
	 * @return string The ticket. Only its hash is stored.
	 * @throws Refusal There is no session, or the database failed.
	 */
	public function open( string $state, array $entry ): string {
		$this->schema->ensure();
		$this->clean();
		foreach ( array_slice( array_keys( $this->of_session( array( $state ) ) ), 0, 1 - self::MOST ) as $id ) {
			$this->close( (string) $id );
		}
		$ticket = bin2hex( random_bytes( 32 ) );
		$this->insert( self::id( $ticket ), $state, $entry );
		return $ticket;
	}

	/**
	 * Notes something about this session, in place of what was noted under this name.
	 *
	 * @param string $state What it is.
	 * @param string $name  Its name.
	 * @param array  $entry What it is about.
	 * @throws Refusal There is no session, or the database failed.
	 */
	public function note( string $state, string $name, array $entry ): void {
		$this->schema->ensure();
		$id = hash( 'sha256', $state . ' ' . self::session() . ' ' . $name );
		$this->close( $id );
		$this->tables->run( 'DELETE FROM {evidence} WHERE id = %s', array( $id ) );
		foreach ( array_slice( array_keys( $this->of_session( array( $state ) ) ), 0, 1 - self::MOST ) as $old ) {
			$this->close( (string) $old );
		}
		$this->insert( $id, $state, $entry );
	}

	/**
	 * What a ticket of this session is about.
	 *
	 * @param string $ticket The ticket.
	 * @param string $state  The state in which it must be.
	 * @return array The entry.
	 * @throws Refusal `wordpress.browser.*`.
	 */
	public function read( string $ticket, string $state ): array {
		$rows = $this->schema->is_installed() ? $this->tables->rows( 'SELECT session, state, expires, entry FROM {evidence} WHERE id = %s', array( self::id( $ticket ) ) ) : array();
		$row  = $rows[0] ?? null;
		$code = null;
		if ( null === $row ) {
			$code = 'wordpress.browser.unknown_ticket';
		} elseif ( ! hash_equals( (string) $row['session'], self::session() ) ) {
			$code = 'wordpress.browser.other_session';
		} elseif ( (int) $row['expires'] <= time() ) {
			$code = 'wordpress.browser.expired';
		} elseif ( $row['state'] !== $state ) {
			$code = 'wordpress.browser.used';
		}
		if ( null !== $code ) {
			throw Browser::refusal( $code );
		}
		return (array) Json::read( $row['entry'] );
	}

	/**
	 * Takes a ticket of this session out of its state: the first who does gets it.
	 *
	 * @param string $ticket The ticket.
	 * @param string $state  The state in which it must be.
	 * @return array The entry. Whoever took it sees to its files, or puts it back.
	 * @throws Refusal `wordpress.browser.*`.
	 */
	public function take( string $ticket, string $state ): array {
		$entry = $this->read( $ticket, $state );
		if ( ! $this->take_row( self::id( $ticket ), $state ) ) {
			throw Browser::refusal( 'wordpress.browser.used' );
		}
		return $entry;
	}

	/**
	 * Takes a row out of its state.
	 *
	 * @param string $id    Its id.
	 * @param string $state The state in which it must be.
	 * @return bool Whether this request is the one that took it.
	 * @throws Refusal The database failed.
	 */
	public function take_row( string $id, string $state ): bool {
		$arguments = array( self::USED, $id, self::session(), $state, time() );
		return 1 === $this->tables->run( 'UPDATE {evidence} SET state = %s WHERE id = %s AND session = %s AND state = %s AND expires > %d', $arguments );
	}

	/**
	 * Puts a ticket that was taken into another state.
	 *
	 * @param string $ticket The ticket.
	 * @param string $state  The state.
	 * @param array  $entry  What it is about now.
	 * @throws Refusal The database failed.
	 */
	public function put( string $ticket, string $state, array $entry ): void {
		$arguments = array( $state, Json::write( $entry ), time() + self::SECONDS, self::id( $ticket ), self::USED );
		$this->tables->run( 'UPDATE {evidence} SET state = %s, entry = %s, expires = %d WHERE id = %s AND state = %s', $arguments );
	}

	/**
	 * What this session has in some states, the oldest first.
	 *
	 * @param string[] $states The states.
	 * @return array<string, array> The entries, by id.
	 * @throws Refusal The database failed.
	 */
	public function of_session( array $states ): array {
		$session = self::session_or_null();
		if ( null === $session || ! $this->schema->is_installed() ) {
			return array();
		}
		$entries = array();
		$rows    = $this->tables->rows( 'SELECT id, state, entry FROM {evidence} WHERE session = %s AND expires > %d ORDER BY expires', array( $session, time() ) );
		foreach ( $rows as $row ) {
			if ( in_array( $row['state'], $states, true ) ) {
				$entries[ (string) $row['id'] ] = (array) Json::read( $row['entry'] );
			}
		}
		return $entries;
	}

	/**
	 * Removes the files of the rows whose time is over. The rows stay a little longer, so that this can be said.
	 *
	 * @throws Refusal The database failed.
	 */
	public function clean(): void {
		if ( ! $this->schema->is_installed() ) {
			return;
		}
		foreach ( $this->tables->rows( 'SELECT id FROM {evidence} WHERE expires <= %d AND state <> %s', array( time(), self::USED ) ) as $row ) {
			$this->close( (string) $row['id'] );
		}
		$this->tables->run( 'DELETE FROM {evidence} WHERE expires <= %d', array( time() - self::SECONDS ) );
	}

	/**
	 * Removes the files of a row, which counts as used from then on.
	 *
	 * @param string $id Its id.
	 * @throws Refusal The database failed.
	 */
	private function close( string $id ): void {
		$rows = $this->tables->rows( 'SELECT entry FROM {evidence} WHERE id = %s', array( $id ) );
		if ( isset( $rows[0] ) ) {
			$this->tables->run( 'UPDATE {evidence} SET state = %s, entry = %s WHERE id = %s', array( self::USED, '[]', $id ) );
			self::remove_files( (array) Json::read( $rows[0]['entry'] ) );
		}
	}

	/**
	 * Removes the files that an entry names.
	 *
	 * @param array $entry The entry.
	 */
	public static function remove_files( array $entry ): void {
		foreach ( (array) ( $entry['files'] ?? array() ) as $file ) {
			Private_Folder::remove( (string) ( $file['folder'] ?? '' ) );
		}
	}

	/**
	 * Inserts a row.
	 *
	 * @param string $id    Its id.
	 * @param string $state Its state.
	 * @param array  $entry What it is about.
	 */
	private function insert( string $id, string $state, array $entry ): void {
		$arguments = array( $id, self::session(), $state, time() + self::SECONDS, Json::write( $entry ) );
		$this->tables->run( 'INSERT INTO {evidence} (id, session, state, expires, entry) VALUES (%s, %s, %s, %d, %s)', $arguments );
	}

	/**
	 * The id of a ticket's row.
	 *
	 * @param string $ticket The ticket.
	 */
	private static function id( string $ticket ): string {
		return hash( 'sha256', $ticket );
	}

	/**
	 * What tells this session from others.
	 *
	 * @throws Refusal `wordpress.browser.session`: there is none.
	 */
	private static function session(): string {
		$session = self::session_or_null();
		if ( null === $session ) {
			throw Browser::refusal( 'wordpress.browser.session' );
		}
		return $session;
	}

	/**
	 * What tells this session from others; null where nobody is logged in with a browser.
	 */
	public static function session_or_null(): ?string {
		$user  = get_current_user_id();
		$token = 0 === $user ? '' : wp_get_session_token();
		return '' === $token ? null : hash_hmac( 'sha256', 'fedverify ' . $user . ' ' . $token, wp_salt( 'auth' ) );
	}
}
