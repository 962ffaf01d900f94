<?php
/**
 * The plugin's tables.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Memory;

use FedVerify\WordPress\Context;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Makes the tables, one set for the whole network, and removes them.
 *
 * Rows are found by the SHA-256 of the DID: a DID is as long as it likes and its case counts, which the keys and
 * collations of MySQL do not take well. Whatever people wrote is JSON in ASCII, which every character set holds.
 */
final class Schema {

	private const OPTION = 'fedverify_schema';

	private const VERSION = 2;

	private const IDENTITIES = 'id char(64) NOT NULL,
		did text NOT NULL,
		pin longtext NULL,
		pin_sha256 char(64) NULL,
		document longtext NULL,
		history longtext NULL,
		contestable longtext NULL,
		warnings longtext NULL,
		refusal longtext NULL,
		offer longtext NULL,
		metadata longtext NULL,
		shape longtext NULL,
		package longtext NULL,
		held longtext NULL,
		checked bigint(20) NOT NULL DEFAULT 0,
		verified bigint(20) NOT NULL DEFAULT 0,
		updated bigint(20) NOT NULL DEFAULT 0,
		PRIMARY KEY  (id)';

	private const VERDICTS = 'id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
		at bigint(20) NOT NULL,
		identity char(64) NOT NULL,
		verdict varchar(20) NOT NULL,
		code varchar(100) NOT NULL,
		entry longtext NOT NULL,
		PRIMARY KEY  (id),
		KEY identity (identity)';

	private const EVIDENCE = 'id char(64) NOT NULL,
		session char(64) NOT NULL,
		state varchar(20) NOT NULL,
		expires bigint(20) NOT NULL,
		entry longtext NOT NULL,
		PRIMARY KEY  (id),
		KEY session (session)';

	private const FEDERATION = 'id char(64) NOT NULL,
		kind varchar(20) NOT NULL,
		name text NOT NULL,
		entry longtext NOT NULL,
		updated bigint(20) NOT NULL DEFAULT 0,
		PRIMARY KEY  (id),
		KEY kind (kind)';

	/**
	 * Where the version is stored.
	 *
	 * @var Options
	 */
	private $options;

	/**
	 * In which kind of request the code runs.
	 *
	 * @var Context
	 */
	private $context;

	/**
	 * Makes one.
	 *
	 * @param Options $options Where the version is stored.
	 * @param Context $context In which kind of request the code runs.
	 */
	public function __construct( Options $options, Context $context ) {
		$this->options = $options;
		$this->context = $context;
	}

	/**
	 * The name of the table of identities.
	 */
	public function identities(): string {
		global $wpdb;
		return $wpdb->base_prefix . 'fedverify_identities';
	}

	/**
	 * The name of the table of verdicts.
	 */
	public function verdicts(): string {
		global $wpdb;
		return $wpdb->base_prefix . 'fedverify_verdicts';
	}

	/**
	 * The name of the table of what browsers are verifying.
	 */
	public function evidence(): string {
		global $wpdb;
		return $wpdb->base_prefix . 'fedverify_evidence';
	}

	/**
	 * The name of the table of the Plugin Federation Network.
	 */
	public function federation(): string {
		global $wpdb;
		return $wpdb->base_prefix . 'fedverify_federation';
	}

	/**
	 * All tables, by name, with their columns.
	 *
	 * @return array<string, string>
	 */
	private function tables(): array {
		return array(
			$this->identities() => self::IDENTITIES,
			$this->verdicts()   => self::VERDICTS,
			$this->evidence()   => self::EVIDENCE,
			$this->federation() => self::FEDERATION,
		);
	}

	/**
	 * The key of an identity's rows.
	 *
	 * @param string $did Its DID.
	 */
	public static function key( string $did ): string {
		return hash( 'sha256', $did );
	}

	/**
	 * Whether the tables were made once. Before, nothing is remembered, and no query is needed to know that.
	 */
	public function is_installed(): bool {
		return is_numeric( $this->options->get( self::OPTION ) );
	}

	/**
	 * Whether this version's tables were made: an older version's are fewer.
	 */
	public function is_current(): bool {
		return (int) $this->options->get( self::OPTION ) >= self::VERSION;
	}

	/**
	 * Makes the tables where this version's are not there yet, except during a visitor's request.
	 */
	public function ensure(): void {
		if ( (int) $this->options->get( self::OPTION ) < self::VERSION && ! $this->context->is_visitor() ) {
			$this->install();
		}
	}

	/**
	 * Makes the tables. Those that are there stay as they are.
	 */
	public function install(): void {
		$this->create();
		if ( array() === $this->missing() ) {
			$this->options->set( self::OPTION, self::VERSION );
		}
	}

	/**
	 * Makes tables again that were there once and are missing, except during a visitor's request.
	 *
	 * @return bool Whether one was missing and is there now.
	 */
	public function restore_missing(): bool {
		$is_gone = in_array( false, array_map( array( $this, 'is_there' ), array_keys( $this->tables() ) ), true );
		if ( ! $is_gone || $this->context->is_visitor() ) {
			return false;
		}
		$was_there = $this->is_installed();
		$this->install();
		return $was_there && array() === $this->missing();
	}

	/**
	 * Removes the tables and all that they hold.
	 */
	public function drop(): void {
		foreach ( array_keys( $this->tables() ) as $table ) {
			$this->query( "DROP TABLE IF EXISTS $table" );
		}
	}

	/**
	 * The tables that are not there, as far as the database says.
	 *
	 * @return string[] Their names.
	 */
	public function missing(): array {
		$missing = array();
		foreach ( array_keys( $this->tables() ) as $table ) {
			if ( true !== $this->is_there( $table ) ) {
				$missing[] = $table;
			}
		}
		return $missing;
	}

	/**
	 * Whether a table is there.
	 *
	 * @param string $table Its name.
	 * @return bool|null Null where the database does not say.
	 */
	private function is_there( string $table ): ?bool {
		global $wpdb;
		if ( ! is_int( $this->query( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $table ) ) ) ) ) {
			return null;
		}
		$rows = $wpdb->last_result;
		return is_array( $rows ) && array() !== $rows;
	}

	/**
	 * Makes the tables that are not there.
	 */
	private function create(): void {
		global $wpdb;
		$collation = $wpdb->get_charset_collate();
		foreach ( $this->tables() as $table => $columns ) {
			$this->query( "CREATE TABLE IF NOT EXISTS $table ( $columns ) $collation" );
		}
	}

	/**
	 * Runs a statement. Whether it did what it should shows by what is there afterwards.
	 *
	 * @param string $statement SQL without anything that came from outside.
	 * @return int|bool As WordPress answers.
	 */
	private function query( string $statement ) {
		global $wpdb;
		$shown = $wpdb->suppress_errors( true );
		$done  = $wpdb->query( $statement ); // phpcs:ignore WordPress.DB -- The plugin's own tables.
		$wpdb->suppress_errors( $shown );
		return $done;
	}
}
