<?php
/**
 * Checks installed plugins of federation sources.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Guard;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Packages\Installed;
use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Policy\Round;
use FedVerify\WordPress\Refusal;
use FedVerify\WordPress\Verification\Outcomes;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Asks the nodes for updates, and remembers those that the publisher signed.
 */
final class Check {

	/**
	 * The installed packages.
	 *
	 * @var Installed
	 */
	private $installed;

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
	 * Remembers.
	 *
	 * @var Offers
	 */
	private $offers;

	/**
	 * Logs.
	 *
	 * @var Outcomes
	 */
	private $outcomes;

	/**
	 * Makes one.
	 *
	 * @param Installed $installed The installed packages.
	 * @param Listings  $listings  What nodes list.
	 * @param Archives  $archives  Verifies.
	 * @param Offers    $offers    Remembers.
	 * @param Outcomes  $outcomes  Logs.
	 */
	public function __construct( Installed $installed, Listings $listings, Archives $archives, Offers $offers, Outcomes $outcomes ) {
		$this->installed = $installed;
		$this->listings  = $listings;
		$this->archives  = $archives;
		$this->offers    = $offers;
		$this->outcomes  = $outcomes;
	}

	/**
	 * Checks what was not checked for a while. Hooked to the scheduled check.
	 */
	public function run(): void {
		Round::go_on_with( $this->all( $this->due( Round::long_ago() ), Round::SECONDS ) );
	}

	/**
	 * The installed plugins that were not checked since then, those that waited longest first.
	 *
	 * @param int $since In seconds since 1970.
	 * @return Package[]
	 */
	public function due( int $since ): array {
		$checked  = array();
		$packages = array();
		foreach ( $this->installed->of_sources() as $package ) {
			$offer                        = $this->offers->get( $package );
			$checked[ $package->file() ]  = null === $offer ? 0 : $offer->checked_at();
			$packages[ $package->file() ] = $package;
		}
		return array_map(
			static function ( string $file ) use ( $packages ): Package {
				return $packages[ $file ];
			},
			Round::due( $checked, $since )
		);
	}

	/**
	 * Checks plugins, one after the other, until the time is over. At least one is.
	 *
	 * @param Package[] $packages The plugins.
	 * @param float     $seconds  The time.
	 * @return Package[] Those that were not reached.
	 */
	public function all( array $packages, float $seconds ): array {
		return Round::work( $packages, $seconds, array( $this, 'one' ) );
	}

	/**
	 * Checks one plugin.
	 *
	 * @param Package $package The plugin.
	 * @return Refusal|null Why there is no update, or it waits; null where there is one, or none is needed.
	 */
	public function one( Package $package ): ?Refusal {
		$listed  = null;
		$refusal = null;
		$failed  = array();
		try {
			$before = $this->offers->get( $package );
			try {
				$source = Source_Id::parse( $package->source() );
				$listed = $this->update( $source, $package, $failed );
				if ( null !== $listed ) {
					$this->archives->check_binding( $source, $listed );
				}
			} catch ( \Throwable $thrown ) {
				$refusal = Refusal::from( $thrown );
			}
			if ( null !== $refusal && 'wordpress.held.not_verified_yet' === $refusal->error_code() ) {
				// No node was asked: what the last check found still counts, and the next one is due.
				return $refusal;
			}
			$kept = null === $before ? null : self::why_kept( $package, $before, $listed, $refusal, $failed );
			if ( null !== $kept ) {
				$listed  = null === $refusal ? null : $listed;
				$refusal = $kept;
				$this->offers->keep( $package, $before, $refusal );
			} else {
				$this->offers->put( $package, $listed, $refusal );
			}
			$this->log( $package, $before, $listed, $refusal );
		} catch ( \Throwable $thrown ) {
			// One plugin, or the database, keeps the others from nothing.
			Guard::log( $thrown );
			$refusal = $refusal ?? Refusal::from( $thrown );
		}
		return $refusal;
	}

	/**
	 * Why the update that was offered before stays offered: the node that lists it did not answer, and no other node lists a
	 * version as high.
	 *
	 * That is as safe as when the update was found. Before anything is unpacked, the archive is verified by the key that is trusted
	 * then, and against the bytes that are known. A node that withdraws a version no longer hands it out; a node that still does
	 * could as well have listed it. Once that node answers and does not list the version, the offer is gone, whatever other nodes
	 * list. A node that lags does not replace one that is down: the owner is told which one is down, and can unsubscribe from it.
	 *
	 * @param Package                $package The plugin.
	 * @param Offer                  $before  What the check before found.
	 * @param Listed_Version|null    $listed  The update that other nodes list.
	 * @param Refusal|null           $refusal Why there is none, or why it waits.
	 * @param array<string, Refusal> $failed  Why nodes did not answer, by their URLs.
	 * @return Refusal|null Null where it is no longer offered.
	 */
	private static function why_kept( Package $package, Offer $before, ?Listed_Version $listed, ?Refusal $refusal, array $failed ): ?Refusal {
		$offered = $before->is_clear() ? $before->listed() : null;
		if ( null === $offered || ! isset( $failed[ $offered->node() ] ) ) {
			return null;
		}
		if ( null !== $refusal ) {
			return 'undetermined' === $refusal->verdict() ? $refusal : null;
		}
		$highest = null === $listed ? $package->version() : $listed->version();
		return $offered->compared_with( $highest ) > 0 ? $failed[ $offered->node() ] : null;
	}

	/**
	 * The highest version above the installed one that the publisher signed.
	 *
	 * @param Source_Id              $source  The source.
	 * @param Package                $package The plugin.
	 * @param array<string, Refusal> $failed  Set to why nodes did not answer, by their URLs.
	 * @return Listed_Version|null Null where there is none.
	 * @throws Refusal Nothing is known, or what is listed above the installed version is refused.
	 */
	private function update( Source_Id $source, Package $package, array &$failed ): ?Listed_Version {
		$refused  = null;
		$versions = $this->listings->of( $source, $package->slug(), $failed );
		self::check_orders( $package, $versions );
		foreach ( Candidates::of( $versions, $package->version() ) as list( $order, $listed ) ) {
			try {
				$this->archives->check_record( $source, $listed );
			} catch ( Refusal $refusal ) {
				if ( 'rejected' !== $refusal->verdict() || 'wordpress.federation.key_changed' === $refusal->error_code() ) {
					throw $refusal;
				}
				if ( null === $refused ) {
					// One of them is enough: a node that lists forgeries, always others, would drive out of the log what else is there.
					$this->log_refused( $package, $listed, $refusal );
				}
				$refused = $refused ?? $refusal;
				continue;
			}
			if ( $order > 0 ) {
				return $listed;
			}
		}
		if ( null !== $refused ) {
			throw $refused;
		}
		return null;
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

	/**
	 * Logs what came of it.
	 *
	 * @param Package             $package The plugin.
	 * @param Offer|null          $before  What the check before found.
	 * @param Listed_Version|null $listed  The update.
	 * @param Refusal|null        $refusal Why there is none, or why it waits.
	 */
	private function log( Package $package, ?Offer $before, ?Listed_Version $listed, ?Refusal $refusal ): void {
		if ( null !== $refusal ) {
			if ( ! $this->outcomes->has_said( $package->identity(), $refusal ) ) {
				$this->outcomes->refused( $package->identity(), $refusal, self::context( $package ) + self::about( $package, $listed ) );
			}
			return;
		}
		if ( null !== $before && null !== $before->refusal() ) {
			$message = __( 'The records of this plugin can be verified again.', 'fedverify' );
			$this->outcomes->verified( $package->identity(), array( 'message' => $message ) + self::about( $package, $listed ) );
		}
	}

	/**
	 * The context, where WordPress would have updated the plugin by itself: it is not even offered the update, so this is where the
	 * administrator is written to.
	 *
	 * @param Package $package The plugin.
	 * @return array<string, string>
	 */
	private static function context( Package $package ): array {
		$automatic = get_network_option( null, 'auto_update_plugins', array() );
		$is_one    = wp_doing_cron() && is_array( $automatic ) && in_array( $package->file(), $automatic, true );
		return $is_one ? array( 'context' => 'automatic' ) : array();
	}

	/**
	 * Logs a refusal.
	 *
	 * @param Package             $package The plugin.
	 * @param Listed_Version|null $listed  The version that is refused.
	 * @param Refusal             $refusal Why.
	 */
	private function log_refused( Package $package, ?Listed_Version $listed, Refusal $refusal ): void {
		$this->outcomes->refused( $package->identity(), $refusal, self::about( $package, $listed ) );
	}

	/**
	 * What a verdict says beside the verdict.
	 *
	 * @param Package             $package The plugin.
	 * @param Listed_Version|null $listed  The version.
	 * @return array<string, mixed>
	 */
	private static function about( Package $package, ?Listed_Version $listed ): array {
		return array(
			'kind'    => 'plugin',
			'name'    => $package->name(),
			'version' => null === $listed ? '' : $listed->version(),
			'facts'   => null === $listed ? array() : array( 'node' => $listed->node() ),
		);
	}
}
