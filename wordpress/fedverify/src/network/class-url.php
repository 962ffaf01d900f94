<?php
/**
 * The URL of something that is fetched.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Network;

use FedVerify\Core\Host;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * An absolute https URL, read so strictly that no other reader of it can come to another host.
 */
final class Url {

	private const MAX_BYTES = 4096;

	/**
	 * The host, as written in the URL but in lower case: a name, an IPv4 address, or an IPv6 address in brackets.
	 *
	 * @var string
	 */
	private $host;

	/**
	 * The port.
	 *
	 * @var int
	 */
	private $port;

	/**
	 * The path and the query, from the first slash on.
	 *
	 * @var string
	 */
	private $path;

	/**
	 * Made by parse().
	 *
	 * @param string $host The host.
	 * @param int    $port The port.
	 * @param string $path The path and the query.
	 */
	private function __construct( string $host, int $port, string $path ) {
		$this->host = $host;
		$this->port = $port;
		$this->path = $path;
	}

	/**
	 * Reads a URL.
	 *
	 * @param string $url The URL.
	 * @throws Refusal `network.insecure_url`; `network.private_address` for an address in an unusual spelling.
	 */
	public static function parse( string $url ): self {
		if ( strlen( $url ) > self::MAX_BYTES || 1 !== preg_match( '~\A[\x21-\x7e]+\z~', $url ) || false !== strpbrk( $url, '\\<>"^`{|}' ) ) {
			/* translators: %s: a URL. */
			throw self::insecure( __( 'The URL %s has characters that a URL cannot contain, or is too long.', 'fedverify' ), $url );
		}
		if ( 1 !== preg_match( '~\Ahttps://([^/?#]*)([^#]*)~i', $url, $parts ) ) {
			/* translators: %s: a URL. */
			throw self::insecure( __( 'The URL %s is not an https URL.', 'fedverify' ), $url );
		}
		if ( false !== strpos( $parts[1], '@' ) ) {
			/* translators: %s: a URL. */
			throw self::insecure( __( 'The URL %s contains a user name or a password.', 'fedverify' ), $url );
		}
		list( $host, $port ) = self::authority( strtolower( $parts[1] ), $url );
		$path                = 0 === strpos( $parts[2], '/' ) ? $parts[2] : '/' . $parts[2];
		return new self( $host, $port, $path );
	}

	/**
	 * The host and the port of an authority.
	 *
	 * @param string $authority What is between the slashes.
	 * @param string $url       The whole URL, for messages.
	 * @return array{0: string, 1: int}
	 * @throws Refusal As parse().
	 */
	private static function authority( string $authority, string $url ): array {
		$pattern = '~\A(\[[0-9a-f:.]+\]|[^:\[\]]+)(?::([0-9]*))?\z~';
		$is_read = 1 === preg_match( $pattern, $authority, $parts );
		$port    = $is_read && '' !== ( $parts[2] ?? '' ) ? $parts[2] : '443';
		if ( ! $is_read || ! Host::isPort( $port ) ) {
			/* translators: %s: a URL. */
			throw self::insecure( __( 'The URL %s has no host, or its port is not a number from 1 to 65535.', 'fedverify' ), $url );
		}
		$host = $parts[1];
		if ( Host::isName( $host ) || '' !== self::literal( $host ) ) {
			return array( $host, (int) $port );
		}
		if ( 1 === preg_match( '~\A(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+))*\.?\z~', $host ) || '[' === $host[0] ) {
			/* translators: %s: a URL. */
			$message = __( 'The URL %s spells an address in a way that programs read differently.', 'fedverify' );
			throw Refusal::undetermined( 'network.private_address', sprintf( $message, Plain_Text::quoted( $url ) ) );
		}
		/* translators: %s: a URL. */
		throw self::insecure( __( 'The URL %s has no host name that can be used.', 'fedverify' ), $url );
	}

	/**
	 * The address that a host is, if it is one in its usual spelling.
	 *
	 * @param string $host A host in lower case.
	 * @return string Empty where it is not an address.
	 */
	private static function literal( string $host ): string {
		$address = '[' === $host[0] ? substr( $host, 1, -1 ) : $host;
		$family  = '[' === $host[0] ? FILTER_FLAG_IPV6 : FILTER_FLAG_IPV4;
		return (string) filter_var( $address, FILTER_VALIDATE_IP, $family );
	}

	/**
	 * A refusal of a URL.
	 *
	 * @param string $message With a place for the URL.
	 * @param string $url     The URL.
	 */
	private static function insecure( string $message, string $url ): Refusal {
		return Refusal::undetermined( 'network.insecure_url', sprintf( $message, Plain_Text::quoted( $url ) ) );
	}

	/**
	 * Where a redirect leads.
	 *
	 * @param string $location The header Location, as the server sent it.
	 * @throws Refusal As parse().
	 */
	public function redirected( string $location ): self {
		$location = (string) preg_replace_callback(
			'~[^\x21-\x7e]~',
			static function ( array $byte ): string {
				return rawurlencode( $byte[0] );
			},
			trim( $location, " \t" )
		);
		if ( 1 === preg_match( '~\A[a-z][a-z0-9+.-]*:~i', $location ) ) {
			return self::parse( $location );
		}
		if ( 0 === strncmp( $location, '//', 2 ) ) {
			return self::parse( 'https:' . $location );
		}
		if ( 0 === strncmp( $location, '/', 1 ) ) {
			return self::parse( $this->origin() . $location );
		}
		$path = substr( $this->path, 0, strcspn( $this->path, '?' ) );
		if ( 0 === strncmp( $location, '?', 1 ) ) {
			return self::parse( $this->origin() . $path . $location );
		}
		return self::parse( $this->origin() . substr( $path, 0, (int) strrpos( $path, '/' ) + 1 ) . $location );
	}

	/**
	 * The host in lower case: a name, an IPv4 address, or an IPv6 address in brackets.
	 */
	public function host(): string {
		return $this->host;
	}

	/**
	 * The address that the host is; empty where it is a name.
	 */
	public function address(): string {
		return self::literal( $this->host );
	}

	/**
	 * The port.
	 */
	public function port(): int {
		return $this->port;
	}

	/**
	 * The path and the query, from the first slash on.
	 */
	public function path(): string {
		return $this->path;
	}

	/**
	 * The URL without its fragment.
	 */
	public function to_string(): string {
		return $this->origin() . $this->path;
	}

	/**
	 * Scheme, host and port.
	 */
	private function origin(): string {
		return 'https://' . $this->host . ( 443 === $this->port ? '' : ':' . $this->port );
	}
}
