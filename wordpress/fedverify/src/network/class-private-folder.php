<?php
/**
 * A folder for what is being downloaded.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Network;

use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * A folder under a random name that only this process can enter. It is removed with the object, and when the request ends, however it
 * ends.
 */
final class Private_Folder {

	/**
	 * The folders that are still there.
	 *
	 * @var array<string, true>
	 */
	private static $folders = array();

	/**
	 * Whether the end of the request removes what is left.
	 *
	 * @var bool
	 */
	private static $is_arranged = false;

	/**
	 * Where it is.
	 *
	 * @var string
	 */
	private $path;

	/**
	 * Whether it stays.
	 *
	 * @var bool
	 */
	private $is_kept = false;

	/**
	 * Makes the folder.
	 *
	 * @throws Refusal `io.file.unwritable`.
	 */
	public function __construct() {
		$this->path = rtrim( get_temp_dir(), '/' ) . '/fedverify-' . bin2hex( random_bytes( 16 ) );
		if ( ! @mkdir( $this->path, 0700 ) ) { // phpcs:ignore WordPress.PHP.NoSilencedErrors.Discouraged, WordPress.WP.AlternativeFunctions.file_system_operations_mkdir -- Private from the start; what fails is refused.
			/* translators: %s: the path of a folder. */
			$message = __( 'No private folder can be made in %s.', 'fedverify' );
			throw Refusal::undetermined( 'io.file.unwritable', sprintf( $message, Plain_Text::quoted( get_temp_dir() ) ) );
		}
		self::$folders[ $this->path ] = true;
		if ( ! self::$is_arranged ) {
			self::$is_arranged = true;
			register_shutdown_function( array( self::class, 'remove_all' ) );
			self::remove_stale( $this->path );
		}
	}

	/**
	 * Where it is.
	 */
	public function path(): string {
		return $this->path;
	}

	/**
	 * Leaves it where it is when the request ends. The caller that keeps its path removes it; a forgotten one is removed a day later.
	 *
	 * @return string Where it is.
	 */
	public function keep(): string {
		unset( self::$folders[ $this->path ] );
		$this->is_kept = true;
		return $this->path;
	}

	/**
	 * Removes it with what is in it.
	 */
	public function __destruct() {
		if ( ! $this->is_kept ) {
			self::remove( $this->path );
		}
	}

	/**
	 * Removes what a fatal error left.
	 *
	 * @internal
	 */
	public static function remove_all(): void {
		array_map( array( self::class, 'remove' ), array_keys( self::$folders ) );
	}

	/**
	 * Removes the folders of processes that were killed, a day later.
	 *
	 * @param string $own A folder of this process: those that belong to the same user are removed.
	 */
	private static function remove_stale( string $own ): void {
		$user = fileowner( $own );
		foreach ( (array) glob( dirname( $own ) . '/fedverify-' . str_repeat( '[0-9a-f]', 32 ) ) as $path ) {
			$found = @lstat( (string) $path ); // phpcs:ignore WordPress.PHP.NoSilencedErrors.Discouraged -- Another process may have removed it meanwhile.
			$is_it = false !== $found && is_dir( (string) $path ) && ! is_link( (string) $path ) && $found['uid'] === $user;
			if ( $is_it && $path !== $own && $found['mtime'] < time() - DAY_IN_SECONDS ) {
				self::remove( (string) $path );
			}
		}
	}

	/**
	 * Removes a folder. There are only files in it.
	 *
	 * @param string $path Where it is.
	 */
	public static function remove( string $path ): void {
		unset( self::$folders[ $path ] );
		// phpcs:disable WordPress.PHP.NoSilencedErrors.Discouraged, WordPress.WP.AlternativeFunctions -- Nothing can be done about what cannot be removed.
		foreach ( (array) @scandir( $path ) as $name ) {
			if ( is_string( $name ) && '.' !== $name && '..' !== $name ) {
				@unlink( $path . '/' . $name );
			}
		}
		@rmdir( $path );
		// phpcs:enable
	}
}
