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
		if ( ! $this->is_known( $did ) ) {
			return 'failed';
		}
		try {
			return $this->run( $did ) ? 'released' : 'verified';
		} catch ( LibraryException $failure ) {
			return self::word( Refusal::from( $failure ) );
		} catch ( Refusal $refusal ) {
			return self::word( $refusal );
		}
	}

	/**
	 * The same, for callers that want to know why not.
	 *
	 * @param string $did The identity.
	 * @return bool Whether an update waited, and does not any more.
	 * @throws Refusal It was not verified.
	 * @throws LibraryException It was not verified.
	 */
	public function run( string $did ): bool {
		$resolved = $this->plugin->resolver()->resolve( $did );
		$metadata = $this->plugin->repository()->metadata( $resolved );
		$held     = $this->plugin->held()->get( $did );
		if ( null === $held ) {
			return false;
		}
		$installed = $this->plugin->installed()->by_did( $did );
		$this->plugin->archives()->verify(
			$resolved,
			$metadata,
			(string) $held['url'],
			(string) $held['version'],
			null,
			array(
				'wait'         => $this->plugin->settings()->waits_for_recovery_window(),
				'no_downgrade' => true,
				'installed'    => null === $installed ? null : $installed->version(),
				'kind'         => (string) $held['kind'],
			)
		);
		$this->plugin->held()->release( $did );
		return true;
	}

	/**
	 * Whether this site has to do with an identity.
	 *
	 * @param string $did The identity.
	 * @return bool
	 */
	private function is_known( string $did ): bool {
		return null !== $this->plugin->installed()->by_did( $did )
			|| null !== $this->plugin->held()->get( $did )
			|| null !== $this->plugin->identities()->get( $did );
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
