<?php
/**
 * The log of what the gates refuse.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

use FedVerify\WordPress\Memory\Verdict;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Writes the gates' own refusals down. The verifier's are written down where they come from.
 */
final class Refusals {

	/**
	 * What a gate answers about a package that has an identity or a source, where the gate itself failed: a refusal, or, where
	 * refusals are only reported, what it was given. Guard has logged the failure. Where not even the settings can be read, it
	 * is a refusal.
	 *
	 * @param \Throwable $failure What was thrown.
	 * @param mixed      $given   What it was given.
	 * @return mixed A WP_Error, or what it was given.
	 */
	public static function of_failure( \Throwable $failure, $given ) {
		try {
			$is_enforcing = Plugin::get()->settings()->is_enforcing();
		} catch ( \Throwable $unknown ) {
			$is_enforcing = true;
		}
		return $is_enforcing ? Refusal::from( $failure )->to_wp_error() : $given;
	}

	/**
	 * Writes one down. A failure of the log must not let the package through.
	 *
	 * @param Refusal $refusal Why.
	 * @param string  $did     The DID, where it is known.
	 * @param string  $kind    The kind of package.
	 * @param string  $source  The URL or the path.
	 * @param string  $version The version, where it is known.
	 * @param string  $name    The name, where it is known.
	 */
	public static function log( Refusal $refusal, string $did, string $kind, string $source = '', string $version = '', string $name = '' ): void {
		try {
			$plugin = Plugin::get();
			$plugin->verdicts()->add(
				Verdict::of(
					array(
						'did'     => $did,
						'kind'    => $kind,
						'name'    => $name,
						'version' => $version,
						'verdict' => $refusal->verdict(),
						'code'    => $refusal->error_code(),
						'message' => $refusal->getMessage(),
						'context' => $plugin->context()->name(),
						'facts'   => array_filter( array( 'source' => $source ) ),
					)
				)
			);
		} catch ( \Throwable $failure ) {
			\FedVerify\WordPress\Guard::log( $failure );
		}
	}
}
