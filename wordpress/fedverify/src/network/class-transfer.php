<?php
/**
 * One request.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Network;

use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * One request through WordPress's HTTP API, without redirects, into a private file, within its bounds.
 *
 * Other plugins may change arguments, and often do: what the safety rests on is set again after them.
 */
final class Transfer {

	/**
	 * The URL.
	 *
	 * @var Url
	 */
	private $url;

	/**
	 * What it may cost.
	 *
	 * @var Bounds
	 */
	private $bounds;

	/**
	 * The connection.
	 *
	 * @var Connection
	 */
	private $connection;

	/**
	 * What makes the request where there is no curl.
	 *
	 * @var Socket_Transport
	 */
	private $sockets;

	/**
	 * Whether a proxy makes the connection.
	 *
	 * @var bool
	 */
	private $is_by_proxy;

	/**
	 * The media types that are asked for.
	 *
	 * @var string
	 */
	private $accept;

	/**
	 * Where the body goes.
	 *
	 * @var Private_Folder
	 */
	private $folder;

	/**
	 * The file of certificates that are trusted.
	 *
	 * @var string
	 */
	private $certificates = ABSPATH . WPINC . '/certificates/ca-bundle.crt';

	/**
	 * Whether curl makes the request.
	 *
	 * @var bool
	 */
	private $is_by_curl = false;

	/**
	 * Makes one.
	 *
	 * @param Url           $url       The URL.
	 * @param string[]|null $addresses The addresses that were judged; null where the owner of the site chose the host.
	 * @param Bounds        $bounds    What it may cost.
	 * @param string        $accept    The media types that are asked for.
	 */
	public function __construct( Url $url, ?array $addresses, Bounds $bounds, string $accept ) {
		$this->url         = $url;
		$this->bounds      = $bounds;
		$this->is_by_proxy = Proxies::serve( $url );
		$this->connection  = new Connection( $url, $addresses, $bounds, $this->is_by_proxy );
		$this->sockets     = new Socket_Transport( $url, $addresses ?? array(), $bounds );
		$this->accept      = $accept;
		$this->folder      = new Private_Folder();
	}

	/**
	 * Makes the request.
	 *
	 * @throws Refusal `network.failed`, `input.too_large`.
	 */
	public function run(): Response {
		$hooks = $this->hooks();
		foreach ( $hooks as list( $name, $callback, $arguments ) ) {
			add_filter( $name, $callback, PHP_INT_MAX, $arguments );
		}
		$answer = null;
		try {
			$answer = wp_remote_get( $this->url->to_string(), $this->arguments( array() ) );
		} catch ( Transfer_Stopped $stopped ) {
			unset( $stopped ); // The bounds know why.
		} catch ( \Throwable $failure ) {
			// Another plugin's, since WordPress itself throws nothing here.
			throw Refusal::from( $failure );
		} finally {
			foreach ( $hooks as list( $name, $callback ) ) {
				remove_filter( $name, $callback, PHP_INT_MAX );
			}
		}
		if ( null !== $this->bounds->exceeded() ) {
			throw Failure::exceeded( $this->bounds->exceeded(), $this->url, $this->bounds->max_bytes(), $this->bounds->has_begun() );
		}
		return ( new Answer( $this->url, $this->bounds, $this->folder ) )->read( $answer );
	}

	/**
	 * What is hooked while the request runs.
	 *
	 * @return array<array{0: string, 1: \Closure, 2: int}> Names, callbacks, numbers of arguments.
	 */
	private function hooks(): array {
		$arguments = function ( $arguments, $url = '' ) {
			return $this->url->to_string() === $url ? $this->arguments( is_array( $arguments ) ? $arguments : array() ) : $arguments;
		};
		$verify    = function ( $verify ) {
			return false === $verify ? $this->certificates : $verify;
		};
		$curl      = function ( &$handle, $arguments = array(), $url = '' ): void {
			if ( $this->url->to_string() === $url ) {
				$this->is_by_curl = true;
				$this->connection->set_up( $handle );
			}
		};
		$sockets   = function ( &$url, &$headers = null, &$data = null, &$type = null, &$options = null ): void {
			if ( ! $this->is_by_proxy && is_array( $options ) && $this->url->to_string() === (string) $url && Socket_Transport::is_needed() ) {
				$options['transport'] = $this->sockets;
			}
		};
		$progress  = function ( $piece, $bytes = 0 ): void {
			if ( ! $this->is_by_curl && $this->bounds->are_exceeded( (int) $bytes + strlen( (string) $piece ) ) ) {
				throw new Transfer_Stopped();
			}
		};
		return array(
			array( 'http_request_args', $arguments, 2 ),
			array( 'https_ssl_verify', $verify, 1 ),
			array( 'http_api_curl', $curl, 3 ),
			array( 'requests-requests.before_request', $sockets, 5 ),
			array( 'requests-request.progress', $progress, 2 ),
		);
	}

	/**
	 * The arguments of the request.
	 *
	 * @param array<string, mixed> $given What other plugins want beside: certificates, and headers such as a token.
	 * @return array<string, mixed>
	 */
	private function arguments( array $given ): array {
		if ( isset( $given['sslcertificates'] ) && is_string( $given['sslcertificates'] ) ) {
			$this->certificates = $given['sslcertificates'];
		}
		$headers = isset( $given['headers'] ) && is_array( $given['headers'] ) ? $given['headers'] : array();
		$forced  = array(
			'Accept'          => $this->accept,
			'Accept-Encoding' => 'identity',
		);
		foreach ( array_keys( $headers ) as $name ) {
			if ( isset( $forced[ ucwords( strtolower( (string) $name ), '-' ) ] ) ) {
				unset( $headers[ $name ] );
			}
		}
		return array(
			'method'              => 'GET',
			'timeout'             => $this->bounds->seconds(),
			'redirection'         => 0,
			'_redirection'        => 0,
			'user-agent'          => 'fedverify/' . FEDVERIFY_VERSION . ' (WordPress)',
			// The host was judged more strictly, and may have any port.
			'reject_unsafe_urls'  => false,
			'blocking'            => true,
			'headers'             => $forced + $headers,
			'cookies'             => array(),
			'body'                => null,
			'sslverify'           => true,
			'stream'              => true,
			'filename'            => $this->folder->path() . '/body',
			'limit_response_size' => $this->bounds->max_bytes() + 1,
		) + $given;
	}
}
