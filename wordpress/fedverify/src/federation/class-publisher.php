<?php
/**
 * A publisher whose key the owner of the site trusts.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * The key of a source, and what the owner decided about it.
 */
final class Publisher {

	/**
	 * The source.
	 *
	 * @var string
	 */
	private $source;

	/**
	 * What is stored: key, did_key, since, by, unsigned, replaced, dismissed, turned_down.
	 *
	 * @var array<string, mixed>
	 */
	private $entry;

	/**
	 * Makes one.
	 *
	 * @param string               $source The source.
	 * @param array<string, mixed> $entry  What is stored.
	 */
	public function __construct( string $source, array $entry ) {
		$this->source = $source;
		$this->entry  = $entry;
	}

	/**
	 * The source.
	 */
	public function source(): string {
		return $this->source;
	}

	/**
	 * The key, for the verifier. What is no key fails there.
	 */
	public function key(): string {
		return is_string( $this->entry['key'] ?? null ) ? $this->entry['key'] : '';
	}

	/**
	 * The key, to compare and to show.
	 */
	public function did_key(): string {
		return is_string( $this->entry['did_key'] ?? null ) ? $this->entry['did_key'] : '';
	}

	/**
	 * Since when it is trusted, in seconds since 1970.
	 */
	public function since(): int {
		return is_int( $this->entry['since'] ?? null ) ? $this->entry['since'] : 0;
	}

	/**
	 * Where the key came from: the URL of a node, or empty where somebody pasted it.
	 */
	public function shown_by(): string {
		return is_string( $this->entry['by'] ?? null ) ? $this->entry['by'] : '';
	}

	/**
	 * Whether the owner takes archives whose bytes nothing binds.
	 */
	public function allows_unsigned(): bool {
		return true === ( $this->entry['unsigned'] ?? null );
	}

	/**
	 * Whether the owner trusted a key before, and another one since.
	 *
	 * @param string $did_key The key.
	 */
	public function has_replaced( string $did_key ): bool {
		return in_array( $did_key, $this->replaced(), true );
	}

	/**
	 * The keys that the owner trusted before.
	 *
	 * @return string[]
	 */
	public function replaced(): array {
		return is_array( $this->entry['replaced'] ?? null ) ? array_filter( $this->entry['replaced'], 'is_string' ) : array();
	}

	/**
	 * Whether the owner has decided against a key.
	 *
	 * @param string $did_key The key.
	 */
	public function has_dismissed( string $did_key ): bool {
		return in_array( $did_key, $this->dismissed(), true );
	}

	/**
	 * The keys that the owner has decided against.
	 *
	 * @return string[]
	 */
	public function dismissed(): array {
		return is_array( $this->entry['dismissed'] ?? null ) ? array_filter( $this->entry['dismissed'], 'is_string' ) : array();
	}

	/**
	 * How many keys of a node the owner has decided against, since this key is trusted.
	 *
	 * @param string $node The node's URL.
	 */
	public function turned_down( string $node ): int {
		return $this->all_turned_down()[ $node ] ?? 0;
	}

	/**
	 * The same of all nodes.
	 *
	 * @return array<string, int> By their URLs.
	 */
	public function all_turned_down(): array {
		return is_array( $this->entry['turned_down'] ?? null ) ? array_filter( $this->entry['turned_down'], 'is_int' ) : array();
	}
}
