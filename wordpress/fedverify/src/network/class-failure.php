<?php
/**
 * Why a server could not be asked.
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
 * Says what failed, in words that help whoever runs the site.
 */
final class Failure {

	/**
	 * Curl's numbers: no host, or no connection to it or to the proxy; it took too long; and those of TLS.
	 */
	private const NO_CONNECTION = array( 5, 6, 7, 97 );
	private const TOO_LATE      = 28;
	private const TLS           = array( 35, 51, 53, 54, 58, 59, 60, 64, 66, 77, 80, 82, 83, 90, 91 );

	/**
	 * What WordPress's sockets say of a response that is not HTTP.
	 */
	private const NO_HTTP = array( 'Response could not be parsed', 'Missing header/body separator' );

	/**
	 * What WordPress's HTTP API says.
	 *
	 * @param \WP_Error $error Its error.
	 * @param Url       $url   The URL.
	 */
	public static function of( \WP_Error $error, Url $url ): Refusal {
		$text = Plain_Text::line( (string) $error->get_error_message() );
		$text = '' === $text ? __( 'there was no connection', 'fedverify' ) : $text;
		if ( 'http_request_not_executed' === $error->get_error_code() ) {
			/* translators: %s: a host name. */
			$remedy = __( 'Add the host %s to WP_ACCESSIBLE_HOSTS in wp-config.php.', 'fedverify' );
			$remedy = sprintf( $remedy, $url->host() );
			return Refusal::unanswered( Refusal::SILENT, self::sentence( $url, $text ), $remedy );
		}
		$number = 1 === preg_match( '~\AcURL error (\d+)~', $text, $found ) ? (int) $found[1] : 0;
		if ( in_array( $number, self::TLS, true ) || false !== stripos( $text, 'ssl' ) ) {
			$remedy = __( 'The connection is not secure: the certificate of the server may be invalid, or this server may lack current certificates. Ask the publisher or your host.', 'fedverify' );
			return Refusal::unanswered( self::silence( $number, $text ), self::sentence( $url, $text ), $remedy );
		}
		$silence = self::silence( $number, $text );
		return self::TOO_LATE === $number
			? self::exceeded( 'time', $url, 0, Refusal::TOO_LATE === $silence )
			: Refusal::unanswered( $silence, self::sentence( $url, $text ), self::remedy( $url ) );
	}

	/**
	 * How there was no response. Curl has numbers for that, and WordPress's sockets have words, which are never translated.
	 *
	 * @param int    $number Curl's number; 0: curl made no request.
	 * @param string $text   What was said.
	 * @return string As Refusal::silence().
	 */
	private static function silence( int $number, string $text ): string {
		if ( self::TOO_LATE === $number ) {
			return 1 === preg_match( '~ [1-9]\d* (?:out of \d+ )?bytes received~', $text ) ? Refusal::TOO_LATE : Refusal::SILENT;
		}
		if ( 0 !== $number ) {
			return in_array( $number, array_merge( self::NO_CONNECTION, self::TLS ), true ) ? Refusal::SILENT : '';
		}
		if ( 'fsocket timed out' === $text ) {
			return Refusal::TOO_LATE;
		}
		return in_array( $text, self::NO_HTTP, true ) ? '' : Refusal::SILENT;
	}

	/**
	 * What to do where a proxy made no connection.
	 *
	 * @param Url $url The URL.
	 * @return string Empty where there is no proxy.
	 */
	private static function remedy( Url $url ): string {
		if ( ! Proxies::serve( $url ) ) {
			return '';
		}
		$remedy = Socket_Transport::is_needed()
			/* translators: %s: a host name. */
			? __( 'Without the PHP extension curl, WordPress cannot use TLS through a proxy: ask your host to install it. If this server reaches %s without the proxy, add that host to WP_PROXY_BYPASS_HOSTS in wp-config.php instead.', 'fedverify' )
			/* translators: %s: a host name. */
			: __( 'Check that the proxy is up and connects to %s. It is set in wp-config.php (WP_PROXY_HOST, WP_PROXY_PORT) or in the environment of PHP (https_proxy).', 'fedverify' );
		return sprintf( $remedy, $url->host() );
	}

	/**
	 * A bound that was exceeded. Too many bytes are a response, and are refused as the verifier refuses them
	 * (docs/rules/json.md, "Unreadable inputs").
	 *
	 * @param string $bound     `bytes`, `headers` or `time`.
	 * @param Url    $url       The URL.
	 * @param int    $max_bytes The most bytes of the body.
	 * @param bool   $has_begun Whether a part of the response was received.
	 */
	public static function exceeded( string $bound, Url $url, int $max_bytes, bool $has_begun = true ): Refusal {
		if ( 'bytes' === $bound ) {
			/* translators: %s: a number of bytes, with its unit. */
			$what = sprintf( __( 'the response is larger than %s', 'fedverify' ), (string) size_format( $max_bytes ) );
			return Refusal::rejected( 'input.too_large', self::sentence( $url, $what ) );
		}
		if ( 'time' === $bound ) {
			$silence = $has_begun ? Refusal::TOO_LATE : Refusal::SILENT;
			return Refusal::unanswered( $silence, self::sentence( $url, __( 'it took too long', 'fedverify' ) ) );
		}
		return Refusal::undetermined( 'network.failed', self::sentence( $url, __( 'the server sent too many headers', 'fedverify' ) ) );
	}

	/**
	 * A response that is none.
	 *
	 * @param Url $url The URL.
	 */
	public static function unreadable( Url $url ): Refusal {
		return Refusal::undetermined( 'network.failed', self::sentence( $url, __( 'the response has no status', 'fedverify' ) ) );
	}

	/**
	 * A response of which a part is missing.
	 *
	 * @param Url $url The URL.
	 */
	public static function incomplete( Url $url ): Refusal {
		return Refusal::undetermined( 'network.failed', self::sentence( $url, __( 'the response is incomplete', 'fedverify' ) ) );
	}

	/**
	 * A response that is packed although that was not asked for.
	 *
	 * @param Url    $url      The URL.
	 * @param string $encoding How it is packed.
	 */
	public static function encoded( Url $url, string $encoding ): Refusal {
		/* translators: %s: the value of the HTTP header Content-Encoding. */
		$what = sprintf( __( 'the content encoding is %s, but none was asked for', 'fedverify' ), Plain_Text::quoted( $encoding ) );
		return Refusal::undetermined( 'network.failed', self::sentence( $url, $what ) );
	}

	/**
	 * A status that is not 200.
	 *
	 * @param Response $response The response.
	 * @param string   $meaning  What it means here; empty: nothing but that.
	 */
	public static function status( Response $response, string $meaning = '' ): Refusal {
		if ( '' !== $meaning ) {
			return Refusal::undetermined( 'network.status', $meaning );
		}
		/* translators: 1: a URL, 2: an HTTP status such as 404. */
		$message = __( '%1$s answered with HTTP status %2$d.', 'fedverify' );
		return Refusal::undetermined( 'network.status', sprintf( $message, Plain_Text::word( $response->url() ), $response->status() ) );
	}

	/**
	 * A redirect that is not followed.
	 *
	 * @param Response $response The response.
	 */
	public static function redirect( Response $response ): Refusal {
		/* translators: 1: a URL, 2: another URL. */
		$message  = __( '%1$s redirects to %2$s, which is one redirect too many.', 'fedverify' );
		$location = $response->header( 'location' )[0] ?? '';
		return Refusal::undetermined( 'network.status', sprintf( $message, Plain_Text::word( $response->url() ), Plain_Text::quoted( $location ) ) );
	}

	/**
	 * One sentence.
	 *
	 * @param Url    $url  The URL.
	 * @param string $what What failed.
	 */
	private static function sentence( Url $url, string $what ): string {
		/* translators: 1: a URL, 2: what failed, in the words of the server's software. */
		return sprintf( __( '%1$s could not be fetched: %2$s.', 'fedverify' ), Plain_Text::word( $url->to_string() ), rtrim( $what, '.' ) );
	}
}
