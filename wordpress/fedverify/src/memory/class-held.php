<?php
/**
 * Updates that wait.
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
 * Remembers which updates wait, for what and until when. One for each identity, in its row.
 */
final class Held {

	private const FACTS = array( 'kind', 'file', 'name', 'version', 'url', 'reason', 'message', 'since', 'until' );

	/**
	 * The table of identities.
	 *
	 * @var Identities
	 */
	private $identities;

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
	 * Those that wait, by DID, once they were read.
	 *
	 * @var array<string, array>|null
	 */
	private $read;

	/**
	 * Makes one.
	 *
	 * @param Identities $identities The table of identities.
	 * @param Tables     $tables     The tables.
	 * @param Schema     $schema     Whether there are tables.
	 */
	public function __construct( Identities $identities, Tables $tables, Schema $schema ) {
		$this->identities = $identities;
		$this->tables     = $tables;
		$this->schema     = $schema;
	}

	/**
	 * An update waits. Where the same version did already, since when it does stays.
	 *
	 * @param string $did   The identity.
	 * @param array  $facts kind, file, name, version, url, reason (a code), message, until (int or null).
	 * @throws Refusal The database failed.
	 */
	public function hold( string $did, array $facts ): void {
		$before         = $this->get( $did );
		$same           = null !== $before && ( $facts['version'] ?? null ) === $before['version'];
		$facts['since'] = $same ? $before['since'] : time();
		$this->identities->write( $did, array( 'held' => Json::write( array_intersect_key( $facts, array_flip( self::FACTS ) ) ) ) );
		$this->read = null;
	}

	/**
	 * It does not wait any more.
	 *
	 * @param string $did The identity.
	 * @throws Refusal The database failed.
	 */
	public function release( string $did ): void {
		if ( null !== $this->get( $did ) ) {
			$this->identities->write( $did, array( 'held' => null ) );
			$this->read = null;
		}
	}

	/**
	 * The update of an identity that waits.
	 *
	 * @param string $did The identity.
	 * @return array|null Its facts; null where none waits.
	 * @throws Refusal The database failed.
	 */
	public function get( string $did ): ?array {
		return $this->all()[ $did ] ?? null;
	}

	/**
	 * All updates that wait.
	 *
	 * @return array<string, array> The facts, by DID: kind, file, name, version, url, reason, message, since, until.
	 * @throws Refusal The database failed.
	 */
	public function all(): array {
		if ( null === $this->read ) {
			$this->read = array();
			$rows       = $this->schema->is_installed() ? $this->tables->rows( 'SELECT did, held FROM {identities} WHERE held IS NOT NULL ORDER BY did' ) : array();
			foreach ( $rows as $row ) {
				$this->read[ (string) $row['did'] ] = array_merge( array_fill_keys( self::FACTS, null ), self::facts( $row['held'] ) );
			}
		}
		return $this->read;
	}

	/**
	 * What is stored of an update that waits.
	 *
	 * @param string|null $json As it is stored.
	 * @return array<string, mixed> Where it is damaged, that, so that the others are still found.
	 */
	private static function facts( ?string $json ): array {
		try {
			return (array) Json::read( $json );
		} catch ( Refusal $damaged ) {
			return array(
				'reason'  => $damaged->error_code(),
				'message' => $damaged->getMessage(),
			);
		}
	}
}
