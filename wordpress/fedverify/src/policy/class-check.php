<?php
/**
 * Verifies the identities of installed packages.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Policy;

use FedVerify\WordPress\Guard;
use FedVerify\WordPress\Memory\Verdict;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Looks after the identities of installed packages while nobody installs anything, so that what a publisher withdraws is
 * known before the next update.
 *
 * Only a change is logged: a directory that is down for a day is one verdict.
 */
final class Check {

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * Makes one.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->plugin = $plugin;
	}

	/**
	 * The installed identities that were not checked since then, those that waited longest first.
	 *
	 * @param int $since In seconds since 1970.
	 * @return string[] DIDs.
	 * @throws Refusal The database failed.
	 */
	public function due( int $since ): array {
		$checked = array();
		foreach ( $this->plugin->installed()->dids() as $did ) {
			$record          = $this->plugin->identities()->get( $did );
			$checked[ $did ] = null === $record ? 0 : $record->checked_at();
		}
		return Round::due( $checked, $since );
	}

	/**
	 * Checks identities, one after the other, until the time is over. At least one is.
	 *
	 * @param string[] $dids    Which.
	 * @param float    $seconds How long.
	 * @return string[] Those that were not reached.
	 */
	public function all( array $dids, float $seconds ): array {
		return Round::work( $dids, $seconds, array( $this, 'one' ) );
	}

	/**
	 * Checks one identity: its log or document, and the metadata of its repository.
	 *
	 * @param string $did Its DID.
	 * @return Refusal|null Why it was not verified; null where it was.
	 */
	public function one( string $did ): ?Refusal {
		$refusal = null;
		try {
			$before = $this->plugin->identities()->get( $did );
			try {
				$this->plugin->repository()->metadata( $this->plugin->resolver()->resolve( $did ) );
			} catch ( \Throwable $thrown ) {
				$refusal = Refusal::from( $thrown );
			}
			$this->note( $did, null === $before ? null : $before->refusal(), $refusal );
		} catch ( \Throwable $thrown ) {
			// One identity, or the database, keeps the others from nothing.
			Guard::log( $thrown );
			$refusal = $refusal ?? Refusal::from( $thrown );
		}
		return $refusal;
	}

	/**
	 * Remembers the outcome, and logs it where it is another than before.
	 *
	 * @param string       $did    The identity.
	 * @param array|null   $before Why it was refused before; null where it was not.
	 * @param Refusal|null $now    Why it is now; null where it is not.
	 */
	private function note( string $did, ?array $before, ?Refusal $now ): void {
		if ( null !== $now && 'wordpress.held.no_backend' === $now->error_code() ) {
			// What an administrator's browser has verified counts until it is old.
			return;
		}
		if ( null !== $now ) {
			$this->plugin->identities()->record_refused( $did, $now );
		}
		$codes = array( null === $before ? '' : $before['code'], null === $now ? '' : $now->error_code() );
		if ( $codes[0] === $codes[1] ) {
			return;
		}
		$package = $this->plugin->installed()->by_did( $did );
		$values  = array(
			'did'     => $did,
			'kind'    => null === $package ? 'identity' : $package->kind(),
			'name'    => null === $package ? '' : $package->name(),
			'version' => null === $package ? '' : $package->version(),
			'context' => $this->plugin->context()->name(),
		);
		if ( null !== $now ) {
			// Most refusals were logged where they were made.
			if ( ! $this->plugin->outcomes()->has_said( $did, $now ) ) {
				$this->plugin->verdicts()->add( Verdict::of_refusal( $now, $values ) );
			}
			return;
		}
		$recovered = array(
			'verdict' => 'verified',
			'message' => __( 'The identity can be verified again.', 'fedverify' ),
			'facts'   => array( 'before' => $before ),
		);
		$this->plugin->verdicts()->add( Verdict::of( $values + $recovered ) );
	}
}
