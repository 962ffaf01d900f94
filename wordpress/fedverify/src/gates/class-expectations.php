<?php
/**
 * What is expected of the package under way.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * One package at a time is installed. What was expected of one never holds for the next.
 */
final class Expectations {

	/**
	 * Of the archive that was verified last.
	 *
	 * @var Expectation|null
	 */
	private $current;

	/**
	 * Whether the unpacked archive is what was expected.
	 *
	 * @var bool
	 */
	private $met = false;

	/**
	 * Whether the archive was refused, which is only reported.
	 *
	 * @var bool
	 */
	private $is_reported = false;

	/**
	 * An archive was verified.
	 *
	 * @param Expectation $expectation What it must turn out to be.
	 */
	public function set( Expectation $expectation ): void {
		$this->current = $expectation;
		$this->met     = false;
	}

	/**
	 * The next package begins, or this one is done.
	 */
	public function clear(): void {
		$this->current     = null;
		$this->met         = false;
		$this->is_reported = false;
	}

	/**
	 * The archive was refused, which is only reported: what it says of itself need not be reported, too.
	 */
	public function report(): void {
		$this->is_reported = true;
	}

	/**
	 * Whether it was reported that the archive is not verified.
	 */
	public function is_reported(): bool {
		return $this->is_reported;
	}

	/**
	 * What is expected of the archive at a path, which is how a second call for the same package finds it.
	 *
	 * @param mixed $path Whatever it is.
	 */
	public function of_archive( $path ): ?Expectation {
		return null !== $this->current && $this->current->path() === $path ? $this->current : null;
	}

	/**
	 * What is expected of what was unpacked into a folder; null where it was not verified.
	 *
	 * @param string $folder The folder's path.
	 */
	public function of_folder( string $folder ): ?Expectation {
		return null !== $this->current && $this->current->is_unpacked_in( $folder ) ? $this->current : null;
	}

	/**
	 * What was unpacked is what was expected.
	 */
	public function meet(): void {
		$this->met = true;
	}

	/**
	 * The expectation that was met, which is cleared with this.
	 */
	public function take_met(): ?Expectation {
		$met = $this->met ? $this->current : null;
		$this->clear();
		return $met;
	}
}
