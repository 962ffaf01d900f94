<?php
/**
 * WordPress's own e-mail about automatic updates.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Policy;

use FedVerify\WordPress\Admin\Menu;
use FedVerify\WordPress\Packages\Package;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * An update that waits has not failed. WordPress cannot tell: it would write that it has, beside what Admin\Mailer writes.
 */
final class Update_Mail {

	/**
	 * The updates that wait.
	 *
	 * @var Fresh_Keys
	 */
	private $waiting;

	/**
	 * The packages whose update was held in this request: their kind and file.
	 *
	 * @var array<string, true>
	 */
	private $held = array();

	/**
	 * Makes one.
	 *
	 * @param Fresh_Keys $waiting The updates that wait.
	 */
	public function __construct( Fresh_Keys $waiting ) {
		$this->waiting = $waiting;
	}

	/**
	 * An update was held just now. WordPress's results need not say so.
	 *
	 * @param Package $package What is installed.
	 */
	public function note( Package $package ): void {
		$this->held[ $package->kind() . ' ' . $package->file() ] = true;
	}

	/**
	 * Whether WordPress writes about updates. Hooked to `auto_plugin_update_send_email` and `auto_theme_update_send_email`.
	 *
	 * @param mixed $sends   Whether an e-mail is sent.
	 * @param mixed $results What came of the updates.
	 * @return mixed False where all of them wait.
	 */
	public function keep_quiet( $sends, $results = null ) {
		if ( ! $sends || ! is_array( $results ) || array() === $results ) {
			return $sends;
		}
		return count( $this->held( $results ) ) === count( $results ) ? false : $sends;
	}

	/**
	 * Says of updates that wait that they have not failed, where WordPress writes about others, too. Hooked to
	 * `auto_plugin_theme_update_email`.
	 *
	 * @param mixed $email  `to`, `subject`, `body` and `headers`.
	 * @param mixed $failed What WordPress takes for failed, by kind.
	 * @return mixed
	 */
	public function explain( $email, $failed = array() ) {
		if ( ! is_array( $email ) || ! is_string( $email['body'] ?? null ) || ! is_array( $failed ) ) {
			return $email;
		}
		$results = array_merge( array(), ...array_values( array_filter( $failed, 'is_array' ) ) );
		$held    = $this->held( $results );
		if ( array() === $held ) {
			return $email;
		}
		$lines = array( __( 'These updates did not fail, whatever is said below. fedverify holds them:', 'fedverify' ) );
		foreach ( $held as $result ) {
			$lines[] = '- ' . html_entity_decode( wp_strip_all_tags( (string) ( $result->name ?? '' ) ), ENT_QUOTES );
		}
		/* translators: %s: an address */
		$lines[] = sprintf( __( 'Why, and until when: %s', 'fedverify' ), Menu::url() );
		if ( count( $held ) === count( $results ) ) {
			/* translators: %s: name of the site */
			$email['subject'] = sprintf( __( '[%s] Some updates were installed, and others wait', 'fedverify' ), wp_specialchars_decode( (string) get_option( 'blogname' ), ENT_QUOTES ) );
		}
		$email['body'] = implode( "\n", $lines ) . "\n\n" . $email['body'];
		return $email;
	}

	/**
	 * Those of WordPress's results whose update waits.
	 *
	 * @param array $results What came of updates.
	 * @return object[]
	 */
	private function held( array $results ): array {
		return array_values( array_filter( $results, fn( $result ) => is_object( $result ) && $this->is_held( $result ) ) );
	}

	/**
	 * Whether an update waits.
	 *
	 * @param object $result What came of it.
	 */
	private function is_held( object $result ): bool {
		$item = isset( $result->item ) && is_object( $result->item ) ? $result->item : null;
		if ( null === $item || true === ( $result->result ?? null ) ) {
			return false;
		}
		foreach ( array( 'plugin', 'theme' ) as $kind ) {
			if ( isset( $item->$kind ) && is_string( $item->$kind ) && isset( $this->held[ $kind . ' ' . $item->$kind ] ) ) {
				return true;
			}
		}
		return false === $this->waiting->hold_back( true, $item );
	}
}
