<?php
/**
 * What an archive of the federation must say of itself.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Gates\Claims;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Packages\Headers;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Compares headers with what was verified. The publisher signs neither the source nor the header: the archive of another
 * source with the same key passes but for this.
 */
final class Header_Checks {

	/**
	 * Checks the headers of an archive that was verified.
	 *
	 * @param array<string, mixed>|null $headers The headers, as Headers gives them.
	 * @param Federated_Archive         $archive What was verified.
	 * @throws Refusal They are not what was verified.
	 */
	public static function check( ?array $headers, Federated_Archive $archive ): void {
		$source = $archive->source()->to_string();
		foreach ( $headers['dids'] ?? array() as $did ) {
			/* translators: 1: a DID, or what stands in its place, 2: a federation source. */
			$message = __( 'The archive says that it is %1$s; its identity was not verified, only the signature by %2$s.', 'fedverify' );
			throw Refusal::rejected( 'wordpress.unverified_source', sprintf( $message, Plain_Text::word( $did ), $source ) );
		}
		foreach ( $headers['sources'] ?? array() as $found ) {
			if ( $found !== $source ) {
				/* translators: 1: a federation source, or what stands in its place, 2: a federation source. */
				$message = __( 'The archive says that it belongs to %1$s, but %2$s was verified.', 'fedverify' );
				throw Refusal::rejected( 'wordpress.package_mismatch', sprintf( $message, Plain_Text::word( $found ), $source ) );
			}
		}
		if ( null === $headers || $headers['source'] !== $source ) {
			/* translators: %s: a federation source. */
			throw Refusal::rejected( 'wordpress.package_mismatch', sprintf( __( 'No header in the archive names %s.', 'fedverify' ), $source ) );
		}
		if ( ! Claims::is_same_version( $headers['version'], $archive->version() ) ) {
			/* translators: 1: a version, 2: a version. */
			$message = __( 'The archive says that it is version %1$s, but %2$s was verified.', 'fedverify' );
			throw Refusal::rejected( 'wordpress.package_mismatch', sprintf( $message, Plain_Text::quoted( $headers['version'] ), $archive->version() ) );
		}
	}

	/**
	 * Checks the headers of an archive that was not verified as one of the federation.
	 *
	 * @param array<string, mixed>|null $headers The headers, as Headers gives them.
	 * @throws Refusal They name a source, and no DID, which the other gates have judged.
	 */
	public static function refuse_any( ?array $headers ): void {
		if ( null !== $headers && array() === $headers['dids'] && array() !== $headers['sources'] ) {
			/* translators: %s: a federation source, or what stands in its place. */
			$message = __( 'The archive says that it belongs to %s, but was not verified.', 'fedverify' );
			throw Refusal::rejected( 'wordpress.unverified_source', sprintf( $message, Plain_Text::word( $headers['sources'][0] ) ) );
		}
	}

	/**
	 * Checks that nothing replaces a plugin of a federation source but what names the same source.
	 *
	 * @param string                    $folder    The name of the folder that is to be replaced.
	 * @param array<string, mixed>|null $headers   The headers of what replaces it.
	 * @param bool                      $is_update Whether that is an update: nobody chose the folder.
	 * @throws Refusal It does.
	 */
	public static function check_destination( string $folder, ?array $headers, bool $is_update ): void {
		$there = Headers::of_folder( WP_PLUGIN_DIR . '/' . $folder, 'plugin' );
		if ( null === $there || array() !== $there['dids'] ) {
			return;
		}
		// Whoever has a DID can name any source: that is believed where somebody replaces the plugin, not of an update of another one.
		$named = $is_update && array() !== ( $headers['dids'] ?? array() ) ? array() : ( $headers['sources'] ?? array() );
		foreach ( array_diff( $there['sources'], $named ) as $replaced ) {
			/* translators: 1: a federation source, 2: the name of a folder. */
			$message = __( 'The archive would replace a plugin of %1$s in the folder %2$s.', 'fedverify' );
			throw Refusal::rejected( 'wordpress.folder_taken', sprintf( $message, Plain_Text::word( $replaced ), Plain_Text::word( $folder ) ) );
		}
	}
}
