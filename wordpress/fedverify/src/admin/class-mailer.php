<?php
/**
 * E-mail about automatic updates.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Codes;
use FedVerify\WordPress\Memory\Verdict;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Writes to the administrator when an automatic update was refused or held: nobody was there to see it. Once for each update.
 */
final class Mailer {

	private const OPTION = 'fedverify_mailed';
	private const MOST   = 100;

	/**
	 * How many verdicts about a package are looked at.
	 */
	private const LOOKED_AT = 50;

	/**
	 * What is put behind the key of a message whose sending has begun and not ended.
	 */
	private const BEGUN = ' begun';

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * The keys of the verdicts that were written about in this request.
	 *
	 * @var array<string, true>
	 */
	private $sent = array();

	/**
	 * Makes it.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->plugin = $plugin;
	}

	/**
	 * Writes about a verdict, if it should be known. Hooked to `fedverify_verdict`.
	 *
	 * @param mixed $verdict The verdict.
	 */
	public function tell( $verdict ): void {
		if ( ! $verdict instanceof Verdict || ! self::is_news( $verdict ) || ! $this->plugin->settings()->mails_refusals() ) {
			return;
		}
		$to = get_network_option( null, 'admin_email' );
		if ( ! is_string( $to ) || '' === $to ) {
			return;
		}
		$key  = self::key( $verdict );
		$told = self::told();
		if ( in_array( $key, $told, true ) || in_array( $key . self::BEGUN, $told, true ) ) {
			return;
		}
		// Before the message is sent: if sending ends the request, the next one must not begin again. But it was not sent.
		self::remember( array_merge( $told, array( $key . self::BEGUN ) ) );
		$is_sent = false;
		try {
			$is_sent = (bool) wp_mail( $to, $this->subject( $verdict ), $this->body( $verdict ) );
			if ( $is_sent ) {
				$this->sent[ $key ] = true;
			}
		} finally {
			self::remember( array_merge( array_diff( self::told(), array( $key . self::BEGUN ) ), $is_sent ? array( $key ) : array() ) );
		}
	}

	/**
	 * Whether the administrator was written to about an update that waits: by the newest verdict about it.
	 *
	 * @param string $identity The identity of the package.
	 * @param string $version  The version of the update.
	 * @throws Refusal The database failed.
	 */
	public function has_told_of_held( string $identity, string $version ): bool {
		$told = self::told();
		foreach ( $this->plugin->verdicts()->recent( self::LOOKED_AT, $identity ) as $verdict ) {
			$key = self::key( $verdict );
			// What is held before its release is known has no version: a message of another request may be about another update.
			$is_it = $version === $verdict->version() || ( '' === $verdict->version() && isset( $this->sent[ $key ] ) );
			if ( $is_it && 'held' === $verdict->verdict() && self::is_news( $verdict ) ) {
				return ! $verdict->is_only_reported() && in_array( $key, $told, true );
			}
		}
		return false;
	}

	/**
	 * What was written about: keys of verdicts, the newest last.
	 *
	 * @return string[]
	 */
	private static function told(): array {
		$told = get_network_option( null, self::OPTION );
		return is_array( $told ) ? array_values( array_filter( $told, 'is_string' ) ) : array();
	}

	/**
	 * Remembers what was written about, as far as there is room.
	 *
	 * @param string[] $told Keys of verdicts, the newest last.
	 */
	private static function remember( array $told ): void {
		update_network_option( null, self::OPTION, array_slice( array_values( $told ), -self::MOST ) );
	}

	/**
	 * Whether the administrator should hear of a verdict: of a package, not of an identity that a check could not reach.
	 *
	 * @param Verdict $verdict The verdict.
	 * @return bool
	 */
	public static function is_news( Verdict $verdict ): bool {
		return 'automatic' === $verdict->context() && in_array( $verdict->verdict(), array( 'rejected', 'held' ), true );
	}

	/**
	 * What two verdicts about the same update have in common.
	 *
	 * @param Verdict $verdict The verdict.
	 * @return string
	 */
	public static function key( Verdict $verdict ): string {
		$about = array( $verdict->did(), $verdict->version(), $verdict->verdict(), $verdict->code() );
		if ( $verdict->is_only_reported() ) {
			$about[] = 'only reported';
		}
		return substr( hash( 'sha256', implode( "\n", $about ) ), 0, 32 );
	}

	/**
	 * Forgets what was written about.
	 */
	public static function forget(): void {
		delete_network_option( null, self::OPTION );
	}

	/**
	 * The subject.
	 *
	 * @param Verdict $verdict The verdict.
	 * @return string
	 */
	private function subject( Verdict $verdict ): string {
		$site = wp_specialchars_decode( (string) get_option( 'blogname' ), ENT_QUOTES );
		$name = Plain_Text::name( self::called( $verdict ) );
		if ( $verdict->is_only_reported() ) {
			/* translators: 1: name of the site, 2: name of a plugin or theme */
			return sprintf( __( '[%1$s] An automatic update of %2$s was not verified', 'fedverify' ), $site, $name );
		}
		if ( 'held' === $verdict->verdict() ) {
			/* translators: 1: name of the site, 2: name of a plugin or theme */
			return sprintf( __( '[%1$s] An automatic update of %2$s waits', 'fedverify' ), $site, $name );
		}
		/* translators: 1: name of the site, 2: name of a plugin or theme */
		return sprintf( __( '[%1$s] An automatic update of %2$s was refused', 'fedverify' ), $site, $name );
	}

	/**
	 * What the package is called.
	 *
	 * @param Verdict $verdict The verdict.
	 * @return string
	 */
	private static function called( Verdict $verdict ): string {
		return Plain_Text::without_tags( '' === $verdict->name() ? $verdict->did() : $verdict->name() );
	}

	/**
	 * The message, as plain text.
	 *
	 * @param Verdict $verdict The verdict.
	 * @return string
	 */
	private function body( Verdict $verdict ): string {
		$package = '' === $verdict->did() ? null : $this->plugin->installed()->by_did( $verdict->did() );
		$lines   = array(
			sprintf( self::what( $verdict ), Plain_Text::name( self::called( $verdict ), $verdict->version() ) ),
			Codes::meaning( $verdict->code() ) . ' ' . Sentence::of( Plain_Text::without_tags( $verdict->message() ) ) . ' (' . $verdict->code() . ')',
		);
		if ( $verdict->is_only_reported() ) {
			$lines[] = __( 'fedverify did not stop it, because it was set to report only.', 'fedverify' );
		} elseif ( null !== $package ) {
			/* translators: %s: version */
			$lines[] = sprintf( __( 'Version %s is still installed and was not changed.', 'fedverify' ), Plain_Text::word( $package->version() ) );
		}
		$lines[] = Codes::remedy( $verdict->code() );
		$lines[] = __( 'More about it:', 'fedverify' ) . "\n" . ( '' === $verdict->did() ? Menu::url() : Menu::package_url( $verdict->did() ) );
		return implode( "\n\n", $lines ) . "\n";
	}

	/**
	 * What fedverify did about the update, with %s for its name and version.
	 *
	 * @param Verdict $verdict The verdict.
	 * @return string
	 */
	private static function what( Verdict $verdict ): string {
		if ( $verdict->is_only_reported() ) {
			/* translators: %s: name and version of a plugin or theme */
			return 'held' === $verdict->verdict() ? __( 'fedverify would have held the automatic update to %s.', 'fedverify' ) : __( 'fedverify would have refused the automatic update to %s.', 'fedverify' );
		}
		/* translators: %s: name and version of a plugin or theme */
		return 'held' === $verdict->verdict() ? __( 'fedverify holds the automatic update to %s.', 'fedverify' ) : __( 'fedverify refused the automatic update to %s.', 'fedverify' );
	}
}
