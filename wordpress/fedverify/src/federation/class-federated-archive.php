<?php
/**
 * An archive of the federation that was verified.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\PrivateCopy;
use FedVerify\Report;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * A private copy of an archive, with the proof of what was signed of it and by what its bytes are bound.
 */
final class Federated_Archive {

	/**
	 * What binds the bytes: the publisher's signature over them; the digest that an earlier visit recorded; nothing, which
	 * the owner has allowed.
	 */
	public const SIGNED   = 'signed';
	public const RECORDED = 'recorded';
	public const UNSIGNED = 'unsigned';

	/**
	 * The file. It is removed with this object.
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
	 * The source.
	 *
	 * @var Source_Id
	 */
	private $source;

	/**
	 * The version, as it is listed.
	 *
	 * @var Listed_Version
	 */
	private $listed;

	/**
	 * What binds the bytes.
	 *
	 * @var string
	 */
	private $binding;

	/**
	 * Findings that are not fatal, beside those of the proof.
	 *
	 * @var array[]
	 */
	private $warnings = array();

	/**
	 * Made by Archives.
	 *
	 * @param PrivateCopy    $copy    The file.
	 * @param Report         $report  The proof.
	 * @param Source_Id      $source  The source.
	 * @param Listed_Version $listed  The version, as it is listed.
	 * @param string         $binding What binds the bytes.
	 */
	public function __construct( PrivateCopy $copy, Report $report, Source_Id $source, Listed_Version $listed, string $binding ) {
		$this->copy    = $copy;
		$this->path    = $copy->proven( $report );
		$this->report  = $report;
		$this->source  = $source;
		$this->listed  = $listed;
		$this->binding = $binding;
	}

	/**
	 * Its path, for as long as this object is there.
	 */
	public function path(): string {
		return $this->path;
	}

	/**
	 * The source.
	 */
	public function source(): Source_Id {
		return $this->source;
	}

	/**
	 * The plugin's id, which is the name of its folder.
	 */
	public function plugin(): string {
		return $this->listed->id();
	}

	/**
	 * The version that the publisher signed.
	 */
	public function version(): string {
		return $this->listed->version();
	}

	/**
	 * The name that the publisher signed.
	 */
	public function name(): string {
		return $this->listed->name();
	}

	/**
	 * The URL of the node that handed it out.
	 */
	public function node(): string {
		return $this->listed->node();
	}

	/**
	 * What binds the bytes.
	 */
	public function binding(): string {
		return $this->binding;
	}

	/**
	 * What is remembered and logged of it.
	 *
	 * @return array<string, string>
	 */
	public function facts(): array {
		return array(
			'version' => $this->version(),
			'sha256'  => $this->copy->sha256(),
			'sha384'  => $this->copy->sha384(),
			'key'     => (string) ( $this->report->key()['didKey'] ?? '' ),
			'trust'   => (string) $this->report->trust(),
			'binding' => $this->binding,
			'node'    => $this->node(),
		);
	}

	/**
	 * Another node was to have this archive.
	 *
	 * @param Refusal $refusal Why it was not taken from there.
	 */
	public function replaces( Refusal $refusal ): void {
		$this->warnings[] = array(
			'code'    => $refusal->error_code(),
			'message' => $refusal->getMessage(),
		);
	}

	/**
	 * Findings that are not fatal.
	 *
	 * @return array[]
	 */
	public function warnings(): array {
		return array_merge( $this->report->warnings(), $this->warnings );
	}
}
