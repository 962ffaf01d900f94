<?php
/**
 * What becomes of verifications.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Verification;

use FedVerify\WordPress\Context;
use FedVerify\WordPress\Memory\Identities;
use FedVerify\WordPress\Memory\Json;
use FedVerify\WordPress\Memory\Verdict;
use FedVerify\WordPress\Memory\Verdicts;
use FedVerify\WordPress\Packages\Installed;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Records the outcomes of verifications, and logs verdicts. What was said last of an identity, in the same kind of request, is not
 * said again: pages ask often.
 */
final class Outcomes {

	/**
	 * Up to how many operations the history of an identity is recorded, for people to read.
	 */
	private const OPERATIONS = 300;

	/**
	 * How many warnings are recorded.
	 */
	private const WARNINGS = 50;

	/**
	 * How large each of these may be, in bytes of JSON: the directory takes operations of 7,500 bytes, and most have 1,000.
	 */
	private const RECORDED_BYTES = 524288;

	/**
	 * How many of the latest verdicts about an identity are looked at.
	 */
	private const LOOKED_AT = 20;

	/**
	 * What is known of identities.
	 *
	 * @var Identities
	 */
	private $identities;

	/**
	 * The log.
	 *
	 * @var Verdicts
	 */
	private $verdicts;

	/**
	 * The installed packages.
	 *
	 * @var Installed
	 */
	private $installed;

	/**
	 * The kind of request.
	 *
	 * @var Context
	 */
	private $context;

	/**
	 * The last refusal of each identity in this request: its code, by DID.
	 *
	 * @var array<string, string>
	 */
	private $said = array();

	/**
	 * Makes one.
	 *
	 * @param Identities $identities What is known of identities.
	 * @param Verdicts   $verdicts   The log.
	 * @param Installed  $installed  The installed packages.
	 * @param Context    $context    The kind of request.
	 */
	public function __construct( Identities $identities, Verdicts $verdicts, Installed $installed, Context $context ) {
		$this->identities = $identities;
		$this->verdicts   = $verdicts;
		$this->installed  = $installed;
		$this->context    = $context;
	}

	/**
	 * An identity was verified.
	 *
	 * @param Resolved   $resolved The identity.
	 * @param array|null $history  Its history, where it is known already.
	 * @throws Refusal The database failed.
	 */
	public function identity_verified( Resolved $resolved, ?array $history = null ): void {
		$identity = $resolved->has_log() ? $resolved->identity() : null;
		$this->identities->record_verified(
			$resolved->did(),
			$resolved->document(),
			null === $identity || $identity->operations() > self::OPERATIONS ? array() : self::bounded( $history ?? $identity->history() ),
			null === $identity ? array() : self::bounded( $identity->contestable() ),
			self::bounded( array_slice( $resolved->warnings(), 0, self::WARNINGS ) )
		);
	}

	/**
	 * What is recorded for people to read: all of it, or nothing where it is so large that the page that shows it would fail.
	 *
	 * @param array<mixed> $entries The entries.
	 * @return array<mixed>
	 */
	private static function bounded( array $entries ): array {
		return strlen( Json::write( $entries ) ) > self::RECORDED_BYTES ? array() : $entries;
	}

	/**
	 * An identity was not verified.
	 *
	 * @param string  $did     The identity.
	 * @param Refusal $refusal Why.
	 * @throws Refusal The database failed.
	 */
	public function identity_refused( string $did, Refusal $refusal ): void {
		$this->identities->record_refused( $did, $refusal );
		$this->refused( $did, $refusal );
	}

	/**
	 * Something of an identity was not verified.
	 *
	 * @param string               $did     The identity.
	 * @param Refusal              $refusal Why.
	 * @param array<string, mixed> $values  What else is known, as for Verdict::of().
	 */
	public function refused( string $did, Refusal $refusal, array $values = array() ): void {
		if ( 'held' === $refusal->verdict() && '' === ( $values['version'] ?? '' ) ) {
			$values['version'] = $this->offered( $did );
		}
		$this->say( $did, $refusal, $values, $this->verdicts->recent( 1, $did )[0] ?? null );
	}

	/**
	 * Something was not verified beside what a check is about. It is compared with the last one under its code, not with the last of all:
	 * otherwise two that every check finds would be logged by every check.
	 *
	 * @param string               $did     The identity.
	 * @param Refusal              $refusal Why.
	 * @param array<string, mixed> $values  What else is known, as for Verdict::of().
	 */
	public function refused_beside( string $did, Refusal $refusal, array $values = array() ): void {
		$this->say( $did, $refusal, $values, $this->last( $did, $refusal->error_code() ) );
	}

	/**
	 * Logs a refusal, unless the one before says the same.
	 *
	 * @param string               $did     The identity.
	 * @param Refusal              $refusal Why.
	 * @param array<string, mixed> $values  What else is known, as for Verdict::of().
	 * @param Verdict|null         $before  The one before.
	 */
	private function say( string $did, Refusal $refusal, array $values, ?Verdict $before ): void {
		$verdict            = $this->verdicts->as_added( Verdict::of_refusal( $refusal, $values + $this->about( $did ) ) );
		$this->said[ $did ] = $refusal->error_code();
		if ( null === $before || self::words( $verdict ) !== self::words( $before ) ) {
			$this->verdicts->add( $verdict );
		}
	}

	/**
	 * The last verdict about an identity under a code, since something of it was verified.
	 *
	 * @param string $did  The identity.
	 * @param string $code The code.
	 * @return Verdict|null Null where there is none among the latest.
	 */
	private function last( string $did, string $code ): ?Verdict {
		foreach ( $this->verdicts->recent( self::LOOKED_AT, $did ) as $verdict ) {
			if ( 'verified' === $verdict->verdict() ) {
				return null;
			}
			if ( $code === $verdict->code() ) {
				return $verdict;
			}
		}
		return null;
	}

	/**
	 * The version that an identity offers: what is held before its release is known. Otherwise the next release would be held in the same
	 * words, and nobody would hear of it.
	 *
	 * @param string $did The identity.
	 * @return string Empty where none is known.
	 * @throws Refusal The database failed.
	 */
	private function offered( string $did ): string {
		$record = $this->identities->get( $did );
		$offer  = null === $record ? null : $record->offer();
		return (string) ( $offer['version'] ?? '' );
	}

	/**
	 * What two verdicts about an identity have in common that say the same.
	 *
	 * @param Verdict $verdict The verdict.
	 * @return array<mixed>
	 */
	private static function words( Verdict $verdict ): array {
		return array( $verdict->verdict(), $verdict->code(), $verdict->context(), $verdict->version(), $verdict->is_only_reported() );
	}

	/**
	 * Whether a refusal was logged in this request, or before in the same words.
	 *
	 * @param string  $did     The identity.
	 * @param Refusal $refusal Why.
	 */
	public function has_said( string $did, Refusal $refusal ): bool {
		return ( $this->said[ $did ] ?? null ) === $refusal->error_code();
	}

	/**
	 * A package was verified.
	 *
	 * @param string               $did    The identity.
	 * @param array<string, mixed> $values As for Verdict::of().
	 */
	public function verified( string $did, array $values ): void {
		$this->verdicts->add( Verdict::of( array( 'verdict' => 'verified' ) + $values + $this->about( $did ) ) );
	}

	/**
	 * What is known of an identity before it is judged.
	 *
	 * @param string $did The identity.
	 * @return array<string, string> As for Verdict::of().
	 */
	private function about( string $did ): array {
		$package = $this->installed->by_did( $did );
		return array(
			'did'     => $did,
			'kind'    => null === $package ? 'identity' : $package->kind(),
			'name'    => null === $package ? '' : $package->name(),
			'context' => $this->context->name(),
		);
	}
}
