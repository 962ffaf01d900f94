<?php
/**
 * All verdicts.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Plugin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Shows the log of verdicts, and gives it out as a file.
 */
final class Verdicts_Page {

	private const SHOWN = 100;

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * Makes the page.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->plugin = $plugin;
	}

	/**
	 * Prints the page.
	 */
	public function render(): void {
		$kept = $this->plugin->settings()->kept_verdicts();
		echo '<h2>' . esc_html__( 'Verdicts', 'fedverify' ) . '</h2><p>';
		echo esc_html(
			sprintf(
				/* translators: 1: how many verdicts are kept, 2: how many are shown */
				__( 'What was verified, refused or held, newest first. The log keeps the last %1$s verdicts; the last %2$s are shown here.', 'fedverify' ),
				number_format_i18n( $kept ),
				number_format_i18n( min( $kept, self::SHOWN ) )
			)
		);
		echo '</p><p class="fedverify-actions">';
		Actions::button( 'export', 'csv', __( 'Export as CSV', 'fedverify' ) );
		Actions::button( 'export', 'json', __( 'Export as JSON', 'fedverify' ) );
		echo '</p>';
		Verdict_Table::render( $this->plugin->verdicts()->recent( self::SHOWN ), $this->plugin->installed() );
	}
}
