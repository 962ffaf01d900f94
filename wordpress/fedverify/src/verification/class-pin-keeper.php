<?php
/**
 * Pins.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Verification;

use FedVerify\PinStore;
use FedVerify\WordPress\Guard;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Keeps what was proven, whatever becomes of the rest: otherwise a repository that answers with an error would make this site
 * forget that a key was withdrawn.
 */
final class Pin_Keeper {

	/**
	 * Where pins are kept.
	 *
	 * @var PinStore
	 */
	private $store;

	/**
	 * Makes one.
	 *
	 * @param PinStore $store Where pins are kept.
	 */
	public function __construct( PinStore $store ) {
		$this->store = $store;
	}

	/**
	 * What was remembered of an identity; null on the first visit. A pin that cannot be read is an error, not a first visit.
	 *
	 * @param string $did The identity.
	 * @throws \FedVerify\Exception It is damaged.
	 * @throws \FedVerify\WordPress\Refusal The database failed.
	 */
	public function load( string $did ): ?string {
		return $this->store->load( $did );
	}

	/**
	 * Keeps what a visit learned.
	 *
	 * @param string      $did The identity.
	 * @param string|null $pin Null: nothing was learned.
	 * @return string|null What is kept now, which is what other visits have learned meanwhile, too.
	 * @throws \FedVerify\Exception It contradicts what another visit has learned meanwhile.
	 * @throws \FedVerify\WordPress\Refusal The database failed.
	 */
	public function keep( string $did, ?string $pin ): ?string {
		return null === $pin ? null : $this->store->update( $did, $pin );
	}

	/**
	 * Does a part of a verification, and keeps what was learned where it is refused.
	 *
	 * @param string   $did  The identity.
	 * @param callable $work The part.
	 * @return mixed What it returns.
	 * @throws \FedVerify\Exception It is refused.
	 */
	public function keep_of_refusal( string $did, callable $work ) {
		try {
			return $work();
		} catch ( \FedVerify\Exception $refusal ) {
			try {
				$this->keep( $did, null === $refusal->report() ? null : $refusal->report()->pin() );
			} catch ( \Throwable $failure ) {
				// The refusal is what matters.
				Guard::log( $failure );
			}
			throw $refusal;
		}
	}
}
