<?php
/**
 * Which addresses are those of the public internet.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Network;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * The registries of special-purpose addresses (RFC 6890 and IANA's tables): what is not globally reachable.
 *
 * PHP's own filter knows fewer of them, and other ones in each version.
 */
final class Address_Ranges {

	/**
	 * This host, private, shared, loopback, link-local, protocols, documentation, 6to4 relays, benchmarks, multicast,
	 * reserved.
	 */
	private const NOT_PUBLIC_IPV4 = array(
		'0.0.0.0/8',
		'10.0.0.0/8',
		'100.64.0.0/10',
		'127.0.0.0/8',
		'169.254.0.0/16',
		'172.16.0.0/12',
		'192.0.0.0/24',
		'192.0.2.0/24',
		'192.88.99.0/24',
		'192.168.0.0/16',
		'198.18.0.0/15',
		'198.51.100.0/24',
		'203.0.113.0/24',
		'224.0.0.0/3',
	);

	/**
	 * Of the addresses that are given out, 2000::/3: protocols (Teredo too), documentation, 6to4, documentation.
	 */
	private const NOT_PUBLIC_IPV6 = array( '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20' );

	/**
	 * IPv6 addresses whose last four bytes are the IPv4 address that is reached: mapped ones, and those of NAT64.
	 */
	private const HOLDING_IPV4 = array( '::ffff:0:0/96', '64:ff9b::/96' );

	/**
	 * Whether an address is one of the public internet.
	 *
	 * @param string $address An IPv4 or IPv6 address without brackets.
	 */
	public static function is_public( string $address ): bool {
		$bytes = filter_var( $address, FILTER_VALIDATE_IP ) ? inet_pton( $address ) : false;
		if ( false === $bytes ) {
			return false;
		}
		if ( 4 === strlen( $bytes ) ) {
			return ! self::is_in( $bytes, self::NOT_PUBLIC_IPV4 );
		}
		if ( self::is_in( $bytes, self::HOLDING_IPV4 ) ) {
			return ! self::is_in( substr( $bytes, 12 ), self::NOT_PUBLIC_IPV4 );
		}
		return self::is_in( $bytes, array( '2000::/3' ) ) && ! self::is_in( $bytes, self::NOT_PUBLIC_IPV6 );
	}

	/**
	 * Whether an address is in one of the ranges.
	 *
	 * @param string   $bytes  The address, 4 or 16 bytes.
	 * @param string[] $ranges Of the same kind.
	 */
	private static function is_in( string $bytes, array $ranges ): bool {
		foreach ( $ranges as $range ) {
			list( $start, $length ) = explode( '/', $range );

			$whole = intdiv( (int) $length, 8 );
			$mask  = 0xff << ( 8 - (int) $length % 8 ) & 0xff;
			$start = (string) inet_pton( $start );
			if ( 0 === strncmp( $bytes, $start, $whole ) && ( 0 === $mask || ( ord( $bytes[ $whole ] ) & $mask ) === ord( $start[ $whole ] ) ) ) {
				return true;
			}
		}
		return false;
	}
}
