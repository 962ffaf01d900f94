<?php
/**
 * The state of an installed package.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * What is known of an installed package, in one state. Decides; prints nothing.
 */
final class Package_Status {

	/** The files were verified when they were installed, and the identity when it was last checked. */
	public const PACKAGE = 'package';
	/** The identity was verified; the files were installed before this plugin could check them. */
	public const IDENTITY = 'identity';
	/** The last check was refused. */
	public const REFUSED = 'refused';
	/** The last check could not be finished. */
	public const UNSURE = 'unsure';
	/** Nothing has been checked yet. */
	public const PENDING = 'pending';

	/**
	 * The state of a package.
	 *
	 * @param array|null  $refusal    What was refused last: `verdict`, `code`, `message`, `remedy`.
	 * @param array|null  $package    What gate 2 verified of the installed package, with `version`.
	 * @param int|null    $verified   When the identity was last verified.
	 * @param string|null $installed  The installed version.
	 * @return string One of the constants.
	 */
	public static function of( ?array $refusal, ?array $package, ?int $verified, ?string $installed ): string {
		if ( null !== $refusal ) {
			return 'rejected' === ( $refusal['verdict'] ?? null ) ? self::REFUSED : self::UNSURE;
		}
		if ( null !== $package && null !== $installed && ( $package['version'] ?? null ) === $installed ) {
			return self::PACKAGE;
		}
		return null === $verified || 0 === $verified ? self::PENDING : self::IDENTITY;
	}

	/**
	 * The state as a label, escaped.
	 *
	 * @param string $state One of the constants.
	 * @return string HTML.
	 */
	public static function badge( string $state ): string {
		switch ( $state ) {
			case self::PACKAGE:
				return Badge::html( 'verified', __( 'Verified', 'fedverify' ) );
			case self::IDENTITY:
				return Badge::html( 'neutral', __( 'Publisher verified', 'fedverify' ) );
			case self::REFUSED:
				return Badge::html( 'refused', __( 'Refused', 'fedverify' ) );
			case self::UNSURE:
				return Badge::html( 'unsure', __( 'Could not verify', 'fedverify' ) );
			default:
				return Badge::html( 'neutral', __( 'Not verified yet', 'fedverify' ) );
		}
	}

	/**
	 * What a state means, in a sentence.
	 *
	 * @param string $state One of the constants.
	 * @return string
	 */
	public static function meaning( string $state ): string {
		switch ( $state ) {
			case self::PACKAGE:
				return __( 'The publisher’s identity was verified, and the installed files came from an archive that one of its keys signed.', 'fedverify' );
			case self::IDENTITY:
				return __( 'The publisher’s identity was verified. The installed files were there before and have not been checked; the next update will be.', 'fedverify' );
			case self::REFUSED:
				return __( 'The last check failed. What is installed was left as it is.', 'fedverify' );
			case self::UNSURE:
				return __( 'The last check could not be finished. What is installed was left as it is.', 'fedverify' );
			default:
				return __( 'The publisher’s identity has not been verified by this site yet.', 'fedverify' );
		}
	}

	/**
	 * What a verification rests on, in words.
	 *
	 * @param string $did The identity.
	 * @return string
	 */
	public static function trust( string $did ): string {
		return 0 === strpos( $did, 'did:web:' )
			? __( 'Web: whoever controls the domain and its TLS certificate', 'fedverify' )
			: __( 'Self-certified: the identity itself commits to its keys', 'fedverify' );
	}
}
