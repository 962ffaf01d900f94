<?php
/**
 * "Verify now".
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\Exception as LibraryException;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Verifies an identity, its metadata, and the update that waits, when an administrator asks for it.
 */
final class Verify_Action {

	/** A page of the dashboard should not take longer; the schedule does the rest. */
	private const MOST_SECONDS = 20;

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
	 * Verifies an identity, and the update that waits for it.
	 *
	 * @param string $did The identity: one that is installed, remembered or waiting. No others, so that this page cannot be
	 *                    used to fetch from anywhere.
	 * @return string A word of Feedback.
	 */
	public function verify( string $did ): string {
		$held = $this->plugin->held()->get( $did );
		if ( null === $held && null === $this->plugin->installed()->by_did( $did ) && null === $this->plugin->identities()->get( $did ) ) {
			return 'failed';
		}
		try {
			$resolved = $this->plugin->resolver()->resolve( $did );
			$metadata = $this->plugin->repository()->metadata( $resolved );
			if ( null === $held ) {
				return 'verified';
			}
			$this->plugin->archives()->verify(
				$resolved,
				$metadata,
				(string) $held['url'],
				(string) $held['version'],
				null,
				array(
					'wait'         => $this->plugin->settings()->waits_for_recovery_window(),
					'no_downgrade' => true,
					'installed'    => $this->installed_version( $did ),
					'kind'         => (string) $held['kind'],
				)
			);
			$this->plugin->held()->release( $did );
			return 'released';
		} catch ( LibraryException $failure ) {
			return self::word( Refusal::from( $failure ) );
		} catch ( Refusal $refusal ) {
			return self::word( $refusal );
		}
	}

	/**
	 * Verifies all installed identities, as many as there is time for.
	 *
	 * @return string A word of Feedback.
	 */
	public function verify_all(): string {
		$end  = time() + self::MOST_SECONDS;
		$word = 'checked';
		foreach ( $this->plugin->installed()->dids() as $did ) {
			if ( time() >= $end ) {
				return 'some';
			}
			if ( ! in_array( $this->verify( $did ), array( 'verified', 'released' ), true ) ) {
				$word = 'some';
			}
		}
		return $word;
	}

	/**
	 * The version that is installed.
	 *
	 * @param string $did The identity.
	 * @return string|null
	 */
	private function installed_version( string $did ): ?string {
		$package = $this->plugin->installed()->by_did( $did );
		return null === $package ? null : $package->version();
	}

	/**
	 * What to say of a refusal.
	 *
	 * @param Refusal $refusal The refusal.
	 * @return string A word of Feedback.
	 */
	private static function word( Refusal $refusal ): string {
		$words = array(
			'rejected' => 'refused',
			'held'     => 'held',
		);
		return $words[ $refusal->verdict() ] ?? 'unsure';
	}
}
