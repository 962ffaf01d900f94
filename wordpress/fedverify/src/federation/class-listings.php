<?php
/**
 * What all nodes list of a plugin.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\Version;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Asks nodes, and compares the keys that they show with the one that is trusted: another one is a warning for the owner, and hides nothing
 * that the trusted one signed.
 */
final class Listings {

	/**
	 * The nodes.
	 *
	 * @var Nodes
	 */
	private $nodes;

	/**
	 * The keys.
	 *
	 * @var Publishers
	 */
	private $publishers;

	/**
	 * Makes one.
	 *
	 * @param Nodes      $nodes      The nodes.
	 * @param Publishers $publishers The keys.
	 */
	public function __construct( Nodes $nodes, Publishers $publishers ) {
		$this->nodes      = $nodes;
		$this->publishers = $publishers;
	}

	/**
	 * What the nodes list of a plugin. Those that do not answer, or with what is none, are left out, unless all are.
	 *
	 * @param Source_Id              $source The source.
	 * @param string                 $plugin The plugin's id.
	 * @param array<string, Refusal> $failed Set to why nodes did not answer, by their URLs.
	 * @return Listed_Version[] At least one.
	 * @throws Refusal As of_node() and Publishers::trusted(); `wordpress.federation.no_node`, `wordpress.federation.not_listed`.
	 */
	public function of( Source_Id $source, string $plugin, array &$failed = array() ): array {
		$failed = array();
		$this->publishers->trusted( $source );
		$found = array();
		foreach ( $this->nodes->urls() as $node ) {
			try {
				$found = array_merge( $found, $this->of_node( $node, $source, $plugin ) );
			} catch ( Refusal $refusal ) {
				$failed[ $node ] = $refusal;
			}
		}
		if ( array() !== $found ) {
			return $found;
		}
		throw array_values( $failed )[0] ?? self::not_listed( $source, $plugin, '' );
	}

	/**
	 * What one node lists of a plugin.
	 *
	 * @param string    $node   The node's URL.
	 * @param Source_Id $source The source.
	 * @param string    $plugin The plugin's id.
	 * @return Listed_Version[]
	 * @throws Refusal `network.*`, `wordpress.federation.malformed`; the database failed.
	 */
	private function of_node( string $node, Source_Id $source, string $plugin ): array {
		$versions = $this->nodes->versions( $node, $source, $plugin );
		$keys     = array();
		foreach ( $versions as $version ) {
			$keys[ $version->shown_key() ] = true;
		}
		$shown = array();
		foreach ( array_keys( $keys ) as $key ) {
			try {
				$shown[] = Publisher_Key::read( (string) $key );
			} catch ( Refusal $no_key ) {
				// What it lists is judged by the key that is trusted.
				continue;
			}
		}
		foreach ( $shown as $key ) {
			// The newest version comes first. A node that does not say which key is the one of today says it by that version.
			$this->publishers->compare( $source, $key, $node, $shown[0] );
		}
		return $versions;
	}

	/**
	 * One version, as it is listed.
	 *
	 * @param Source_Id $source  The source.
	 * @param string    $plugin  The plugin's id.
	 * @param string    $version The version, in any spelling.
	 * @param string    $node    The only node to be asked; empty: all.
	 * @return Listed_Version[] As each node lists it, at least one.
	 * @throws Refusal As of(); `fair.version.invalid`.
	 */
	public function of_version( Source_Id $source, string $plugin, string $version, string $node = '' ): array {
		$listed = '' === $node ? $this->of( $source, $plugin ) : $this->of_node( $node, $source, $plugin );
		$number = self::number( $version );
		$found  = array_filter(
			$listed,
			static function ( Listed_Version $each ) use ( $number ): bool {
				return self::number( $each->version() ) === $number;
			}
		);
		if ( array() === $found ) {
			throw self::not_listed( $source, $plugin, $version );
		}
		return array_values( $found );
	}

	/**
	 * A version by its number.
	 *
	 * @param string $version The version.
	 * @return string The number; what has none is its own.
	 */
	private static function number( string $version ): string {
		try {
			return Version::number( $version );
		} catch ( \FedVerify\Exception $none ) {
			return $version;
		}
	}

	/**
	 * That no node has it.
	 *
	 * @param Source_Id $source  The source.
	 * @param string    $plugin  The plugin's id.
	 * @param string    $version The version; empty: any.
	 */
	private static function not_listed( Source_Id $source, string $plugin, string $version ): Refusal {
		$name = trim( $source->of_plugin( $plugin ) . ' ' . ( '' === $version ? '' : Plain_Text::word( $version ) ) );
		/* translators: %s: a plugin's name, its source, and perhaps a version. */
		return Refusal::undetermined( 'wordpress.federation.not_listed', sprintf( __( 'No node that this site subscribes to lists %s.', 'fedverify' ), $name ) );
	}
}
