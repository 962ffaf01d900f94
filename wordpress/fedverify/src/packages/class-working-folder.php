<?php
/**
 * The folder into which WordPress unpacks an archive.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Packages;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Knows it by its name. WordPress names it after the archive; since 7.1.4, in older series since 6.8.12 for example, it adds a hyphen and a
 * random word of its own.
 */
final class Working_Folder {

	/**
	 * Whether a folder is the one into which WordPress unpacks an archive. Nobody can guess the names of the archives that we hand over,
	 * so whatever replaces the archive's path after a gate is not taken for the archive.
	 *
	 * @param string $archive The path of the archive.
	 * @param string $folder  The path of the folder.
	 */
	public static function is_of( string $archive, string $folder ): bool {
		$name   = basename( basename( $archive, '.tmp' ), '.zip' );
		$folder = basename( $folder );
		return $folder === $name || 0 === strpos( $folder, $name . '-' );
	}
}
