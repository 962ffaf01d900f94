<?php
/**
 * The gate at the metadata of a package.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

use FedVerify\WordPress\Browser\Browser;
use FedVerify\WordPress\Client\Fair_Connect;
use FedVerify\WordPress\Client\Metadata_Shape;
use FedVerify\WordPress\Codes;
use FedVerify\WordPress\Guard;
use FedVerify\WordPress\Network\Fetcher;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * What FAIR Connect reads as the metadata of a package is what the verifier has judged, written anew in the shape that
 * the client relies on. The client keeps it in its cache; what else it finds there does not count.
 */
final class Metadata_Gate {

	/**
	 * The member that tells metadata of ours from others in the client's cache.
	 */
	private const MARK = '_fedverify';

	/**
	 * For how long metadata counts that a browser has verified, in seconds: as long as the client keeps it.
	 */
	private const COUNTS = 43200;

	/**
	 * The identities of this request, by the URL of their metadata. Several may name one.
	 *
	 * @var array<string, array<string, true>>
	 */
	private $endpoints = array();

	/**
	 * How long this request may wait.
	 *
	 * @var Time_Budget
	 */
	private $budget;

	/**
	 * Makes one.
	 *
	 * @param Time_Budget $budget How long this request may wait.
	 */
	public function __construct( Time_Budget $budget ) {
		$this->budget = $budget;
	}

	/**
	 * The client was given a document, and will ask for the metadata that it names.
	 *
	 * @param string               $did      The DID.
	 * @param array<string, mixed> $document Its verified document.
	 */
	public function expect( string $did, array $document ): void {
		$url = self::endpoint( $document );
		if ( null === $url || isset( $this->endpoints[ $url ][ $did ] ) ) {
			return;
		}
		if ( ! isset( $this->endpoints[ $url ] ) ) {
			$cached = fn( $value = false ) => $this->cached( $value, $url );
			add_filter( 'site_transient_' . Fair_Connect::metadata_cache( $url ), Guard::filter( $cached, static fn() => false ), PHP_INT_MAX );
		}
		$this->endpoints[ $url ][ $did ] = true;
	}

	/**
	 * Whether the client has metadata of a package in its cache, so that it will fetch nothing.
	 *
	 * @param string $did The DID.
	 */
	public function has_cached( string $did ): bool {
		foreach ( $this->endpoints as $url => $dids ) {
			if ( isset( $dids[ $did ] ) ) {
				return (bool) get_site_transient( Fair_Connect::metadata_cache( (string) $url ) );
			}
		}
		return false;
	}

	/**
	 * Answers instead of the repository. Hooked to `pre_http_request`.
	 *
	 * @param mixed $before What other plugins answered so far.
	 * @param mixed $args   How it is requested.
	 * @param mixed $url    The URL.
	 * @return mixed A response, a WP_Error, or the answer so far.
	 */
	public function answer( $before, $args = array(), $url = '' ) {
		if ( ! is_string( $url ) || ! isset( $this->endpoints[ $url ] ) || Fetcher::is_own_request() ) {
			return $before;
		}
		$refusal = null;
		foreach ( array_keys( $this->endpoints[ $url ] ) as $did ) {
			try {
				return Responses::of_json( $this->metadata( (string) $did, $url ) );
			} catch ( \Throwable $failure ) {
				$refusal = Refusal::from( $failure );
			}
		}
		return null !== $refusal && Plugin::get()->settings()->is_enforcing() ? $refusal->to_wp_error() : $before;
	}

	/**
	 * What the client finds in its cache.
	 *
	 * @param mixed  $value What it has stored.
	 * @param string $url   The URL of the metadata.
	 * @return mixed The same, or false where it is not ours.
	 */
	public function cached( $value, string $url ) {
		if ( ! is_array( $value ) && ! is_object( $value ) && ! is_string( $value ) ) {
			return $value;
		}
		if ( ! Plugin::get()->settings()->is_enforcing() ) {
			return $value;
		}
		$body = is_array( $value ) && isset( $value['body'] ) && is_string( $value['body'] ) ? $value['body'] : $value;
		$text = is_string( $body ) ? $body : (string) wp_json_encode( $body );
		return false === strpos( $text, self::mark( $url ) ) ? false : $value;
	}

	/**
	 * Fetches the metadata and has it judged.
	 *
	 * @param string $did The DID.
	 * @param string $url Its URL.
	 * @return string JSON, in the client's shape.
	 * @throws \Throwable It is not verified.
	 */
	private function metadata( string $did, string $url ): string {
		$plugin = Plugin::get();
		if ( $plugin->context()->is_visitor() ) {
			throw Refusal::held( 'wordpress.held.not_verified_yet', __( 'Nothing is fetched during a visitor’s request.', 'fedverify' ) );
		}
		if ( Browser::is_needed() ) {
			return self::of_browser( $did, $url );
		}
		return $this->budget->spend(
			static function () use ( $plugin, $did, $url ): string {
				$metadata = $plugin->repository()->metadata( $plugin->resolver()->resolve( $did ) );
				$document = Metadata_Shape::of( $metadata->json(), $metadata->latest() );

				$document[ self::MARK ] = self::mark( $url );
				return Responses::encode( $document );
			}
		);
	}

	/**
	 * The metadata that an administrator's browser has verified, as long as it counts.
	 *
	 * @param string $did The DID.
	 * @param string $url Its URL.
	 * @return string JSON, in the client's shape.
	 * @throws Refusal None has.
	 */
	private static function of_browser( string $did, string $url ): string {
		$record = Plugin::get()->identities()->get( $did );
		$shape  = null === $record || ! $record->is_fresh( time() ) ? null : $record->shape();
		$parsed = null === $shape ? null : json_decode( $shape['json'] );
		if ( ! is_object( $parsed ) || $shape['at'] + self::COUNTS < time() || self::endpoint( (array) $record->document() ) !== $url ) {
			throw Refusal::held( 'wordpress.held.no_backend', Codes::meaning( 'wordpress.held.no_backend' ) );
		}
		$parsed->{ self::MARK } = self::mark( $url );
		return (string) wp_json_encode( $parsed );
	}

	/**
	 * What cannot be written without this site's secret.
	 *
	 * @param string $url The URL of the metadata.
	 */
	private static function mark( string $url ): string {
		return hash_hmac( 'sha256', 'metadata ' . $url, wp_salt( 'auth' ) );
	}

	/**
	 * The URL of the metadata that a document names: of its first repository, as the client takes it.
	 *
	 * @param array<string, mixed> $document A verified DID document.
	 */
	private static function endpoint( array $document ): ?string {
		foreach ( isset( $document['service'] ) && is_array( $document['service'] ) ? $document['service'] : array() as $service ) {
			if ( is_array( $service ) && 'FairPackageManagementRepo' === ( $service['type'] ?? null ) ) {
				$url = $service['serviceEndpoint'] ?? null;
				return is_string( $url ) && '' !== $url ? $url : null;
			}
		}
		return null;
	}
}
