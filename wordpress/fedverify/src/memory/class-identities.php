<?php
/**
 * What is remembered of identities.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Memory;

use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * The table of identities, without their pins, which are written by `Pins` alone.
 *
 * The first question reads the rows of all installed packages at once: that one query is what a visitor's request costs.
 */
final class Identities {

	/**
	 * What is read at once: what the gates look up.
	 */
	private const COLUMNS = 'did, document, refusal, offer, checked, verified';

	/**
	 * What the dashboard shows of many packages. Pins and histories are read when they are asked for.
	 */
	private const SHOWN = self::COLUMNS . ', contestable, warnings, package';

	/**
	 * What is read when it is asked for, where it was not read at once.
	 */
	private const LATER = array(
		'pin'         => 'SELECT pin AS value FROM {identities} WHERE id = %s',
		'history'     => 'SELECT history AS value FROM {identities} WHERE id = %s',
		'metadata'    => 'SELECT metadata AS value FROM {identities} WHERE id = %s',
		'shape'       => 'SELECT shape AS value FROM {identities} WHERE id = %s',
		'contestable' => 'SELECT contestable AS value FROM {identities} WHERE id = %s',
		'warnings'    => 'SELECT warnings AS value FROM {identities} WHERE id = %s',
		'package'     => 'SELECT package AS value FROM {identities} WHERE id = %s',
	);

	/**
	 * Part of a stored refusal that is not held against an identity. Inside a string its quotation marks would be escaped; a truncated
	 * refusal does not have it.
	 */
	private const NOT_AGAINST = '"against":false';

	/**
	 * For how long what was read counts, in seconds: commands may run for hours.
	 */
	private const KEPT = 30;

	/**
	 * How many rows are read at once.
	 */
	private const AT_ONCE = 1000;

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
	 * Gives the DIDs of the installed packages.
	 *
	 * @var callable(): string[]
	 */
	private $installed;

	/**
	 * What was read, by DID. False where there is no row.
	 *
	 * @var array<string, Identity_Record|false>
	 */
	private $known = array();

	/**
	 * When it was read.
	 *
	 * @var int
	 */
	private $read_at = 0;

	/**
	 * Makes one.
	 *
	 * @param Tables   $tables    The tables.
	 * @param Schema   $schema    Whether there are tables.
	 * @param callable $installed Gives the DIDs of the installed packages.
	 */
	public function __construct( Tables $tables, Schema $schema, callable $installed ) {
		$this->tables    = $tables;
		$this->schema    = $schema;
		$this->installed = $installed;
	}

	/**
	 * What is remembered of an identity.
	 *
	 * @param string $did Its DID.
	 * @return Identity_Record|null Null where nothing is.
	 * @throws Refusal The database failed.
	 */
	public function get( string $did ): ?Identity_Record {
		if ( ! $this->schema->is_installed() ) {
			return null;
		}
		if ( abs( time() - $this->read_at ) > self::KEPT ) {
			$this->known   = array();
			$this->read_at = time();
		}
		if ( ! isset( $this->known[ $did ] ) ) {
			$asked = array() === $this->known ? array_slice( ( $this->installed )(), 0, self::AT_ONCE - 1 ) : array();
			$this->read( array_values( array_unique( array_merge( $asked, array( $did ) ) ) ) );
		}
		$record = $this->known[ $did ];
		return false === $record ? null : $record;
	}

	/**
	 * What is remembered of an identity now: what was read before may be older than what another process has verified meanwhile.
	 *
	 * @param string $did Its DID.
	 * @return Identity_Record|null Null where nothing is.
	 * @throws Refusal The database failed.
	 */
	public function get_anew( string $did ): ?Identity_Record {
		unset( $this->known[ $did ] );
		return $this->get( $did );
	}

	/**
	 * All that are remembered, by DID.
	 *
	 * @return Identity_Record[]
	 * @throws Refusal The database failed.
	 */
	public function all(): array {
		if ( ! $this->schema->is_installed() ) {
			return array();
		}
		$rows = $this->tables->rows( 'SELECT ' . self::SHOWN . ' FROM {identities} ORDER BY did' );
		return array_map( array( $this, 'record' ), $rows );
	}

	/**
	 * An identity was verified.
	 *
	 * @param string $did         Its DID.
	 * @param array  $document    The DID document that follows from its log.
	 * @param array  $history     As Identity::history() gives it.
	 * @param array  $contestable As Identity::contestable() gives it.
	 * @param array  $warnings    Each with code and message.
	 * @throws Refusal The database failed.
	 */
	public function record_verified( string $did, array $document, array $history, array $contestable, array $warnings ): void {
		$now = time();
		$this->write(
			$did,
			array(
				'document'    => Json::write( $document ),
				'history'     => Json::write( $history ),
				'contestable' => Json::write( $contestable ),
				'warnings'    => Json::write( $warnings ),
				'refusal'     => null,
				'checked'     => $now,
				'verified'    => $now,
			)
		);
	}

	/**
	 * An identity was not verified. What was verified before stays. That something spoke against it is not forgotten because nothing is
	 * heard after that; the database decides it, as another request may record a refusal meanwhile.
	 *
	 * @param string  $did     Its DID.
	 * @param Refusal $refusal Why.
	 * @throws Refusal The database failed.
	 */
	public function record_refused( string $did, Refusal $refusal ): void {
		$now   = time();
		$facts = array(
			'verdict' => $refusal->verdict(),
			'code'    => $refusal->error_code(),
			'message' => $refusal->getMessage(),
			'remedy'  => $refusal->remedy(),
		);
		$this->write( $did, array( 'checked' => $now ) );
		$this->tables->run(
			'UPDATE {identities} SET refusal = CASE WHEN refusal IS NULL OR INSTR(refusal, %s) > 0 THEN %s ELSE %s END WHERE id = %s',
			array(
				self::NOT_AGAINST,
				Json::write( $facts + array( 'against' => 'rejected' === $refusal->verdict() ) ),
				Json::write( $facts + array( 'against' => true ) ),
				Schema::key( $did ),
			)
		);
	}

	/**
	 * The metadata of an identity's package was refused: its release counts no more until metadata was verified again, nor is what a browser
	 * has verified before handed out. That the identity is verified says nothing about it.
	 *
	 * @param string $did Its DID.
	 * @throws Refusal The database failed.
	 */
	public function record_release_refused( string $did ): void {
		$this->write(
			$did,
			array(
				'offer' => null,
				'shape' => null,
			)
		);
	}

	/**
	 * The metadata of an identity's package was verified: its latest release.
	 *
	 * @param string $did   Its DID.
	 * @param array  $offer As Identity_Record::offer() gives it.
	 * @throws Refusal The database failed.
	 */
	public function record_offer( string $did, array $offer ): void {
		$this->write( $did, array( 'offer' => Json::write( $offer ) ) );
	}

	/**
	 * The metadata of an identity's package was verified: what it says of the publisher.
	 *
	 * @param string $did   Its DID.
	 * @param array  $facts As Identity_Record::metadata() gives them.
	 * @throws Refusal The database failed.
	 */
	public function record_metadata( string $did, array $facts ): void {
		$this->write( $did, array( 'metadata' => Json::write( $facts ) ) );
	}

	/**
	 * The metadata of an identity's package was verified, where this server cannot do it again whenever the client asks.
	 *
	 * @param string $did   Its DID.
	 * @param array  $shape As Identity_Record::shape() gives it.
	 * @throws Refusal The database failed.
	 */
	public function record_shape( string $did, array $shape ): void {
		$this->write( $did, array( 'shape' => Json::write( $shape ) ) );
	}

	/**
	 * A package of an identity was verified and installed.
	 *
	 * @param string $did   Its DID.
	 * @param array  $facts As Identity_Record::package() gives them.
	 * @throws Refusal The database failed.
	 */
	public function record_package( string $did, array $facts ): void {
		$this->write( $did, array( 'package' => Json::write( Replaced::kept_beside( $facts, $this->recorded_package( $did ) ) ) ) );
	}

	/**
	 * WordPress has put back the version that was there before the last update.
	 *
	 * @param string $did     Its DID.
	 * @param string $version The version that is on disk now.
	 * @throws Refusal The database failed.
	 */
	public function restore_package( string $did, string $version ): void {
		$before = Replaced::before( $this->recorded_package( $did ), $version );
		if ( null !== $before ) {
			$this->write( $did, array( 'package' => Json::write( $before ) ) );
		}
	}

	/**
	 * What was verified and installed; null also where it is damaged, as nothing is called verified by that.
	 *
	 * @param string $did Its DID.
	 * @throws Refusal The database failed.
	 */
	private function recorded_package( string $did ): ?array {
		$rows = $this->schema->is_installed() ? $this->tables->rows( 'SELECT package FROM {identities} WHERE id = %s', array( Schema::key( $did ) ) ) : array();
		try {
			return Json::read( $rows[0]['package'] ?? null );
		} catch ( Refusal $damaged ) {
			return null;
		}
	}

	/**
	 * What was verified and installed in a folder is not there any more, of whatever identity it was.
	 *
	 * @param string $kind   'plugin' or 'theme'.
	 * @param string $folder The folder, or the file of a plugin that has none.
	 * @throws Refusal The database failed.
	 */
	public function forget_packages( string $kind, string $folder ): void {
		if ( ! $this->schema->is_installed() ) {
			return;
		}
		foreach ( $this->tables->rows( 'SELECT did, package FROM {identities} WHERE package IS NOT NULL' ) as $row ) {
			try {
				$package = Json::read( $row['package'] );
			} catch ( Refusal $damaged ) {
				// Nothing is called verified by that.
				continue;
			}
			$file = (string) ( $package['file'] ?? '' );
			if ( ( $package['kind'] ?? '' ) === $kind && ( $file === $folder || dirname( $file ) === $folder ) ) {
				$this->write( (string) $row['did'], array( 'package' => null ) );
			}
		}
	}

	/**
	 * Forgets an identity, its pin too: the next visit is a first one.
	 *
	 * @param string $did Its DID.
	 * @return bool Whether anything was remembered.
	 * @throws Refusal The database failed.
	 */
	public function forget( string $did ): bool {
		unset( $this->known[ $did ] );
		return $this->tables->run( 'DELETE FROM {identities} WHERE id = %s', array( Schema::key( $did ) ) ) > 0;
	}

	/**
	 * Writes columns of an identity's row.
	 *
	 * @param string                         $did     Its DID.
	 * @param array<string, string|int|null> $columns By name.
	 * @throws Refusal The database failed.
	 */
	public function write( string $did, array $columns ): void {
		$this->schema->ensure();
		unset( $this->known[ $did ] );
		$columns['updated'] = time();
		$set                = array();
		$arguments          = array();
		foreach ( $columns as $name => $value ) {
			if ( null === $value ) {
				$set[] = "$name = NULL";
				continue;
			}
			$set[]       = $name . ( is_int( $value ) ? ' = %d' : ' = %s' );
			$arguments[] = $value;
		}
		$key = Schema::key( $did );
		$this->tables->run( 'INSERT IGNORE INTO {identities} (id, did) VALUES (%s, %s)', array( $key, $did ) );
		$this->tables->run( 'UPDATE {identities} SET ' . implode( ', ', $set ) . ' WHERE id = %s', array_merge( $arguments, array( $key ) ) );
	}

	/**
	 * Reads rows.
	 *
	 * @param string[] $dids Whose.
	 */
	private function read( array $dids ): void {
		$places = implode( ', ', array_fill( 0, count( $dids ), '%s' ) );
		$query  = 'SELECT ' . ( is_admin() ? self::SHOWN : self::COLUMNS ) . " FROM {identities} WHERE id IN ( $places )";
		$rows   = $this->tables->rows( $query, array_map( array( Schema::class, 'key' ), $dids ) );

		$this->known += array_fill_keys( $dids, false );
		foreach ( $rows as $row ) {
			$this->known[ (string) $row['did'] ] = $this->record( $row );
		}
	}

	/**
	 * A row as a record.
	 *
	 * @param array<string, string|null> $row The row.
	 */
	private function record( array $row ): Identity_Record {
		$key = Schema::key( (string) $row['did'] );
		return new Identity_Record(
			$row,
			function ( string $column ) use ( $key ): ?string {
				$rows = $this->tables->rows( self::LATER[ $column ], array( $key ) );
				return $rows[0]['value'] ?? null;
			}
		);
	}
}
