<?php
/**
 * Finds one of several packages.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Packages;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Tells which package an update or a translation would touch.
 */
final class Package_Search {

	/**
	 * The first of some packages that an update of something else would take away.
	 *
	 * @param Package[] $packages The packages.
	 * @param string    $kind     'plugin' or 'theme'.
	 * @param string    $file     The plugin's file or the theme's folder, as somebody offered it.
	 */
	public static function around( array $packages, string $kind, string $file ): ?Package {
		// Of a plugin without a folder it removes the file.
		$path   = 'theme' === $kind ? $file : dirname( $file );
		$folder = '.' === $path && 'plugin' === $kind ? false : realpath( self::root( $kind, $file ) . '/' . $path );
		if ( false === $folder ) {
			return null;
		}
		foreach ( $packages as $package ) {
			$own = 'theme' === $kind || '.' === dirname( $package->file() ) ? $package->file() : dirname( $package->file() );
			$own = $package->kind() === $kind ? realpath( self::root( $kind, $package->file() ) . '/' . $own ) : false;
			if ( false !== $own && ( 0 === strpos( "$own/", "$folder/" ) || 0 === strpos( "$folder/", "$own/" ) ) ) {
				return $package;
			}
		}
		return null;
	}

	/**
	 * The folder in which packages are.
	 *
	 * @param string $kind 'plugin' or 'theme'.
	 * @param string $file One of them.
	 */
	private static function root( string $kind, string $file ): string {
		return 'theme' === $kind ? get_theme_root( $file ) : WP_PLUGIN_DIR;
	}

	/**
	 * The first of some packages whose translations have this text domain.
	 *
	 * @param Package[] $packages The packages.
	 * @param string    $kind     'plugin' or 'theme'.
	 * @param string    $slug     The text domain, or the slug.
	 */
	public static function by_text_domain( array $packages, string $kind, string $slug ): ?Package {
		// File names of translations are the same in any case on some file systems.
		$slug = strtolower( $slug );
		foreach ( $packages as $package ) {
			$names = array( strtolower( $package->text_domain() ), strtolower( $package->slug() ) );
			if ( $package->kind() === $kind && in_array( $slug, $names, true ) ) {
				return $package;
			}
		}
		return null;
	}
}
