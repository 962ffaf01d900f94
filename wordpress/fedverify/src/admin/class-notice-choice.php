<?php
/**
 * Which verdicts need a notice.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Memory\Verdict;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Chooses the refusals that an administrator should read. Decides; prints nothing.
 */
final class Notice_Choice {

	/** More would hide the screen. */
	public const MOST = 3;

	/**
	 * The refusals to show: of each package the newest, if nothing was verified since and it was not dismissed.
	 *
	 * @param Verdict[] $verdicts  Newest first.
	 * @param string[]  $dismissed Keys of Dismissals.
	 * @return Verdict[]
	 */
	public static function of( array $verdicts, array $dismissed ): array {
		$seen   = array();
		$chosen = array();
		foreach ( $verdicts as $verdict ) {
			$about = '' === $verdict->did() ? 'code ' . $verdict->code() : $verdict->did();
			if ( isset( $seen[ $about ] ) || ! self::is_answer( $verdict ) ) {
				continue;
			}
			$seen[ $about ] = true;
			if ( 'rejected' === $verdict->verdict() && ! in_array( Dismissals::key( $verdict ), $dismissed, true ) ) {
				$chosen[] = $verdict;
			}
		}
		return $chosen;
	}

	/**
	 * Whether a verdict says what state a package is in. An outage after a refusal does not end the refusal, and what was noted is
	 * no answer.
	 *
	 * @param Verdict $verdict The verdict.
	 * @return bool
	 */
	private static function is_answer( Verdict $verdict ): bool {
		return in_array( $verdict->verdict(), array( 'verified', 'rejected' ), true );
	}
}
