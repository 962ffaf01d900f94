<?php
/**
 * How long one request may wait for others.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * A page of the dashboard asks for all packages. A directory that does not answer must not take the time of each.
 */
final class Time_Budget {

	/**
	 * How many seconds there were.
	 *
	 * @var float
	 */
	private $whole;

	/**
	 * Seconds that are left.
	 *
	 * @var float
	 */
	private $left;

	/**
	 * What is thrown where no time is left; null: that of all servers. Nothing is translated before it is needed: that may be before `init`.
	 *
	 * @var Refusal|null
	 */
	private $refusal;

	/**
	 * The time in seconds, as `microtime` tells it.
	 *
	 * @var callable(): float
	 */
	private $clock;

	/**
	 * Makes one.
	 *
	 * @param float         $seconds How long.
	 * @param callable|null $clock   The time; by default that of this server.
	 */
	public function __construct( float $seconds, ?callable $clock = null ) {
		$this->whole = $seconds;
		$this->left  = $seconds;
		$this->clock = $clock ?? static fn(): float => microtime( true );
	}

	/**
	 * A budget of its own for one of several servers.
	 *
	 * @param int     $among   Among how many the time is divided.
	 * @param Refusal $refusal What is thrown where that server has used it up.
	 */
	public function share( int $among, Refusal $refusal ): self {
		return $this->part( $this->whole / max( 1, $among ), $refusal );
	}

	/**
	 * A budget of its own for one piece of the work, by the same clock.
	 *
	 * @param float        $seconds How long.
	 * @param Refusal|null $refusal What is thrown where it is used up; null: what the whole throws.
	 */
	public function part( float $seconds, ?Refusal $refusal = null ): self {
		$part          = new self( $seconds, $this->clock );
		$part->refusal = $refusal ?? $this->refusal;
		return $part;
	}

	/**
	 * How many whole seconds are left.
	 */
	public function seconds(): int {
		return (int) max( 0, ceil( $this->left ) );
	}

	/**
	 * How long a request may take so that it does not overdraw what is left.
	 *
	 * @param int $seconds How long it may take at most.
	 * @return int At least one second.
	 * @throws Refusal There is not a whole second left.
	 */
	public function at_most( int $seconds ): int {
		if ( $this->left < 1 ) {
			throw $this->used_up();
		}
		return min( $seconds, (int) $this->left );
	}

	/**
	 * How long a request may take while nothing is used.
	 *
	 * @param int $seconds How long it may take at most.
	 */
	public function longest( int $seconds ): int {
		return min( $seconds, (int) $this->whole );
	}

	/**
	 * Does something that takes time.
	 *
	 * @param callable $work What to do.
	 * @return mixed What it returned.
	 * @throws Refusal There is no time left.
	 */
	public function spend( callable $work ) {
		if ( $this->left <= 0 ) {
			throw $this->used_up();
		}
		$start = ( $this->clock )();
		try {
			return $work();
		} finally {
			$this->left -= max( 0, ( $this->clock )() - $start );
		}
	}

	/**
	 * That no time is left.
	 */
	private function used_up(): Refusal {
		return $this->refusal ?? Refusal::held( 'wordpress.held.not_verified_yet', __( 'Other servers used up the time that this page has for verification.', 'fedverify' ) );
	}
}
