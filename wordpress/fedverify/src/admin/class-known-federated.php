<?php
/**
 * A plugin of the federation, as the dashboard shows it.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Federation\Doubts;
use FedVerify\WordPress\Federation\Federated_Archive;
use FedVerify\WordPress\Federation\Offer;
use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Plugin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * What is known of an installed plugin of a federation source.
 */
final class Known_Federated {

	/**
	 * The plugin.
	 *
	 * @var Package
	 */
	private $package;

	/**
	 * What the last check found.
	 *
	 * @var Offer|null
	 */
	private $offer;

	/**
	 * What was verified of what is installed.
	 *
	 * @var array|null
	 */
	private $installed;

	/**
	 * The update that may be installed now; empty: none.
	 *
	 * @var string
	 */
	private $update;

	/**
	 * Makes one.
	 *
	 * @param Plugin  $plugin  The plugin.
	 * @param Package $package What is installed.
	 */
	public function __construct( Plugin $plugin, Package $package ) {
		$federation      = $plugin->federation();
		$current         = $federation->current( $package );
		$this->package   = $package;
		$this->offer     = $federation->offers()->get( $package );
		$this->installed = $federation->installations()->of( $package );
		$this->update    = null === $current ? '' : $current->version();
	}

	/**
	 * All that are installed, by name.
	 *
	 * @param Plugin $plugin The plugin.
	 * @return self[]
	 */
	public static function all( Plugin $plugin ): array {
		$known = array();
		foreach ( $plugin->federation()->plugins() as $package ) {
			$known[] = new self( $plugin, $package );
		}
		usort(
			$known,
			static function ( self $one, self $other ): int {
				return strnatcasecmp( $one->name(), $other->name() );
			}
		);
		return $known;
	}

	/**
	 * What is installed.
	 */
	public function package(): Package {
		return $this->package;
	}

	/**
	 * The name, as plain text: for HTML it is still escaped.
	 */
	public function name(): string {
		return $this->package->name();
	}

	/**
	 * The update that may be installed now; empty: none.
	 */
	public function update(): string {
		return $this->update;
	}

	/**
	 * Why there is no update, or why it waits.
	 *
	 * @return array{verdict: string, code: string, message: string}|null
	 */
	public function refusal(): ?array {
		$refusal = null === $this->offer ? null : $this->offer->refusal();
		// Where there is an update, the owner has allowed it meanwhile, or the nodes did not answer since it was found.
		return '' === $this->update || $this->offer->is_kept() ? $refusal : null;
	}

	/**
	 * The doubts of the node that lists the update, as long as that is offered or waits.
	 *
	 * @return string[] As Doubts::sentences() gives them.
	 */
	public function doubts(): array {
		$is_shown = '' !== $this->update || null !== $this->refusal();
		$listed   = $is_shown ? $this->offer->listed() : null;
		return null === $listed ? array() : Doubts::sentences( $listed );
	}

	/**
	 * When the nodes were asked last, in seconds since 1970; 0: never.
	 */
	public function checked_at(): int {
		return null === $this->offer ? 0 : $this->offer->checked_at();
	}

	/**
	 * Its state, as a badge.
	 *
	 * @return string HTML.
	 */
	public function badge(): string {
		$refusal = $this->refusal();
		if ( null !== $refusal ) {
			return 'held' === $refusal['verdict'] ? Badge::html( 'held', __( 'Held', 'fedverify' ) ) : Package_Status::badge( 'rejected' === $refusal['verdict'] ? Package_Status::REFUSED : Package_Status::UNSURE );
		}
		return Package_Status::badge( null === $this->installed ? Package_Status::PENDING : Package_Status::PACKAGE );
	}

	/**
	 * What binds the installed bytes, in a sentence.
	 */
	public function binding(): string {
		switch ( $this->installed['binding'] ?? '' ) {
			case Federated_Archive::SIGNED:
				return __( 'The publisher’s key signed the installed archive.', 'fedverify' );
			case Federated_Archive::RECORDED:
				return __( 'The installed archive has the bytes that were recorded for its version.', 'fedverify' );
			case Federated_Archive::UNSIGNED:
				return __( 'The publisher’s key signed the name and the version of what is installed. The archive is not signed.', 'fedverify' );
			default:
				return __( 'The installed files were not verified by this site; the next update will be.', 'fedverify' );
		}
	}

	/**
	 * What verdicts about it rest on.
	 */
	public static function trust(): string {
		return __( 'Key: rests on the key that you trust', 'fedverify' );
	}

	/**
	 * What a detail shows of it.
	 *
	 * @return array<array{0: string, 1: string}> A name and HTML each.
	 */
	public function facts(): array {
		$facts = array(
			array( __( 'Source', 'fedverify' ), Identifier::code( $this->package->source() ) ),
			array( __( 'Trust', 'fedverify' ), esc_html( self::trust() ) ),
			array( __( 'Files', 'fedverify' ), esc_html( $this->binding() ) ),
		);
		if ( is_string( $this->installed['key'] ?? null ) ) {
			$facts[] = array( __( 'Signer', 'fedverify' ), Identifier::code( $this->installed['key'] ) );
		}
		if ( is_int( $this->installed['verified_at'] ?? null ) ) {
			$facts[] = array( __( 'Files verified', 'fedverify' ), Moment::element( $this->installed['verified_at'] ) );
		}
		return $facts;
	}
}
