<?php
/**
 * The identities that this request is about.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

use FedVerify\Core\Did;
use FedVerify\WordPress\Context;
use FedVerify\WordPress\Packages\Installed;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Those of installed packages, and those that this request asks for: only their documents are answered for. Other
 * plugins have identities of their own, and are left alone.
 */
final class Known_Dids {

	/**
	 * How many identities one request may ask for. A page of search results has 36.
	 */
	private const MAX_ASKED = 100;

	/**
	 * Members of a request in which FAIR Connect looks for an identity.
	 */
	private const PARAMETERS = array( 'plugin', 'theme', 'slug', 's', 'plugin_id', 'id' );

	/**
	 * The installed packages.
	 *
	 * @var Installed
	 */
	private $installed;

	/**
	 * In which kind of request the code runs.
	 *
	 * @var Context
	 */
	private $context;

	/**
	 * The identities, as keys.
	 *
	 * @var array<string, true>|null
	 */
	private $known;

	/**
	 * Called with each identity, those that are asked for later, too.
	 *
	 * @var callable[]
	 */
	private $watchers = array();

	/**
	 * Makes one.
	 *
	 * @param Installed $installed The installed packages.
	 * @param Context   $context   In which kind of request the code runs.
	 */
	public function __construct( Installed $installed, Context $context ) {
		$this->installed = $installed;
		$this->context   = $context;
	}

	/**
	 * Whether an identity is known.
	 *
	 * @param string $did The DID.
	 */
	public function has( string $did ): bool {
		return isset( $this->known()[ $did ] );
	}

	/**
	 * Calls with each identity, now and whenever another one is asked for.
	 *
	 * @param callable $watcher Gets the DID.
	 */
	public function watch( callable $watcher ): void {
		$this->watchers[] = $watcher;
		foreach ( array_keys( $this->known() ) as $did ) {
			$watcher( $did );
		}
	}

	/**
	 * An identity is asked for.
	 *
	 * @param mixed $text A DID, or a slug with a DID in it, or anything else.
	 * @return string|null The DID; null where there is none.
	 */
	public function ask( $text ): ?string {
		$did = self::did_in( $text );
		if ( null === $did || $this->has( $did ) ) {
			return $did;
		}
		if ( count( $this->known() ) >= self::MAX_ASKED + count( $this->installed->dids() ) ) {
			return $did;
		}
		$this->known[ $did ] = true;
		foreach ( $this->watchers as $watcher ) {
			$watcher( $did );
		}
		return $did;
	}

	/**
	 * What the request and the command line ask for. Not a visitor's: nothing is done for them.
	 */
	public function ask_request(): void {
		if ( $this->context->is_visitor() ) {
			return;
		}
		foreach ( self::PARAMETERS as $name ) {
			// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- Nothing is changed by it.
			$value = isset( $_REQUEST[ $name ] ) && is_string( $_REQUEST[ $name ] ) ? sanitize_text_field( wp_unslash( $_REQUEST[ $name ] ) ) : '';
			$this->ask( rawurldecode( $value ) );
		}
		if ( 'cli' === PHP_SAPI && isset( $_SERVER['argv'] ) && is_array( $_SERVER['argv'] ) ) {
			array_map( array( $this, 'ask' ), map_deep( wp_unslash( $_SERVER['argv'] ), 'sanitize_text_field' ) );
		}
	}

	/**
	 * What WordPress's own interface is asked for. Hooked to `plugins_api` and `themes_api`.
	 *
	 * @param mixed $result What is answered.
	 * @param mixed $action What is asked.
	 * @param mixed $args   About which package.
	 * @return mixed The answer, as it was.
	 */
	public function ask_api( $result, $action = '', $args = null ) {
		if ( is_object( $args ) && ! $this->context->is_visitor() ) {
			$this->ask( $args->slug ?? null );
			$this->ask( isset( $args->search ) && is_string( $args->search ) ? rawurldecode( $args->search ) : null );
		}
		return $result;
	}

	/**
	 * The packages that WordPress's own interface lists. Hooked to `plugins_api_result` and `themes_api_result`.
	 *
	 * @param mixed $result What is answered.
	 * @return mixed The same.
	 */
	public function ask_results( $result ) {
		if ( ! is_object( $result ) || is_wp_error( $result ) || $this->context->is_visitor() ) {
			return $result;
		}
		foreach ( array( $result->plugins ?? null, $result->themes ?? null, array( $result ) ) as $packages ) {
			foreach ( is_array( $packages ) ? $packages : array() as $package ) {
				$this->ask( self::did_of_answer( $package ) );
			}
		}
		return $result;
	}

	/**
	 * The DID that an answer about a package names.
	 *
	 * @param mixed $answer An object or an array, with the member `_fair`, which is one of both, too.
	 */
	public static function did_of_answer( $answer ): ?string {
		$answer = is_object( $answer ) ? get_object_vars( $answer ) : $answer;
		$fair   = is_array( $answer ) ? ( $answer['_fair'] ?? null ) : null;
		$fair   = is_object( $fair ) ? get_object_vars( $fair ) : $fair;
		return is_array( $fair ) ? self::did_in( $fair['id'] ?? null ) : null;
	}

	/**
	 * The DID that a text is, or has in it as FAIR Connect writes it into slugs: `name-did--plc--…`.
	 *
	 * @param mixed $text Whatever it is.
	 */
	public static function did_in( $text ): ?string {
		if ( ! is_string( $text ) || strlen( $text ) > 2048 ) {
			return null;
		}
		if ( 0 !== strncmp( $text, 'did:', 4 ) ) {
			$parts = explode( '-did:', str_replace( '--', ':', $text ), 2 );
			$text  = isset( $parts[1] ) ? 'did:' . $parts[1] : '';
		}
		try {
			return '' === $text ? null : Did::parse( $text )->asStr();
		} catch ( \Throwable $fault ) {
			return null;
		}
	}

	/**
	 * The identities, as keys.
	 *
	 * @return array<string, true>
	 */
	private function known(): array {
		if ( null === $this->known ) {
			$this->known = array_fill_keys( $this->installed->dids(), true );
		}
		return $this->known;
	}
}
