<?php
/**
 * The check that runs by itself.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Policy;

use FedVerify\WordPress\Hooks;
use FedVerify\WordPress\Plugin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Checks all installed identities twice a day, by WordPress's cron on the main site.
 */
final class Schedule {

	/**
	 * The event that comes twice a day.
	 */
	public const CHECK = Hooks::CHECK;

	/**
	 * The event that goes on with what was not reached.
	 */
	public const CONTINUE = Hooks::CONTINUE;

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
	 * Sees to it that the event comes, also where something removed it.
	 */
	public function ensure(): void {
		if ( is_main_site() && false === wp_next_scheduled( self::CHECK ) ) {
			// Not all sites at the same time of the day.
			wp_schedule_event( time() + wp_rand( HOUR_IN_SECONDS, 12 * HOUR_IN_SECONDS ), 'twicedaily', self::CHECK );
		}
	}

	/**
	 * Checks what was not checked for a while.
	 */
	public function run(): void {
		$this->plugin->schema()->ensure();
		$check = $this->plugin->check();
		Round::go_on_with( $check->all( $check->due( Round::long_ago() ), Round::SECONDS ) );
	}

	/**
	 * Removes the events.
	 */
	public static function clear(): void {
		Main_Site::work(
			static function (): void {
				foreach ( array( self::CHECK, self::CONTINUE, First_Run::EVENT ) as $event ) {
					wp_clear_scheduled_hook( $event );
				}
			}
		);
	}
}
