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
	 * The first package with an identity for which a folder contains a translation. One text domain may begin with another one,
	 * as `shop-addon` begins with `shop`: a file belongs to the longest that its name begins with.
	 *
	 * @param string   $folder The folder, which is looked through with all that are in it.
	 * @param string   $except The DID whose translations are allowed.
	 * @param string[] $own    Text domains that the archive is for.
	 * @return Package|null Null where there is none.
	 * @throws Refusal The folder has too many files.
	 */
	public function package_of_any( string $folder, string $except, array $own ): ?Package {
		$owners = $this->packages( $except );
		if ( array() === $owners || ! is_dir( $folder ) ) {
			return null;
		}
		$owners = array_fill_keys( array_map( 'strtolower', $own ), null ) + $owners;
		uksort(
			$owners,
			static function ( $one, $other ): int {
				return strlen( (string) $other ) <=> strlen( (string) $one );
			}
		);
		$files = new \RecursiveIteratorIterator( new \RecursiveDirectoryIterator( $folder, \FilesystemIterator::SKIP_DOTS ) );
		$seen  = 0;
		foreach ( $files as $file ) {
			if ( ++$seen > self::MAX_FILES ) {
				/* translators: %s: a number */
				$message = __( 'The archive of a translation has more than %s files, and cannot be looked through.', 'fedverify' );
				throw Refusal::rejected( 'wordpress.foreign_translation', sprintf( $message, number_format_i18n( self::MAX_FILES ) ) );
			}
			$package = self::owner( $file->getFilename(), $owners );
			if ( null !== $package ) {
				return $package;
			}
		}
		return null;
	}

	/**
	 * The package that a file belongs to.
	 *
	 * @param string                      $file   The file's name.
	 * @param array<string, Package|null> $owners By text domains, the longest first; null: the archive is for that one.
	 */
	private static function owner( string $file, array $owners ): ?Package {
		foreach ( $owners as $domain => $package ) {
			if ( 1 === preg_match( self::pattern( (string) $domain ), $file ) ) {
				return $package;
			}
		}
		return null;
	}

	/**
	 * Packages that have an identity.
	 *
	 * @param string $except The DID whose translations are allowed.
	 * @return array<string, Package> By their text domains and the names of their folders, in lower case.
	 */
	private function packages( string $except ): array {
		$packages = array();
		foreach ( array_merge( $this->installed->all(), $this->installed->of_sources() ) as $package ) {
			if ( $package->identity() !== $except ) {
				$domains   = array_filter( array( $package->text_domain(), $package->slug() ), 'strlen' );
				$packages += array_fill_keys( array_map( 'strtolower', $domains ), $package );
			}
		}
		return $packages;
	}

	/**
	 * The names of translations of a text domain, in any language: the login page loads whatever language is named.
	 *
	 * @param string $domain The text domain.
	 * @return string A regular expression.
	 */
	private static function pattern( string $domain ): string {
		return '~\A' . preg_quote( $domain, '~' ) . '-.*\.(?:mo|po|json|l10n\.php|php)\z~is';
	}
}
