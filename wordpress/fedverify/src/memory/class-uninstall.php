<?php
/**
 * What becomes of the memory when the plugin is deleted.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Memory;

use FedVerify\WordPress\Admin\Clock_Note;
use FedVerify\WordPress\Admin\Dismissals;
use FedVerify\WordPress\Admin\Mailer;
use FedVerify\WordPress\Admin\Silence_Note;
use FedVerify\WordPress\Context;
use FedVerify\WordPress\Policy\Schedule;
use FedVerify\WordPress\Settings;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Removes the tables and options where the setting says so. Otherwise a site that deletes the plugin and installs it
 * again still knows its publishers.
 */
final class Uninstall {

	/**
	 * Runs, called by uninstall.php.
	 */
	public static function run(): void {
		Schedule::clear();
		$options = new Options();
		if ( ( new Settings( $options ) )->forgets_on_uninstall() ) {
			( new Schema( $options, new Context() ) )->drop();
			$options->delete_all();
			Clock_Note::forget();
			Silence_Note::witnesses()->forget();
			Silence_Note::nodes()->forget();
			Mailer::forget();
			Dismissals::forget();
		}
	}
}
