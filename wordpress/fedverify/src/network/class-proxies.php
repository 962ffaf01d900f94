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
 * Whether a proxy makes the connection. Then it also resolves the name, and this server cannot choose the address.
 */
final class Proxies {

	/**
	 * What curl reads, where WordPress names no proxy.
	 */
	private const ENVIRONMENT = array( 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY' );

	/**
	 * Whether a URL is fetched through a proxy.
	 *
	 * @param Url $url The URL.
	 */
	public static function serve( Url $url ): bool {
		$proxy = new \WP_HTTP_Proxy();
		if ( $proxy->is_enabled() ) {
			return (bool) $proxy->send_through_proxy( $url->to_string() );
		}
		foreach ( self::ENVIRONMENT as $name ) {
			if ( '' !== (string) getenv( $name ) ) {
				return true;
			}
		}
		return false;
	}
}
