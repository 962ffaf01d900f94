<?php
/**
 * What a transfer may cost.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Network;

use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * The bytes of one answer, and one deadline for all redirects together.
 */
final class Bounds {

	/**
	 * The most bytes of headers: libcurl's own limit since 8.3, which older ones do not have.
	 */
	private const HEADER_BYTES = 300 * 1024;

	/**
	 * The most bytes of a body.
	 *
	 * @var int
	 */
	private $max_bytes;

	/**
	 * When it must be over, in nanoseconds of a clock that nobody sets.
	 *
	 * @var int
	 */
	private $deadline;

	/**
	 * Why it was stopped; null: it was not.
	 *
	 * @var Refusal|null
	 */
	private $refusal;

	/**
	 * The time begins now.
	 *
	 * @param int $max_bytes The most bytes of a body.
	 * @param int $seconds   The most seconds.
	 */
	public function __construct( int $max_bytes, int $seconds ) {
		$this->max_bytes = $max_bytes;
		$this->deadline  = hrtime( true ) + $seconds * 1000000000;
	}

	/**
	 * The most bytes of a body.
	 */
	public function max_bytes(): int {
		return $this->max_bytes;
	}

	/**
	 * How many seconds are left, at least one: WordPress takes 0 for no limit.
	 */
	public function seconds(): int {
		return max( 1, (int) ceil( ( $this->deadline - hrtime( true ) ) / 1000000000 ) );
	}

	/**
	 * Whether the transfer must end.
	 *
	 * @param int $body_bytes   The bytes of the body so far.
	 * @param int $header_bytes The bytes of the headers so far.
	 */
	public function are_exceeded( int $body_bytes, int $header_bytes = 0 ): bool {
		if ( $body_bytes > $this->max_bytes ) {
			$this->refusal = $this->too_large();
		} elseif ( $header_bytes > self::HEADER_BYTES ) {
			$this->refusal = Refusal::undetermined( 'network.failed', __( 'The server sent too many headers.', 'fedverify' ) );
		} elseif ( hrtime( true ) > $this->deadline ) {
			$this->refusal = self::too_late();
		}
		return null !== $this->refusal;
	}

	/**
	 * Why the transfer ended; null where it did not exceed its bounds.
	 */
	public function refusal(): ?Refusal {
		return $this->refusal;
	}

	/**
	 * The refusal of a body that is too large.
	 */
	public function too_large(): Refusal {
		/* translators: %s: a number of bytes, with its unit. */
		$message = __( 'The server sent more than %s, which is the limit.', 'fedverify' );
		return Refusal::undetermined( 'input.too_large', sprintf( $message, (string) size_format( $this->max_bytes ) ) );
	}

	/**
	 * The refusal of a server that takes too long.
	 */
	public static function too_late(): Refusal {
		return Refusal::undetermined( 'network.failed', __( 'The server did not send everything in time.', 'fedverify' ) );
	}
}
