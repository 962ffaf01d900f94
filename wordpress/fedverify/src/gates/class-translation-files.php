<?php
/**
 * Whose translation a file is.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

use FedVerify\WordPress\Packages\Installed;
use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * WordPress loads a translation by its name, and since 6.5 it is a PHP file that is run. So a translation of anything
 * may bring a file that runs as another package's.
 */
final class Translation_Files {

	/**
	 * How many files are looked at.
	 */
	private const MAX_FILES = 20000;

	/**
	 * The installed packages.
	 *
	 * @var Installed
	 */
	private $installed;

	/**
	 * Makes one.
	 *
	 * @param Installed $installed The installed packages.
	 */
	public function __construct( Installed $installed ) {
		$this->installed = $installed;
	}

	/**
	 * The first package with an identity of which a folder has a translation.
	 *
	 * @param string   $folder The folder, which is looked through with all that are in it.
	 * @param string   $except The DID whose translations are allowed.
	 * @param string[] $own    Text domains whose files are what the archive is for, also where they begin with another's.
	 * @return Package|null Null where there is none.
	 * @throws Refusal The folder has too many files.
	 */
	public function package_of_any( string $folder, string $except, array $own ): ?Package {
		$packages = $this->packages( $except );
		if ( array() === $packages || ! is_dir( $folder ) ) {
			return null;
		}
		$own   = self::pattern( $own );
		$files = new \RecursiveIteratorIterator( new \RecursiveDirectoryIterator( $folder, \FilesystemIterator::SKIP_DOTS ) );
		$seen  = 0;
		foreach ( $files as $file ) {
			if ( ++$seen > self::MAX_FILES ) {
				/* translators: %s: a number */
				$message = __( 'The archive of a translation has more than %s files, and cannot be looked through.', 'fedverify' );
				throw Refusal::rejected( 'wordpress.foreign_translation', sprintf( $message, number_format_i18n( self::MAX_FILES ) ) );
			}
			foreach ( $packages as $pattern => $package ) {
				if ( 1 === preg_match( $pattern, $file->getFilename() ) && 1 !== preg_match( $own, $file->getFilename() ) ) {
					return $package;
				}
			}
		}
		return null;
	}

	/**
	 * Packages that have an identity, by the names of their translations.
	 *
	 * @param string $except The DID whose translations are allowed.
	 * @return array<string, Package> By regular expressions.
	 */
	private function packages( string $except ): array {
		$packages = array();
		foreach ( array_merge( $this->installed->all(), $this->installed->of_sources() ) as $package ) {
			if ( $package->identity() !== $except ) {
				$packages[ self::pattern( array( $package->text_domain(), $package->slug() ) ) ] = $package;
			}
		}
		return $packages;
	}

	/**
	 * The names of translations of text domains, in whatever language: the page for logging in takes the name of any.
	 *
	 * @param string[] $domains The text domains.
	 * @return string A regular expression.
	 */
	private static function pattern( array $domains ): string {
		$quoted = array_map(
			static function ( string $domain ): string {
				return preg_quote( $domain, '~' );
			},
			array_filter( $domains, 'strlen' )
		);
		return array() === $quoted ? '~(?!)~' : '~\A(?:' . implode( '|', $quoted ) . ')-.*\.(?:mo|po|json|l10n\.php|php)\z~is';
	}
}
