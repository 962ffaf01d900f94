<?php
/**
 * The log of what the gates refuse.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

use FedVerify\WordPress\Memory\Verdict;
use FedVerify\WordPress\Packages\Package;
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
	 * How many of the latest verdicts about a package are looked at.
	 */
	private const LOOKED_AT = 20;

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
	 * What a gate behind unpacking answers about a folder that has an identity or a source, where the gate itself failed: as of_failure().
	 * What is refused is removed.
	 *
	 * @param mixed $failure What was thrown. Where another plugin applies the filter with fewer arguments, it is one of the others.
	 * @param mixed $source  The folder that was to be installed.
	 * @param mixed $remote  The folder into which the archive was unpacked.
	 * @return mixed A WP_Error, or the folder as it was.
	 */
	public static function of_failed_look( $failure, $source, $remote ) {
		$failure = $failure instanceof \Throwable ? $failure : new \BadFunctionCallException( 'upgrader_source_selection with too few arguments' );
		$answer  = self::of_failure( $failure, $source );
		if ( is_wp_error( $answer ) ) {
			Remains::remove( $source, $remote );
		}
		return $answer;
	}

	/**
	 * Writes a refused offer down, once, and not on a visitor's time. One that only waits is no news here.
	 *
	 * @param Refusal $refusal Why.
	 * @param Package $package The installed package.
	 * @param string  $kind    The kind of offer.
	 * @param string  $url     The URL that is offered.
	 * @param string  $version The version that is offered.
	 */
	public static function log_offer( Refusal $refusal, Package $package, string $kind, string $url, string $version ): void {
		$plugin = Plugin::get();
		if ( 'held' === $refusal->verdict() || $plugin->context()->is_visitor() ) {
			return;
		}
		foreach ( $plugin->verdicts()->recent( self::LOOKED_AT, $package->identity() ) as $verdict ) {
			if ( $verdict->code() === $refusal->error_code() && $verdict->message() === $refusal->getMessage() ) {
				return;
			}
		}
		self::log( $refusal, $package->identity(), $kind, $url, $version, $package->name() );
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
