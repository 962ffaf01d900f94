<?php
/**
 * Archives.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Verification;

use FedVerify\PrivateCopy;
use FedVerify\Release;
use FedVerify\Report;
use FedVerify\Version;
use FedVerify\WordPress\Network\Fetcher;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Packages\Headers;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Verifies archives: that a URL is that of a release, and that its bytes are what the identity's key signed. What they say of
 * themselves is for the gates to compare.
 *
 * Options, all of them optional: `wait`, whether a key that its owner can still undo must wait; `no_downgrade`, whether a version
 * below the highest that was verified is refused; `installed`, the version below which nothing may be; `kind`, 'plugin', 'theme' or
 * 'translation'.
 */
final class Archives {

	/**
	 * The most bytes of an archive: the limit of the verifier.
	 */
	public const PACKAGE_BYTES = 536870912;

	private const OPTIONS = array(
		'wait'         => false,
		'no_downgrade' => false,
		'installed'    => null,
		'kind'         => '',
	);

	private const TYPES = array(
		'plugin' => 'wp-plugin',
		'theme'  => 'wp-theme',
	);

	/**
	 * Fetches.
	 *
	 * @var Fetcher
	 */
	private $fetcher;

	/**
	 * The pins.
	 *
	 * @var Pin_Keeper
	 */
	private $pins;

	/**
	 * Identities.
	 *
	 * @var Resolver
	 */
	private $resolver;

	/**
	 * Metadata documents.
	 *
	 * @var Repository
	 */
	private $repository;

	/**
	 * Records.
	 *
	 * @var Outcomes
	 */
	private $outcomes;

	/**
	 * Makes one.
	 *
	 * @param Fetcher    $fetcher    Fetches.
	 * @param Pin_Keeper $pins       The pins.
	 * @param Resolver   $resolver   Identities.
	 * @param Repository $repository Metadata documents.
	 * @param Outcomes   $outcomes   Records.
	 */
	public function __construct( Fetcher $fetcher, Pin_Keeper $pins, Resolver $resolver, Repository $repository, Outcomes $outcomes ) {
		$this->fetcher    = $fetcher;
		$this->pins       = $pins;
		$this->resolver   = $resolver;
		$this->repository = $repository;
		$this->outcomes   = $outcomes;
	}

	/**
	 * Verifies the archive at a URL.
	 *
	 * @param Resolved             $resolved The identity.
	 * @param Metadata             $metadata Its metadata.
	 * @param string               $url      The URL, which must be that of a package of the release.
	 * @param string|null          $version  The release; null: the one that lists the URL.
	 * @param PrivateCopy|null     $copy     What was downloaded from there; null: it is downloaded.
	 * @param array<string, mixed> $options  Options, as above.
	 * @throws Refusal It is not verified.
	 */
	public function verify( Resolved $resolved, Metadata $metadata, string $url, ?string $version, ?PrivateCopy $copy, array $options ): Verified_Archive {
		$listed = '';
		$work   = function () use ( $resolved, $metadata, $url, $version, $copy, $options, &$listed ): Verified_Archive {
			$options += self::OPTIONS;
			$release  = null === $version ? $metadata->release_with_artifact( $url ) : $metadata->release( $version );
			$artifact = null === $release ? null : Metadata::artifact( $release, $url );
			if ( null === $artifact ) {
				/* translators: 1: a URL, 2: a DID. */
				$message = __( '%1$s is not the URL of a package of any release of %2$s.', 'fedverify' );
				throw Refusal::rejected( 'wordpress.foreign_url', sprintf( $message, Plain_Text::word( $url ), $resolved->did() ) );
			}
			$listed = $release->version();
			self::check( $release->type(), $listed, $options );
			$copy   = $copy ?? $this->fetcher->download( $artifact['url'], self::PACKAGE_BYTES, self::fetching( $artifact ) );
			$report = $this->proven( $resolved, $release, $copy, $url, $options );
			return new Verified_Archive( $copy, $report, $url );
		};
		return $this->recorded( $resolved->did(), $url, $listed, $work );
	}

	/**
	 * Verifies an archive that is here already, as after an upload.
	 *
	 * @param string               $did     The identity that its headers name.
	 * @param string               $path    Its path.
	 * @param array<string, mixed> $options Options, as above.
	 * @throws Refusal It is not verified.
	 */
	public function verify_local( string $did, string $path, array $options ): Verified_Archive {
		$listed = '';
		$work   = function () use ( $did, $path, $options, &$listed ): Verified_Archive {
			$options += self::OPTIONS;
			$copy     = PrivateCopy::of( $path, array(), get_temp_dir() );
			$resolved = $this->resolver->resolve( $did );
			$release  = self::release_of( $copy, $this->repository->metadata( $resolved ) );
			$listed   = $release->version();
			self::check( $release->type(), $listed, $options );
			return new Verified_Archive( $copy, $this->proven( $resolved, $release, $copy, null, $options ), '' );
		};
		return $this->recorded( $did, $path, $listed, $work );
	}

	/**
	 * The release that an archive seems to be: the one that lists its checksum, or the version in its headers.
	 *
	 * @param PrivateCopy $copy     The archive.
	 * @param Metadata    $metadata The metadata.
	 * @throws \Throwable There is none.
	 */
	private static function release_of( PrivateCopy $copy, Metadata $metadata ): Release {
		$release = $metadata->release_with_checksum( array( 'sha256:' . $copy->sha256(), 'sha384:' . $copy->sha384() ) );
		$headers = null === $release ? Headers::of_archive( $copy->path() ) : null;
		return $release ?? $metadata->release( '' === ( $headers['version'] ?? '' ) ? null : $headers['version'] );
	}

	/**
	 * What is refused before anything is downloaded.
	 *
	 * @param string               $found   The type of the package.
	 * @param string               $version Its version.
	 * @param array<string, mixed> $options Options, as above.
	 * @throws Refusal It is of another kind, or below what is installed.
	 */
	public static function check( string $found, string $version, array $options ): void {
		$options += self::OPTIONS;
		$type     = self::TYPES[ $options['kind'] ] ?? $found;
		if ( $type !== $found ) {
			/* translators: 1: the type of packages that was expected, such as wp-theme, 2: the type that was found. */
			$message = __( 'A package of the type %1$s was expected, but the publisher says that it is of the type %2$s.', 'fedverify' );
			throw Refusal::rejected( 'fair.metadata.type_unknown', sprintf( $message, $type, $found ) );
		}
		if ( is_string( $options['installed'] ) && self::is_below( $version, $options['installed'] ) ) {
			/* translators: 1: a version, 2: another version. */
			$message = __( 'Version %1$s is below the version %2$s, which is installed.', 'fedverify' );
			throw Refusal::rejected( 'pin.downgrade', sprintf( $message, $version, Plain_Text::word( $options['installed'] ) ) );
		}
	}

	/**
	 * Whether a version is below another. Where they have no order, the bytes decide.
	 *
	 * @param string $version The version.
	 * @param string $other   The other.
	 */
	private static function is_below( string $version, string $other ): bool {
		try {
			return Version::compare( $version, $other ) < 0;
		} catch ( \FedVerify\Exception $refusal ) {
			return false;
		}
	}

	/**
	 * How a package is asked for.
	 *
	 * @param array<string, mixed> $artifact As Release::artifacts() has it.
	 * @return array<string, mixed> Options of Fetcher.
	 * @throws Refusal It cannot be fetched.
	 */
	public static function fetching( array $artifact ): array {
		if ( $artifact['requiresAuth'] ) {
			/* translators: %s: a URL. */
			$message = __( '%s can be downloaded with credentials only, as the publisher says. This is not supported.', 'fedverify' );
			throw Refusal::undetermined( 'network.requires_auth', sprintf( $message, Plain_Text::word( $artifact['url'] ) ) );
		}
		return $artifact['releaseAsset'] ? array( 'accept' => 'application/octet-stream' ) : array();
	}

	/**
	 * Remembers which bytes a version has. To be called once the archive was found to name the same version: the signature is of the
	 * bytes alone, and whoever has a repository but no key can list an old archive as the next version. If that was remembered,
	 * the real one would be refused for ever.
	 *
	 * @param Verified_Archive $archive The archive.
	 * @throws \Throwable It contradicts what another visit has learned meanwhile, or the database failed.
	 */
	public function remember( Verified_Archive $archive ): void {
		$this->pins->keep( $archive->did(), $archive->report()->pin() );
	}

	/**
	 * Has the bytes verified.
	 *
	 * @param Resolved             $resolved The identity.
	 * @param Release              $release  The release.
	 * @param PrivateCopy          $copy     The archive.
	 * @param string|null          $url      Where it is from; null: any package of the release.
	 * @param array<string, mixed> $options  All options.
	 * @throws \Throwable They are not what the identity released.
	 */
	private function proven( Resolved $resolved, Release $release, PrivateCopy $copy, ?string $url, array $options ): Report {
		$did = $resolved->did();
		$pin = $resolved->has_log() ? $this->pins->load( $did ) : null;
		return $this->pins->keep_of_refusal(
			$did,
			static function () use ( $resolved, $release, $copy, $pin, $url, $options ): Report {
				// A did:web has no recovery window: the verifier refuses to wait for its end.
				$waits = $resolved->has_log() && $options['wait'];
				return $release->verifyPackage( $copy->path(), $pin, $url, null !== $pin && $options['no_downgrade'], array(), $waits );
			}
		);
	}

	/**
	 * Verifies, and logs the outcome.
	 *
	 * @param string   $did    The identity.
	 * @param string   $source The URL or the path.
	 * @param string   $listed The version of the release, once $work knows it; empty before.
	 * @param callable $work   Verifies.
	 * @throws Refusal It is not verified.
	 */
	private function recorded( string $did, string $source, string &$listed, callable $work ): Verified_Archive {
		try {
			$archive = $work();
		} catch ( \Throwable $thrown ) {
			$refusal = Fresh_Key::held( $thrown ) ?? Refusal::from( $thrown );
			$this->outcomes->refused(
				$did,
				$refusal,
				array(
					'version' => $listed,
					'facts'   => array( 'source' => Plain_Text::line( $source ) ),
				)
			);
			throw $refusal;
		}
		$this->outcomes->verified(
			$did,
			array(
				'version' => $archive->version(),
				'message' => __( 'The archive is what the publisher released.', 'fedverify' ),
				'facts'   => $archive->facts() + array( 'warnings' => $archive->report()->warnings() ),
			)
		);
		return $archive;
	}
}
