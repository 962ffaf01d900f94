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

// The packaged plugin has the library in it; the repository has it beside it.
foreach ( array( dirname( __DIR__ ) . '/library/autoload.php', dirname( __DIR__, 3 ) . '/php/autoload.php' ) as $fedverify_library ) {
	if ( is_file( $fedverify_library ) ) {
		require $fedverify_library;
		return true;
	}
}
return false;
