<?php
/**
 * Where a host name leads.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Network;

use FedVerify\WordPress\Refusal;
use FedVerify\WordPress\Settings;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Resolves host names and judges the addresses: a publisher's URL must not lead this server into its own network.
 */
final class Addresses {

	/**
	 * How many addresses of a host are judged. The rest is never connected to.
	 */
	private const MOST = 16;

	/**
	 * Which private hosts are allowed.
	 *
	 * @var Settings
	 */
	private $settings;

	/**
	 * Makes one.
	 *
	 * @param Settings $settings Which private hosts are allowed.
	 */
	public function __construct( Settings $settings ) {
		$this->settings = $settings;
	}

	/**
	 * The addresses of a host, all of them of the public internet or allowed.
	 *
	 * @param string $host   A host name, an IPv4 address, or an IPv6 address with or without brackets.
	 * @param string $remedy What to do where there is none; empty: what the code's table says.
	 * @return string[] Without brackets.
	 * @throws Refusal `network.private_address`, `network.unresolvable`.
	 */
	public function check( string $host, string $remedy = '' ): array {
		$addresses = $this->judged( $host );
		if ( array() === $addresses ) {
			/* translators: %s: a host name. */
			$message = __( 'The host name %s has no address.', 'fedverify' );
			throw Refusal::undetermined( 'network.unresolvable', sprintf( $message, Plain_Text::quoted( $host ) ), $remedy );
		}
		return $addresses;
	}

	/**
	 * The same where a proxy resolves the name: what this server cannot resolve is left to the proxy.
	 *
	 * @param string $host As check().
	 * @return string[] As check(); empty where this server cannot resolve it.
	 * @throws Refusal `network.private_address`.
	 */
	public function check_before_proxy( string $host ): array {
		return $this->judged( $host );
	}

	/**
	 * The addresses of a host, if any; all of them may be connected to.
	 *
	 * @param string $host As check().
	 * @return string[]
	 * @throws Refusal `network.private_address`.
	 */
	private function judged( string $host ): array {
		$addresses = self::of( $host );
		foreach ( $this->settings->allows_private( $host ) ? array() : $addresses as $address ) {
			if ( ! Address_Ranges::is_public( $address ) ) {
				/* translators: 1: a host name, 2: an IP address. */
				$message = __( 'The host %1$s has the address %2$s, which is not on the public internet.', 'fedverify' );
				$message = sprintf( $message, Plain_Text::quoted( $host ), Plain_Text::word( $address ) );
				throw Refusal::undetermined( 'network.private_address', $message );
			}
		}
		return $addresses;
	}

	/**
	 * The addresses of a host.
	 *
	 * @param string $host As check().
	 * @return string[] Empty where it has none.
	 */
	private static function of( string $host ): array {
		$address = trim( $host, '[]' );
		if ( false !== filter_var( $address, FILTER_VALIDATE_IP ) ) {
			return array( $address );
		}
		// Whatever DNS says: curl, for one, does not ask it (RFC 6761, section 6.3).
		if ( 1 === preg_match( '~(?:\A|\.)localhost\z~i', $host ) ) {
			return array( '127.0.0.1' );
		}
		/**
		 * Filters the addresses of a host, for sites whose own names resolve differently inside. They are judged as those
		 * of DNS are, and are what is connected to.
		 *
		 * @param string[]|null $addresses Null: ask DNS.
		 * @param string        $host      The host name in lower case.
		 */
		$addresses = apply_filters( 'fedverify_resolve_host', null, $host );
		if ( ! is_array( $addresses ) ) {
			$addresses = self::ask_dns( $host );
		}
		$addresses = array_filter(
			$addresses,
			static function ( $address ): bool {
				return is_string( $address ) && false !== filter_var( $address, FILTER_VALIDATE_IP );
			}
		);
		return array_slice( array_values( $addresses ), 0, self::MOST );
	}

	/**
	 * What the system's resolver says. IPv6 is asked only where there is no IPv4: nothing else than what is returned is
	 * connected to.
	 *
	 * @param string $host A host name.
	 * @return string[]
	 */
	private static function ask_dns( string $host ): array {
		$addresses = function_exists( 'gethostbynamel' ) ? @gethostbynamel( $host ) : false; // phpcs:ignore WordPress.PHP.NoSilencedErrors.Discouraged -- A name that has no address is answered below.
		if ( is_array( $addresses ) && array() !== $addresses ) {
			return $addresses;
		}
		$records = function_exists( 'dns_get_record' ) ? @dns_get_record( $host, DNS_AAAA ) : false; // phpcs:ignore WordPress.PHP.NoSilencedErrors.Discouraged -- As above.
		return is_array( $records ) ? array_column( $records, 'ipv6' ) : array();
	}
}
