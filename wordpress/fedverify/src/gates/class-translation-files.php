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
	 * @param string $folder The folder, which is looked through with all that are in it.
	 * @param string $except The DID whose translations are allowed.
	 * @return Package|null Null where there is none.
	 * @throws \RuntimeException The folder has too many files.
	 */
	public function package_of_any( string $folder, string $except ): ?Package {
		$patterns = $this->patterns( $except );
		if ( array() === $patterns || ! is_dir( $folder ) ) {
			return null;
		}
		$files = new \RecursiveIteratorIterator( new \RecursiveDirectoryIterator( $folder, \FilesystemIterator::SKIP_DOTS ) );
		$seen  = 0;
		foreach ( $files as $file ) {
			if ( ++$seen > self::MAX_FILES ) {
				throw new \RuntimeException( 'the translation has more than ' . (int) self::MAX_FILES . ' files' );
			}
			foreach ( $patterns as $pattern => $package ) {
				if ( 1 === preg_match( $pattern, $file->getFilename() ) ) {
					return $package;
				}
			}
		}
		return null;
	}

	/**
	 * The names of translations of packages that have an identity.
	 *
	 * @param string $except The DID whose translations are allowed.
	 * @return array<string, Package> Packages, by regular expressions.
	 */
	private function patterns( string $except ): array {
		$patterns = array();
		foreach ( $this->installed->all() as $package ) {
			if ( '' === $package->did() || $package->did() === $except ) {
				continue;
			}
			foreach ( array( $package->text_domain(), $package->slug() ) as $domain ) {
				if ( '' !== $domain ) {
					$pattern = '~\A' . preg_quote( $domain, '~' ) . '-[a-z]{2,3}(?:_[a-z0-9]+)*(?:-[0-9a-f]{32})?\.(?:mo|po|json|l10n\.php|php)\z~i';

					$patterns[ $pattern ] = $package;
				}
			}
		}
		return $patterns;
	}
}
