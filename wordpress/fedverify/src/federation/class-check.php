<?php
/**
 * Checks installed plugins of federation sources.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Guard;
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
	 * Finds updates.
	 *
	 * @var Update_Search
	 */
	private $search;

	/**
	 * Remembers.
	 *
	 * @var Offers
	 */
	private $offers;

	/**
	 * The updates that could not be installed lately.
	 *
	 * @var Failed_Updates
	 */
	private $failed;

	/**
	 * Logs.
	 *
	 * @var Outcomes
	 */
	private $outcomes;

	/**
	 * Makes one.
	 *
	 * @param Installed      $installed The installed packages.
	 * @param Update_Search  $search    Finds updates.
	 * @param Offers         $offers    Remembers.
	 * @param Failed_Updates $failed    The updates that could not be installed lately.
	 * @param Outcomes       $outcomes  Logs.
	 */
	public function __construct( Installed $installed, Update_Search $search, Offers $offers, Failed_Updates $failed, Outcomes $outcomes ) {
		$this->installed = $installed;
		$this->search    = $search;
		$this->offers    = $offers;
		$this->failed    = $failed;
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
		$refusal = null;
		try {
			$before = $this->offers->get( $package );

			list( $listed, $refusal, $failed, $skipped ) = $this->found( $package );
			foreach ( $skipped as list( $other, $why ) ) {
				$this->log_refused( $package, $other, $why );
			}
			$kept = null === $before ? null : $this->why_kept( $package, $before, $listed, $refusal, $failed );
			$left = self::not_asked( $failed );

			$is_decided = null === $refusal ? null !== $listed && null === $kept : ! in_array( $refusal, $failed, true );
			if ( null !== $left && ! $is_decided ) {
				// A node that was not asked may list an update: the next check is due. What the last one found still counts, but not once its own
				// node lists it no more.
				if ( null === $kept && null !== $before && $before->is_clear() && null !== $before->listed() ) {
					$this->offers->forget( $package->file() );
				}
				return $left;
			}
			if ( null !== $kept ) {
				$listed  = null === $refusal ? null : $listed;
				$refusal = $kept;
				$this->offers->keep( $package, $before, $refusal );
			} else {
				$this->offers->put( $package, $listed, $refusal );
			}
			$this->log( $package, $before, $listed, $refusal );
		} catch ( \Throwable $thrown ) {
			// A failure of the database, or of one plugin, must not stop the checks of the others.
			Guard::log( $thrown );
			$refusal = $refusal ?? Refusal::from( $thrown );
		}
		return $refusal;
	}

	/**
	 * That a node was not asked, if one was not.
	 *
	 * @param array<string, Refusal> $failed Why nodes did not answer, by their URLs.
	 */
	private static function not_asked( array $failed ): ?Refusal {
		foreach ( $failed as $why ) {
			if ( in_array( $why->error_code(), Node_Requests::NOT_ASKED, true ) ) {
				return $why;
			}
		}
		return null;
	}

	/**
	 * What the nodes list as an update.
	 *
	 * @param Package $package The plugin.
	 * @return array{0: Listed_Version|null, 1: Refusal|null, 2: array<string, Refusal>, 3: array} The update, why there is none or it
	 *     waits, why nodes did not answer, and what else Update_Search::find() refused.
	 */
	private function found( Package $package ): array {
		$failed  = array();
		$skipped = array();
		try {
			list( $listed, $refusal ) = $this->search->find( Source_Id::parse( $package->source() ), $package, $this->failed->of( $package ), $failed, $skipped );
			return array( $listed, $refusal, $failed, $skipped );
		} catch ( \Throwable $thrown ) {
			return array( null, Refusal::from( $thrown ), $failed, $skipped );
		}
	}

	/**
	 * Why the update that was offered before stays offered: the node that lists it did not answer, it is still proven by the key that
	 * is trusted, and no other node proves a version as high. What other nodes forge or leave out changes nothing.
	 *
	 * That is as safe as when the update was found. Before anything is unpacked, the archive is verified by the key that is trusted
	 * then, and against the bytes that are known. A node that withdraws a version no longer hands it out; a node that still does
	 * could as well have listed it. Once that node says that it has withdrawn the version, or gives its whole list without it, the offer is
	 * gone, whatever other nodes list. A part of the list without the version says nothing, as the rest may have it. A node that lags does
	 * not replace one that is down: the owner is told which one is down, and can unsubscribe from it.
	 *
	 * @param Package                $package The plugin.
	 * @param Offer                  $before  What the check before found.
	 * @param Listed_Version|null    $listed  The update that other nodes list.
	 * @param Refusal|null           $refusal Why there is none, or why it waits.
	 * @param array<string, Refusal> $failed  Why nodes did not answer, by their URLs.
	 * @return Refusal|null Null where it is no longer offered.
	 */
	private function why_kept( Package $package, Offer $before, ?Listed_Version $listed, ?Refusal $refusal, array $failed ): ?Refusal {
		$offered = $before->is_clear() ? $before->listed() : null;
		$tried   = $this->failed->of( $package );
		if ( null === $offered || ( null !== $listed && Failed_Updates::rank( $tried, $listed ) < Failed_Updates::rank( $tried, $offered ) ) ) {
			return null;
		}
		if ( ! isset( $failed[ $offered->node() ] ) || ! $this->search->is_proven( Source_Id::parse( $package->source() ), $offered ) ) {
			return null;
		}
		if ( null !== $refusal ) {
			return $refusal;
		}
		$highest = null === $listed ? $package->version() : $listed->version();
		return $offered->compared_with( $highest ) > 0 ? $failed[ $offered->node() ] : null;
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
	 * Logs why a version was refused that is not the update.
	 *
	 * @param Package             $package The plugin.
	 * @param Listed_Version|null $listed  The version that is refused.
	 * @param Refusal             $refusal Why.
	 */
	private function log_refused( Package $package, ?Listed_Version $listed, Refusal $refusal ): void {
		$this->outcomes->refused_beside( $package->identity(), $refusal, self::about( $package, $listed ) );
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
