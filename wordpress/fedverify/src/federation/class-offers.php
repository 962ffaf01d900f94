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
	 * For how long a version that could not be installed makes room for others, in seconds, and how many such are remembered of a plugin.
	 */
	private const FAILED_FOR = 86400;
	private const FAILED     = 20;

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
	 * The archive of an update was not what was listed, or was not handed out.
	 *
	 * @param Package        $package The plugin.
	 * @param Listed_Version $listed  The version, as the node lists it.
	 * @throws Refusal The database failed.
	 */
	public function note_failure( Package $package, Listed_Version $listed ): void {
		$this->put_failures( $package, array( $listed->fingerprint() => time() ) + $this->failures( $package ) );
	}

	/**
	 * It did not fail after all.
	 *
	 * @param Package        $package The plugin.
	 * @param Listed_Version $listed  The version, as the node lists it.
	 * @throws Refusal The database failed.
	 */
	public function clear_failure( Package $package, Listed_Version $listed ): void {
		$this->put_failures( $package, array_diff_key( $this->failures( $package ), array( $listed->fingerprint() => 0 ) ) );
	}

	/**
	 * Stores what failed.
	 *
	 * @param Package            $package The plugin.
	 * @param array<string, int> $failed  As failures() gives it.
	 * @throws Refusal The database failed.
	 */
	private function put_failures( Package $package, array $failed ): void {
		$this->records->put(
			Records::FAILED,
			$package->file(),
			array(
				'identity' => $package->identity(),
				'versions' => array_slice( $failed, 0, self::FAILED, true ),
			)
		);
	}

	/**
	 * The versions of a plugin that could not be installed lately.
	 *
	 * @param Package $package The plugin.
	 * @return array<string, int> When, by Listed_Version::fingerprint(), the last one first.
	 * @throws Refusal The database failed.
	 */
	public function failures( Package $package ): array {
		$entry  = $this->records->all( Records::FAILED )[ $package->file() ] ?? array();
		$failed = $package->identity() === ( $entry['identity'] ?? null ) && is_array( $entry['versions'] ?? null ) ? $entry['versions'] : array();
		return array_filter(
			$failed,
			static function ( $at ): bool {
				return is_int( $at ) && abs( time() - $at ) < self::FAILED_FOR;
			}
		);
	}

	/**
	 * A plugin was installed.
	 *
	 * @param string $file  Its file.
	 * @param array  $facts What was verified of it.
	 * @throws Refusal The database failed.
	 */
	public function record_installed( string $file, array $facts ): void {
		$this->records->put( Records::INSTALLED, $file, $facts );
	}

	/**
	 * Something that was not verified was installed.
	 *
	 * @param string $folder The path of its folder.
	 * @throws Refusal The database failed.
	 */
	public function forget_installed( string $folder ): void {
		if ( wp_normalize_path( dirname( $folder ) ) !== untrailingslashit( wp_normalize_path( WP_PLUGIN_DIR ) ) ) {
			return;
		}
		foreach ( array_keys( $this->records->all( Records::INSTALLED ) ) as $file ) {
			if ( dirname( (string) $file ) === basename( $folder ) ) {
				$this->records->remove( Records::INSTALLED, (string) $file );
			}
		}
	}

	/**
	 * A plugin was deleted.
	 *
	 * @param string $file Its file.
	 * @throws Refusal The database failed.
	 */
	public function forget( string $file ): void {
		foreach ( array( Records::OFFER, Records::INSTALLED, Records::FAILED ) as $kind ) {
			$this->records->remove( $kind, $file );
		}
	}

	/**
	 * What was verified of an installed plugin.
	 *
	 * @param Package $package The plugin.
	 * @return array|null Null where the installed version was not verified by this site.
	 * @throws Refusal The database failed.
	 */
	public function installed( Package $package ): ?array {
		$facts = $this->records->all( Records::INSTALLED )[ $package->file() ] ?? null;
		$is_it = null !== $facts && ( $facts['identity'] ?? null ) === $package->identity() && ( $facts['version'] ?? null ) === $package->version();
		return $is_it ? $facts : null;
	}
}
