<?php
/**
 * Metadata documents.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Verification;

use FedVerify\Core\Memory;
use FedVerify\Release;
use FedVerify\WordPress\Admin\Publisher_Facts;
use FedVerify\WordPress\Client\Fair_Connect;
use FedVerify\WordPress\Memory\Identities;
use FedVerify\WordPress\Network\Fetcher;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Fetches the metadata document of an identity's package and has it judged.
 */
final class Repository {

	/**
	 * The most bytes of a document: the limit of the verifier.
	 */
	private const METADATA_BYTES = 8388608;

	private const REDIRECTS = 3;

	private const ACCEPT = 'application/json+fair, application/json;q=0.8';

	/**
	 * How many packages a release may have, and how many bytes their URLs may take together: visitors' requests read them, the
	 * client's and ours. WordPress has 200 languages.
	 */
	private const PACKAGES  = 200;
	private const URL_BYTES = 65536;

	/**
	 * The types of packages that WordPress can install.
	 */
	private const TYPES = array( 'wp-plugin', 'wp-theme' );

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
	 * What is known of identities.
	 *
	 * @var Identities
	 */
	private $identities;

	/**
	 * Records.
	 *
	 * @var Outcomes
	 */
	private $outcomes;

	/**
	 * What was verified a moment ago.
	 *
	 * @var Memo
	 */
	private $memo;

	/**
	 * Makes one.
	 *
	 * @param Fetcher    $fetcher    Fetches.
	 * @param Pin_Keeper $pins       The pins.
	 * @param Identities $identities What is known of identities.
	 * @param Outcomes   $outcomes   Records.
	 */
	public function __construct( Fetcher $fetcher, Pin_Keeper $pins, Identities $identities, Outcomes $outcomes ) {
		$this->fetcher    = $fetcher;
		$this->pins       = $pins;
		$this->identities = $identities;
		$this->outcomes   = $outcomes;
		$this->memo       = new Memo();
	}

	/**
	 * The metadata of an identity's package.
	 *
	 * @param Resolved $resolved The identity.
	 * @throws Refusal It cannot be fetched, or the verifier refuses it.
	 */
	public function metadata( Resolved $resolved ): Metadata {
		$known = $this->memo->get( $resolved->did() );
		if ( $known instanceof Metadata && $known->resolved() === $resolved ) {
			return $known;
		}
		// As WordPress does before it unpacks: logs and documents may have 8 MiB.
		wp_raise_memory_limit( 'admin' );
		try {
			$metadata = $this->judged( $resolved, $this->fetch( $resolved ) );
		} catch ( \Throwable $thrown ) {
			$refusal = Refusal::from( $thrown );
			$this->note_refused( $resolved->did(), $refusal );
			$this->outcomes->refused( $resolved->did(), $refusal );
			throw $refusal;
		}
		$this->record( $metadata );
		$this->memo->set( $resolved->did(), $metadata, strlen( $metadata->json() ) );
		return $metadata;
	}

	/**
	 * The document that the repository serves.
	 *
	 * @param Resolved $resolved The identity.
	 * @return string JSON, not judged yet.
	 * @throws Refusal It cannot be fetched.
	 */
	public function fetch( Resolved $resolved ): string {
		$url     = $resolved->repository();
		$options = array(
			'redirects' => self::REDIRECTS,
			'accept'    => self::ACCEPT,
			'statuses'  => array(
				/* translators: %s: a URL. */
				404 => sprintf( __( 'The repository has no package at %s (HTTP status 404).', 'fedverify' ), Plain_Text::word( $url ) ),
				/* translators: %s: a URL. */
				410 => sprintf( __( 'The publisher has withdrawn the package at %s (HTTP status 410). What is installed stays, but gets no more updates.', 'fedverify' ), Plain_Text::word( $url ) ),
			),
		);
		return $this->fetcher->get( $url, self::METADATA_BYTES, $options )->body();
	}

	/**
	 * Has a document judged.
	 *
	 * @param Resolved $resolved The identity.
	 * @param string   $json     The document.
	 * @throws \Throwable The verifier refuses it, or WordPress cannot install what it is about.
	 */
	private function judged( Resolved $resolved, string $json ): Metadata {
		$release = $this->pins->keep_of_refusal(
			$resolved->did(),
			static function () use ( $resolved, $json ): Release {
				return $resolved->identity()->release( $json );
			}
		);
		return self::usable( $resolved, $json, $release );
	}

	/**
	 * A document that the verifier has accepted, where it is about something that WordPress can install.
	 *
	 * @param Resolved $resolved The identity.
	 * @param string   $json     The document.
	 * @param Release  $release  The latest release of it.
	 * @throws Refusal `fair.metadata.type_unknown`.
	 */
	public static function usable( Resolved $resolved, string $json, Release $release ): Metadata {
		if ( ! in_array( $release->type(), self::TYPES, true ) ) {
			/* translators: %s: a type of packages, such as typo3-extension. */
			$message = __( 'The package is of the type %s, which WordPress cannot install.', 'fedverify' );
			throw Refusal::rejected( 'fair.metadata.type_unknown', sprintf( $message, Plain_Text::quoted( $release->type() ) ) );
		}
		$urls = array_column( $release->artifacts(), 'url' );
		if ( count( $urls ) > self::PACKAGES || strlen( implode( '', $urls ) ) > self::URL_BYTES ) {
			/* translators: 1: a version, 2: a number. */
			$message = __( 'Release %1$s has %2$s packages, or very long URLs of them. That is more than WordPress can work with.', 'fedverify' );
			throw Refusal::rejected( 'fair.artifact.too_many', sprintf( $message, $release->version(), number_format_i18n( count( $urls ) ) ) );
		}
		return new Metadata( $resolved, $json, $release );
	}

	/**
	 * Metadata was not verified. The release that was verified before is dropped only where the metadata was judged and refused.
	 *
	 * @param string  $did     The identity.
	 * @param Refusal $refusal Why.
	 * @throws Refusal The database failed.
	 */
	public function note_refused( string $did, Refusal $refusal ): void {
		if ( 'rejected' === $refusal->verdict() ) {
			$this->identities->record_release_refused( $did );
		}
	}

	/**
	 * Records what the document offers. If it offers something else than the one before, the client forgets the one that it has: it would
	 * go on to offer an earlier release for hours, which the gate refuses as it is no longer the latest.
	 *
	 * @param Metadata $metadata The document.
	 * @throws Refusal The database failed.
	 */
	public function record( Metadata $metadata ): void {
		$did    = $metadata->resolved()->did();
		$latest = $metadata->latest();
		$before = $this->last_offer( $did );
		$offer  = array(
			'version' => $latest->version(),
			'urls'    => array_column( $latest->artifacts(), 'url' ),
			'type'    => $latest->type(),
			'at'      => time(),
		);
		$this->identities->record_offer( $did, $offer );
		if ( array( $offer['version'], $offer['urls'] ) !== array( $before['version'] ?? null, $before['urls'] ?? null ) ) {
			delete_site_transient( Fair_Connect::metadata_cache( $metadata->resolved()->repository() ) );
		}
		if ( ! Memory::lacks( Memory::ofDecoded( $metadata->json() ) ) ) {
			$this->identities->record_metadata( $did, Publisher_Facts::of_json( $metadata->json() ) );
		}
	}

	/**
	 * What the document before offered.
	 *
	 * @param string $did The identity.
	 * @return array{version: string, urls: string[], type: string, at: int}|null Null where none was verified, or what was remembered
	 *     is damaged: it is written anew.
	 * @throws Refusal The database failed.
	 */
	private function last_offer( string $did ): ?array {
		$record = $this->identities->get( $did );
		try {
			return null === $record ? null : $record->offer();
		} catch ( Refusal $damaged ) {
			return null;
		}
	}
}
