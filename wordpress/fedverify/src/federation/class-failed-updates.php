<?php
/**
 * The updates that could not be installed lately.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Remembers them for a while, in which they make room for others.
 */
final class Failed_Updates {

	/**
	 * For how long one is remembered, in seconds, and how many of a plugin.
	 */
	private const SECONDS = 86400;
	private const MOST    = 20;

	/**
	 * The rows.
	 *
	 * @var Records
	 */
	private $records;

	/**
	 * Makes one.
	 *
	 * @param Records $records The rows.
	 */
	public function __construct( Records $records ) {
		$this->records = $records;
	}

	/**
	 * Those of a plugin.
	 *
	 * @param Package $package The plugin.
	 * @return array<string, int> When, by Listed_Version::fingerprint(), the last one first.
	 * @throws Refusal The database failed.
	 */
	public function of( Package $package ): array {
		$entry  = $this->records->all( Records::FAILED )[ $package->file() ] ?? array();
		$failed = $package->identity() === ( $entry['identity'] ?? null ) && is_array( $entry['versions'] ?? null ) ? $entry['versions'] : array();
		return array_filter(
			$failed,
			static function ( $at ): bool {
				return is_int( $at ) && abs( time() - $at ) < self::SECONDS;
			}
		);
	}

	/**
	 * The archive of an update was not what was listed, or was not handed out.
	 *
	 * @param Package        $package The plugin.
	 * @param Listed_Version $listed  The version, as the node lists it.
	 * @throws Refusal The database failed.
	 */
	public function add( Package $package, Listed_Version $listed ): void {
		$this->put( $package, array( $listed->fingerprint() => time() ) + $this->of( $package ) );
	}

	/**
	 * It did not fail after all.
	 *
	 * @param Package        $package The plugin.
	 * @param Listed_Version $listed  The version, as the node lists it.
	 * @throws Refusal The database failed.
	 */
	public function remove( Package $package, Listed_Version $listed ): void {
		$this->put( $package, array_diff_key( $this->of( $package ), array( $listed->fingerprint() => 0 ) ) );
	}

	/**
	 * Stores those of a plugin.
	 *
	 * @param Package            $package The plugin.
	 * @param array<string, int> $failed  As of() gives them.
	 * @throws Refusal The database failed.
	 */
	private function put( Package $package, array $failed ): void {
		$this->records->put(
			Records::FAILED,
			$package->file(),
			array(
				'identity' => $package->identity(),
				'versions' => array_slice( $failed, 0, self::MOST, true ),
			)
		);
	}

	/**
	 * A plugin was deleted.
	 *
	 * @param string $file Its file.
	 * @throws Refusal The database failed.
	 */
	public function forget( string $file ): void {
		$this->records->remove( Records::FAILED, $file );
	}
}
