<?php
/**
 * What the last checks found of installed plugins.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Refusal;
use FedVerify\WordPress\Settings;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Remembers offers, and says which of them counts now.
 */
final class Offers {

	/**
	 * The rows.
	 *
	 * @var Records
	 */
	private $records;

	/**
	 * The keys.
	 *
	 * @var Publishers
	 */
	private $publishers;

	/**
	 * Which nodes are asked.
	 *
	 * @var Settings
	 */
	private $settings;

	/**
	 * Makes one.
	 *
	 * @param Records    $records    The rows.
	 * @param Publishers $publishers The keys.
	 * @param Settings   $settings   Which nodes are asked.
	 */
	public function __construct( Records $records, Publishers $publishers, Settings $settings ) {
		$this->records    = $records;
		$this->publishers = $publishers;
		$this->settings   = $settings;
	}

	/**
	 * What the last check found.
	 *
	 * @param Package $package The plugin.
	 * @return Offer|null Null where it was not checked yet.
	 * @throws Refusal The database failed.
	 */
	public function get( Package $package ): ?Offer {
		$entry = $this->records->all( Records::OFFER )[ $package->file() ] ?? null;
		$offer = null === $entry ? null : new Offer( $entry );
		return null !== $offer && $offer->identity() === $package->identity() ? $offer : null;
	}

	/**
	 * A check was made.
	 *
	 * @param Package             $package The plugin.
	 * @param Listed_Version|null $listed  The version that is an update.
	 * @param Refusal|null        $refusal Why there is none, or why it waits.
	 * @throws Refusal The database failed.
	 */
	public function put( Package $package, ?Listed_Version $listed, ?Refusal $refusal ): void {
		$this->write( $package, $listed, $refusal, false );
	}

	/**
	 * A check was made that learned nothing about the update on offer.
	 *
	 * @param Package $package The plugin.
	 * @param Offer   $before  What is offered.
	 * @param Refusal $refusal Why nothing was learned.
	 * @throws Refusal The database failed.
	 */
	public function keep( Package $package, Offer $before, Refusal $refusal ): void {
		$this->write( $package, $before->listed(), $refusal, true );
	}

	/**
	 * Writes a row.
	 *
	 * @param Package             $package The plugin.
	 * @param Listed_Version|null $listed  The version that is an update.
	 * @param Refusal|null        $refusal What the check refused.
	 * @param bool                $is_kept As Offer::is_kept().
	 * @throws Refusal The database failed.
	 */
	private function write( Package $package, ?Listed_Version $listed, ?Refusal $refusal, bool $is_kept ): void {
		$this->records->put(
			Records::OFFER,
			$package->file(),
			array(
				'identity' => $package->identity(),
				'listed'   => null === $listed ? null : $listed->to_array(),
				'refusal'  => null === $refusal ? null : array(
					'verdict' => $refusal->verdict(),
					'code'    => $refusal->error_code(),
					'message' => $refusal->getMessage(),
				),
				'kept'     => $is_kept,
				'key'      => $this->trusted_key( $package ),
				'checked'  => time(),
			)
		);
	}

	/**
	 * The update that may be installed now.
	 *
	 * @param Package $package The plugin.
	 * @return Listed_Version|null Null where there is none, or it waits.
	 * @throws Refusal The database failed; as Publishers::trusted().
	 */
	public function current( Package $package ): ?Listed_Version {
		$offer  = $this->get( $package );
		$listed = null === $offer ? null : $offer->listed();
		if ( null === $listed || ! in_array( $listed->node(), $this->settings->federation_nodes(), true ) ) {
			return null;
		}
		$publisher = $this->publishers->trusted( Source_Id::parse( $package->source() ) );
		if ( ! $this->is_by_trusted_key( $package, $offer ) ) {
			return null;
		}
		$refusal = $offer->refusal();
		$is_held = ! $offer->is_clear() && ! ( 'wordpress.held.unsigned' === $refusal['code'] && $publisher->allows_unsigned() );
		try {
			return $is_held || $listed->compared_with( $package->version() ) <= 0 ? null : $listed;
		} catch ( \FedVerify\Exception $no_order ) {
			return null;
		}
	}

	/**
	 * The update that may be installed now, if this is the URL of its archive.
	 *
	 * @param Package $package The plugin.
	 * @param string  $url     The URL.
	 * @throws Refusal As current().
	 */
	public function at( Package $package, string $url ): ?Listed_Version {
		$listed = $this->current( $package );
		return null !== $listed && Download_Url::of( Source_Id::parse( $package->source() ), $listed ) === $url ? $listed : null;
	}

	/**
	 * Whether an offer was found while the key was trusted that is trusted now.
	 *
	 * @param Package $package The plugin.
	 * @param Offer   $offer   What the last check found.
	 * @throws Refusal The database failed.
	 */
	public function is_by_trusted_key( Package $package, Offer $offer ): bool {
		return null === $offer->key() || $offer->key() === $this->trusted_key( $package );
	}

	/**
	 * The key that is trusted, whether or not a node shows another one.
	 *
	 * @param Package $package The plugin.
	 * @return string A did:key; empty where none is.
	 * @throws Refusal The database failed.
	 */
	private function trusted_key( Package $package ): string {
		try {
			$publisher = $this->publishers->get( Source_Id::parse( $package->source() ) );
		} catch ( Refusal $refusal ) {
			if ( 'wordpress.federation.source_invalid' !== $refusal->error_code() ) {
				throw $refusal;
			}
			return '';
		}
		return null === $publisher ? '' : $publisher->did_key();
	}

	/**
	 * A plugin was deleted.
	 *
	 * @param string $file Its file.
	 * @throws Refusal The database failed.
	 */
	public function forget( string $file ): void {
		$this->records->remove( Records::OFFER, $file );
	}
}
