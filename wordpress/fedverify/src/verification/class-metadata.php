<?php
/**
 * A metadata document that was judged.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Verification;

use FedVerify\Release;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * What an identity's repository says of its package: claims, until the bytes of an archive are proven.
 */
final class Metadata {

	/**
	 * How many releases that list a URL are asked for.
	 */
	private const CANDIDATES = 5;

	/**
	 * The identity.
	 *
	 * @var Resolved
	 */
	private $resolved;

	/**
	 * The document.
	 *
	 * @var string
	 */
	private $json;

	/**
	 * The latest release.
	 *
	 * @var Release
	 */
	private $latest;

	/**
	 * Made by Repository.
	 *
	 * @param Resolved $resolved The identity.
	 * @param string   $json     The document.
	 * @param Release  $latest   The latest release.
	 */
	public function __construct( Resolved $resolved, string $json, Release $latest ) {
		$this->resolved = $resolved;
		$this->json     = $json;
		$this->latest   = $latest;
	}

	/**
	 * The identity.
	 */
	public function resolved(): Resolved {
		return $this->resolved;
	}

	/**
	 * The document, as the repository served it.
	 */
	public function json(): string {
		return $this->json;
	}

	/**
	 * The type of the package: `wp-plugin` or `wp-theme`.
	 */
	public function type(): string {
		return $this->latest->type();
	}

	/**
	 * The latest release, by the verifier's order of versions.
	 */
	public function latest(): Release {
		return $this->latest;
	}

	/**
	 * A release.
	 *
	 * @param string|null $version Which; null for the latest.
	 * @throws \FedVerify\Exception There is none that could be installed.
	 */
	public function release( ?string $version = null ): Release {
		return null === $version || $version === $this->latest->version()
			? $this->latest
			: $this->resolved->identity()->release( $this->json, $version );
	}

	/**
	 * The release that lists a package with this URL; the latest, where it does.
	 *
	 * @param string $url The URL.
	 * @return Release|null Null where none does.
	 * @throws Refusal There is not enough memory to look.
	 */
	public function release_with_artifact( string $url ): ?Release {
		if ( null !== self::artifact( $this->latest, $url ) ) {
			return $this->latest;
		}
		return $this->release_where(
			static function ( array $artifact ) use ( $url ): bool {
				return ( $artifact['url'] ?? null ) === $url;
			},
			static function ( Release $release ) use ( $url ): bool {
				return null !== self::artifact( $release, $url );
			}
		);
	}

	/**
	 * The release that lists a package with one of these checksums.
	 *
	 * @param string[] $checksums Such as `sha256:` and hexadecimal digits in lower case.
	 * @return Release|null Null where none does.
	 * @throws Refusal There is not enough memory to look.
	 */
	public function release_with_checksum( array $checksums ): ?Release {
		return $this->release_where(
			static function ( array $artifact ) use ( $checksums ): bool {
				$checksum = $artifact['checksum'] ?? null;
				return is_string( $checksum ) && in_array( strtolower( $checksum ), $checksums, true );
			},
			'__return_true'
		);
	}

	/**
	 * What a release says of a package with this URL.
	 *
	 * @param Release $release The release.
	 * @param string  $url     The URL.
	 * @return array<string, mixed>|null As Release::artifacts() has it; null where it lists none.
	 */
	public static function artifact( Release $release, string $url ): ?array {
		foreach ( $release->artifacts() as $artifact ) {
			if ( $artifact['url'] === $url ) {
				return $artifact;
			}
		}
		return null;
	}

	/**
	 * The highest release of which a package looks like the one that is wanted, and is it by the verifier's reading.
	 *
	 * @param callable $looks_like Whether a package artifact does, as PHP reads the document.
	 * @param callable $is_it      Whether a release does, as the verifier reads it.
	 * @throws Refusal There is not enough memory to look.
	 */
	private function release_where( callable $looks_like, callable $is_it ): ?Release {
		$versions = array();
		foreach ( ( new Claims( $this->json ) )->releases() as $release ) {
			foreach ( Claims::artifacts( $release, 'package' ) as $artifact ) {
				if ( is_string( $release['version'] ?? null ) && $looks_like( $artifact ) ) {
					$versions[] = $release['version'];
				}
			}
		}
		usort( $versions, 'version_compare' );
		foreach ( array_slice( array_reverse( array_unique( $versions ) ), 0, self::CANDIDATES ) as $version ) {
			try {
				$release = $this->release( $version );
			} catch ( \FedVerify\Exception $refusal ) {
				continue;
			}
			if ( $is_it( $release ) ) {
				return $release;
			}
		}
		return null;
	}
}
