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
	 * The keys that nodes show.
	 *
	 * @var Shown_Keys
	 */
	private $shown;

	/**
	 * What nodes answered in this request, by their URLs: about the plugin that they were asked about last, as lists may be long. A node
	 * that did not answer is not asked about it again.
	 *
	 * @var array<string, array<string, array{0: Listed_Version[], 1: Refusal|null, 2: Listed_Version[]}>>
	 */
	private $answers = array();

	/**
	 * Makes one.
	 *
	 * @param Nodes      $nodes      The nodes.
	 * @param Publishers $publishers The keys.
	 * @param Shown_Keys $shown      The keys that nodes show.
	 */
	public function __construct( Nodes $nodes, Publishers $publishers, Shown_Keys $shown ) {
		$this->nodes      = $nodes;
		$this->publishers = $publishers;
		$this->shown      = $shown;
	}

	/**
	 * Asks the nodes what they list of a plugin. Those that do not answer, or whose answer is not a list, are left out, unless all are.
	 *
	 * @param Source_Id              $source The source.
	 * @param string                 $plugin The plugin's id.
	 * @param array<string, Refusal> $failed Set to why nodes did not answer, by their URLs.
	 * @return Listed_Version[] At least one.
	 * @throws Refusal As ask() and Publishers::trusted(); `wordpress.federation.no_node`, `wordpress.federation.not_listed`.
	 */
	public function of( Source_Id $source, string $plugin, array &$failed = array() ): array {
		$this->answers = array();
		$listed        = $this->of_nodes( null, $source, $plugin, $failed );
		if ( array() === $listed ) {
			throw array_values( $failed )[0] ?? self::not_listed( $source, $plugin, '' );
		}
		return $listed;
	}

	/**
	 * One version, as it is listed. A node that has answered in this request what it lists of the plugin is not asked again: a
	 * download follows, and many hosts end a request after half a minute.
	 *
	 * @param Source_Id     $source  The source.
	 * @param string        $plugin  The plugin's id.
	 * @param string        $version The version, in any spelling.
	 * @param string[]|null $nodes   The URLs of the nodes that count; null: all.
	 * @return Listed_Version[] As each node lists it, at least one.
	 * @throws Refusal As of().
	 */
	public function of_version( Source_Id $source, string $plugin, string $version, ?array $nodes = null ): array {
		$listed = $this->of_nodes( $nodes, $source, $plugin, $failed );
		$number = self::number( $version );
		$found  = array_filter(
			$listed,
			static function ( Listed_Version $each ) use ( $number ): bool {
				return self::number( $each->version() ) === $number;
			}
		);
		if ( array() === $found ) {
			throw array_values( $failed )[0] ?? self::not_listed( $source, $plugin, $version );
		}
		return array_values( $found );
	}

	/**
	 * Whether the node of a version, when it was last asked, said that it has withdrawn it. That counts even where the rest of its list is
	 * missing.
	 *
	 * @param Source_Id      $source The source.
	 * @param Listed_Version $listed The version, as the node listed it before.
	 */
	public function has_withdrawn( Source_Id $source, Listed_Version $listed ): bool {
		foreach ( $this->answers[ $source->of_plugin( $listed->id() ) ][ $listed->node() ][2] ?? array() as $withdrawn ) {
			if ( $withdrawn->fingerprint() === $listed->fingerprint() ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * What nodes list of a plugin.
	 *
	 * @param string[]|null          $nodes  The URLs of the nodes that count; null: all.
	 * @param Source_Id              $source The source.
	 * @param string                 $plugin The plugin's id.
	 * @param array<string, Refusal> $failed Set to why nodes did not answer, by their URLs.
	 * @return Listed_Version[]
	 * @throws Refusal As Publishers::trusted(); `wordpress.federation.no_node`.
	 */
	private function of_nodes( ?array $nodes, Source_Id $source, string $plugin, ?array &$failed ): array {
		$failed = array();
		$this->publishers->trusted( $source );
		$listed = array();
		foreach ( $nodes ?? $this->nodes->urls() as $node ) {
			try {
				list( $versions, $refusal ) = $this->answer( $node, $source, $plugin );

				$listed = array_merge( $listed, $versions );
			} catch ( Refusal $thrown ) {
				$refusal = $thrown;
			}
			if ( null !== $refusal ) {
				$failed[ $node ] = $refusal;
			}
		}
		return $listed;
	}

	/**
	 * What one node lists of a plugin, asked once.
	 *
	 * @param string    $node   The node's URL.
	 * @param Source_Id $source The source.
	 * @param string    $plugin The plugin's id.
	 * @return array{0: Listed_Version[], 1: Refusal|null, 2: Listed_Version[]} As ask().
	 * @throws Refusal The database failed.
	 */
	private function answer( string $node, Source_Id $source, string $plugin ): array {
		$name    = $source->of_plugin( $plugin );
		$answers = $this->answers[ $name ] ?? array();
		if ( ! isset( $answers[ $node ] ) ) {
			$answers[ $node ] = $this->ask( $node, $source, $plugin );
		}
		$this->answers = array( $name => $answers );
		return $answers[ $node ];
	}

	/**
	 * Asks one node what it lists of a plugin.
	 *
	 * @param string    $node   The node's URL.
	 * @param Source_Id $source The source.
	 * @param string    $plugin The plugin's id.
	 * @return array{0: Listed_Version[], 1: Refusal|null, 2: Listed_Version[]} What it lists, why some of it or all is missing, and what it
	 *     says it has withdrawn.
	 * @throws Refusal The database failed.
	 */
	private function ask( string $node, Source_Id $source, string $plugin ): array {
		$versions = $this->nodes->versions( $node, $source, $plugin, $failed, $withdrawn );
		$keys     = array();
		// Those of older versions are no news: the publisher may have had other keys before this site trusted one.
		foreach ( array_slice( $versions, 0, Nodes::NEWEST ) as $version ) {
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
			$this->shown->compare( $source, $key, $node, $shown[0] );
		}
		return array( $versions, $failed, $withdrawn );
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
