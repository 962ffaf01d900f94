<?php
/**
 * The gate at the document of an identity.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

use FedVerify\WordPress\Client\Document_Shape;
use FedVerify\WordPress\Client\Fair_Connect;
use FedVerify\WordPress\Guard;
use FedVerify\WordPress\Network\Fetcher;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * What FAIR Connect reads as the document of an identity is what follows from the verified log. A refusal reaches it as
 * an error of its own.
 *
 * The document comes through the client's caches, whichever way it would have fetched it, and through the HTTP API
 * where it fetches with that.
 */
final class Document_Gate {

	/**
	 * For how long a refusal counts before the directory is asked again, in seconds.
	 */
	private const PAUSE = 600;

	/**
	 * The identities that this request is about.
	 *
	 * @var Known_Dids
	 */
	private $known;

	/**
	 * The gate behind this one.
	 *
	 * @var Metadata_Gate
	 */
	private $metadata_gate;

	/**
	 * How long this request may wait.
	 *
	 * @var Time_Budget
	 */
	private $budget;

	/**
	 * The client's requests to the directory.
	 *
	 * @var Directory_Requests
	 */
	private $requests;

	/**
	 * Refusals of this request, by DID.
	 *
	 * @var array<string, Refusal>
	 */
	private $refusals = array();

	/**
	 * Makes one.
	 *
	 * @param Known_Dids    $known         The identities that this request is about.
	 * @param Metadata_Gate $metadata_gate The gate behind this one.
	 * @param Time_Budget   $budget        How long this request may wait.
	 */
	public function __construct( Known_Dids $known, Metadata_Gate $metadata_gate, Time_Budget $budget ) {
		$this->known         = $known;
		$this->metadata_gate = $metadata_gate;
		$this->budget        = $budget;
		$this->requests      = new Directory_Requests( $known );
	}

	/**
	 * Hooks the client's caches of each identity. Hooked to `init`, before the client acts: from
	 * then on it is known who makes the request.
	 */
	public function watch(): void {
		$this->known->watch(
			function ( string $did ): void {
				if ( 0 !== strpos( $did, 'did:plc:' ) ) {
					// The client resolves no other, and stumbles where a document is there all the same.
					return;
				}
				$document = fn( $before = false ) => $this->cached_document( $did, $before );
				$error    = fn( $before = false ) => $this->cached_error( $did, $before );
				// Nothing, which is not false: that would be the client's own cache.
				$nothing = static fn() => null;
				$failed  = static fn( $before, $name, $failure = null ) => Refusal::from( $failure )->to_wp_error();
				add_filter( 'pre_site_transient_' . Fair_Connect::document_cache( $did ), Guard::filter( $document, $nothing ), PHP_INT_MAX, 2 );
				add_filter( 'pre_site_transient_' . Fair_Connect::error_cache( $did ), Guard::filter( $error, $failed ), PHP_INT_MAX, 2 );
				add_filter( 'site_transient_' . Fair_Connect::error_cache( $did ), Guard::filter( array( $this, 'stored_error' ), array( Guard::class, 'untouched' ) ), PHP_INT_MAX, 1 );
			}
		);
	}

	/**
	 * What the client finds in its cache of documents.
	 *
	 * @param string $did    The DID.
	 * @param mixed  $before What other plugins answered so far.
	 * @return mixed The document in the client's shape; null where there is none.
	 */
	private function cached_document( string $did, $before ) {
		$document = $this->document( $did );
		if ( is_array( $document ) ) {
			return Plugin::get()->client()->document_value( $document );
		}
		return Plugin::get()->settings()->is_enforcing() ? null : $before;
	}

	/**
	 * What the client finds in its cache of errors, before it looks.
	 *
	 * @param string $did    The DID.
	 * @param mixed  $before What other plugins answered so far.
	 * @return mixed A WP_Error; the answer so far where there is none of ours.
	 */
	private function cached_error( string $did, $before ) {
		$plugin   = Plugin::get();
		$document = $this->document( $did );
		if ( $document instanceof Refusal ) {
			return Plugin::get()->settings()->is_enforcing() ? self::error( $document ) : $before;
		}
		if ( $plugin->settings()->is_enforcing() && $plugin->context()->is_visitor() && ! $this->metadata_gate->has_cached( $did ) ) {
			return self::error( Refusal::held( 'wordpress.held.not_verified_yet', __( 'Nothing is fetched during a visitor’s request.', 'fedverify' ) ) );
		}
		return $before;
	}

	/**
	 * What the client has stored in its cache of errors. It keeps them for an hour, those of ours, too: of metadata that
	 * was refused, perhaps since a server was down.
	 *
	 * @param mixed $error What it has stored.
	 * @return mixed The same; false where it is to try again.
	 */
	public function stored_error( $error ) {
		if ( ! is_wp_error( $error ) || 0 !== strpos( (string) $error->get_error_code(), 'fedverify.' ) || Plugin::get()->context()->is_visitor() ) {
			return $error;
		}
		$data  = $error->get_error_data();
		$since = is_array( $data ) && isset( $data['timestamp'] ) && is_int( $data['timestamp'] ) ? $data['timestamp'] : 0;
		return abs( time() - $since ) < self::PAUSE ? $error : false;
	}

	/**
	 * Answers instead of the directory. Hooked to `pre_http_request`.
	 *
	 * @param mixed $before What other plugins answered so far.
	 * @param mixed $args   How it is requested.
	 * @param mixed $url    The URL.
	 * @return mixed A response, a WP_Error, or the answer so far.
	 */
	public function answer( $before, $args = array(), $url = '' ) {
		$did = Fetcher::is_own_request() ? null : $this->requests->did_of( $url );
		if ( null === $did ) {
			return $before;
		}
		$document = $this->document( $did );
		if ( is_array( $document ) ) {
			return Responses::of_json( Responses::encode( Document_Shape::of( $document ) ) );
		}
		return Plugin::get()->settings()->is_enforcing() ? self::error( $document ) : $before;
	}

	/**
	 * Answers instead of the directory, where another plugin kept `answer()` from being asked. Hooked to
	 * `http_response`.
	 *
	 * @param mixed $response What the directory answered.
	 * @param mixed $args     How it was requested.
	 * @param mixed $url      The URL.
	 * @return mixed A response or a WP_Error.
	 */
	public function replace( $response, $args = array(), $url = '' ) {
		return $this->answer( $response, $args, $url );
	}

	/**
	 * The verified document of an identity, or why there is none.
	 *
	 * @param string $did The DID.
	 * @return array<string, mixed>|Refusal
	 */
	private function document( string $did ) {
		$plugin = Plugin::get();
		$record = $plugin->identities()->get( $did );
		if ( null !== $record && $record->is_fresh( time() ) && null !== $record->document() ) {
			$this->metadata_gate->expect( $did, $record->document() );
			return $record->document();
		}
		if ( isset( $this->refusals[ $did ] ) ) {
			return $this->refusals[ $did ];
		}
		try {
			$this->refuse_for_now( $did, $record );
			$resolved = $this->budget->spend( fn() => $plugin->resolver()->resolve( $did ) );
			$this->metadata_gate->expect( $did, $resolved->document() );
			return $resolved->document();
		} catch ( \Throwable $failure ) {
			$this->refusals[ $did ] = Refusal::from( $failure );
			if ( 'wordpress.held.no_backend' === $this->refusals[ $did ]->error_code() && null === $plugin->installed()->by_did( $did ) ) {
				$plugin->browser()->want( $did );
			}
			return $this->refusals[ $did ];
		}
	}

	/**
	 * Refuses without asking the directory, where it was asked a moment ago or a visitor waits.
	 *
	 * @param string                                           $did    The DID.
	 * @param \FedVerify\WordPress\Memory\Identity_Record|null $record What is known of it.
	 * @throws Refusal The directory is not asked.
	 */
	private function refuse_for_now( string $did, $record ): void {
		$is_visitor = Plugin::get()->context()->is_visitor();
		$refusal    = null === $record ? null : $record->refusal();
		if ( null !== $refusal && ( $is_visitor || $record->checked_at() > time() - self::PAUSE ) ) {
			throw Refusal::undetermined( $refusal['code'], $refusal['message'], $refusal['remedy'] );
		}
		if ( $is_visitor ) {
			/* translators: %s: a DID. */
			throw Refusal::held( 'wordpress.held.not_verified_yet', sprintf( __( '%s has not been verified yet.', 'fedverify' ), Plain_Text::word( $did ) ) );
		}
	}

	/**
	 * The error as the client has it in its cache: with the time since which it pauses.
	 *
	 * @param Refusal $refusal Why.
	 */
	private static function error( Refusal $refusal ): \WP_Error {
		$error = $refusal->to_wp_error();
		$data  = array( 'timestamp' => time() ) + (array) $error->get_error_data();
		return new \WP_Error( $error->get_error_code(), $error->get_error_message(), $data );
	}
}
