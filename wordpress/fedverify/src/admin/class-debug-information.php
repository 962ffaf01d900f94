<?php
/**
 * What "Site Health Info" says.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Plugin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Adds what a helper needs to know to the debug information. Nothing in it is secret: identities and keys are public.
 */
final class Debug_Information {

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * Makes it.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->plugin = $plugin;
	}

	/**
	 * Adds a section. Hooked to `debug_information`.
	 *
	 * @param mixed $information The sections.
	 * @return mixed
	 */
	public function add( $information ) {
		if ( ! is_array( $information ) ) {
			return $information;
		}
		$information['fedverify'] = array(
			'label'       => 'fedverify',
			'description' => __( 'How plugins and themes with a decentralised identifier (DID) are verified.', 'fedverify' ),
			'fields'      => $this->settings() + $this->memory() + $this->packages() + $this->federation(),
		);
		return $information;
	}

	/**
	 * The settings and the backend.
	 *
	 * @return array[]
	 */
	private function settings(): array {
		$settings = $this->plugin->settings();
		return array(
			'mode'      => self::field( __( 'Mode', 'fedverify' ), $settings->is_enforcing() ? __( 'Enforce', 'fedverify' ) : __( 'Report only', 'fedverify' ), $settings->is_enforcing() ? 'enforce' : 'report' ),
			'backend'   => self::field( __( 'Backend', 'fedverify' ), Backend_State::explanation() ),
			'directory' => self::field( __( 'Directory', 'fedverify' ), $settings->directory() ),
			'witnesses' => self::field( __( 'Witnesses', 'fedverify' ), array() === $settings->witnesses() ? __( 'None', 'fedverify' ) : implode( ', ', $settings->witnesses() ) ),
			'window'    => self::field( __( 'Automatic updates wait for new keys', 'fedverify' ), self::yes( $settings->waits_for_recovery_window() ), $settings->waits_for_recovery_window() ? 'yes' : 'no' ),
		);
	}

	/**
	 * What is remembered.
	 *
	 * @return array[]
	 */
	private function memory(): array {
		$last = 0;
		$all  = $this->plugin->identities()->all();
		foreach ( $all as $record ) {
			$last = max( $last, (int) $record->verified_at() );
		}
		$note = Clock_Note::read();
		return array(
			'identities' => self::field( __( 'Remembered identities', 'fedverify' ), (string) count( $all ) ),
			'held'       => self::field( __( 'Held updates', 'fedverify' ), (string) count( $this->plugin->fresh_keys()->waiting() ) ),
			'last'       => self::field( __( 'Last verification', 'fedverify' ), $last > 0 ? gmdate( 'Y-m-d H:i:s', $last ) . ' UTC' : __( 'Never', 'fedverify' ) ),
			'clock'      => self::field( __( 'Seconds that the directory’s clock is ahead', 'fedverify' ), null === $note ? __( 'Unknown', 'fedverify' ) : (string) $note['difference'] ),
		);
	}

	/**
	 * The installed packages.
	 *
	 * @return array[]
	 */
	private function packages(): array {
		$fields = array();
		foreach ( Known_Package::all( $this->plugin ) as $number => $package ) {
			$refusal = $package->refusal();
			$state   = null === $refusal ? $package->state() : $package->state() . ' ' . ( $refusal['code'] ?? '' );

			$fields[ 'package_' . $number ] = self::field( $package->name(), Plain_Text::line( $package->did() . ' ' . $package->package()->version() . ' ' . $state ) );
		}
		return $fields;
	}

	/**
	 * The Plugin Federation Network.
	 *
	 * @return array[]
	 */
	private function federation(): array {
		return array_map(
			static function ( array $fact ): array {
				return self::field( $fact[0], $fact[1] );
			},
			Federation_Health::facts( $this->plugin )
		);
	}

	/**
	 * A field.
	 *
	 * @param string      $label Its name.
	 * @param string      $value Its value; Site Health escapes it.
	 * @param string|null $debug The value for the copied text, which is not translated.
	 * @return array
	 */
	private static function field( string $label, string $value, ?string $debug = null ): array {
		$field = array(
			'label' => $label,
			'value' => $value,
		);
		return null === $debug ? $field : $field + array( 'debug' => $debug );
	}

	/**
	 * "Yes" or "No".
	 *
	 * @param bool $is_so Which.
	 * @return string
	 */
	private static function yes( bool $is_so ): string {
		return $is_so ? __( 'Yes', 'fedverify' ) : __( 'No', 'fedverify' );
	}
}
