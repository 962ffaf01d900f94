<?php
/**
 * Further nodes that have the same version.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Gates\Time_Budget;
use FedVerify\WordPress\Guard;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Takes the archive of a version from another node: one that lists what is true and hands out something else, or nothing, keeps the
 * site from no update that another one has.
 */
final class Mirrors {

	/**
	 * How many further nodes are tried: each may send an archive that is as large as any.
	 */
	private const FURTHER = 3;

	/**
	 * The nodes.
	 *
	 * @var Nodes
	 */
	private $nodes;

	/**
	 * What nodes list.
	 *
	 * @var Listings
	 */
	private $listings;

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
	 * @param Listings $listings What nodes list.
	 * @param Archives $archives Verifies.
	 */
	public function __construct( Nodes $nodes, Listings $listings, Archives $archives ) {
		$this->nodes    = $nodes;
		$this->listings = $listings;
		$this->archives = $archives;
	}

	/**
	 * The archive of a version, from another node than the one that failed.
	 *
	 * @param Source_Id        $source    The source.
	 * @param Listed_Version[] $others    The version, as others() gives it.
	 * @param string|null      $installed The version below which nothing is installed.
	 * @param Time_Budget      $time      How long all downloads may take.
	 * @return Federated_Archive|null Null where no other node has one that is verified.
	 */
	public function archive( Source_Id $source, array $others, ?string $installed, Time_Budget $time ): ?Federated_Archive {
		foreach ( $others as $number => $other ) {
			try {
				$copy = $this->nodes->download( Download_Url::of( $source, $other ), isset( $others[ $number + 1 ] ), $time );
				return $this->archives->verify( $source, $other, $copy, $installed );
			} catch ( Refusal $refusal ) {
				Guard::debug( $refusal );
			}
		}
		return null;
	}

	/**
	 * The version, as further nodes list it, one entry of each, proven as far as it can be without the archive.
	 *
	 * @param Source_Id      $source The source.
	 * @param Listed_Version $listed The version, as one node lists it.
	 * @return Listed_Version[]
	 */
	public function others( Source_Id $source, Listed_Version $listed ): array {
		$others = array();
		try {
			$further = array_diff( $this->nodes->urls(), array( $listed->node() ) );
			foreach ( $this->listings->of_version( $source, $listed->id(), $listed->version(), $further ) as $each ) {
				if ( ! isset( $others[ $each->node() ] ) && $this->is_promising( $source, $each ) ) {
					$others[ $each->node() ] = $each;
				}
			}
		} catch ( Refusal $none ) {
			return array();
		}
		return array_slice( array_values( $others ), 0, self::FURTHER );
	}

	/**
	 * Whether a version passes what can be checked before it is downloaded.
	 *
	 * @param Source_Id      $source The source.
	 * @param Listed_Version $listed The version.
	 */
	private function is_promising( Source_Id $source, Listed_Version $listed ): bool {
		try {
			$this->archives->check_record( $source, $listed );
			$this->archives->check_binding( $source, $listed );
			return true;
		} catch ( Refusal $refusal ) {
			return false;
		}
	}
}
