<?php
/**
 * A plugin that nodes list.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * The highest version of a plugin that can be installed, or why none can.
 */
final class Found {

	/**
	 * The source.
	 *
	 * @var Source_Id
	 */
	private $source;

	/**
	 * The version. Its words are the publisher's only where there is no refusal.
	 *
	 * @var Listed_Version
	 */
	private $listed;

	/**
	 * Why it cannot be installed.
	 *
	 * @var Refusal|null
	 */
	private $refusal;

	/**
	 * Made by Catalogue.
	 *
	 * @param Source_Id      $source  The source.
	 * @param Listed_Version $listed  The version.
	 * @param Refusal|null   $refusal Why it cannot be installed; null where it can.
	 */
	public function __construct( Source_Id $source, Listed_Version $listed, ?Refusal $refusal ) {
		$this->source  = $source;
		$this->listed  = $listed;
		$this->refusal = $refusal;
	}

	/**
	 * The source.
	 */
	public function source(): Source_Id {
		return $this->source;
	}

	/**
	 * The version.
	 */
	public function listed(): Listed_Version {
		return $this->listed;
	}

	/**
	 * Why it cannot be installed.
	 */
	public function refusal(): ?Refusal {
		return $this->refusal;
	}

	/**
	 * What the plugin is called in the log, and where it is installed by name: as Package::identity().
	 */
	public function identity(): string {
		return $this->source->of_plugin( $this->listed->id() );
	}

	/**
	 * Where the archive is.
	 */
	public function url(): string {
		return Download_Url::of( $this->source, $this->listed );
	}
}
