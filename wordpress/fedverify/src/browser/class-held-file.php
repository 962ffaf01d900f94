<?php
/**
 * A file that a browser verifies.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Browser;

use FedVerify\WordPress\Network\Private_Folder;
use FedVerify\WordPress\Network\Response;
use FedVerify\WordPress\Refusal;


if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Bytes that were handed out and are held until the report comes: in a private folder, with their digest in the database. Both
 * must still agree whenever they are used.
 */
final class Held_File {

	/**
	 * Holds a document.
	 *
	 * @param string $bytes Its bytes.
	 * @return array{folder: string, sha256: string, bytes: int} As an entry names it.
	 * @throws Refusal `io.file.unwritable`.
	 */
	public static function of_bytes( string $bytes ): array {
		$folder = new Private_Folder();
		// phpcs:ignore WordPress.PHP.NoSilencedErrors.Discouraged, WordPress.WP.AlternativeFunctions -- A private file; what fails is refused.
		if ( strlen( $bytes ) !== @file_put_contents( $folder->path() . '/body', $bytes ) ) {
			throw Refusal::undetermined( 'io.file.unwritable', __( 'What was downloaded cannot be stored.', 'fedverify' ) );
		}
		return array(
			'folder' => $folder->keep(),
			'sha256' => hash( 'sha256', $bytes ),
			'bytes'  => strlen( $bytes ),
		);
	}

	/**
	 * Holds what a server answered.
	 *
	 * @param Response $response The response.
	 * @return array{folder: string, sha256: string, bytes: int} As an entry names it.
	 */
	public static function of_response( Response $response ): array {
		return array(
			'sha256' => (string) hash_file( 'sha256', $response->path() ),
			'bytes'  => (int) filesize( $response->path() ),
			'folder' => $response->folder()->keep(),
		);
	}

	/**
	 * The path of a file that is held, if it has not changed.
	 *
	 * @param mixed $file As an entry names it.
	 * @throws Refusal `wordpress.browser.changed`.
	 */
	public static function path( $file ): string {
		$path = is_array( $file ) && isset( $file['folder'], $file['sha256'] ) ? $file['folder'] . '/body' : '';
		if ( '' === $path || is_link( $path ) || ! is_file( $path ) || hash_file( 'sha256', $path ) !== $file['sha256'] ) {
			throw Browser::refusal( 'wordpress.browser.changed' );
		}
		return $path;
	}

	/**
	 * The bytes of a file that is held, if they have not changed.
	 *
	 * @param mixed $file As an entry names it.
	 * @throws Refusal `wordpress.browser.changed`.
	 */
	public static function bytes( $file ): string {
		$bytes = (string) file_get_contents( self::path( $file ) ); // phpcs:ignore WordPress.WP.AlternativeFunctions -- A local file.
		if ( hash( 'sha256', $bytes ) !== $file['sha256'] ) {
			throw Browser::refusal( 'wordpress.browser.changed' );
		}
		return $bytes;
	}
}
