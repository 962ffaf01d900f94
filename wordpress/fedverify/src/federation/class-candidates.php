<?php
/**
 * The versions that may be an update.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\Version;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Puts what nodes list in order, within bounds.
 */
final class Candidates {

	/**
	 * How many versions of one plugin are looked at, of each kind and each node: whoever has a node can list forgeries.
	 */
	private const TRIED = 20;

	/**
	 * Whether a version has an order, as `trunk` has none.
	 *
	 * @param string $version The version.
	 */
	public static function has_order( string $version ): bool {
		try {
			Version::compare( $version, $version );
			return true;
		} catch ( \FedVerify\Exception $no_order ) {
			return false;
		}
	}

	/**
	 * The versions that are not below the installed one, the highest first, each with whether it is above. Of one version first
	 * those with a signature over the archive: a node that leaves it out must not take the place of one that shows it.
	 *
	 * An honest node also lists what an earlier or a stolen key signed, and versions whose archive nobody signed. However many of those
	 * there are, they must not drive out what the trusted key signed: each kind is counted apart.
	 *
	 * @param Listed_Version[] $versions  What is listed.
	 * @param string           $installed The installed version.
	 * @param string|null      $trusted   The trusted key, as a did:key; null where there is none.
	 * @param int              $most      How many of each kind and each node.
	 * @return array<array{0: int, 1: Listed_Version}>
	 */
	public static function of( array $versions, string $installed, ?string $trusted, int $most = self::TRIED ): array {
		$found = array();
		foreach ( $versions as $version ) {
			try {
				$order = $version->compared_with( $installed );
			} catch ( \FedVerify\Exception $no_order ) {
				continue;
			}
			if ( $order >= 0 ) {
				$found[] = array( $order, $version );
			}
		}
		usort(
			$found,
			static function ( array $one, array $other ): int {
				$order = $other[1]->compared_with( $one[1]->version() );
				return 0 !== $order ? $order : ( null === $one[1]->archive_signature() ) <=> ( null === $other[1]->archive_signature() );
			}
		);
		$tried = array();
		return array_filter(
			$found,
			static function ( array $each ) use ( &$tried, $trusted, $most ): bool {
				$kind           = self::kind( $each[1], $trusted ) . ' ' . $each[1]->node();
				$tried[ $kind ] = ( $tried[ $kind ] ?? 0 ) + 1;
				return $tried[ $kind ] <= $most;
			}
		);
	}

	/**
	 * What a node says by what a version is signed.
	 *
	 * @param Listed_Version $version The version.
	 * @param string|null    $trusted The trusted key, as a did:key; null where there is none.
	 */
	private static function kind( Listed_Version $version, ?string $trusted ): string {
		if ( null !== $trusted && $version->is_by_other( $trusted ) ) {
			return 'other';
		}
		return null === $version->archive_signature() ? 'unsigned' : 'signed';
	}
}
