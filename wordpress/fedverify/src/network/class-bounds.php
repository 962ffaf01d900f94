<?php
/**
 * What a transfer may cost.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Network;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * The bytes of one response, and one deadline for all redirects together.
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
	 * Which of them was exceeded: `bytes`, `headers` or `time`; null: none.
	 *
	 * @var string|null
	 */
	private $exceeded;

	/**
	 * Whether a part of the response was received.
	 *
	 * @var bool
	 */
	private $has_begun = false;

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
		$this->has_begun = $this->has_begun || $body_bytes + $header_bytes > 0;
		if ( $body_bytes > $this->max_bytes ) {
			$this->exceeded = 'bytes';
		} elseif ( $header_bytes > self::HEADER_BYTES ) {
			$this->exceeded = 'headers';
		} elseif ( hrtime( true ) > $this->deadline ) {
			$this->exceeded = 'time';
		}
		return null !== $this->exceeded;
	}

	/**
	 * Which of them was exceeded: `bytes`, `headers` or `time`; null: none.
	 */
	public function exceeded(): ?string {
		return $this->exceeded;
	}

	/**
	 * Whether a part of the response was received.
	 */
	public function has_begun(): bool {
		return $this->has_begun;
	}
}
