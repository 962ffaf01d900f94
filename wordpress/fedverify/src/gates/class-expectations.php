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
 * One package at a time is installed. What was expected of one never holds for the next. But a child theme is not done while
 * WordPress installs its parent: what was met is kept until its folder is reported.
 */
final class Expectations {

	/**
	 * Of the archive that was verified last.
	 *
	 * @var Expectation|null
	 */
	private $current;

	/**
	 * Into which folder the unpacked archive goes, once it is what was expected.
	 *
	 * @var string|null
	 */
	private $met;

	/**
	 * Those that were met, and whose installation goes on around that of the current one, by the names of their folders.
	 *
	 * @var array<string, Expectation>
	 */
	private $around = array();

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
		$this->met     = null;
	}

	/**
	 * The next package begins.
	 */
	public function begin(): void {
		if ( null !== $this->current && null !== $this->met ) {
			$this->around[ $this->met ] = $this->current;
		}
		$this->clear();
	}

	/**
	 * The current package is done, or refused.
	 */
	public function clear(): void {
		$this->current     = null;
		$this->met         = null;
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
	 *
	 * @param string $folder The name of the folder into which it goes.
	 */
	public function meet( string $folder ): void {
		$this->met = $folder;
	}

	/**
	 * The expectation that was met of what is done now, which is cleared with this.
	 *
	 * @param string $folder The name of the folder into which it was installed.
	 */
	public function take_met( string $folder ): ?Expectation {
		if ( null === $this->current && isset( $this->around[ $folder ] ) ) {
			$met = $this->around[ $folder ];
			unset( $this->around[ $folder ] );
			return $met;
		}
		$met = null === $this->met ? null : $this->current;
		$this->clear();
		return $met;
	}
}
