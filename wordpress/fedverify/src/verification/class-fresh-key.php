<?php
/**
 * Keys that are new.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Verification;

use FedVerify\Code;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * A package whose signing key can still be undone is not refused for good: it waits.
 */
final class Fresh_Key {

	/**
	 * The refusal of a package that waits.
	 *
	 * @param \Throwable $thrown What the verification threw.
	 * @return Refusal|null Null where it was something else.
	 */
	public static function held( \Throwable $thrown ): ?Refusal {
		if ( ! $thrown instanceof \FedVerify\Exception || Code::FAIR_KEY_TOO_FRESH !== $thrown->errorCode() ) {
			return null;
		}
		$identity = null === $thrown->report() ? null : $thrown->report()->identity();
		return Refusal::held( 'wordpress.held.fresh_key', Refusal::from( $thrown )->getMessage(), self::until( $identity['contestable'] ?? array() ) );
	}

	/**
	 * When the last of the operations that gave keys can no longer be undone.
	 *
	 * @param array<array<string, mixed>> $contestable As Identity::contestable() gives them.
	 * @return int|null In seconds since 1970; null where that is not known.
	 */
	private static function until( array $contestable ): ?int {
		$times = array();
		foreach ( $contestable as $operation ) {
			if ( array() !== $operation['verificationMethods'] ) {
				$times[] = (int) strtotime( $operation['until'] );
			}
		}
		return array() === $times ? null : max( $times );
	}
}
