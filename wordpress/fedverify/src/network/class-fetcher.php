<?php
/**
 * Everything that the plugin fetches.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Network;

use FedVerify\PrivateCopy;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Fetches documents and archives: https only, within bounds, never from a private network, each redirect judged as the first URL was.
 *
 * Options, all of them optional: `redirects`, how many are followed; `timeout`, the seconds for all of it; `accept`, the media
 * types; `configured`, true where the owner of the site chose the host, who may have it in a private network; `statuses`, what to
 * say of some statuses, by their numbers.
 */
final class Fetcher {

	private const FOR_DOCUMENTS = array(
		'redirects'  => 0,
		'timeout'    => 10,
		'accept'     => 'application/json',
		'configured' => false,
		'statuses'   => array(),
	);

	private const FOR_ARCHIVES = array(
		'redirects'  => 5,
		'timeout'    => 300,
		'accept'     => '*/*',
		'configured' => false,
		'statuses'   => array(),
	);

	private const REDIRECTS = array( 301, 302, 303, 307, 308 );

	/**
	 * How many requests of ours are running.
	 *
	 * @var int
	 */
	private static $running = 0;

	/**
	 * Where host names lead.
	 *
	 * @var Addresses
	 */
	private $addresses;

	/**
	 * Makes one.
	 *
	 * @param Addresses $addresses Where host names lead.
	 */
	public function __construct( Addresses $addresses ) {
		$this->addresses = $addresses;
	}

	/**
	 * Whether a request of ours is running: the gates let it pass.
	 */
	public static function is_own_request(): bool {
		return self::$running > 0;
	}

	/**
	 * Fetches a document. Only a response with status 200 is returned.
	 *
	 * @param string               $url       The URL.
	 * @param int                  $max_bytes The most bytes of it.
	 * @param array<string, mixed> $options   Options, as above; by default no redirects and 10 seconds.
	 * @throws Refusal `network.*`, `input.too_large`, `io.file.*`.
	 */
	public function get( string $url, int $max_bytes, array $options = array() ): Response {
		return $this->fetch( $url, $max_bytes, $options + self::FOR_DOCUMENTS );
	}

	/**
	 * Fetches an archive, as a response whose file can be kept.
	 *
	 * @param string               $url       The URL.
	 * @param int                  $max_bytes The most bytes of it.
	 * @param array<string, mixed> $options   Options, as above; by default 5 redirects and 300 seconds.
	 * @throws Refusal As get().
	 */
	public function get_archive( string $url, int $max_bytes, array $options = array() ): Response {
		return $this->fetch( $url, $max_bytes, $options + self::FOR_ARCHIVES );
	}

	/**
	 * Fetches an archive into a private file.
	 *
	 * @param string               $url       The URL.
	 * @param int                  $max_bytes The most bytes of it.
	 * @param array<string, mixed> $options   Options, as above; by default 5 redirects and 300 seconds.
	 * @throws Refusal As get().
	 */
	public function download( string $url, int $max_bytes, array $options = array() ): PrivateCopy {
		$response = $this->get_archive( $url, $max_bytes, $options );
		try {
			return PrivateCopy::of( $response->path(), array( 'packageBytes' => $max_bytes ), get_temp_dir() );
		} catch ( \FedVerify\Exception $failure ) {
			throw Refusal::from( $failure );
		}
	}

	/**
	 * Follows redirects to the response.
	 *
	 * @param string               $url       The URL.
	 * @param int                  $max_bytes The most bytes of it.
	 * @param array<string, mixed> $options   All options.
	 * @throws Refusal As get().
	 */
	private function fetch( string $url, int $max_bytes, array $options ): Response {
		$bounds = new Bounds( $max_bytes, (int) $options['timeout'] );
		$next   = Url::parse( $url );
		++self::$running;
		try {
			for ( $hop = 0; ; $hop++ ) {
				$is_chosen = $options['configured'] && 0 === $hop;
				$response  = $this->request( $next, $bounds, (string) $options['accept'], $is_chosen );
				if ( 200 === $response->status() ) {
					return $response;
				}
				$location = $response->header( 'location' )[0] ?? '';
				if ( '' === $location || ! in_array( $response->status(), self::REDIRECTS, true ) ) {
					throw Failure::status( $response, (string) ( $options['statuses'][ $response->status() ] ?? '' ) );
				}
				if ( $bounds->are_exceeded( 0 ) ) {
					throw Failure::exceeded( 'time', $next, $max_bytes );
				}
				if ( $hop >= $options['redirects'] ) {
					throw Failure::redirect( $response );
				}
				$next = $next->redirected( $location );
			}
		} finally {
			--self::$running;
		}
	}

	/**
	 * Makes one request.
	 *
	 * @param Url    $url       The URL.
	 * @param Bounds $bounds    What it may cost.
	 * @param string $accept    The media types that are asked for.
	 * @param bool   $is_chosen Whether the owner of the site chose the host.
	 * @throws Refusal As get().
	 */
	private function request( Url $url, Bounds $bounds, string $accept, bool $is_chosen ): Response {
		$addresses = $is_chosen ? null : $this->judged( $url );
		return ( new Transfer( $url, $addresses, $bounds, $accept ) )->run();
	}

	/**
	 * The addresses of the host, judged.
	 *
	 * @param Url $url The URL.
	 * @return string[] Empty where only a proxy can look up the name.
	 * @throws Refusal `network.private_address`, `network.unresolvable`.
	 */
	private function judged( Url $url ): array {
		if ( Proxies::look_up( $url ) ) {
			return $this->addresses->check_before_proxy( $url->host() );
		}
		$remedy = Proxies::serve( $url )
			? __( 'This server must look up the name, because it uses a SOCKS proxy that takes addresses: check its DNS. Or have the proxy look it up, with socks5h:// instead of socks5://, or socks4a:// instead of socks4://.', 'fedverify' )
			: '';
		return $this->addresses->check( $url->host(), $remedy );
	}
}
