<?php
/**
 * Loads the plugin's classes, and the verifier's.
 *
 * @package FedVerify
 */

declare(strict_types=1);

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

spl_autoload_register(
	static function ( string $name ): void {
		$prefix = 'FedVerify\\WordPress\\';
		if ( 0 !== strncmp( $name, $prefix, strlen( $prefix ) ) ) {
			return;
		}
		// Gates\Archive_Gate is in gates/class-archive-gate.php.
		$parts = explode( '\\', strtolower( strtr( substr( $name, strlen( $prefix ) ), '_', '-' ) ) );
		$file  = 'class-' . array_pop( $parts ) . '.php';
		$path  = implode( '/', array_merge( array( __DIR__ ), $parts, array( $file ) ) );
		if ( is_file( $path ) ) {
			require $path;
		}
	}
);

// The packaged plugin has the library's classes in it; the repository has them beside it.
$fedverify_library = dirname( __DIR__ ) . '/library/src';
if ( ! is_dir( $fedverify_library ) ) {
	$fedverify_library = dirname( __DIR__, 3 ) . '/php/src';
}

// Not the library's own autoload.php: every file of a plugin that does more than define a class must refuse to be called by its URL.
spl_autoload_register(
	static function ( string $name ) use ( $fedverify_library ): void {
		$path = $fedverify_library . '/' . strtr( substr( $name, strlen( 'FedVerify\\' ) ), '\\', '/' ) . '.php';
		if ( 0 === strncmp( $name, 'FedVerify\\', strlen( 'FedVerify\\' ) ) && is_file( $path ) ) {
			require $path;
		}
	}
);

return is_file( $fedverify_library . '/Verifier.php' );
