<?php
/**
 * Finds the update of a plugin.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Asks all nodes, and takes the highest version that is proven: the trusted key signed the record, and something binds the bytes. A node
 * that is silent, lies, shows another key or leaves something out hides nothing that another one proves.
 */
final class Update_Search {

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
	 * Makes one.
	 *
	 * @param Listings   $listings   What nodes list.
	 * @param Archives   $archives   Verifies.
	 * @param Publishers $publishers The keys.
	 * @param Shown_Keys $shown      The keys that nodes show.
	 */
	public function __construct( Listings $listings, Archives $archives, Publishers $publishers, Shown_Keys $shown ) {
		$this->listings   = $listings;
		$this->archives   = $archives;
		$this->publishers = $publishers;
		$this->shown      = $shown;
	}

	/**
	 * The highest version above the installed one that is proven, of nodes whose archives could not be installed lately only where there is
	 * no other; where none is, the highest whose bytes nothing binds, which waits.
	 *
	 * @param Source_Id              $source  The source.
	 * @param Package                $package The plugin.
	 * @param array<string, array>   $tried   What could not be installed lately, as Failed_Updates::of() gives it.
	 * @param array<string, Refusal> $failed  Set to why nodes did not answer, by their URLs.
	 * @param array                  $skipped Set to what was listed above the update, and why it is none: a forgery, one that waits; and that a
	 *                                        node shows another key, or lists more than was read.
	 * @return array{0: Listed_Version|null, 1: Refusal|null} The update, and why it waits. Null where there is none.
	 * @throws Refusal Nothing is known, or what is listed above the installed version is refused.
	 */
	public function find( Source_Id $source, Package $package, array $tried, array &$failed, array &$skipped ): array {
		$skipped  = array();
		$again    = null;
		$foreign  = null;
		$versions = $this->listings->of( $source, $package->slug(), $failed );
		$trusted  = $this->publishers->trusted( $source )->did_key();
		$warning  = $this->shown->warning( $source );
		if ( null !== $warning ) {
			$skipped['key'] = array( null, $warning );
		}
		foreach ( $failed as $why ) {
			if ( Nodes::LONG_LIST === $why->error_code() ) {
				$skipped['list'] = array( null, $why );
			}
		}
		self::check_orders( $package, $versions );
		foreach ( Candidates::of( $versions, $package->version(), $trusted ) as list( $order, $listed ) ) {
			if ( $listed->is_by_other( $trusted ) ) {
				$foreign = $foreign ?? ( $order > 0 ? $listed : null );
				continue;
			}
			$refusal = $this->refusal( $source, $listed, $order );
			if ( null === $refusal && $order > 0 ) {
				$rank = Failed_Updates::rank( $tried, $listed );
				if ( Failed_Updates::FIRST === $rank ) {
					return array( $listed, null );
				}
				$again = null === $again || $rank < $again[0] ? array( $rank, $listed ) : $again;
			}
			if ( null !== $refusal ) {
				// One of each is enough: a node that lists forgeries, always others, would drive out of the log what else is there.
				$skipped += array( $refusal->verdict() => array( $listed, $refusal ) );
			}
		}
		return null !== $again ? array( $again[1], null ) : self::unproven( $skipped, $foreign, $warning );
	}

	/**
	 * What there is where no version is proven: one that waits, or why there is no update.
	 *
	 * @param array               $skipped As find() sets it, without what this returns.
	 * @param Listed_Version|null $foreign The highest version above the installed one that another key signed.
	 * @param Refusal|null        $warning That a node shows another key.
	 * @return array{0: Listed_Version|null, 1: Refusal|null} As find() gives it.
	 * @throws Refusal What is listed above the installed version is refused.
	 */
	private static function unproven( array &$skipped, ?Listed_Version $foreign, ?Refusal $warning ): array {
		if ( isset( $skipped['held'] ) ) {
			$waiting = $skipped['held'];
			unset( $skipped['held'] );
			return $waiting;
		}
		if ( null !== $foreign ) {
			unset( $skipped['key'] );
			return array( null, $warning ?? Shown_Keys::not_trusted( $foreign ) );
		}
		if ( isset( $skipped['rejected'] ) ) {
			throw $skipped['rejected'][1];
		}
		return array( null, null );
	}

	/**
	 * Whether a version that was found before is still proven, by the key that is trusted now, and its node has not said that it has
	 * withdrawn it.
	 *
	 * @param Source_Id      $source The source.
	 * @param Listed_Version $listed The version.
	 */
	public function is_proven( Source_Id $source, Listed_Version $listed ): bool {
		try {
			return ! $this->listings->has_withdrawn( $source, $listed ) && null === $this->refusal( $source, $listed, 1 );
		} catch ( Refusal $refusal ) {
			return false;
		}
	}

	/**
	 * Why a version is no update.
	 *
	 * @param Source_Id      $source The source.
	 * @param Listed_Version $listed The version.
	 * @param int            $order  Above 0 where it is above the installed one: otherwise its bytes are of no interest.
	 * @throws Refusal What says nothing about this version, but stops everything of the source.
	 */
	private function refusal( Source_Id $source, Listed_Version $listed, int $order ): ?Refusal {
		try {
			$this->archives->check_record( $source, $listed );
			if ( $order > 0 ) {
				$this->archives->check_binding( $source, $listed );
			}
			return null;
		} catch ( Refusal $refusal ) {
			if ( 'rejected' === $refusal->verdict() || 'wordpress.held.unsigned' === $refusal->error_code() ) {
				return $refusal;
			}
			throw $refusal;
		}
	}

	/**
	 * Says so where no update can be told, because versions have no order.
	 *
	 * @param Package          $package  The plugin.
	 * @param Listed_Version[] $versions What is listed of it; at least one.
	 * @throws Refusal `fair.version.invalid`.
	 */
	private static function check_orders( Package $package, array $versions ): void {
		if ( ! Candidates::has_order( $package->version() ) ) {
			/* translators: %s: a version. */
			$message = __( 'The installed version, %s, cannot be ordered, so no version counts as higher.', 'fedverify' );
			throw Refusal::undetermined( 'fair.version.invalid', sprintf( $message, Plain_Text::quoted( $package->version() ) ) );
		}
		foreach ( $versions as $version ) {
			if ( Candidates::has_order( $version->version() ) ) {
				return;
			}
		}
		throw Refusal::undetermined( 'fair.version.invalid', __( 'No version that the nodes list can be ordered, so none counts as higher.', 'fedverify' ) );
	}
}
