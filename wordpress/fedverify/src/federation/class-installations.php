<?php
/**
 * What was verified of installed plugins.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Memory\Replaced;
use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Remembers what was verified of the files that are there, and says nothing of others.
 */
final class Installations {

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
	 * What was verified of an installed plugin.
	 *
	 * @param Package $package The plugin.
	 * @return array|null Null where the installed version was not verified by this site.
	 * @throws Refusal The database failed.
	 */
	public function of( Package $package ): ?array {
		$facts = $this->records->all( Records::INSTALLED )[ $package->file() ] ?? null;
		$is_it = null !== $facts && ( $facts['identity'] ?? null ) === $package->identity() && ( $facts['version'] ?? null ) === $package->version();
		return $is_it ? $facts : null;
	}

	/**
	 * A plugin was installed.
	 *
	 * @param string $file  Its file.
	 * @param array  $facts What was verified of it.
	 * @throws Refusal The database failed.
	 */
	public function record( string $file, array $facts ): void {
		$before = $this->records->all( Records::INSTALLED )[ $file ] ?? null;
		$this->records->put( Records::INSTALLED, $file, Replaced::kept_beside( $facts, $before ) );
	}

	/**
	 * WordPress has put back the version that was there before the last update.
	 *
	 * @param Package $package The plugin, as it is on disk now.
	 * @throws Refusal The database failed.
	 */
	public function restore( Package $package ): void {
		$before = Replaced::before( $this->records->all( Records::INSTALLED )[ $package->file() ] ?? null, $package->version() );
		if ( null !== $before ) {
			$this->records->put( Records::INSTALLED, $package->file(), $before );
		}
	}

	/**
	 * Something that was not verified was installed into a folder, or what is in it is being deleted.
	 *
	 * @param string $folder The path of the folder.
	 * @throws Refusal The database failed.
	 */
	public function forget_folder( string $folder ): void {
		if ( wp_normalize_path( dirname( $folder ) ) !== untrailingslashit( wp_normalize_path( WP_PLUGIN_DIR ) ) ) {
			return;
		}
		foreach ( array_keys( $this->records->all( Records::INSTALLED ) ) as $file ) {
			if ( dirname( (string) $file ) === basename( $folder ) ) {
				$this->records->remove( Records::INSTALLED, (string) $file );
			}
		}
	}

	/**
	 * A plugin was deleted.
	 *
	 * @param string $file Its file.
	 * @throws Refusal The database failed.
	 */
	public function forget( string $file ): void {
		$this->records->remove( Records::INSTALLED, $file );
	}
}
