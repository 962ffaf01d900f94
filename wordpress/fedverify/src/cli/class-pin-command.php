<?php
/**
 * `wp fedverify pin`.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Cli;

use FedVerify\Exception as LibraryException;
use FedVerify\Pin;
use FedVerify\WordPress\Plugin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Shows what is remembered of identities, and forgets it.
 */
final class Pin_Command {

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
	 * Lists what is remembered: of each identity the head of its log, the last visit, and the highest version that was verified.
	 *
	 * ## OPTIONS
	 *
	 * [--fields=<fields>]
	 * : Which columns: did, head, visited, versions, highest. All by default.
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
	 *     wp fedverify pin list
	 *
	 * @subcommand list
	 *
	 * @param array $arguments None.
	 * @param array $options   The options.
	 */
	public function list_( $arguments, $options ): void {
		$rows = array();
		foreach ( $this->plugin->identities()->all() as $record ) {
			$rows[] = self::row( $record->did(), $record->pin() );
		}
		$this->output->rows( $rows, array( 'did', 'head', 'visited', 'versions', 'highest' ), $options );
		$this->output->end( 0 );
	}

	/**
	 * Forgets an identity: the next visit is then a first one, and takes whatever history a directory shows.
	 *
	 * ## OPTIONS
	 *
	 * <did>
	 * : The identity.
	 *
	 * [--yes]
	 * : Do not ask.
	 *
	 * ## EXAMPLES
	 *
	 *     wp fedverify pin forget did:plc:6fub4jd3yfiuvzi5yhcmvrax
	 *
	 * @param array $arguments The identity.
	 * @param array $options   The options.
	 */
	public function forget( $arguments, $options ): void {
		$did = (string) ( $arguments[0] ?? '' );
		if ( null === $this->plugin->identities()->get( $did ) ) {
			/* translators: %s: a DID */
			$this->output->fail( sprintf( __( 'Nothing is remembered about %s.', 'fedverify' ), $did ) );
			return;
		}
		/* translators: %s: a DID */
		$this->output->confirm( sprintf( __( 'Forget %s? A directory could then show another history without being noticed.', 'fedverify' ), $did ), $options );
		$this->plugin->identities()->forget( $did );
		/* translators: %s: a DID */
		$this->output->success( sprintf( __( 'Forgot %s.', 'fedverify' ), $did ) );
		$this->output->end( 0 );
	}

	/**
	 * What a pin says.
	 *
	 * @param string      $did  The identity.
	 * @param string|null $json The pin.
	 * @return string[] A row.
	 */
	private static function row( string $did, ?string $json ): array {
		$row = array_fill_keys( array( 'did', 'head', 'visited', 'versions', 'highest' ), '' );
		if ( null === $json ) {
			return array( 'did' => $did ) + $row;
		}
		try {
			$pin = Pin::parse( $json );
		} catch ( LibraryException $damaged ) {
			return array(
				'did'  => $did,
				'head' => $damaged->errorCode(),
			) + $row;
		}
		return array(
			'did'      => $did,
			'head'     => $pin->head(),
			'visited'  => gmdate( 'Y-m-d\TH:i:s\Z', $pin->lastVisit() ),
			'versions' => (string) count( $pin->releases() ),
			'highest'  => (string) $pin->highestVersion(),
		);
	}
}
