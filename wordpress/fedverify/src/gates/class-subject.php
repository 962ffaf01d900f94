<?php
/**
 * What is being installed.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

use FedVerify\WordPress\Packages\Package;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * A package with an identity, and where its archive is to come from.
 */
final class Subject {

	/**
	 * One of 'plugin', 'theme', 'translation'; empty where the upgrader does not say.
	 *
	 * @var string
	 */
	private $kind;

	/**
	 * The DID, as found. It need not be well-formed.
	 *
	 * @var string
	 */
	private $did;

	/**
	 * The URL or the path from which it is installed.
	 *
	 * @var string
	 */
	private $source;

	/**
	 * The path of the archive where it is there already, downloaded by somebody else or uploaded.
	 *
	 * @var string|null
	 */
	private $file;

	/**
	 * The package that this is an update of.
	 *
	 * @var Package|null
	 */
	private $updated;

	/**
	 * Makes one.
	 *
	 * @param string       $kind    One of 'plugin', 'theme', 'translation', ''.
	 * @param string       $did     The DID, as found.
	 * @param string       $source  The URL or the path from which it is installed.
	 * @param string|null  $file    The path of the archive, where it is there already.
	 * @param Package|null $updated The package that this is an update of.
	 */
	public function __construct( string $kind, string $did, string $source, ?string $file, ?Package $updated ) {
		$this->kind    = $kind;
		$this->did     = $did;
		$this->source  = $source;
		$this->file    = $file;
		$this->updated = $updated;
	}

	/**
	 * One of 'plugin', 'theme', 'translation', ''.
	 */
	public function kind(): string {
		return $this->kind;
	}

	/**
	 * The DID, as found.
	 */
	public function did(): string {
		return $this->did;
	}

	/**
	 * The URL or the path from which it is installed.
	 */
	public function source(): string {
		return $this->source;
	}

	/**
	 * The path of the archive, where it is there already.
	 */
	public function file(): ?string {
		return $this->file;
	}

	/**
	 * The package that this is an update of; null where it is an installation.
	 */
	public function updated(): ?Package {
		return $this->updated;
	}

	/**
	 * Whether the archive is a file of this site, such as an upload, and not from a URL.
	 */
	public function is_local(): bool {
		return 1 !== preg_match( '~^[a-z][a-z0-9+.-]*://~i', $this->source );
	}
}
