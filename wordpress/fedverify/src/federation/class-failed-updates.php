<?php
/**
 * The updates that could not be installed lately.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Remembers at which nodes they failed: for a while these come after the others. A node that lists versions and hands out none, always
 * others, must not keep the site from what another node has.
 */
final class Failed_Updates {

	/**
	 * The rank of an update whose node has not failed lately.
	 */
	public const FIRST = array( 0, 0 );

	/**
	 * For how long a failure counts, in seconds, and how often that doubles: each time that the node fails again afterwards. Otherwise it
	 * would be the first one again before all others had their turn, where several nodes fail or updates are seldom tried.
	 */
	private const SECONDS = 86400;
	private const DOUBLED = 5;

	/**
	 * How many nodes are remembered of a plugin, and how many versions of each.
	 */
	private const MOST = 20;

	/**
	 * The rows.
	 *
	 * @var Records
	 */
	private $records;

	/**
	 * Makes one.
	 *
	 * @param Records $records The rows.
	 */
	public function __construct( Records $records ) {
		$this->records = $records;
	}

	/**
	 * The failures of a plugin's updates that count now.
	 *
	 * @param Package $package The plugin.
	 * @return array<string, array{at: int, times: int, versions: string[]}> By the node's URL: when it failed last, how often the time has
	 *     begun, and which of its versions failed in it, by Listed_Version::fingerprint().
	 * @throws Refusal The database failed.
	 */
	public function of( Package $package ): array {
		return array_filter( $this->all( $package ), array( self::class, 'counts' ) );
	}

	/**
	 * Where an update comes among others, the lowest first: where its node failed longest ago, and was not itself what failed.
	 *
	 * @param array<string, array{at: int, times: int, versions: string[]}> $failed As of() gives it.
	 * @param Listed_Version                                                $listed The update.
	 * @return array{0: int, 1: int} When its node failed; 1 where it was this update.
	 */
	public static function rank( array $failed, Listed_Version $listed ): array {
		$node = $failed[ $listed->node() ] ?? null;
		return null === $node ? self::FIRST : array( $node['at'], (int) in_array( $listed->fingerprint(), $node['versions'], true ) );
	}

	/**
	 * The archive of an update was not what was listed, or was not handed out.
	 *
	 * @param Package        $package The plugin.
	 * @param Listed_Version $listed  The version, as the node lists it.
	 * @return array|null What was remembered of the node before, for put().
	 * @throws Refusal The database failed.
	 */
	public function add( Package $package, Listed_Version $listed ): ?array {
		$before   = $this->all( $package )[ $listed->node() ] ?? null;
		$is_again = null !== $before && self::counts( $before );
		$versions = array_unique( array_merge( array( $listed->fingerprint() ), $is_again ? $before['versions'] : array() ) );
		$this->put(
			$package,
			$listed->node(),
			array(
				'at'       => time(),
				'times'    => ( $before['times'] ?? 0 ) + ( $is_again ? 0 : 1 ),
				'versions' => array_slice( $versions, 0, self::MOST ),
			)
		);
		return $before;
	}

	/**
	 * Stores what is remembered of a node.
	 *
	 * @param Package    $package The plugin.
	 * @param string     $node    The node's URL.
	 * @param array|null $entry   As add() gives it; null: nothing.
	 * @throws Refusal The database failed.
	 */
	public function put( Package $package, string $node, ?array $entry ): void {
		$others = array_diff_key( $this->all( $package ), array( $node => 0 ) );
		$nodes  = null === $entry ? $others : array( $node => $entry ) + $others;
		$this->records->put(
			Records::FAILED,
			$package->file(),
			array(
				'identity' => $package->identity(),
				'nodes'    => array_slice( $nodes, 0, self::MOST, true ),
			)
		);
	}

	/**
	 * All failures of a plugin's updates, also those that count no more: the time of the next one depends on them.
	 *
	 * @param Package $package The plugin.
	 * @return array<string, array{at: int, times: int, versions: string[]}> As of() gives it.
	 * @throws Refusal The database failed.
	 */
	private function all( Package $package ): array {
		$entry = $this->records->all( Records::FAILED )[ $package->file() ] ?? array();
		$nodes = $package->identity() === ( $entry['identity'] ?? null ) && is_array( $entry['nodes'] ?? null ) ? $entry['nodes'] : array();
		return array_filter(
			$nodes,
			static function ( $node ): bool {
				return is_array( $node ) && is_int( $node['at'] ?? null ) && is_int( $node['times'] ?? null ) && is_array( $node['versions'] ?? null );
			}
		);
	}

	/**
	 * Whether a failure counts now.
	 *
	 * @param array{at: int, times: int, versions: string[]} $node What is remembered of a node.
	 */
	private static function counts( array $node ): bool {
		$doubled = max( 0, min( self::DOUBLED, $node['times'] - 1 ) );
		return abs( time() - $node['at'] ) < self::SECONDS * 2 ** $doubled;
	}

	/**
	 * A plugin was deleted.
	 *
	 * @param string $file Its file.
	 * @throws Refusal The database failed.
	 */
	public function forget( string $file ): void {
		$this->records->remove( Records::FAILED, $file );
	}
}
