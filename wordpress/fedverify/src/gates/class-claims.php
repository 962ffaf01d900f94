<?php
/**
 * What an archive says it is.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

use FedVerify\Version;
use FedVerify\WordPress\Network\Plain_Text;
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
				/* translators: 1: a DID, or what stands in its place, 2: a DID. */
				$message = __( 'The archive says that it is %1$s, but %2$s was verified.', 'fedverify' );
				throw self::mismatch( sprintf( $message, Plain_Text::word( $found ), $did ) );
			}
		}
		if ( null === $headers || $headers['did'] !== $did ) {
			/* translators: %s: a DID. */
			throw self::mismatch( sprintf( __( 'No header in the archive names %s.', 'fedverify' ), $did ) );
		}
		if ( ! self::is_same_version( $headers['version'], $version ) ) {
			/* translators: 1: a version, 2: a version. */
			$message = __( 'The archive says that it is version %1$s, but %2$s was verified.', 'fedverify' );
			throw self::mismatch( sprintf( $message, Plain_Text::quoted( $headers['version'] ), $version ) );
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
			/* translators: %s: a DID, or what stands in its place. */
			$message = __( 'The archive says that it is %s, but was not verified.', 'fedverify' );
			throw Refusal::rejected( 'wordpress.unverified_source', sprintf( $message, Plain_Text::word( $did ) ) );
		}
	}

	/**
	 * Whether two versions are one number: `1.0` and `1.0.0` are.
	 *
	 * @param string $a A version.
	 * @param string $b Another one.
	 */
	public static function is_same_version( string $a, string $b ): bool {
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
