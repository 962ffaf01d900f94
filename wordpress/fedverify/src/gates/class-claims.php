<?php
/**
 * What an archive says it is.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

use FedVerify\Version;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Compares the headers in an archive with the release that was verified. The signature covers neither the identity nor
 * the version: an old archive passes as a new version, and a package as another one, but for this.
 */
final class Claims {

	/**
	 * Checks what an archive that was verified says.
	 *
	 * @param array<string, mixed>|null $headers     The headers of the package, as Headers gives them.
	 * @param string[]                  $dids        All identities that files in it name.
	 * @param Expectation               $expectation What was verified.
	 * @throws Refusal It is not what the release says.
	 */
	public static function check( ?array $headers, array $dids, Expectation $expectation ): void {
		$did     = $expectation->archive()->did();
		$version = $expectation->archive()->version();
		foreach ( $dids as $found ) {
			if ( $found !== $did ) {
				throw self::mismatch( sprintf( 'the archive says it is %1$s, verified is %2$s', $found, $did ) );
			}
		}
		if ( null === $headers || $headers['did'] !== $did ) {
			throw self::mismatch( sprintf( 'the archive has no header with the identity %s', $did ) );
		}
		if ( ! self::is_same_version( $headers['version'], $version ) ) {
			throw self::mismatch( sprintf( 'the archive says it is version %1$s, verified is %2$s', $headers['version'], $version ) );
		}
	}

	/**
	 * Refuses an archive that names an identity and was not verified.
	 *
	 * @param string[] $dids The identities that files in it name.
	 * @throws Refusal It names one.
	 */
	public static function refuse_any( array $dids ): void {
		foreach ( $dids as $did ) {
			throw Refusal::rejected( 'wordpress.unverified_source', sprintf( 'the archive says it is %s, and was not verified', $did ) );
		}
	}

	/**
	 * Whether two versions are one number: `1.0` and `1.0.0` are.
	 *
	 * @param string $a A version.
	 * @param string $b Another one.
	 */
	private static function is_same_version( string $a, string $b ): bool {
		if ( $a === $b ) {
			return true;
		}
		try {
			return Version::number( $a ) === Version::number( $b );
		} catch ( \Throwable $invalid ) {
			return false;
		}
	}

	/**
	 * The refusal.
	 *
	 * @param string $message What was found and what was expected.
	 */
	private static function mismatch( string $message ): Refusal {
		return Refusal::rejected( 'wordpress.package_mismatch', $message );
	}
}
