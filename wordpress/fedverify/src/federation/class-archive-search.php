<?php
/**
 * Finds the archive of what is to be installed.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\PrivateCopy;
use FedVerify\WordPress\Gates\Subject;
use FedVerify\WordPress\Gates\Time_Budget;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Finds out which of the listed versions WordPress was told to install, and takes the archive from where it was told, or from another node
 * that lists the version.
 */
final class Archive_Search {

	/**
	 * The federation.
	 *
	 * @var Federation
	 */
	private $federation;

	/**
	 * Makes one.
	 *
	 * @param Federation $federation The federation.
	 */
	public function __construct( Federation $federation ) {
		$this->federation = $federation;
	}

	/**
	 * The archive, verified as one of those that the nodes list.
	 *
	 * @param Wanted  $wanted  What is to be installed.
	 * @param Attempt $attempt The attempt, which begins with the download.
	 * @throws \Throwable None is.
	 */
	public function find( Wanted $wanted, Attempt $attempt ): Federated_Archive {
		$source = $wanted->source();
		$this->federation->publishers()->trusted( $source );
		$subject   = $wanted->subject();
		$listed    = $this->listed( $source, $wanted );
		$installed = $this->installed( $wanted );
		$this->federation->archives()->check_before( $listed[0], $installed );
		$others = $subject->is_local() ? array() : $this->federation->mirrors()->others( $source, $listed[0] );
		// An archive that failed before is tried again only where there is no other version, so it has all the time.
		$is_first = ! $attempt->begin() && array() !== $others;
		$time     = $this->federation->downloads();
		try {
			return $this->one_of( $source, $listed, $subject, $installed, $is_first, $time );
		} catch ( Refusal $refusal ) {
			// A failed install is not remembered, so a node that merely lists what another one has would cut its time for ever.
			$is_retried = $is_first && null === $subject->updated() && 0 === strpos( $refusal->error_code(), 'network.' );
			$other      = Attempt::is_of_archive( $refusal ) ? $this->of_mirrors( $source, $others, $installed, $is_retried, $time ) : null;
			if ( null !== $other ) {
				$other->replaces( $refusal );
				return $other;
			}
			if ( $is_retried ) {
				return $this->one_of( $source, $listed, $subject, $installed, false, $time );
			}
			throw $refusal;
		}
	}

	/**
	 * The archive from another node.
	 *
	 * @param Source_Id        $source     The source.
	 * @param Listed_Version[] $others     The version, as Mirrors::others() gives it.
	 * @param string|null      $installed  The version below which nothing is installed.
	 * @param bool             $is_retried Whether the first node is asked again afterwards: then half of the time is left for it.
	 * @param Time_Budget      $time       How long all downloads may take.
	 */
	private function of_mirrors( Source_Id $source, array $others, ?string $installed, bool $is_retried, Time_Budget $time ): ?Federated_Archive {
		if ( ! $is_retried ) {
			return $this->federation->mirrors()->archive( $source, $others, $installed, $time );
		}
		$half = $time->part( $time->seconds() / 2 );
		return $time->spend( fn() => $this->federation->mirrors()->archive( $source, $others, $installed, $half ) );
	}

	/**
	 * The archive that WordPress was told of, verified as one of those that are listed.
	 *
	 * @param Source_Id        $source    The source.
	 * @param Listed_Version[] $listed    The version, as nodes list it.
	 * @param Subject          $subject   What is to be installed.
	 * @param string|null      $installed The version below which nothing is installed.
	 * @param bool             $is_first  Whether it must leave time for further nodes that have it.
	 * @param Time_Budget      $time      How long all downloads may take.
	 * @throws \Throwable None is.
	 */
	private function one_of( Source_Id $source, array $listed, Subject $subject, ?string $installed, bool $is_first, Time_Budget $time ): Federated_Archive {
		$copy    = null === $subject->file() ? $this->federation->nodes()->download( $subject->source(), $is_first, $time ) : PrivateCopy::of( $subject->file(), array(), get_temp_dir() );
		$refusal = null;
		foreach ( $listed as $each ) {
			try {
				return $this->federation->archives()->verify( $source, $each, $copy, $installed );
			} catch ( Refusal $failure ) {
				// The same version may be listed twice.
				$refusal = $refusal ?? $failure;
			}
		}
		throw $refusal ?? Refusal::undetermined( 'wordpress.internal', 'nothing is listed' );
	}

	/**
	 * The version, as the nodes list it that count: of an update the one that was checked; of a node's URL that node; of an
	 * upload all.
	 *
	 * @param Source_Id $source The source.
	 * @param Wanted    $wanted What is to be installed.
	 * @return Listed_Version[] At least one.
	 * @throws Refusal As Listings; `wordpress.foreign_url`.
	 */
	private function listed( Source_Id $source, Wanted $wanted ): array {
		$subject = $wanted->subject();
		$updated = $subject->updated();
		$offer   = null === $updated ? null : $this->federation->offers()->at( $updated, $subject->source() );
		if ( null !== $offer ) {
			return array( $offer );
		}
		if ( null === $updated && $subject->is_local() ) {
			return $this->federation->listings()->of_version( $source, $wanted->plugin(), $wanted->version() );
		}
		$named = $this->federation->nodes()->download_of( $subject->source() );
		if ( null === $named || $named->source()->to_string() !== $source->to_string() || $named->plugin() !== $wanted->plugin() ) {
			/* translators: 1: a URL, 2: the name of a plugin and its source. */
			$message = __( '%1$s is not where a node that this site subscribes to has %2$s.', 'fedverify' );
			throw Refusal::rejected( 'wordpress.foreign_url', sprintf( $message, Plain_Text::word( $subject->source() ), $subject->did() ) );
		}
		return $this->federation->listings()->of_version( $source, $wanted->plugin(), $named->version(), array( $named->node() ) );
	}

	/**
	 * The version below which nothing is installed. Whoever uploads an older one chose it, and WordPress asks.
	 *
	 * @param Wanted $wanted What is to be installed.
	 */
	private function installed( Wanted $wanted ): ?string {
		$subject   = $wanted->subject();
		$installed = $subject->updated() ?? Plugin::get()->installed()->by_did( $subject->did() );
		$is_chosen = $subject->is_local() && null === $subject->updated() && ! Plugin::get()->context()->is_automatic();
		return $is_chosen || ! $installed instanceof Package ? null : $installed->version();
	}
}
