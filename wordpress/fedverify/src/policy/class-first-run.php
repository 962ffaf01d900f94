<?php
/**
 * What is done when the plugin is activated.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Policy;

use FedVerify\WordPress\Hooks;
use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Makes the client forget what it fetched unverified, and verifies every installed identity once, and the records of every
 * installed plugin of a federation source, in the background.
 */
final class First_Run {

	/**
	 * The event that verifies in the background.
	 */
	public const EVENT = Hooks::FIRST_RUN;

	private const OPTION = 'fedverify_first_run';

	/**
	 * When the event comes again for what is left, in seconds.
	 */
	private const REST = 60;

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * Makes one.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->plugin = $plugin;
	}

	/**
	 * Begins, when the plugin is activated.
	 */
	public function begin(): void {
		$options = $this->plugin->options();
		$this->plugin->schema()->install();
		$options->set( self::OPTION, time() );
		// So that all options are stored, and loaded at once: one that is missing costs visitors a query in a network.
		$this->plugin->settings()->update( array() );
		$this->plugin->installed()->refresh();
		$this->plan( 0 );
		$this->purge();
	}

	/**
	 * Begins where activation did not: as a must-use plugin, the plugin is never activated.
	 */
	public function ensure(): void {
		if ( null === $this->plugin->options()->get( self::OPTION ) ) {
			$this->begin();
		}
	}

	/**
	 * Verifies some of what is left.
	 *
	 * @param float $seconds For how long.
	 * @return string[] The DIDs that are left.
	 * @throws Refusal The database failed.
	 */
	public function step( float $seconds = Round::SECONDS ): array {
		return $this->plugin->check()->all( $this->pending(), $seconds );
	}

	/**
	 * Verifies some of what is left, in the background.
	 */
	public function run(): void {
		$until = microtime( true ) + Round::SECONDS;
		$left  = array_merge( $this->step(), $this->check_plugins( $until - microtime( true ) ) );
		if ( array() !== $left ) {
			$this->plan( self::REST );
		}
	}

	/**
	 * Asks the nodes about installed plugins of federation sources, once.
	 *
	 * @param float $seconds For how long.
	 * @return Package[] Those that are left.
	 * @throws Refusal The database failed.
	 */
	private function check_plugins( float $seconds ): array {
		$check = $this->plugin->federation()->check();
		$begun = $this->begun();
		return null === $begun ? array() : $check->all( $check->due( $begun ), $seconds );
	}

	/**
	 * The DIDs that were not checked since the plugin was activated.
	 *
	 * @return string[]
	 * @throws Refusal The database failed.
	 */
	public function pending(): array {
		$begun = $this->begun();
		return null === $begun ? array() : $this->plugin->check()->due( $begun );
	}

	/**
	 * When the plugin was activated, in seconds since 1970; null where that is not known.
	 */
	private function begun(): ?int {
		$begun = $this->plugin->options()->get( self::OPTION );
		return is_numeric( $begun ) ? (int) $begun : null;
	}

	/**
	 * Plans the event.
	 *
	 * @param int $seconds From now.
	 */
	private function plan( int $seconds ): void {
		// A must-use plugin begins where the first request comes in that is no visitor's.
		Main_Site::work(
			static function () use ( $seconds ): void {
				if ( false === wp_next_scheduled( self::EVENT ) ) {
					wp_schedule_single_event( time() + $seconds, self::EVENT );
				}
			}
		);
	}

	/**
	 * Makes the client forget what it fetched before this plugin verified anything.
	 */
	private function purge(): void {
		$dids = $this->plugin->installed()->dids();
		foreach ( $this->plugin->identities()->all() as $record ) {
			$dids[] = $record->did();
		}
		$this->plugin->client()->purge( array_values( array_unique( $dids ) ) );
	}
}
