<?php
/**
 * The plugins that the nodes list.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Finds plugins at the nodes that the owner subscribes to, and says of each whether it could be installed: the publisher's key
 * and signatures are checked, and nothing is downloaded.
 */
final class Catalogue {

	/**
	 * Below every version: all count.
	 */
	private const NONE = '0.0.0-0';

	/**
	 * How many plugins are shown, and how many versions of each are looked at, of each node: each costs two signature checks.
	 */
	private const SHOWN = 50;
	private const TRIED = 3;

	/**
	 * The nodes.
	 *
	 * @var Nodes
	 */
	private $nodes;

	/**
	 * Verifies.
	 *
	 * @var Archives
	 */
	private $archives;

	/**
	 * Makes one.
	 *
	 * @param Nodes    $nodes    The nodes.
	 * @param Archives $archives Verifies.
	 */
	public function __construct( Nodes $nodes, Archives $archives ) {
		$this->nodes    = $nodes;
		$this->archives = $archives;
	}

	/**
	 * Finds plugins: those with this id, this tag, and of the newest that a node lists those with these words in their names,
	 * descriptions or sources.
	 *
	 * @param string $words The words; empty: the newest.
	 * @return array{0: Found[], 1: Refusal[]} The plugins, and why nodes did not answer.
	 * @throws Refusal `wordpress.federation.no_node`.
	 */
	public function find( string $words ): array {
		$words   = trim( $words );
		$plugins = array();
		$failed  = array();
		foreach ( $this->nodes->urls() as $node ) {
			try {
				foreach ( $this->listed( $node, $words ) as list( $source, $listed ) ) {
					$plugins[ $source->of_plugin( $listed->id() ) ][] = array( $source, $listed );
				}
			} catch ( Refusal $refusal ) {
				$failed[] = $refusal;
			}
		}
		return array( array_values( array_map( array( $this, 'best' ), array_slice( $plugins, 0, self::SHOWN ) ) ), $failed );
	}

	/**
	 * One plugin, by what it is called in the log.
	 *
	 * @param string   $identity As Package::identity(): `alice@plugins.example#hello`.
	 * @param Listings $listings What nodes list.
	 * @return Found|null Null where this is no such name.
	 * @throws Refusal As Listings::of().
	 */
	public function by_identity( string $identity, Listings $listings ): ?Found {
		$parts = explode( '#', $identity );
		if ( 2 !== count( $parts ) || ! Source_Id::is_plugin( $parts[1] ) || false === strpos( $parts[0], '@' ) ) {
			return null;
		}
		$source = Source_Id::parse( $parts[0] );
		return $this->best(
			array_map(
				static function ( Listed_Version $listed ) use ( $source ): array {
					return array( $source, $listed );
				},
				$listings->of( $source, $parts[1] )
			)
		);
	}

	/**
	 * What a node lists under these words. What was found before a failure comes before it.
	 *
	 * @param string $node  The node's URL.
	 * @param string $words The words.
	 * @return iterable<array{0: Source_Id, 1: Listed_Version}>
	 * @throws Refusal As Nodes::newest().
	 */
	private function listed( string $node, string $words ): iterable {
		if ( Source_Id::is_plugin( $words ) ) {
			yield from $this->nodes->newest( $node, array( 'plugin' => $words ) );
			yield from $this->nodes->newest( $node, array( 'tag' => $words ) );
		}
		foreach ( $this->nodes->newest( $node, array() ) as $each ) {
			$text = $each[0]->to_string() . ' ' . $each[1]->id() . ' ' . $each[1]->name() . ' ' . $each[1]->description();
			if ( '' === $words || false !== stripos( $text, $words ) ) {
				yield $each;
			}
		}
	}

	/**
	 * The highest version that can be installed, or the highest of all, with why it cannot.
	 *
	 * @param array<array{0: Source_Id, 1: Listed_Version}> $listed What is listed of one plugin; at least one.
	 */
	private function best( array $listed ): Found {
		$source = $listed[0][0];
		$first  = null;
		foreach ( Candidates::of( array_column( $listed, 1 ), self::NONE, self::TRIED ) as list( , $version ) ) {
			$found = new Found( $source, $version, $this->refusal( $source, $version ) );
			if ( null === $found->refusal() ) {
				return $found;
			}
			$first = $first ?? $found;
		}
		/* translators: %s: the name of a plugin and its source. */
		$message = sprintf( __( 'No listed version of %s can be ordered, so none is the latest.', 'fedverify' ), Plain_Text::word( $source->of_plugin( $listed[0][1]->id() ) ) );
		return $first ?? new Found( $source, $listed[0][1], Refusal::undetermined( 'fair.version.invalid', $message ) );
	}

	/**
	 * Why a version cannot be installed.
	 *
	 * @param Source_Id      $source  The source.
	 * @param Listed_Version $version The version.
	 */
	private function refusal( Source_Id $source, Listed_Version $version ): ?Refusal {
		try {
			$this->archives->check_record( $source, $version );
			$this->archives->check_binding( $source, $version );
			return null;
		} catch ( Refusal $refusal ) {
			return $refusal;
		}
	}
}
