<?php
/**
 * The log of verdicts as a file.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Memory\Verdict;
use FedVerify\WordPress\Memory\Verdicts;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Gives the log out as CSV or JSON, a line at a time and no longer than the log may be.
 */
final class Verdict_Export {

	/** The log is bounded by a setting. This bounds what is given out if it was not pruned. */
	private const MOST = 10000;

	/**
	 * The log.
	 *
	 * @var Verdicts
	 */
	private $verdicts;

	/**
	 * Makes it.
	 *
	 * @param Verdicts $verdicts The log.
	 */
	public function __construct( Verdicts $verdicts ) {
		$this->verdicts = $verdicts;
	}

	/**
	 * Sends the file and ends the request.
	 *
	 * @param string $format `csv` or `json`.
	 */
	public function send( string $format ): void {
		$is_json = 'json' === $format;
		nocache_headers();
		header( 'Content-Type: ' . ( $is_json ? 'application/json' : 'text/csv' ) . '; charset=utf-8' );
		header( 'Content-Disposition: attachment; filename="fedverify-verdicts-' . gmdate( 'Y-m-d' ) . ( $is_json ? '.json' : '.csv' ) . '"' );
		header( 'X-Content-Type-Options: nosniff' );
		foreach ( $is_json ? $this->json() : $this->csv() as $line ) {
			// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- Not HTML, and sent as such.
			echo $line;
		}
		exit;
	}

	/**
	 * The lines of the CSV.
	 *
	 * @return iterable<string>
	 */
	public function csv(): iterable {
		yield self::csv_line( Verdict::COLUMNS );
		foreach ( $this->rows() as $row ) {
			yield self::csv_line( $row );
		}
	}

	/**
	 * The lines of the JSON: a list of objects.
	 *
	 * @return iterable<string>
	 */
	public function json(): iterable {
		$before = "[\n";
		foreach ( $this->rows() as $row ) {
			$json = wp_json_encode( $row, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE );
			yield $before . ( false === $json ? '{}' : $json );
			$before = ",\n";
		}
		yield "[\n" === $before ? "[]\n" : "\n]\n";
	}

	/**
	 * The verdicts as rows.
	 *
	 * @return iterable<array<string, string>>
	 */
	private function rows(): iterable {
		$count = 0;
		foreach ( $this->verdicts->export() as $verdict ) {
			if ( $count >= self::MOST ) {
				return;
			}
			++$count;
			yield $verdict->row();
		}
	}

	/**
	 * A line of CSV.
	 *
	 * @param string[] $cells The cells.
	 * @return string
	 */
	public static function csv_line( array $cells ): string {
		return implode( ',', array_map( array( self::class, 'csv_cell' ), $cells ) ) . "\r\n";
	}

	/**
	 * A cell of CSV. Spreadsheets take a cell that begins with one of a few characters for a formula, and run it: names and
	 * messages come from servers, so those get an apostrophe before them.
	 *
	 * @param string $value The value.
	 * @return string
	 */
	private static function csv_cell( string $value ): string {
		$is_formula = 1 === preg_match( '/\A\s*[=+\-@|%\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}]|\A[\t\r\n]/u', $value ) || 1 !== preg_match( '//u', $value );
		return '"' . str_replace( '"', '""', ( $is_formula ? "'" : '' ) . $value ) . '"';
	}
}
