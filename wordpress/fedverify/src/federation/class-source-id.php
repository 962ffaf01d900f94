<?php
/**
 * The name of a publisher at an instance.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\Core\Host;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * A source of the Plugin Federation Network: `user@host`, with a port and a path where the instance has them. One spelling
 * only, so that no two sources can be taken for each other.
 */
final class Source_Id {

	/**
	 * How long it may be, in bytes.
	 */
	private const LONGEST = 500;

	/**
	 * The source.
	 *
	 * @var string
	 */
	private $text;

	/**
	 * Made by parse().
	 *
	 * @param string $text The source.
	 */
	private function __construct( string $text ) {
		$this->text = $text;
	}

	/**
	 * Reads one.
	 *
	 * @param string $text What a header or somebody says.
	 * @throws Refusal `wordpress.federation.source_invalid`.
	 */
	public static function parse( string $text ): self {
		if ( strlen( $text ) > self::LONGEST || ! self::is_source( $text ) ) {
			/* translators: %s: what was found in the place of a source. */
			$message = __( 'Expected a federation source such as alice@plugins.example, found %s.', 'fedverify' );
			throw Refusal::rejected( 'wordpress.federation.source_invalid', sprintf( $message, Plain_Text::quoted( $text ) ) );
		}
		return new self( $text );
	}

	/**
	 * The source, as text.
	 */
	public function to_string(): string {
		return $this->text;
	}

	/**
	 * What a plugin of the source is called in the log: as Package::identity().
	 *
	 * @param string $plugin The plugin's id.
	 */
	public function of_plugin( string $plugin ): string {
		return $this->text . '#' . $plugin;
	}

	/**
	 * Whether a plugin's id can be one: the name of a folder that nothing reads otherwise.
	 *
	 * @param string $plugin The id.
	 */
	public static function is_plugin( string $plugin ): bool {
		return 1 === preg_match( '/\A[A-Za-z0-9_.-]{1,255}\z/', $plugin ) && ! in_array( $plugin, array( '.', '..' ), true );
	}

	/**
	 * Whether a text is one.
	 *
	 * @param string $text The text.
	 */
	private static function is_source( string $text ): bool {
		if ( 1 !== preg_match( '~\A([A-Za-z0-9_.-]{1,255})@([^/:]+)(?::([^/]*))?((?:/[A-Za-z0-9_.\~-]+)*)\z~', $text, $parts ) ) {
			return false;
		}
		$segments = array_merge( array( $parts[1] ), explode( '/', $parts[4] ) );
		$is_host  = Host::isName( $parts[2] ) || false !== filter_var( $parts[2], FILTER_VALIDATE_IP, FILTER_FLAG_IPV4 );
		$is_port  = '' === $parts[3] ? false === strpos( $text, ':' ) : Host::isPort( $parts[3] );
		return $is_host && $is_port && array() === array_intersect( $segments, array( '.', '..' ) );
	}
}
