<?php
/**
 * Where a node hands out a version.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * The URL of an archive at a node, which is all that WordPress is told of an update, and what it names.
 */
final class Download_Url {

	/**
	 * The node's URL.
	 *
	 * @var string
	 */
	private $node;

	/**
	 * The source.
	 *
	 * @var Source_Id
	 */
	private $source;

	/**
	 * The plugin's id.
	 *
	 * @var string
	 */
	private $plugin;

	/**
	 * The version.
	 *
	 * @var string
	 */
	private $version;

	/**
	 * Made by parse().
	 *
	 * @param string    $node    The node's URL.
	 * @param Source_Id $source  The source.
	 * @param string    $plugin  The plugin's id, as the URL has it.
	 * @param string    $version The version, as the URL has it.
	 */
	private function __construct( string $node, Source_Id $source, string $plugin, string $version ) {
		$this->node    = $node;
		$this->source  = $source;
		$this->plugin  = $plugin;
		$this->version = $version;
	}

	/**
	 * The URL of a version, at the node that lists it.
	 *
	 * @param Source_Id      $source The source.
	 * @param Listed_Version $listed The version.
	 */
	public static function of( Source_Id $source, Listed_Version $listed ): string {
		$query = array(
			'source'  => $source->to_string(),
			'plugin'  => $listed->id(),
			'version' => $listed->version(),
		);
		return self::start( $listed->node() ) . http_build_query( $query, '', '&', PHP_QUERY_RFC3986 );
	}

	/**
	 * Reads one.
	 *
	 * @param string   $url   A URL.
	 * @param string[] $nodes The URLs of the nodes.
	 * @return self|null Null where it is the URL of no archive at one of these nodes.
	 * @throws Refusal `wordpress.federation.source_invalid`.
	 */
	public static function parse( string $url, array $nodes ): ?self {
		foreach ( $nodes as $node ) {
			$start = self::start( $node );
			if ( 0 !== strncmp( $url, $start, strlen( $start ) ) ) {
				continue;
			}
			parse_str( substr( $url, strlen( $start ) ), $named );
			$strings = array_filter( array( $named['source'] ?? null, $named['plugin'] ?? null, $named['version'] ?? null ), 'is_string' );
			if ( 3 === count( $strings ) ) {
				return new self( $node, Source_Id::parse( $strings[0] ), $strings[1], $strings[2] );
			}
		}
		return null;
	}

	/**
	 * How such a URL begins.
	 *
	 * @param string $node The node's URL.
	 */
	private static function start( string $node ): string {
		return $node . '/federation/download?';
	}

	/**
	 * The node's URL.
	 */
	public function node(): string {
		return $this->node;
	}

	/**
	 * The source.
	 */
	public function source(): Source_Id {
		return $this->source;
	}

	/**
	 * The plugin's id, as the URL has it.
	 */
	public function plugin(): string {
		return $this->plugin;
	}

	/**
	 * The version, as the URL has it.
	 */
	public function version(): string {
		return $this->version;
	}
}
