<?php
/**
 * WordPress's own e-mail about automatic updates.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Policy;

use FedVerify\WordPress\Admin\Mailer;
use FedVerify\WordPress\Admin\Menu;
use FedVerify\WordPress\Guard;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Packages\Installed;
use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Refusal;
use FedVerify\WordPress\Settings;

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
	 * The installed packages.
	 *
	 * @var Installed
	 */
	private $installed;

	/**
	 * Writes.
	 *
	 * @var Mailer
	 */
	private $mailer;

	/**
	 * The settings.
	 *
	 * @var Settings
	 */
	private $settings;

	/**
	 * The packages whose update was held in this request, by kind and file.
	 *
	 * @var array<string, array<string, true>>
	 */
	private $held = array();

	/**
	 * Makes one.
	 *
	 * @param Fresh_Keys $waiting   The updates that wait.
	 * @param Installed  $installed The installed packages.
	 * @param Mailer     $mailer    Writes.
	 * @param Settings   $settings  The settings.
	 */
	public function __construct( Fresh_Keys $waiting, Installed $installed, Mailer $mailer, Settings $settings ) {
		$this->waiting   = $waiting;
		$this->installed = $installed;
		$this->mailer    = $mailer;
		$this->settings  = $settings;
	}

	/**
	 * An update was held just now. WordPress's results need not say so.
	 *
	 * @param Package $package What is installed.
	 */
	public function note( Package $package ): void {
		$this->held[ $package->kind() ][ $package->file() ] = true;
	}

	/**
	 * Whether WordPress writes about updates. Hooked to `auto_plugin_update_send_email` and `auto_theme_update_send_email`.
	 *
	 * @param mixed $sends   Whether an e-mail is sent.
	 * @param mixed $results What came of the updates.
	 * @return mixed False where all of them wait, and Admin\Mailer has written so: the administrator must hear of each.
	 */
	public function keep_quiet( $sends, $results = null ) {
		if ( ! $sends || ! $this->settings->mails_refusals() || ! is_array( $results ) || array() === $results ) {
			return $sends;
		}
		$held = $this->held( $results );
		return count( $held ) === count( $results ) && array() === array_filter( $held, fn( $result ) => ! $this->is_told( $result ) ) ? false : $sends;
	}

	/**
	 * Says of updates that wait that they have not failed, where WordPress writes all the same. Hooked to
	 * `auto_plugin_theme_update_email`.
	 *
	 * @param mixed $email   `to`, `subject`, `body` and `headers`.
	 * @param mixed $updated What was updated, by kind.
	 * @param mixed $failed  What WordPress takes for failed, by kind.
	 * @return mixed
	 */
	public function explain( $email, $updated = array(), $failed = array() ) {
		if ( ! is_array( $email ) || ! is_string( $email['body'] ?? null ) ) {
			return $email;
		}
		$results = self::all( $failed );
		$held    = $this->held( $results );
		if ( array() === $held ) {
			return $email;
		}
		$lines = array( __( 'These updates did not fail, despite what is said below. fedverify holds them:', 'fedverify' ) );
		foreach ( $held as $result ) {
			$lines[] = '- ' . Plain_Text::name( Plain_Text::without_tags( $this->name( $result ) ) );
		}
		/* translators: %s: an address */
		$lines[] = sprintf( __( 'Why, and until when: %s', 'fedverify' ), Menu::url() );
		if ( count( $held ) === count( $results ) ) {
			$email['subject'] = self::subject( array() !== self::all( $updated ) );
		}
		$email['body'] = implode( "\n", $lines ) . "\n\n" . $email['body'];
		return $email;
	}

	/**
	 * Has WordPress not remember that an update has failed which waits: it writes once about each version, and would not where that
	 * fails later. Hooked to `pre_update_option_auto_plugin_theme_update_emails`.
	 *
	 * @param mixed $failures The versions that failed, by plugin and theme.
	 * @param mixed $before   Those that are remembered.
	 * @return mixed
	 */
	public function forget_held( $failures, $before = array() ) {
		if ( ! is_array( $failures ) ) {
			return $failures;
		}
		foreach ( $this->held as $files ) {
			$failures = array_diff_key( $failures, $files );
			if ( is_array( $before ) ) {
				$failures += array_intersect_key( $before, $files );
			}
		}
		return $failures;
	}

	/**
	 * The subject of an e-mail about updates of which none failed.
	 *
	 * @param bool $has_updated Whether some were installed.
	 */
	private static function subject( bool $has_updated ): string {
		$subject = $has_updated
			/* translators: %s: name of the site */
			? __( '[%s] Some updates were installed, and others wait', 'fedverify' )
			/* translators: %s: name of the site */
			: __( '[%s] Some updates wait', 'fedverify' );
		return sprintf( $subject, wp_specialchars_decode( (string) get_option( 'blogname' ), ENT_QUOTES ) );
	}

	/**
	 * All results, of whatever kind.
	 *
	 * @param mixed $by_kind By kind.
	 * @return array
	 */
	private static function all( $by_kind ): array {
		$lists = is_array( $by_kind ) ? array_filter( $by_kind, 'is_array' ) : array();
		return array_merge( array(), ...array_map( 'array_values', array_values( $lists ) ) );
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
		$item = self::item( $result );
		if ( null === $item || true === ( $result->result ?? null ) ) {
			return false;
		}
		foreach ( array( 'plugin', 'theme' ) as $kind ) {
			if ( isset( $item->$kind ) && is_string( $item->$kind ) && isset( $this->held[ $kind ][ $item->$kind ] ) ) {
				return true;
			}
		}
		return false === $this->waiting->hold_back( true, $item );
	}

	/**
	 * What an update is of, as plain text.
	 *
	 * @param object $result What came of it.
	 */
	private function name( object $result ): string {
		$package = $this->installed->of_update( self::item( $result ) );
		// WordPress's name is HTML, without what it takes for tags that are not allowed.
		return null === $package ? html_entity_decode( (string) ( $result->name ?? '' ), ENT_QUOTES ) : $package->name();
	}

	/**
	 * Whether the administrator was written to about an update that waits. Where that cannot be told, not.
	 *
	 * @param object $result What came of it.
	 */
	private function is_told( object $result ): bool {
		$item    = self::item( $result );
		$package = null === $item ? null : $this->installed->of_update( $item );
		if ( null === $package ) {
			return false;
		}
		try {
			return $this->mailer->has_told_of_held( $package->identity(), (string) ( $item->new_version ?? '' ) );
		} catch ( Refusal $failure ) {
			Guard::debug( $failure );
			return false;
		}
	}

	/**
	 * The update that a result is of.
	 *
	 * @param object $result What came of it.
	 */
	private static function item( object $result ): ?object {
		return isset( $result->item ) && is_object( $result->item ) ? $result->item : null;
	}
}
