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
	 * How many plugins are shown, and how many versions of each are looked at, of each kind and each node: each costs two signature checks.
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
	 * The keys.
	 *
	 * @var Publishers
	 */
	private $publishers;

	/**
	 * Makes one.
	 *
	 * @param Nodes      $nodes      The nodes.
	 * @param Archives   $archives   Verifies.
	 * @param Publishers $publishers The keys.
	 */
	public function __construct( Nodes $nodes, Archives $archives, Publishers $publishers ) {
		$this->nodes      = $nodes;
		$this->archives   = $archives;
		$this->publishers = $publishers;
	}

	/**
	 * Finds plugins: those with this id, this tag, and these words in their names, descriptions or sources.
	 *
	 * @param string $words The words; empty: the newest.
	 * @return array{0: Found[], 1: Refusal[], 2: string[]} The plugins, why nodes did not answer, and what was not looked at.
	 * @throws Refusal `wordpress.federation.no_node`.
	 */
	public function find( string $words ): array {
		$words   = trim( $words );
		$plugins = array();
		$of_node = array();
		$failed  = array();
		$notes   = array();
		foreach ( $this->nodes->urls() as $node ) {
			try {
				$listed = $this->listed( $node, $words );
				foreach ( $listed as list( $source, $version ) ) {
					$name               = $source->of_plugin( $version->id() );
					$plugins[ $name ][] = array( $source, $version );

					$of_node[ $node ][ $name ] = $name;
				}
				if ( $listed->getReturn() ) {
					$notes[] = self::more( $node, $words );
				}
			} catch ( Refusal $refusal ) {
				$failed[] = $refusal;
			}
		}
		if ( count( $plugins ) > self::SHOWN ) {
			/* translators: %d: a number of plugins. */
			$notes[] = sprintf( __( 'More than %1$d plugins were found; only the first %1$d are shown. Add words to narrow the search.', 'fedverify' ), self::SHOWN );
		}
		$shown = array();
		foreach ( array_slice( self::in_turn( $of_node ), 0, self::SHOWN ) as $name ) {
			$shown[] = $this->best( $plugins[ $name ] );
		}
		return array( $shown, $failed, $notes );
	}

	/**
	 * The names, one of each node in turn: a node that lists many hides nothing of others.
	 *
	 * @param array<string, array<string, string>> $of_node The names that each node lists.
	 * @return string[] Each once.
	 */
	private static function in_turn( array $of_node ): array {
		$lists   = array_map( 'array_values', array_values( $of_node ) );
		$longest = max( array_merge( array( 0 ), array_map( 'count', $lists ) ) );
		$names   = array();
		for ( $number = 0; $number < $longest; $number++ ) {
			foreach ( array_column( $lists, $number ) as $name ) {
				$names[ $name ] = $name;
			}
		}
		return array_values( $names );
	}

	/**
	 * That a node lists more than was looked at.
	 *
	 * @param string $node  The node's URL.
	 * @param string $words The words; empty: the newest.
	 */
	private static function more( string $node, string $words ): string {
		if ( '' === $words ) {
			/* translators: 1: the URL of a node, 2: a number. */
			return sprintf( __( '%1$s lists more than its %2$d newest versions, which are shown. Search by words to find older versions.', 'fedverify' ), Plain_Text::word( $node ), Nodes::NEWEST );
		}
		/* translators: 1: the URL of a node, 2: a number. */
		return sprintf( __( '%1$s lists more than its %2$d newest versions, which were searched. A plugin’s id or tag finds older ones.', 'fedverify' ), Plain_Text::word( $node ), Nodes::SEARCHED );
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
	 * @return \Generator<array{0: Source_Id, 1: Listed_Version}> Returns whether the node lists more than was looked at.
	 * @throws Refusal As Nodes::search().
	 */
	private function listed( string $node, string $words ): \Generator {
		if ( '' === $words ) {
			return yield from $this->nodes->search( $node, array(), Nodes::NEWEST );
		}
		if ( Source_Id::is_plugin( $words ) ) {
			yield from $this->nodes->search( $node, array( 'plugin' => $words ), Nodes::SEARCHED );
			yield from $this->nodes->search( $node, array( 'tag' => $words ), Nodes::SEARCHED );
		}
		$all = $this->nodes->search( $node, array(), Nodes::SEARCHED );
		foreach ( $all as $each ) {
			$text = $each[0]->to_string() . ' ' . $each[1]->id() . ' ' . $each[1]->name() . ' ' . $each[1]->description();
			if ( false !== stripos( $text, $words ) ) {
				yield $each;
			}
		}
		return $all->getReturn();
	}

	/**
	 * The highest version that can be installed, or the highest of all, with why it cannot.
	 *
	 * @param array<array{0: Source_Id, 1: Listed_Version}> $listed What is listed of one plugin; at least one.
	 */
	private function best( array $listed ): Found {
		$source = $listed[0][0];
		$first  = null;
		foreach ( Candidates::of( array_column( $listed, 1 ), self::NONE, $this->trusted_key( $source ), self::TRIED ) as list( , $version ) ) {
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
	 * The key that is trusted.
	 *
	 * @param Source_Id $source The source.
	 * @return string|null A did:key; null where none can be told, and then no version can be installed.
	 */
	private function trusted_key( Source_Id $source ): ?string {
		try {
			return $this->publishers->trusted( $source )->did_key();
		} catch ( Refusal $none ) {
			return null;
		}
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
