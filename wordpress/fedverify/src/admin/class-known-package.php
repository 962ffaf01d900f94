<?php
/**
 * An installed package and all that is known of it.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Memory\Identity_Record;
use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Brings together what the screens show of one package: what is installed, what was verified, and what waits.
 */
final class Known_Package {

	/**
	 * What is installed.
	 *
	 * @var Package
	 */
	private $package;

	/**
	 * What is remembered of its identity.
	 *
	 * @var Identity_Record|null
	 */
	private $record;

	/**
	 * The update that waits, as Memory\Held keeps it.
	 *
	 * @var array|null
	 */
	private $held;

	/**
	 * Makes one.
	 *
	 * @param Package              $package What is installed.
	 * @param Identity_Record|null $record  What is remembered of its identity.
	 * @param array|null           $held    The update that waits.
	 */
	public function __construct( Package $package, ?Identity_Record $record, ?array $held ) {
		$this->package = $package;
		$this->record  = $record;
		$this->held    = $held;
	}

	/**
	 * All installed packages that have a DID, by name.
	 *
	 * @param Plugin $plugin The plugin.
	 * @return self[]
	 */
	public static function all( Plugin $plugin ): array {
		$known = array();
		foreach ( $plugin->installed()->all() as $package ) {
			$known[] = self::of( $plugin, $package );
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
	 * One installed package.
	 *
	 * @param Plugin  $plugin  The plugin.
	 * @param Package $package What is installed.
	 * @return self
	 */
	public static function of( Plugin $plugin, Package $package ): self {
		$did = $package->did();
		return new self( $package, $plugin->identities()->get( $did ), $plugin->fresh_keys()->waiting()[ $did ] ?? null );
	}

	/**
	 * The identity.
	 *
	 * @return string
	 */
	public function did(): string {
		return $this->package->did();
	}

	/**
	 * What it calls itself, as plain text: for HTML it is still escaped.
	 *
	 * @return string
	 */
	public function name(): string {
		return $this->package->name();
	}

	/**
	 * What is installed.
	 *
	 * @return Package
	 */
	public function package(): Package {
		return $this->package;
	}

	/**
	 * What is remembered of its identity.
	 *
	 * @return Identity_Record|null
	 */
	public function record(): ?Identity_Record {
		return $this->record;
	}

	/**
	 * The update that waits.
	 *
	 * @return array|null
	 */
	public function held(): ?array {
		return $this->held;
	}

	/**
	 * Its state.
	 *
	 * @return string One of the constants of Package_Status.
	 */
	public function state(): string {
		if ( null === $this->record ) {
			return Package_Status::PENDING;
		}
		try {
			return Package_Status::of( $this->record->refusal(), $this->record->package(), $this->record->verified_at(), $this->package->version() );
		} catch ( Refusal $damaged ) {
			return Package_Status::UNSURE;
		}
	}

	/**
	 * Why it was refused when it was last tried, or that what is remembered of it is damaged: one row must not hide the others.
	 *
	 * @return array{verdict: string, code: string, message: string, remedy: string}|null
	 */
	public function refusal(): ?array {
		try {
			return null === $this->record ? null : $this->record->refusal();
		} catch ( Refusal $damaged ) {
			return array(
				'verdict' => $damaged->verdict(),
				'code'    => $damaged->error_code(),
				'message' => $damaged->getMessage(),
				'remedy'  => $damaged->remedy(),
			);
		}
	}

	/**
	 * What gate 2 verified of the installed files, if it did.
	 *
	 * @return array|null
	 */
	public function verified_package(): ?array {
		return Package_Status::PACKAGE === $this->state() && null !== $this->record ? $this->record->package() : null;
	}

	/**
	 * The facts of a row's detail.
	 *
	 * @return array[] As Fact_List takes them.
	 */
	public function facts(): array {
		$facts = array( array( __( 'Identity', 'fedverify' ), Identifier::code( $this->did() ) ) );
		try {
			return array_merge( $facts, null === $this->record ? array() : $this->remembered( $this->record ) );
		} catch ( Refusal $damaged ) {
			$facts[] = array( __( 'State', 'fedverify' ), esc_html( $damaged->getMessage() ) );
			return $facts;
		}
	}

	/**
	 * The facts of what is remembered.
	 *
	 * @param Identity_Record $record It.
	 * @return array[] As Fact_List takes them.
	 * @throws Refusal It is damaged.
	 */
	private function remembered( Identity_Record $record ): array {
		$facts    = array( array( __( 'Trust', 'fedverify' ), esc_html( Package_Status::trust( $this->did() ) ) ) );
		$verified = $this->verified_package();
		if ( null !== $verified && is_string( $verified['key'] ?? null ) ) {
			$id      = is_string( $verified['keyId'] ?? null ) ? $verified['keyId'] : '';
			$facts[] = array( __( 'Signer', 'fedverify' ), esc_html( $id ) . ' ' . Identifier::code( $verified['key'] ) );
		}
		$head = Identity_View::head( $record );
		if ( null !== $head ) {
			$facts[] = array( __( 'Head of the log', 'fedverify' ), Identifier::code( $head ) );
		}
		if ( null !== $verified && is_int( $verified['verified_at'] ?? null ) ) {
			$facts[] = array( __( 'Files verified', 'fedverify' ), Moment::element( $verified['verified_at'] ) );
		}
		if ( $record->verified_at() > 0 ) {
			$facts[] = array( __( 'Identity verified', 'fedverify' ), Moment::element( (int) $record->verified_at() ) );
		}
		return $facts;
	}
}
