<?php
/**
 * What is remembered of an identity.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Memory;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * A row of the table of identities. What is long or seldom asked for is read when it is.
 */
final class Identity_Record {

	/**
	 * For how long a verification counts as new, in seconds: as long as FAIR Connect keeps documents.
	 */
	private const FRESH = 43200;

	/**
	 * The row, without what is read later.
	 *
	 * @var array<string, string|null>
	 */
	private $row;

	/**
	 * Reads further columns.
	 *
	 * @var callable(string): ?string
	 */
	private $later;

	/**
	 * Makes one.
	 *
	 * @param array<string, string|null> $row   The row.
	 * @param callable                   $later Reads a further column, by name.
	 */
	public function __construct( array $row, callable $later ) {
		$this->row   = $row;
		$this->later = $later;
	}

	/**
	 * The DID.
	 */
	public function did(): string {
		return (string) $this->row['did'];
	}

	/**
	 * The DID document that was last verified; null where none was.
	 */
	public function document(): ?array {
		return Json::read( $this->row['document'] );
	}

	/**
	 * The operations of the identity, as Identity::history() gives them. Empty for did:web.
	 */
	public function history(): array {
		return Json::read( $this->column( 'history' ) ) ?? array();
	}

	/**
	 * The operations that can still be undone, as Identity::contestable() gives them.
	 */
	public function contestable(): array {
		return Json::read( $this->column( 'contestable' ) ) ?? array();
	}

	/**
	 * The warnings of the last verification.
	 *
	 * @return array<array{code: string, message: string}>
	 */
	public function warnings(): array {
		return Json::read( $this->column( 'warnings' ) ) ?? array();
	}

	/**
	 * The pin, as it is stored; null where there is none.
	 */
	public function pin(): ?string {
		return $this->column( 'pin' );
	}

	/**
	 * When it was last tried to verify it, in seconds since 1970; 0: never.
	 */
	public function checked_at(): int {
		return (int) $this->row['checked'];
	}

	/**
	 * When it was last verified, in seconds since 1970; 0: never.
	 */
	public function verified_at(): int {
		return (int) $this->row['verified'];
	}

	/**
	 * Whether it was verified not long ago, and not refused since.
	 *
	 * @param int $now The time, in seconds since 1970.
	 */
	public function is_fresh( int $now ): bool {
		$age = $now - $this->verified_at();
		return null === $this->row['refusal'] && null !== $this->row['document'] && $this->verified_at() > 0 && $age >= 0 && $age < self::FRESH;
	}

	/**
	 * Why it was refused when it was last tried; null where it was verified, or never tried.
	 *
	 * @return array{verdict: string, code: string, message: string, remedy: string}|null
	 */
	public function refusal(): ?array {
		$refusal = Json::read( $this->row['refusal'] );
		return null === $refusal ? null : array_merge( array_fill_keys( array( 'verdict', 'code', 'message', 'remedy' ), '' ), $refusal );
	}

	/**
	 * Whether something spoke against it since it was last verified: not only that it could not be verified.
	 */
	public function is_spoken_against(): bool {
		$refusal = $this->refusal();
		return null !== $refusal && ( 'undetermined' !== $refusal['verdict'] || ! empty( $refusal['against'] ) );
	}

	/**
	 * The latest release by the metadata that was last verified: version, urls (of all its packages), type, at. Null
	 * where no metadata was.
	 *
	 * @return array{version: string, urls: string[], type: string, at: int}|null
	 */
	public function offer(): ?array {
		$offer = Json::read( $this->row['offer'] );
		return null === $offer ? null : array(
			'version' => isset( $offer['version'] ) && is_string( $offer['version'] ) ? $offer['version'] : '',
			'urls'    => array_values( array_filter( (array) ( $offer['urls'] ?? array() ), 'is_string' ) ),
			'type'    => isset( $offer['type'] ) && is_string( $offer['type'] ) ? $offer['type'] : '',
			'at'      => (int) ( $offer['at'] ?? 0 ),
		);
	}

	/**
	 * What the metadata that was last verified says of the publisher, as Publisher_Facts gives it; null where none was.
	 */
	public function metadata(): ?array {
		return Json::read( $this->column( 'metadata' ) );
	}

	/**
	 * The metadata that was last verified in a browser, as the client reads it, and when: `at` and `json`. Null where none was.
	 *
	 * @return array{at: int, json: string}|null
	 */
	public function shape(): ?array {
		$shape = Json::read( $this->column( 'shape' ) );
		return isset( $shape['at'], $shape['json'] ) && is_int( $shape['at'] ) && is_string( $shape['json'] ) ? $shape : null;
	}

	/**
	 * What was verified and installed: kind, file, name, version, artifact, sha256, sha384, keyId, key, algorithm,
	 * trust, head, verified_at, and the same of what it replaced. Null where nothing was, by this plugin.
	 */
	public function package(): ?array {
		return Json::read( $this->column( 'package' ) );
	}

	/**
	 * A column that may not have been read yet.
	 *
	 * @param string $name Its name.
	 */
	private function column( string $name ): ?string {
		return array_key_exists( $name, $this->row ) ? $this->row[ $name ] : ( $this->later )( $name );
	}
}
