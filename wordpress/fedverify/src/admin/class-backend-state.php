<?php
/**
 * By what packages are verified here.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\Backend;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Says which way the library takes to verify.
 */
final class Backend_State {

	/**
	 * The way.
	 *
	 * @return string|null `extension`, `ffi`, `binary` or `php`; null where there is none.
	 */
	public static function name(): ?string {
		try {
			return Backend::detect()->name();
		} catch ( \Throwable $missing ) {
			return null;
		}
	}

	/**
	 * Why this way, and why none of the others.
	 *
	 * @return string One line each.
	 */
	public static function explanation(): string {
		try {
			return Backend::detect()->explanation();
		} catch ( \Throwable $missing ) {
			return $missing->getMessage();
		}
	}

	/**
	 * The way in a sentence.
	 *
	 * @param string $name As name() gives it.
	 * @return string
	 */
	public static function sentence( string $name ): string {
		switch ( $name ) {
			case 'extension':
				return __( 'Packages are verified by the PHP extension fedverify.', 'fedverify' );
			case 'ffi':
				return __( 'Packages are verified by the fedverify library, through PHP’s FFI.', 'fedverify' );
			case 'binary':
				return __( 'Packages are verified by the fedverify command.', 'fedverify' );
			default:
				return __( 'Packages are verified in PHP.', 'fedverify' );
		}
	}
}
