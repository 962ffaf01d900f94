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

	private const VERSION = 1;

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
	 * Whether a table was missing and made again in this request.
	 *
	 * @var bool
	 */
	private $restored = false;

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
	 * Makes the tables where this version's are not there yet.
	 */
	public function ensure(): void {
		if ( (int) $this->options->get( self::OPTION ) < self::VERSION ) {
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
	 * Makes tables again that were there once and are missing, unless somebody just looks at the site.
	 *
	 * @return bool Whether one was missing and is there now.
	 */
	public function restore_missing(): bool {
		if ( $this->restored || $this->context->is_visitor() || array() === $this->missing() ) {
			return false;
		}
		$this->restored = true;
		$lost           = $this->is_installed();
		$this->install();
		return $lost && array() === $this->missing();
	}

	/**
	 * Removes the tables and all that they hold.
	 */
	public function drop(): void {
		foreach ( array( $this->identities(), $this->verdicts() ) as $table ) {
			$this->query( "DROP TABLE IF EXISTS $table" );
		}
	}

	/**
	 * The tables that are not there.
	 *
	 * @return string[] Their names.
	 */
	public function missing(): array {
		global $wpdb;
		$missing = array();
		foreach ( array( $this->identities(), $this->verdicts() ) as $table ) {
			// phpcs:ignore WordPress.DB -- Whether a table is there is not to be cached.
			$found = $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $table ) ) );
			if ( ! is_string( $found ) || strtolower( $found ) !== strtolower( $table ) ) {
				$missing[] = $table;
			}
		}
		return $missing;
	}

	/**
	 * Makes the tables that are not there.
	 */
	private function create(): void {
		global $wpdb;
		$collation = $wpdb->get_charset_collate();
		$this->query( "CREATE TABLE IF NOT EXISTS {$this->identities()} ( " . self::IDENTITIES . " ) $collation" );
		$this->query( "CREATE TABLE IF NOT EXISTS {$this->verdicts()} ( " . self::VERDICTS . " ) $collation" );
	}

	/**
	 * Runs a statement whose failure shows by what is there afterwards.
	 *
	 * @param string $statement SQL without anything that came from outside.
	 */
	private function query( string $statement ): void {
		global $wpdb;
		$shown = $wpdb->suppress_errors( true );
		$wpdb->query( $statement ); // phpcs:ignore WordPress.DB -- The plugin's own tables.
		$wpdb->suppress_errors( $shown );
	}
}
