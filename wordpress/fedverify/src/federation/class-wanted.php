<?php
/**
 * What is to be installed from the federation.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Gates\Subject;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * A plugin that is to be installed or updated, before anything of it is verified.
 */
final class Wanted {

	/**
	 * The source, as it was found. It need not be one.
	 *
	 * @var string
	 */
	private $source;

	/**
	 * The plugin's id, as it was found.
	 *
	 * @var string
	 */
	private $plugin;

	/**
	 * The version, where it is known.
	 *
	 * @var string
	 */
	private $version;

	/**
	 * From where it is installed, and what it updates.
	 *
	 * @var Subject
	 */
	private $subject;

	/**
	 * Makes one.
	 *
	 * @param string  $source  The source, as it was found.
	 * @param string  $plugin  The plugin's id, as it was found.
	 * @param string  $version The version, where it is known.
	 * @param Subject $subject From where it is installed, and what it updates.
	 */
	public function __construct( string $source, string $plugin, string $version, Subject $subject ) {
		$this->source  = $source;
		$this->plugin  = $plugin;
		$this->version = $version;
		$this->subject = $subject;
	}

	/**
	 * The source.
	 *
	 * @throws \FedVerify\WordPress\Refusal `wordpress.federation.source_invalid`.
	 */
	public function source(): Source_Id {
		return Source_Id::parse( $this->source );
	}

	/**
	 * The plugin's id, as it was found.
	 */
	public function plugin(): string {
		return $this->plugin;
	}

	/**
	 * The version; empty where it is not known.
	 */
	public function version(): string {
		return $this->version;
	}

	/**
	 * From where it is installed, and what it updates.
	 */
	public function subject(): Subject {
		return $this->subject;
	}
}
