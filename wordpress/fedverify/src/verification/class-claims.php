<?php
/**
 * What a metadata document says, as PHP reads it.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Verification;

use FedVerify\Core\Memory;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Reads a document that the verifier has accepted already. Any member may be of any type.
 */
final class Claims {

	/**
	 * The document.
	 *
	 * @var array<mixed>
	 */
	private $document;

	/**
	 * Reads it.
	 *
	 * @param string $json The document.
	 * @throws Refusal PHP has not enough memory for it.
	 */
	public function __construct( string $json ) {
		if ( Memory::lacks( Memory::ofDecoded( $json ) ) ) {
			/* translators: %s: a number of bytes, with its unit. */
			$message = __( 'PHP does not have enough memory (memory_limit) for a metadata document of %s.', 'fedverify' );
			throw Refusal::undetermined( 'io.memory', sprintf( $message, (string) size_format( strlen( $json ) ) ) );
		}
		// As arrays: PHP has no objects with members whose names start with NUL.
		$document       = json_decode( $json, true );
		$this->document = is_array( $document ) ? $document : array();
	}

	/**
	 * The document's members, of any type.
	 *
	 * @return array<mixed>
	 */
	public function members(): array {
		return $this->document;
	}

	/**
	 * The releases.
	 *
	 * @return array<array<mixed>>
	 */
	public function releases(): array {
		return self::arrays_in( $this->document['releases'] ?? null );
	}

	/**
	 * The artifacts of a type in a release.
	 *
	 * @param array<mixed> $release The release.
	 * @param string       $type    Such as `package`.
	 * @return array<array<mixed>>
	 */
	public static function artifacts( array $release, string $type ): array {
		$artifacts = $release['artifacts'] ?? null;
		$found     = is_array( $artifacts ) ? ( $artifacts[ $type ] ?? null ) : null;
		return self::arrays_in( is_array( $found ) && isset( $found['url'] ) ? array( $found ) : $found );
	}

	/**
	 * The arrays in a list.
	 *
	 * @param mixed $values Anything.
	 * @return array<array<mixed>>
	 */
	public static function arrays_in( $values ): array {
		return array_values( array_filter( is_array( $values ) ? $values : array(), 'is_array' ) );
	}
}
