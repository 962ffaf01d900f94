<?php
/**
 * Requests without curl.
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
 * Takes the place of WordPress's own transport where PHP has no curl: that one resolves the name a second time, after it was
 * judged, and waits without end for headers that arrive one by one.
 */
final class Socket_Transport {

	/**
	 * How many addresses are tried.
	 */
	private const ADDRESSES = 3;

	private const PIECE_BYTES = 16384;

	/**
	 * The URL.
	 *
	 * @var Url
	 */
	private $url;

	/**
	 * The addresses that were judged; empty where the owner of the site chose the host.
	 *
	 * @var string[]
	 */
	private $addresses;

	/**
	 * What the transfer may cost.
	 *
	 * @var Bounds
	 */
	private $bounds;

	/**
	 * Makes one.
	 *
	 * @param Url      $url       The URL.
	 * @param string[] $addresses The addresses that were judged; empty where the owner of the site chose the host.
	 * @param Bounds   $bounds    What the transfer may cost.
	 */
	public function __construct( Url $url, array $addresses, Bounds $bounds ) {
		$this->url       = $url;
		$this->addresses = $addresses;
		$this->bounds    = $bounds;
	}

	/**
	 * Whether it is needed.
	 */
	public static function is_needed(): bool {
		return ! function_exists( 'curl_init' ) || ! function_exists( 'curl_exec' );
	}

	/**
	 * Makes the request, as WordPress calls it of a transport.
	 *
	 * @param string                $url     The URL, as WordPress writes it.
	 * @param array<string, string> $headers The headers.
	 * @param mixed                 $data    Nothing: the request is a GET.
	 * @param array<string, mixed>  $options Among them `filename`, `verify` and `useragent`.
	 * @return string The headers of the response. The body is in the file.
	 * @throws Refusal The server could not be asked.
	 * @throws Transfer_Stopped The bounds are exceeded.
	 */
	public function request( $url, $headers = array(), $data = array(), $options = array() ): string {
		unset( $url, $data );
		// phpcs:disable WordPress.WP.AlternativeFunctions -- A socket, and a private file.
		$socket = $this->connection( is_string( $options['verify'] ?? null ) ? $options['verify'] : '' );
		$file   = fopen( (string) $options['filename'], 'wb' );
		try {
			$lines = $headers + array( 'User-Agent' => (string) ( $options['useragent'] ?? '' ) );
			fwrite( $socket, $this->written( $lines ) );
			return $this->answer( $socket, $file );
		} finally {
			fclose( $socket );
			fclose( $file );
		}
		// phpcs:enable
	}

	/**
	 * The connection, to one of the addresses that were judged.
	 *
	 * @param string $certificates The file of certificates that are trusted; empty: PHP's.
	 * @return resource
	 * @throws Refusal There is none.
	 * @throws Transfer_Stopped The bounds are exceeded.
	 */
	private function connection( string $certificates ) {
		$tls     = array(
			'peer_name'        => trim( $this->url->host(), '[]' ),
			'verify_peer'      => true,
			'verify_peer_name' => true,
			'SNI_enabled'      => true,
		) + ( '' === $certificates ? array() : array( 'cafile' => $certificates ) );
		$problem = '';
		foreach ( $this->hosts() as $host ) {
			$context = stream_context_create( array( 'ssl' => $tls ) );
			error_clear_last();
			$socket = @stream_socket_client( 'ssl://' . $host . ':' . $this->url->port(), $number, $problem, $this->bounds->seconds(), STREAM_CLIENT_CONNECT, $context ); // phpcs:ignore WordPress.PHP.NoSilencedErrors.Discouraged -- What fails is refused, with what PHP said.
			if ( false !== $socket ) {
				return $socket;
			}
			if ( $this->bounds->are_exceeded( 0 ) ) {
				throw new Transfer_Stopped();
			}
			$problem = '' === (string) $problem ? ( error_get_last()['message'] ?? 'SSL' ) : $problem;
		}
		throw Failure::of( new \WP_Error( 'http_request_failed', (string) $problem, array() ), $this->url );
	}

	/**
	 * The hosts to connect to, as a socket's address has them.
	 *
	 * @return string[]
	 */
	private function hosts(): array {
		$hosts = array_map(
			static function ( string $address ): string {
				return false === strpos( $address, ':' ) ? $address : '[' . $address . ']';
			},
			array_slice( $this->addresses, 0, self::ADDRESSES )
		);
		return array() === $hosts ? array( $this->url->host() ) : $hosts;
	}

	/**
	 * The request.
	 *
	 * @param array<string, mixed> $headers The headers.
	 */
	private function written( array $headers ): string {
		$host = $this->url->host() . ( 443 === $this->url->port() ? '' : ':' . $this->url->port() );
		$text = 'GET ' . $this->url->path() . " HTTP/1.0\r\nHost: " . $host . "\r\n";
		foreach ( $headers as $name => $value ) {
			if ( is_scalar( $value ) && 0 !== strcasecmp( (string) $name, 'host' ) ) {
				$text .= str_replace( array( "\r", "\n" ), '', $name . ': ' . $value ) . "\r\n";
			}
		}
		return $text . "Connection: close\r\n\r\n";
	}

	/**
	 * Reads the response.
	 *
	 * @param resource $socket From where.
	 * @param resource $file   Where the body goes.
	 * @return string The headers.
	 * @throws Refusal It is none.
	 * @throws Transfer_Stopped The bounds are exceeded.
	 */
	private function answer( $socket, $file ): string {
		$headers = '';
		while ( false === strpos( $headers, "\r\n\r\n" ) ) {
			$headers .= $this->piece( $socket, 0, strlen( $headers ) );
			if ( self::has_ended( $socket ) && false === strpos( $headers, "\r\n\r\n" ) ) {
				throw Failure::unreadable( $this->url );
			}
		}
		list( $headers, $piece ) = explode( "\r\n\r\n", $headers, 2 );

		$bytes = 0;
		do {
			$bytes += strlen( $piece );
			if ( $this->bounds->are_exceeded( $bytes ) ) {
				throw new Transfer_Stopped();
			}
			fwrite( $file, $piece ); // phpcs:ignore WordPress.WP.AlternativeFunctions -- A private file.
			$piece = self::has_ended( $socket ) ? '' : $this->piece( $socket, $bytes, 0 );
		} while ( '' !== $piece || ! self::has_ended( $socket ) );
		$this->check( $headers, $bytes );
		return $headers;
	}

	/**
	 * What comes next.
	 *
	 * @param resource $socket       From where.
	 * @param int      $bytes        The bytes of the body so far.
	 * @param int      $header_bytes The bytes of the headers so far.
	 * @throws Transfer_Stopped The bounds are exceeded.
	 */
	private function piece( $socket, int $bytes, int $header_bytes ): string {
		if ( $this->bounds->are_exceeded( $bytes, $header_bytes ) ) {
			throw new Transfer_Stopped();
		}
		stream_set_timeout( $socket, $this->bounds->seconds() );
		return (string) fread( $socket, self::PIECE_BYTES ); // phpcs:ignore WordPress.WP.AlternativeFunctions -- A socket.
	}

	/**
	 * Whether everything was read. feof() would look for more bytes, and PHPs of before 2024 wait there for the rest of a record of
	 * TLS without a timeout (php-src, issue 10495).
	 *
	 * @param resource $socket From where.
	 */
	private static function has_ended( $socket ): bool {
		$state = stream_get_meta_data( $socket );
		return $state['eof'] && 0 === $state['unread_bytes'];
	}

	/**
	 * Refuses what is not all of the body, or not the body itself.
	 *
	 * @param string $headers The headers.
	 * @param int    $bytes   The bytes of the body.
	 * @throws Refusal As said.
	 */
	private function check( string $headers, int $bytes ): void {
		$is_cut = 1 === preg_match( '~^content-length:\s*(\d{1,15})\s*$~im', $headers, $length ) && (int) $length[1] !== $bytes;
		if ( $is_cut || 1 === preg_match( '~^transfer-encoding:~im', $headers ) ) {
			throw Failure::incomplete( $this->url );
		}
	}
}
