<?php
/**
 * Finds out what is to be installed from the federation.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Gates\Asked_Downloads;
use FedVerify\WordPress\Gates\Subject;
use FedVerify\WordPress\Gates\Subjects;
use FedVerify\WordPress\Packages\Headers;
use FedVerify\WordPress\Packages\Installed;
use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Packages\Package_Search;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Tells plugins of federation sources from all others: by what is updated, by the URL of a node, or by the headers of an
 * archive that is there. Where there is a DID, that decides.
 */
final class Wanted_Plugins {

	/**
	 * The installed packages.
	 *
	 * @var Installed
	 */
	private $installed;

	/**
	 * Which identity a URL was given for.
	 *
	 * @var Asked_Downloads
	 */
	private $asked;

	/**
	 * The nodes.
	 *
	 * @var Nodes
	 */
	private $nodes;

	/**
	 * Makes one.
	 *
	 * @param Installed       $installed The installed packages.
	 * @param Asked_Downloads $asked     Which identity a URL was given for.
	 * @param Nodes           $nodes     The nodes.
	 */
	public function __construct( Installed $installed, Asked_Downloads $asked, Nodes $nodes ) {
		$this->installed = $installed;
		$this->asked     = $asked;
		$this->nodes     = $nodes;
	}

	/**
	 * What is to be installed; null where it is of no federation source.
	 *
	 * @param mixed $reply    What other plugins answered so far: false, a path, or anything else.
	 * @param mixed $source   The URL or the path that the upgrader was told.
	 * @param mixed $upgrader The upgrader.
	 * @param mixed $extra    What the upgrader says about the package.
	 */
	public function of( $reply, $source, $upgrader, $extra ): ?Wanted {
		$extra = is_array( $extra ) ? $extra : array();
		$kind  = Subjects::kind( $upgrader, $extra );
		if ( ! is_string( $source ) || '' === $source || 'theme' === $kind ) {
			return null;
		}
		$file = Subjects::file( $reply, $source );
		if ( 'translation' === $kind ) {
			$package = Offer_Gate::translated( $this->installed->of_sources(), $extra['language_update'] ?? null );
			return null === $package ? null : self::of_package( $package, 'translation', $source, $file );
		}
		$package = $this->updated( $extra );
		if ( null !== $package ) {
			return self::of_package( $package, 'plugin', $source, $file );
		}
		// What has a DID, the other gates have judged.
		$has_did = null !== $this->asked->did_of( $source ) || ( is_string( $extra['plugin'] ?? null ) && null !== $this->installed->plugin( $extra['plugin'] ) );
		return $has_did ? null : $this->installed_newly( $source, $file );
	}

	/**
	 * The plugin of a federation source that is being updated, or taken away by the update of something else.
	 *
	 * @param array<mixed> $extra What the upgrader says about the package.
	 */
	public function updated( array $extra ): ?Package {
		$file = isset( $extra['plugin'] ) && is_string( $extra['plugin'] ) ? $extra['plugin'] : '';
		if ( '' === $file || null !== $this->installed->plugin( $file ) ) {
			return null;
		}
		return $this->installed->plugin_of_source( $file ) ?? Package_Search::around( $this->installed->of_sources(), 'plugin', $file );
	}

	/**
	 * What is installed and is no update.
	 *
	 * @param string      $source The URL or the path that the upgrader was told.
	 * @param string|null $file   The archive, where it is there already.
	 */
	private function installed_newly( string $source, ?string $file ): ?Wanted {
		$headers = null === $file ? null : Headers::of_archive( $file, 'plugin' );
		if ( null !== $headers && array() !== $headers['dids'] ) {
			return null;
		}
		try {
			$named = $this->nodes->download_of( $source );
		} catch ( Refusal $invalid ) {
			$named = null;
		}
		if ( null !== $named ) {
			$subject = new Subject( 'plugin', $named->source()->of_plugin( $named->plugin() ), $source, $file, null );
			return new Wanted( $named->source()->to_string(), $named->plugin(), $named->version(), $subject );
		}
		if ( null === $headers || array() === $headers['sources'] ) {
			return null;
		}
		$folder  = basename( dirname( strtr( $headers['file'], '\\', '/' ) ) );
		$subject = new Subject( 'plugin', $headers['sources'][0] . '#' . $folder, $source, $file, null );
		return new Wanted( $headers['sources'][0], $folder, $headers['version'], $subject );
	}

	/**
	 * An update or a translation of an installed plugin.
	 *
	 * @param Package     $package The plugin.
	 * @param string      $kind    'plugin' or 'translation'.
	 * @param string      $source  The URL or the path that the upgrader was told.
	 * @param string|null $file    The archive, where it is there already.
	 */
	private static function of_package( Package $package, string $kind, string $source, ?string $file ): Wanted {
		return new Wanted( $package->source(), $package->slug(), '', new Subject( $kind, $package->identity(), $source, $file, $package ) );
	}
}
