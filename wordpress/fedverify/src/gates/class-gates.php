<?php
/**
 * The gates.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

use FedVerify\WordPress\Context;
use FedVerify\WordPress\Packages\Installed;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Makes the gates of a request, and what they share.
 */
final class Gates {

	/**
	 * Seconds that a page of the dashboard may wait for directories and repositories.
	 */
	private const PATIENCE = 20;

	/**
	 * The same where nobody waits for a page.
	 */
	private const PATIENCE_ALONE = 240;

	/**
	 * The identities that this request is about.
	 *
	 * @var Known_Dids
	 */
	public $known_dids;

	/**
	 * Which package a URL was given for.
	 *
	 * @var Asked_Downloads
	 */
	public $downloads;

	/**
	 * The gate at the document of an identity.
	 *
	 * @var Document_Gate
	 */
	public $document;

	/**
	 * The gate at the metadata of a package.
	 *
	 * @var Metadata_Gate
	 */
	public $metadata;

	/**
	 * The gate at the updates that are offered.
	 *
	 * @var Offer_Gate
	 */
	public $offer;

	/**
	 * The gate before anything is unpacked.
	 *
	 * @var Archive_Gate
	 */
	public $archive;

	/**
	 * The gate behind unpacking.
	 *
	 * @var Source_Gate
	 */
	public $source;

	/**
	 * What is remembered of an installed package.
	 *
	 * @var Completion
	 */
	public $completion;

	/**
	 * Makes them.
	 *
	 * @param Installed $installed The installed packages.
	 * @param Context   $context   In which kind of request the code runs.
	 */
	public function __construct( Installed $installed, Context $context ) {
		$budget       = new Time_Budget( $context->is_automatic() || 'cli' === $context->name() ? self::PATIENCE_ALONE : self::PATIENCE );
		$expectations = new Expectations();

		$this->known_dids = new Known_Dids( $installed, $context );
		$this->downloads  = new Asked_Downloads();
		$this->metadata   = new Metadata_Gate( $budget );
		$this->document   = new Document_Gate( $this->known_dids, $this->metadata, $budget );

		$subjects         = new Subjects( $installed, $this->downloads );
		$this->offer      = new Offer_Gate( $installed, $subjects );
		$this->source     = new Source_Gate( $expectations, new Source_Checks( $subjects, $installed ) );
		$this->archive    = new Archive_Gate( $subjects, $expectations, $this->source );
		$this->completion = new Completion( $expectations );
	}

	/**
	 * Stands at the client's caches, before the client acts, and behind unpacking. Hooked to `init`.
	 */
	public function open(): void {
		$this->source->hook();
		$this->document->watch();
		$this->known_dids->ask_request();
	}
}
