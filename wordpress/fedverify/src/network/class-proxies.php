<?php
/**
 * Proxies between this server and the internet.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Network;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Whether a proxy makes the connection. Then most also look up the name, and this server cannot choose the address.
 */
final class Proxies {

	/**
	 * What curl reads, where WordPress names no proxy.
	 */
	private const ENVIRONMENT = array( 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY' );

	/**
	 * Where it reads the hosts that need none.
	 */
	private const EXCEPTIONS = array( 'no_proxy', 'NO_PROXY' );

	/**
	 * Those that take an address, which curl looks up or was given. The others of SOCKS, socks4a and socks5h, take a name.
	 */
	private const TAKES_ADDRESSES = '~\A\s*socks[45]?://~i';

	/**
	 * Whether a URL is to be fetched through a proxy. Connection sees to it that curl does the same.
	 *
	 * @param Url $url The URL.
	 */
	public static function serve( Url $url ): bool {
		$proxy = new \WP_HTTP_Proxy();
		if ( $proxy->is_enabled() ) {
			return (bool) $proxy->send_through_proxy( $url->to_string() );
		}
		return '' !== self::of_environment() && ! self::is_excepted( $url->host() );
	}

	/**
	 * Whether a URL is to be fetched through a proxy that looks up the name of its host.
	 *
	 * @param Url $url The URL.
	 */
	public static function look_up( Url $url ): bool {
		$proxy = new \WP_HTTP_Proxy();
		$named = $proxy->is_enabled() ? (string) $proxy->host() : self::of_environment();
		return self::serve( $url ) && 1 !== preg_match( self::TAKES_ADDRESSES, $named );
	}

	/**
	 * The proxy that the environment names; empty where it names none, where WordPress names one, and where nobody reads it: only curl
	 * does.
	 */
	public static function of_environment(): string {
		$is_read = ! ( new \WP_HTTP_Proxy() )->is_enabled() && ! Socket_Transport::is_needed();
		return $is_read ? self::first_of( self::ENVIRONMENT ) : '';
	}

	/**
	 * Whether the environment excepts a host, by its name or by that of a domain above it.
	 *
	 * @param string $host The host in lower case.
	 */
	private static function is_excepted( string $host ): bool {
		$listed = strtolower( trim( self::first_of( self::EXCEPTIONS ) ) );
		$host   = trim( $host, '[]' );
		foreach ( (array) preg_split( '~[\s,]+~', $listed ) as $name ) {
			$name = trim( (string) $name, '.[]' );
			if ( '' !== $name && ( $host === $name || substr( $host, -strlen( ".$name" ) ) === ".$name" ) ) {
				return true;
			}
		}
		return '*' === $listed;
	}

	/**
	 * The first of these variables that the process has. What the web server names beside it, curl does not see.
	 *
	 * @param string[] $names Their names.
	 */
	private static function first_of( array $names ): string {
		foreach ( $names as $name ) {
			$value = (string) getenv( $name, true );
			if ( '' !== $value ) {
				return $value;
			}
		}
		return '';
	}
}
