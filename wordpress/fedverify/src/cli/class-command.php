<?php
/**
 * `wp fedverify`.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Cli;

use FedVerify\Exception as LibraryException;
use FedVerify\WordPress\Admin\Backend_State;
use FedVerify\WordPress\Admin\Known_Package;
use FedVerify\WordPress\Admin\Verify_Action;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Verifies plugins and themes that have a decentralised identifier (DID).
 *
 * Exit status: 0 all is verified, 1 something was refused, 2 something could not be verified or waits, or the command was not
 * used as it should be.
 */
final class Command {

	private const REFUSED = 1;
	private const UNSURE  = 2;

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
	 * Adds the commands to WP-CLI. Hooked to `cli_init`.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public static function register( Plugin $plugin ): void {
		$output = new Output();
		\WP_CLI::add_command( 'fedverify', new self( $plugin, $output ) );
		\WP_CLI::add_command( 'fedverify pin', new Pin_Command( $plugin, $output ) );
		\WP_CLI::add_command( 'fedverify log', new Log_Command( $plugin, $output ) );
		\WP_CLI::add_command( 'fedverify federation', new Federation_Command( $plugin, $output ) );
		\WP_CLI::add_command( 'fedverify publisher', new Publisher_Command( $plugin, $output ) );
	}

	/**
	 * Lists the installed packages that have an identity, and how they stand. Fetches nothing.
	 *
	 * ## OPTIONS
	 *
	 * [--fields=<fields>]
	 * : Which columns: name, kind, version, did, state, trust, verified, held, code. All by default.
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
	 *     wp fedverify status
	 *     wp fedverify status --format=json
	 *
	 * @param array $arguments None.
	 * @param array $options   The options.
	 */
	public function status( $arguments, $options ): void {
		$backend = Backend_State::name();
		$this->output->note( null === $backend ? Backend_State::explanation() : Backend_State::sentence( $backend ) );
		if ( ! $this->plugin->settings()->is_enforcing() ) {
			$this->output->note( __( 'Report only: fedverify says what it would refuse, and refuses nothing.', 'fedverify' ) );
		}
		$rows   = array_map( array( self::class, 'row' ), Known_Package::all( $this->plugin ) );
		$states = array_column( $rows, 'state' );
		$this->output->rows( $rows, array( 'name', 'kind', 'version', 'did', 'state', 'trust', 'verified', 'held', 'code' ), $options );
		$this->output->end( in_array( 'refused', $states, true ) ? self::REFUSED : ( array() === array_diff( $states, array( 'package', 'identity' ) ) ? 0 : self::UNSURE ) );
	}

	/**
	 * Verifies identities, and the updates that wait for them.
	 *
	 * ## OPTIONS
	 *
	 * [<did>...]
	 * : The identities. All that are installed by default.
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
	 * ---
	 *
	 * ## EXAMPLES
	 *
	 *     wp fedverify verify
	 *     wp fedverify verify did:plc:6fub4jd3yfiuvzi5yhcmvrax --format=json
	 *
	 * @param array $arguments The identities.
	 * @param array $options   The options.
	 */
	public function verify( $arguments, $options ): void {
		$status = 0;
		$rows   = array();
		foreach ( array() === $arguments ? $this->plugin->installed()->dids() : $arguments as $did ) {
			$row    = $this->verified( (string) $did );
			$status = 'rejected' === $row['verdict'] ? self::REFUSED : ( 'verified' === $row['verdict'] || self::REFUSED === $status ? $status : self::UNSURE );
			$rows[] = $row;
		}
		$this->output->rows( $rows, array( 'did', 'verdict', 'code', 'message', 'remedy' ), $options );
		$this->output->end( $status );
	}

	/**
	 * Verifies one identity.
	 *
	 * @param string $did The identity.
	 * @return string[] A row.
	 */
	private function verified( string $did ): array {
		$row = array_fill_keys( array( 'did', 'verdict', 'code', 'message', 'remedy' ), '' );
		try {
			( new Verify_Action( $this->plugin ) )->run( $did );
			return array(
				'did'     => $did,
				'verdict' => 'verified',
			) + $row;
		} catch ( LibraryException $failure ) {
			$refusal = Refusal::from( $failure );
		} catch ( Refusal $failure ) {
			$refusal = $failure;
		}
		return array(
			'did'     => $did,
			'verdict' => $refusal->verdict(),
			'code'    => $refusal->error_code(),
			'message' => $refusal->getMessage(),
			'remedy'  => $refusal->remedy(),
		);
	}

	/**
	 * One installed package.
	 *
	 * @param Known_Package $package The package.
	 * @return string[] A row.
	 */
	private static function row( Known_Package $package ): array {
		$record  = $package->record();
		$refusal = $package->refusal();
		$at      = null === $record ? 0 : (int) $record->verified_at();
		$held    = $package->held();
		return array(
			'name'     => $package->name(),
			'kind'     => $package->package()->kind(),
			'version'  => $package->package()->version(),
			'did'      => $package->did(),
			'state'    => $package->state(),
			'trust'    => 0 === strpos( $package->did(), 'did:web:' ) ? 'web' : 'self-certified',
			'verified' => $at > 0 ? gmdate( 'Y-m-d\TH:i:s\Z', $at ) : '',
			'held'     => null === $held ? '' : (string) $held['version'],
			'code'     => null === $refusal ? '' : (string) $refusal['code'],
		);
	}
}
