<?php
/**
 * What the form of the settings sent.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Settings;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Stores the settings that were sent. Actions has checked the nonce and the capability.
 */
final class Settings_Form {

	private const TEXTS    = array( 'mode', 'directory', 'witnesses', 'federation_nodes', 'kept_verdicts' );
	private const SWITCHES = array( 'wait_recovery', 'mail_refusals', 'forget_on_uninstall' );

	/**
	 * The settings.
	 *
	 * @var Settings
	 */
	private $settings;

	/**
	 * Makes it.
	 *
	 * @param Settings $settings The settings.
	 */
	public function __construct( Settings $settings ) {
		$this->settings = $settings;
	}

	/**
	 * Stores them, all or none.
	 *
	 * @return string A word of Feedback.
	 */
	public function save(): string {
		$values = array();
		foreach ( self::TEXTS as $name ) {
			// phpcs:ignore WordPress.Security.NonceVerification.Missing -- Actions::handle() has checked it.
			if ( isset( $_POST[ $name ] ) && is_string( $_POST[ $name ] ) && null === $this->settings->constant_of( $name ) ) {
				// phpcs:ignore WordPress.Security.NonceVerification.Missing -- As above.
				$values[ $name ] = sanitize_textarea_field( wp_unslash( $_POST[ $name ] ) );
			}
		}
		foreach ( self::SWITCHES as $name ) {
			if ( null === $this->settings->constant_of( $name ) ) {
				// phpcs:ignore WordPress.Security.NonceVerification.Missing -- As above; a checkbox that is off is not sent.
				$values[ $name ] = isset( $_POST[ $name ] );
			}
		}
		try {
			$this->settings->update( $values );
		} catch ( \InvalidArgumentException $invalid ) {
			return 'invalid';
		}
		return 'saved';
	}
}
