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
	 * Seconds that are left.
	 *
	 * @var float
	 */
	private $left;

	/**
	 * Makes one.
	 *
	 * @param float $seconds How long.
	 */
	public function __construct( float $seconds ) {
		$this->left = $seconds;
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
			throw Refusal::held( 'wordpress.held.not_verified_yet', __( 'Other servers used up the time that this page has for verification.', 'fedverify' ) );
		}
		$start = microtime( true );
		try {
			return $work();
		} finally {
			$this->left -= max( 0, microtime( true ) - $start );
		}
	}
}
