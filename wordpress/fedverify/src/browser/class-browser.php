<?php
/**
 * Verification in the browser of an administrator.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Browser;

use FedVerify\Backend;
use FedVerify\Backend\BackendMissingException;
use FedVerify\Backend\Maker;
use FedVerify\PrivateCopy;
use FedVerify\WordPress\Admin\Install_Page;
use FedVerify\WordPress\Codes;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;
use FedVerify\WordPress\Verification\Archives;
use FedVerify\WordPress\Verification\Verified_Archive;


if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Where this server has nothing to verify with, administrators' browsers do it while they are in the dashboard. What the rest of the
 * plugin asks of that is here.
 */
final class Browser {

	/**
	 * States of tickets: the log is out, the archive is out; the archive may be installed; somebody tried to install a package.
	 */
	public const LOG      = 'log';
	public const ARCHIVE  = 'archive';
	public const ACCEPTED = 'accepted';
	public const WANTED   = 'wanted';

	/**
	 * What was handed out.
	 *
	 * @var Tickets
	 */
	private $tickets;

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * Makes it.
	 *
	 * @param Plugin  $plugin  The plugin.
	 * @param Tickets $tickets What was handed out.
	 */
	public function __construct( Plugin $plugin, Tickets $tickets ) {
		$this->plugin  = $plugin;
		$this->tickets = $tickets;
	}

	/**
	 * Whether this server has nothing to verify with.
	 */
	public static function is_needed(): bool {
		try {
			Backend::detect();
			return false;
		} catch ( BackendMissingException $missing ) {
			return true;
		}
	}

	/**
	 * Whether this user's browser may verify: who may update packages, of the whole network where there is one.
	 */
	public static function is_allowed(): bool {
		return current_user_can( 'update_plugins' ) && ( ! is_multisite() || current_user_can( 'manage_network_plugins' ) );
	}

	/**
	 * A refusal of this part, whose message is what its code means.
	 *
	 * @param string $code The code.
	 */
	public static function refusal( string $code ): Refusal {
		return Refusal::rejected( $code, Codes::meaning( $code ) );
	}

	/**
	 * An administrator tries to install a package that cannot be verified here.
	 *
	 * @param string $did  Its DID.
	 * @param string $url  Where its archive is, where that is known.
	 * @param string $kind 'plugin', 'theme' or empty.
	 */
	public function want( string $did, string $url = '', string $kind = '' ): void {
		if ( ! self::is_needed() || null === Tickets::session_or_null() || ! current_user_can( 'install_plugins' ) ) {
			return;
		}
		$known = $this->wanted()[ $did ] ?? array();
		$this->tickets->note(
			self::WANTED,
			$did,
			array(
				'did'  => $did,
				'url'  => '' === $url ? (string) ( $known['url'] ?? '' ) : $url,
				'kind' => '' === $kind ? (string) ( $known['kind'] ?? '' ) : $kind,
			)
		);
	}

	/**
	 * What this session has tried to install lately.
	 *
	 * @return array<string, array> did, url, kind; by DID.
	 */
	public function wanted(): array {
		return array_column( $this->tickets->of_session( array( self::WANTED ) ), null, 'did' );
	}

	/**
	 * The archive that this session's browser has verified for a package: once.
	 *
	 * @param string               $did     Its DID.
	 * @param string               $url     Where WordPress would fetch it.
	 * @param array<string, mixed> $options Options of Archives.
	 * @return Verified_Archive|null Null where it verified none.
	 * @throws \Throwable The archive has changed, or is not what WordPress expects.
	 */
	public function accepted( string $did, string $url, array $options ): ?Verified_Archive {
		$record = self::is_needed() ? $this->plugin->identities()->get( $did ) : null;
		if ( null === $record || null !== $record->refusal() ) {
			return null;
		}
		foreach ( $this->tickets->of_session( array( self::ACCEPTED ) ) as $id => $entry ) {
			if ( $entry['did'] !== $did || $entry['url'] !== $url || ! $this->tickets->take_row( (string) $id, self::ACCEPTED ) ) {
				continue;
			}
			try {
				$report = Maker::verified( $entry['report'] );
				Archives::check( (string) $report->release()['type'], $entry['version'], $options );
				$copy = PrivateCopy::of( Held_File::path( $entry['files']['archive'] ), array(), get_temp_dir() );
				return new Verified_Archive( $copy, $report, $url );
			} finally {
				Tickets::remove_files( $entry );
			}
		}
		return null;
	}

	/**
	 * Where to install the update that this session's browser has verified.
	 *
	 * @param string $did The DID.
	 * @return string|null Not escaped; null where there is none, or nothing is installed that it would update.
	 */
	public function install_url( string $did ): ?string {
		$package = $this->plugin->installed()->by_did( $did );
		foreach ( null === $package ? array() : $this->tickets->of_session( array( self::ACCEPTED ) ) as $entry ) {
			if ( $entry['did'] === $did ) {
				return Install_Page::updater_url( $package->kind(), $package->file() );
			}
		}
		return null;
	}

	/**
	 * Offers the updates that this session's browser has verified: the client may have dropped them meanwhile. Hooked to
	 * `site_transient_update_plugins` and `site_transient_update_themes`, before the gate.
	 *
	 * @param mixed  $offers What WordPress has stored, and other plugins have added.
	 * @param string $kind   'plugin' or 'theme'.
	 * @return mixed
	 */
	public function offer( $offers, string $kind ) {
		// In this order: what is installed is known, and to look for a verifier costs some milliseconds.
		if ( ! is_object( $offers ) || ! did_action( 'init' ) || ! is_admin() || array() === $this->plugin->installed()->all() || ! self::is_needed() ) {
			return $offers;
		}
		foreach ( $this->tickets->of_session( array( self::ACCEPTED ) ) as $entry ) {
			$package = $this->plugin->installed()->by_did( $entry['did'] );
			if ( null === $package || $package->kind() !== $kind ) {
				continue;
			}
			$offers   = clone $offers;
			$update   = array(
				$kind         => $package->file(),
				'slug'        => $package->slug(),
				'new_version' => $entry['version'],
				'package'     => $entry['url'],
				'url'         => '',
			);
			$response = isset( $offers->response ) && is_array( $offers->response ) ? $offers->response : array();

			$response[ $package->file() ] = 'theme' === $kind ? $update : (object) $update;
			$offers->response             = $response;
		}
		return $offers;
	}

	/**
	 * Removes what was handed out too long ago. Hooked to the scheduled check.
	 */
	public function clean(): void {
		$this->tickets->clean();
	}
}
