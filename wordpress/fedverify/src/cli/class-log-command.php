<?php
/**
 * `wp fedverify log`.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Cli;

use FedVerify\WordPress\Memory\Verdict;
use FedVerify\WordPress\Plugin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Shows what was verified, refused and held.
 */
final class Log_Command {

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * Where rows are printed.
	 *
	 * @var Output
	 */
	private $output;

	/**
	 * Makes the command.
	 *
	 * @param Plugin $plugin The plugin.
	 * @param Output $output Where rows are printed.
	 */
	public function __construct( Plugin $plugin, Output $output ) {
		$this->plugin = $plugin;
		$this->output = $output;
	}

	/**
	 * Shows the newest verdicts.
	 *
	 * ## OPTIONS
	 *
	 * [<did>]
	 * : Only those about this identity.
	 *
	 * [--limit=<limit>]
	 * : How many.
	 * ---
	 * default: 50
	 * ---
	 *
	 * [--fields=<fields>]
	 * : Which columns: at, verdict, code, did, kind, name, version, message, context, only_reported. All by default.
	 *
	 * [--format=<format>]
	 * : How.
	 * ---
	 * default: table
	 * options:
	 *   - table
	 *   - json
	 *   - csv
	 *   - yaml
	 *   - count
	 * ---
	 *
	 * ## EXAMPLES
	 *
	 *     wp fedverify log show --limit=10 --fields=at,verdict,code,name,version
	 *
	 * @param array $arguments The identity.
	 * @param array $options   The options.
	 */
	public function show( $arguments, $options ): void {
		$limit = filter_var( $options['limit'] ?? 50, FILTER_VALIDATE_INT, array( 'options' => array( 'min_range' => 1 ) ) );
		if ( false === $limit ) {
			$this->output->fail( __( 'The limit must be a whole number above 0.', 'fedverify' ) );
			return;
		}
		$did  = isset( $arguments[0] ) ? (string) $arguments[0] : null;
		$rows = array_map(
			static function ( Verdict $verdict ): array {
				return $verdict->row();
			},
			$this->plugin->verdicts()->recent( $limit, $did )
		);
		$this->output->rows( $rows, Verdict::COLUMNS, $options );
		$this->output->end( 0 );
	}
}
