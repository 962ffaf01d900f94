<?php
/**
 * Queries of the plugin's tables.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Memory;

use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Runs queries, and takes every failure for one: WordPress's database class answers some of them as if nothing were
 * stored, and what is stored must never look like a first visit.
 */
final class Tables {

	/**
	 * Makes missing tables again.
	 *
	 * @var Schema
	 */
	private $schema;

	/**
	 * Is told where a table was missing.
	 *
	 * @var callable(Refusal): void
	 */
	private $lost;

	/**
	 * Makes one.
	 *
	 * @param Schema   $schema Makes missing tables again.
	 * @param callable $lost   Is told where a table was missing, with what is thrown then.
	 */
	public function __construct( Schema $schema, callable $lost ) {
		$this->schema = $schema;
		$this->lost   = $lost;
	}

	/**
	 * Reads rows.
	 *
	 * @param string $query     SQL. {identities}, {verdicts}, {evidence} and {federation} are the tables, %s and %d the arguments.
	 * @param array  $arguments Strings in ASCII, and integers.
	 * @return array<array<string, string|null>> The rows.
	 * @throws Refusal The database failed.
	 */
	public function rows( string $query, array $arguments = array() ): array {
		global $wpdb;
		$this->run( $query, $arguments );
		$rows = $wpdb->last_result;
		return array_map( 'get_object_vars', is_array( $rows ) ? $rows : array() );
	}

	/**
	 * Writes.
	 *
	 * @param string $query     SQL, as for rows().
	 * @param array  $arguments Strings in ASCII, and integers.
	 * @return int How many rows were changed.
	 * @throws Refusal The database failed.
	 */
	public function run( string $query, array $arguments = array() ): int {
		global $wpdb;
		$query = strtr(
			$query,
			array(
				'{identities}' => $this->schema->identities(),
				'{verdicts}'   => $this->schema->verdicts(),
				'{evidence}'   => $this->schema->evidence(),
				'{federation}' => $this->schema->federation(),
			)
		);
		$shown = $wpdb->suppress_errors( true );
		try {
			// phpcs:ignore WordPress.DB -- Every query of the plugin comes through here, with its placeholders.
			$done = $wpdb->query( array() === $arguments ? $query : $wpdb->prepare( $query, $arguments ) );
		} finally {
			$wpdb->suppress_errors( $shown );
		}
		if ( ! is_int( $done ) ) {
			throw $this->failure( (string) $wpdb->last_error ); // phpcs:ignore WordPress.Security.EscapeOutput -- Nothing is printed here.
		}
		return $done;
	}

	/**
	 * What to throw where a query failed. A missing table is made again first, so that the next attempt works.
	 *
	 * @param string $error What the database said.
	 */
	private function failure( string $error ): Refusal {
		if ( $this->schema->restore_missing() ) {
			$refusal = Refusal::undetermined( 'wordpress.memory.lost', __( 'A table of fedverify was missing and was created again, empty.', 'fedverify' ) );
			( $this->lost )( $refusal );
			return $refusal;
		}
		return Refusal::undetermined(
			'wordpress.memory.failed',
			/* translators: %s: the error message of the database. */
			sprintf( __( 'The database failed: %s', 'fedverify' ), '' === $error ? __( 'it gave no reason', 'fedverify' ) : Plain_Text::quoted( $error ) )
		);
	}
}
