<?php
/**
 * What the last check found of an installed plugin.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * The update that a node offers, or why there is none.
 */
final class Offer {

	/**
	 * What is stored: identity, listed, refusal, kept, key, checked.
	 *
	 * @var array<string, mixed>
	 */
	private $entry;

	/**
	 * Makes one.
	 *
	 * @param array<string, mixed> $entry What is stored.
	 */
	public function __construct( array $entry ) {
		$this->entry = $entry;
	}

	/**
	 * The identity that it is of: as Package::identity().
	 */
	public function identity(): string {
		return is_string( $this->entry['identity'] ?? null ) ? $this->entry['identity'] : '';
	}

	/**
	 * The version that is an update, verified but for its archive; null where there is none.
	 */
	public function listed(): ?Listed_Version {
		$listed = $this->entry['listed'] ?? null;
		return is_array( $listed ) ? Listed_Version::of( $listed, (string) ( $listed['node'] ?? '' ), (string) ( $listed['id'] ?? '' ) ) : null;
	}

	/**
	 * Why there is none, or why it waits.
	 *
	 * @return array{verdict: string, code: string, message: string}|null
	 */
	public function refusal(): ?array {
		$refusal = $this->entry['refusal'] ?? null;
		return is_array( $refusal ) ? array_map( 'strval', $refusal ) + array_fill_keys( array( 'verdict', 'code', 'message' ), '' ) : null;
	}

	/**
	 * Whether the refusal comes from a later check, which learned nothing about the version on offer.
	 */
	public function is_kept(): bool {
		return true === ( $this->entry['kept'] ?? null );
	}

	/**
	 * Whether nothing was wrong with the version on offer when it was last looked at.
	 */
	public function is_clear(): bool {
		return null === $this->refusal() || $this->is_kept();
	}

	/**
	 * The key that was trusted then, as a did:key; null where an older version of this plugin has stored the offer.
	 */
	public function key(): ?string {
		return is_string( $this->entry['key'] ?? null ) ? $this->entry['key'] : null;
	}

	/**
	 * When it was checked, in seconds since 1970.
	 */
	public function checked_at(): int {
		return is_int( $this->entry['checked'] ?? null ) ? $this->entry['checked'] : 0;
	}
}
