<?php
/**
 * Finds out what is being installed.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

use FedVerify\WordPress\Packages\Headers;
use FedVerify\WordPress\Packages\Installed;
use FedVerify\WordPress\Packages\Package;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * From what the upgrader is told. Never from FAIR Connect's `fair-install-did`: it is one for the whole site, and its
 * repositories have a say in it.
 */
final class Subjects {

	/**
	 * The installed packages.
	 *
	 * @var Installed
	 */
	private $installed;

	/**
	 * Which package a URL was given for.
	 *
	 * @var Asked_Downloads
	 */
	private $asked;

	/**
	 * Makes one.
	 *
	 * @param Installed       $installed The installed packages.
	 * @param Asked_Downloads $asked     Which package a URL was given for.
	 */
	public function __construct( Installed $installed, Asked_Downloads $asked ) {
		$this->installed = $installed;
		$this->asked     = $asked;
	}

	/**
	 * What is being installed; null where it has no identity.
	 *
	 * @param mixed $reply    What other plugins answered so far: false, a path, or anything else.
	 * @param mixed $source   The URL or the path that the upgrader was told.
	 * @param mixed $upgrader The upgrader.
	 * @param mixed $extra    What the upgrader says about the package.
	 */
	public function of( $reply, $source, $upgrader, $extra ): ?Subject {
		if ( ! is_string( $source ) || '' === $source ) {
			return null;
		}
		$extra = is_array( $extra ) ? $extra : array();
		$file  = self::file( $reply, $source );
		$kind  = self::kind( $upgrader, $extra );
		if ( 'translation' === $kind ) {
			$package = $this->translated( $extra['language_update'] ?? null );
			return null === $package ? null : new Subject( $kind, $package->did(), $source, $file, null );
		}
		$package = $this->updated( $extra );
		$did     = null === $package ? $this->asked->did_of( $source ) : $package->did();
		if ( null === $did && null !== $file ) {
			$headers = Headers::of_archive( $file );
			$did     = null === $headers || array() === $headers['dids'] ? null : $headers['dids'][0];
		}
		return null === $did ? null : new Subject( $kind, $did, $source, $file, $package );
	}

	/**
	 * The package with an identity that is being updated, or taken away by the update of something else.
	 *
	 * @param array<mixed> $extra What the upgrader says about the package.
	 */
	public function updated( array $extra ): ?Package {
		if ( isset( $extra['plugin'] ) && is_string( $extra['plugin'] ) ) {
			return $this->installed->plugin( $extra['plugin'] ) ?? $this->installed->around( 'plugin', $extra['plugin'] );
		}
		if ( isset( $extra['theme'] ) && is_string( $extra['theme'] ) ) {
			return $this->installed->theme( $extra['theme'] ) ?? $this->installed->around( 'theme', $extra['theme'] );
		}
		return null;
	}

	/**
	 * What kind of package it is.
	 *
	 * @param mixed        $upgrader The upgrader.
	 * @param array<mixed> $extra    What it says about the package.
	 * @return string One of 'plugin', 'theme', 'translation', ''.
	 */
	public static function kind( $upgrader, array $extra ): string {
		if ( $upgrader instanceof \Language_Pack_Upgrader || isset( $extra['language_update'] ) ) {
			return 'translation';
		}
		if ( $upgrader instanceof \Theme_Upgrader || isset( $extra['theme'] ) ) {
			return 'theme';
		}
		if ( $upgrader instanceof \Plugin_Upgrader || isset( $extra['plugin'] ) ) {
			return 'plugin';
		}
		$type = $extra['type'] ?? '';
		return in_array( $type, array( 'plugin', 'theme' ), true ) ? $type : '';
	}

	/**
	 * The package with an identity that a translation is of.
	 *
	 * @param mixed $update What WordPress was offered.
	 */
	public function translated( $update ): ?Package {
		$update = is_object( $update ) ? get_object_vars( $update ) : $update;
		$kind   = is_array( $update ) ? ( $update['type'] ?? '' ) : '';
		$slug   = is_array( $update ) ? ( $update['slug'] ?? '' ) : '';
		if ( ! in_array( $kind, array( 'plugin', 'theme' ), true ) || ! is_string( $slug ) || '' === $slug ) {
			return null;
		}
		$package = $this->installed->by_text_domain( $kind, $slug );
		return null !== $package && '' !== $package->did() ? $package : null;
	}

	/**
	 * The archive, where it is there already.
	 *
	 * @param mixed  $reply  What other plugins answered so far.
	 * @param string $source The URL or the path that the upgrader was told.
	 */
	public static function file( $reply, string $source ): ?string {
		foreach ( array( $reply, $source ) as $path ) {
			if ( is_string( $path ) && '' !== $path && false === strpos( $path, '://' ) && is_file( $path ) ) {
				return $path;
			}
		}
		return null;
	}
}
