<?php
/**
 * The connection of one transfer.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Network;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Tells curl what WordPress has no arguments for: which addresses to connect to, and when to stop. WordPress takes curl wherever it
 * is there; Socket_Transport is for where it is not.
 */
final class Connection {

	/**
	 * Since this version curl takes more than one address for a name: 7.59.
	 */
	private const TAKES_ADDRESSES = 0x073b00;

	/**
	 * An address to which no connection is possible.
	 */
	private const NOWHERE = '255.255.255.255';

	/**
	 * The URL.
	 *
	 * @var Url
	 */
	private $url;

	/**
	 * The addresses that were judged, none where only the proxy can resolve the name; null where the owner of the site chose the host.
	 *
	 * @var string[]|null
	 */
	private $addresses;

	/**
	 * What the transfer may cost.
	 *
	 * @var Bounds
	 */
	private $bounds;

	/**
	 * Whether a proxy makes the connection.
	 *
	 * @var bool
	 */
	private $is_by_proxy;

	/**
	 * Makes one.
	 *
	 * @param Url           $url         The URL.
	 * @param string[]|null $addresses   The addresses that were judged, none where only the proxy can resolve the name; null where the owner of
	 *                                   the site chose the host.
	 * @param Bounds        $bounds      What the transfer may cost.
	 * @param bool          $is_by_proxy Whether a proxy makes the connection.
	 */
	public function __construct( Url $url, ?array $addresses, Bounds $bounds, bool $is_by_proxy ) {
		$this->url         = $url;
		$this->addresses   = $addresses;
		$this->bounds      = $bounds;
		$this->is_by_proxy = $is_by_proxy;
	}

	/**
	 * Sets up curl. Runs after what other plugins set.
	 *
	 * @param resource|\CurlHandle $handle Curl's.
	 */
	public function set_up( $handle ): void {
		// phpcs:disable WordPress.WP.AlternativeFunctions.curl_curl_setopt, WordPress.WP.AlternativeFunctions.curl_curl_getinfo -- It is WordPress's handle.
		$bounds = $this->bounds;
		curl_setopt( $handle, CURLOPT_FOLLOWLOCATION, false );
		curl_setopt( $handle, CURLOPT_PROTOCOLS, CURLPROTO_HTTPS );
		curl_setopt( $handle, CURLOPT_SSL_VERIFYPEER, true );
		curl_setopt( $handle, CURLOPT_SSL_VERIFYHOST, 2 );
		// What is packed is refused, not unpacked: a few bytes could become very many.
		curl_setopt( $handle, CURLOPT_ENCODING, null );
		curl_setopt( $handle, CURLOPT_HTTP_CONTENT_DECODING, false );
		curl_setopt( $handle, CURLOPT_NOPROGRESS, false );
		curl_setopt(
			$handle,
			CURLOPT_PROGRESSFUNCTION,
			static function ( $handle, $size, $bytes ) use ( $bounds ): int {
				$header_bytes = (int) curl_getinfo( $handle, CURLINFO_HEADER_SIZE );
				return $bounds->are_exceeded( (int) max( $size, $bytes ), $header_bytes ) ? 1 : 0;
			}
		);
		// By a proxy, too, which does not ask for them: another plugin may have told curl to take none.
		if ( null !== $this->addresses && '' === $this->url->address() ) {
			curl_setopt( $handle, CURLOPT_RESOLVE, array( $this->host_and_addresses( $this->addresses ) ) );
		}
		// Where curl reads the environment otherwise than Proxies does, it must not connect to an address that was not judged.
		if ( $this->is_by_proxy ) {
			curl_setopt( $handle, CURLOPT_NOPROXY, '' );
			$named = Proxies::of_environment();
			if ( '' !== $named ) {
				curl_setopt( $handle, CURLOPT_PROXY, $named );
			}
		} elseif ( null !== $this->addresses ) {
			curl_setopt( $handle, CURLOPT_PROXY, '' );
		}
		// phpcs:enable
	}

	/**
	 * As curl takes it.
	 *
	 * @param string[] $addresses The addresses that were judged.
	 */
	private function host_and_addresses( array $addresses ): string {
		$takes_all = ( curl_version()['version_number'] ?? 0 ) >= self::TAKES_ADDRESSES; // phpcs:ignore WordPress.WP.AlternativeFunctions.curl_curl_version -- It is WordPress's handle.
		$addresses = array() === $addresses ? array( self::NOWHERE ) : array_slice( $addresses, 0, $takes_all ? null : 1 );
		return $this->url->host() . ':' . $this->url->port() . ':' . implode( ',', $addresses );
	}
}
