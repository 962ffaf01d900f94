<?php
/**
 * An attempt to install something.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Remembers that the archive of an update failed, so that the next check prefers another one. It does so before the archive is
 * downloaded, and takes it back where the archive comes: a node that drips makes the host end the request, and nobody could remember it
 * afterwards. Of an install nothing is remembered.
 */
final class Attempt {

	/**
	 * The codes of what is wrong with an archive, or with the node that has it: not with the publisher's key, nor with this site, except
	 * that it has no room, because a node can fill it.
	 */
	private const OF_ARCHIVE = '/\A(?:network\..*|pfn\.archive\..*|input\.too_large|io\.file\.unwritable|wordpress\.(?:federation\.other_bytes|package_mismatch|unverified_source))\z/';

	/**
	 * The offers.
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
	 * What is to be installed.
	 *
	 * @var Wanted
	 */
	private $wanted;

	/**
	 * What was noted as failed and may be taken back; null where nothing was.
	 *
	 * @var Listed_Version|null
	 */
	private $noted;

	/**
	 * What was remembered of its node before, as Failed_Updates::add() gives it.
	 *
	 * @var array|null
	 */
	private $before;

	/**
	 * Makes one.
	 *
	 * @param Offers         $offers The offers.
	 * @param Failed_Updates $failed The updates that could not be installed lately.
	 * @param Wanted         $wanted What is to be installed.
	 */
	public function __construct( Offers $offers, Failed_Updates $failed, Wanted $wanted ) {
		$this->offers = $offers;
		$this->failed = $failed;
		$this->wanted = $wanted;
	}

	/**
	 * The download begins. Other nodes were asked for their lists before: that one of those drips says nothing about this one.
	 *
	 * @return bool Whether the archive failed before at this node, and is tried again because no other version can be installed.
	 * @throws Refusal The database failed; as Publishers::trusted().
	 */
	public function begin(): bool {
		$updated = $this->wanted->subject()->updated();
		$offer   = null === $updated ? null : $this->offers->at( $updated, $this->wanted->subject()->source() );
		if ( null === $offer ) {
			return false;
		}
		$is_retry     = Failed_Updates::rank( $this->failed->of( $updated ), $offer )[1] > 0;
		$this->before = $this->failed->add( $updated, $offer );
		$this->noted  = $offer;
		return $is_retry;
	}

	/**
	 * The archive is verified. Where its node handed it out, nothing is held against that any more; where another one did, what was before.
	 *
	 * @param string $node The URL of the node that handed it out.
	 * @throws Refusal The database failed.
	 */
	public function succeeded( string $node ): void {
		if ( null !== $this->noted && $this->noted->node() === $node ) {
			$this->before = null;
		}
		$this->take_back();
	}

	/**
	 * It is refused. Where that is not the archive's fault, nothing is held against it.
	 *
	 * @param Refusal $refusal Why.
	 * @throws Refusal The database failed.
	 */
	public function failed( Refusal $refusal ): void {
		if ( ! self::is_of_archive( $refusal ) ) {
			$this->take_back();
		}
	}

	/**
	 * Takes back what begin() noted.
	 *
	 * @throws Refusal The database failed.
	 */
	private function take_back(): void {
		$updated = $this->wanted->subject()->updated();
		if ( null !== $this->noted && null !== $updated ) {
			$this->failed->put( $updated, $this->noted->node(), $this->before );
		}
	}

	/**
	 * Whether something is wrong with the archive, or with the node that has it.
	 *
	 * @param Refusal $refusal Why it is not installed.
	 */
	public static function is_of_archive( Refusal $refusal ): bool {
		return 1 === preg_match( self::OF_ARCHIVE, $refusal->error_code() );
	}
}
