<?php
/**
 * What is left of a refused package.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Removes it. WordPress leaves unpacked folders of refused packages below the web root, under names that can be
 * foreseen: code that anyone could call by its URL.
 */
final class Remains {

	/**
	 * Folders that are never removed, and in which nothing is, relative to wp-content.
	 */
	private const KEPT = array( 'plugins', 'themes', 'mu-plugins', 'languages', 'uploads', 'upgrade-temp-backup', 'cache', 'fonts' );

	/**
	 * Removes folders of an unpacked archive.
	 *
	 * @param mixed ...$folders Paths as the upgrader has them, of the file system that it works on.
	 */
	public static function remove( ...$folders ): void {
		global $wp_filesystem;
		if ( ! is_object( $wp_filesystem ) ) {
			return;
		}
		foreach ( $folders as $folder ) {
			if ( is_string( $folder ) && self::is_removable( $folder ) ) {
				$wp_filesystem->delete( untrailingslashit( $folder ), true );
			}
		}
	}

	/**
	 * Removes an archive that was downloaded or uploaded for a package that was refused. An upload stays in the media
	 * folder for two hours otherwise.
	 *
	 * @param Subject $subject  What was refused.
	 * @param mixed   $upgrader The upgrader.
	 */
	public static function remove_archive( Subject $subject, $upgrader ): void {
		$file = $subject->file();
		if ( null === $file ) {
			return;
		}
		$is_download = $file !== $subject->source();
		if ( $is_download || self::is_upload( $file, $upgrader ) ) {
			wp_delete_file( $file );
		}
	}

	/**
	 * Whether WordPress received the file for this installation.
	 *
	 * @param string $file     The path.
	 * @param mixed  $upgrader The upgrader.
	 */
	private static function is_upload( string $file, $upgrader ): bool {
		$skin    = is_object( $upgrader ) ? ( $upgrader->skin ?? null ) : null;
		$type    = is_object( $skin ) ? ( $skin->type ?? '' ) : '';
		$uploads = wp_upload_dir( null, false );
		$base    = realpath( (string) $uploads['basedir'] );
		$path    = realpath( $file );
		return 'upload' === $type && is_string( $base ) && is_string( $path ) && 0 === strpos( $path, $base . DIRECTORY_SEPARATOR );
	}

	/**
	 * Whether a folder is one of an unpacked archive: within wp-content, and not one of its own.
	 *
	 * @param string $folder The path.
	 */
	private static function is_removable( string $folder ): bool {
		global $wp_filesystem;
		$content = trailingslashit( wp_normalize_path( (string) $wp_filesystem->wp_content_dir() ) );
		$folder  = wp_normalize_path( untrailingslashit( $folder ) );
		if ( '/' === $content || 0 !== strpos( $folder, $content ) ) {
			return false;
		}
		$parts = explode( '/', substr( $folder, strlen( $content ) ) );
		if ( array_intersect( $parts, array( '', '.', '..' ) ) ) {
			return false;
		}
		$kept = array_merge( self::KEPT, array_map( 'basename', array( WP_PLUGIN_DIR, WPMU_PLUGIN_DIR, WP_LANG_DIR, get_theme_root() ) ) );
		if ( 'upgrade' === $parts[0] ) {
			return count( $parts ) > 1;
		}
		// Where an archive has no folder of its own, FAIR Connect moves it from upgrade/ to wp-content itself.
		return 1 === count( $parts ) && ! in_array( strtolower( $parts[0] ), $kept, true );
	}
}
