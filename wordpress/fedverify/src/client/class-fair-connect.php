<?php
/**
 * The client.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Client;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * All that is known of FAIR Connect, the plugin that fetches and installs packages of the federation: 1.3, which has objects, and
 * 1.4, which has arrays.
 */
final class Fair_Connect {

	/**
	 * What 1.3 makes of a DID document.
	 */
	private const DOCUMENT = 'FAIR\\Packages\\DID\\Document';

	/**
	 * The client's cache of the releases of packages, by DID.
	 */
	public const RELEASES = 'fair-release-packages';

	/**
	 * Where the client notes the DID that is being installed.
	 */
	public const BEING_INSTALLED = 'fair-install-did';

	private const METADATA = 'fair-packages-';

	/**
	 * Whether it is there and works.
	 */
	public function is_active(): bool {
		return function_exists( 'FAIR\\Packages\\get_did_document' );
	}

	/**
	 * Whether it wants DID documents as objects.
	 */
	public function has_objects(): bool {
		return class_exists( self::DOCUMENT );
	}

	/**
	 * The site transient that holds a DID document.
	 *
	 * @param string $did The DID.
	 */
	public static function document_cache( string $did ): string {
		return 'fair-metadata-documents-' . $did;
	}

	/**
	 * The site transient that holds an error.
	 *
	 * @param string $did The DID.
	 */
	public static function error_cache( string $did ): string {
		return 'fair-update-errors-' . $did;
	}

	/**
	 * The site transient that holds metadata.
	 *
	 * @param string $url The URL of the metadata.
	 */
	public static function metadata_cache( string $url ): string {
		return self::METADATA . md5( $url );
	}

	/**
	 * A DID document as the client has it in its cache.
	 *
	 * @param array<string, mixed> $document A verified document.
	 * @return object|array<string, mixed>
	 */
	public function document_value( array $document ) {
		$shape = Document_Shape::of( $document );
		if ( ! $this->has_objects() ) {
			return $shape;
		}
		$class = self::DOCUMENT;
		$parts = array( $shape['service'], $shape['verificationMethod'] );
		foreach ( $parts as $i => $list ) {
			$parts[ $i ] = array_map(
				static function ( array $member ): \stdClass {
					return (object) $member;
				},
				$list
			);
		}
		return new $class( $shape['id'], $parts[0], $parts[1], $shape['alsoKnownAs'] );
	}

	/**
	 * The client's cache of releases without the errors that it puts there, and stumbles over. Hooked where it is read and written.
	 *
	 * @param mixed $releases What is in the cache.
	 * @return mixed
	 */
	public function without_errors( $releases ) {
		if ( ! is_array( $releases ) ) {
			return $releases;
		}
		return array_filter(
			$releases,
			static function ( $release ): bool {
				return ( is_object( $release ) && ! is_wp_error( $release ) ) || is_array( $release );
			}
		);
	}

	/**
	 * Makes the client forget what it fetched.
	 *
	 * @param string[] $dids The identities that are known. Where the caches are in the database, all others are forgotten, too.
	 */
	public function purge( array $dids ): void {
		$names = array_merge( self::stored(), array( self::RELEASES, self::BEING_INSTALLED ) );
		foreach ( $dids as $did ) {
			array_push( $names, ...$this->caches_of( (string) $did ) );
		}
		array_map( 'delete_site_transient', array_unique( $names ) );
	}

	/**
	 * The caches of one identity.
	 *
	 * @param string $did The DID.
	 * @return string[]
	 */
	private function caches_of( string $did ): array {
		$names    = array( self::error_cache( $did ), 'fair_did_alias_' . $did );
		$document = get_site_transient( self::document_cache( $did ) );
		foreach ( Document_Shape::endpoints_of( $document ) as $url ) {
			$names[] = self::metadata_cache( $url );
		}
		$names[] = self::document_cache( $did );
		return $names;
	}

	/**
	 * The client's caches in the database.
	 *
	 * @return string[]
	 */
	private static function stored(): array {
		global $wpdb;
		$prefix = '_site_transient_';
		$like   = $wpdb->esc_like( $prefix . 'fair' ) . '%';
		$names  = is_multisite()
			? $wpdb->get_col( $wpdb->prepare( "SELECT meta_key FROM {$wpdb->sitemeta} WHERE meta_key LIKE %s", $like ) ) // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- WordPress has no function that lists transients.
			: $wpdb->get_col( $wpdb->prepare( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE %s", $like ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- As above.
		return array_map(
			static function ( $name ) use ( $prefix ): string {
				return substr( (string) $name, strlen( $prefix ) );
			},
			preg_grep( '~\A' . $prefix . '(?:fair-(?:metadata-documents|update-errors|packages)-|fair_did_alias_)~', (array) $names )
		);
	}
}
