<?php
/**
 * An archive that was verified.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Verification;

use FedVerify\PrivateCopy;
use FedVerify\Report;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * The bytes that a publisher released, in a private file. The file is there for as long as this object is.
 */
final class Verified_Archive {

	/**
	 * The file.
	 *
	 * @var PrivateCopy
	 */
	private $copy;

	/**
	 * Its path.
	 *
	 * @var string
	 */
	private $path;

	/**
	 * The proof.
	 *
	 * @var Report
	 */
	private $report;

	/**
	 * Where it came from.
	 *
	 * @var string
	 */
	private $url;

	/**
	 * Made by Archives.
	 *
	 * @param PrivateCopy $copy   The file.
	 * @param Report      $report The proof of its bytes.
	 * @param string      $url    Where it came from; empty where it was uploaded.
	 * @throws \FedVerify\Exception The proof is of other bytes.
	 */
	public function __construct( PrivateCopy $copy, Report $report, string $url ) {
		$this->copy   = $copy;
		$this->path   = $copy->proven( $report );
		$this->report = $report;
		$this->url    = $url;
	}

	/**
	 * Its path.
	 */
	public function path(): string {
		return $this->path;
	}

	/**
	 * The identity that released it.
	 */
	public function did(): string {
		return $this->report->identity()['did'];
	}

	/**
	 * The version, as the metadata document writes it.
	 */
	public function version(): string {
		return $this->report->release()['version'];
	}

	/**
	 * Where it came from; empty where it was uploaded.
	 */
	public function url(): string {
		return $this->url;
	}

	/**
	 * The proof.
	 */
	public function report(): Report {
		return $this->report;
	}

	/**
	 * The file.
	 */
	public function copy(): PrivateCopy {
		return $this->copy;
	}

	/**
	 * What is remembered of a package: all that Identity_Record::package() has but kind, file and name.
	 *
	 * @return array<string, string|int>
	 */
	public function facts(): array {
		$package = $this->report->package();
		return array(
			'version'     => $this->version(),
			'artifact'    => $this->report->release()['artifact'],
			'sha256'      => $package['sha256'],
			'sha384'      => $package['sha384'],
			'keyId'       => $package['keyId'],
			'key'         => $package['key'],
			'algorithm'   => $package['algorithm'],
			'trust'       => (string) $this->report->trust(),
			'head'        => (string) ( $this->report->identity()['head'] ?? '' ),
			'verified_at' => time(),
		);
	}
}
