<?php
/**
 * The commands about plugins of the Plugin Federation Network.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Cli;

use FedVerify\WordPress\Federation\Federation;
use FedVerify\WordPress\Federation\Found;
use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Asks the nodes of the Plugin Federation Network. Which ones says the setting `federation_nodes`, or the constant
 * FEDVERIFY_FEDERATION_NODES.
 *
 * ## EXIT STATUS
 *
 * 0 where all went well, 1 where something was refused, 2 where it could not be told or waits.
 */
final class Federation_Command {

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
	 * Asks the nodes about installed plugins.
	 *
	 * ## OPTIONS
	 *
	 * [<file>...]
	 * : Files of plugins, such as hello/hello.php. All that name a federation source by default.
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
	 *     wp fedverify federation check --format=json
	 *
	 * @param string[]             $arguments The files.
	 * @param array<string, mixed> $options   Options.
	 */
	public function check( $arguments, $options ): void {
		$status  = 0;
		$rows    = array();
		$plugins = $this->federation()->plugins();
		$files   = array_map( fn( Package $package ): string => $package->file(), $plugins );
		foreach ( array_diff( $arguments, $files ) as $unknown ) {
			/* translators: %s: the file of a plugin. */
			$this->output->fail( sprintf( __( '%s is not an installed plugin with a federation source and without a DID.', 'fedverify' ), $unknown ) );
			return;
		}
		foreach ( $plugins as $package ) {
			if ( array() !== $arguments && ! in_array( $package->file(), $arguments, true ) ) {
				continue;
			}
			$refusal = $this->federation()->check()->one( $package );
			$rows[]  = $this->row( $package, $refusal );
			$status  = null === $refusal || 1 === $status ? $status : ( 'rejected' === $refusal->verdict() ? 1 : 2 );
		}
		$this->output->rows( $rows, array( 'file', 'source', 'version', 'update', 'trust', 'binding', 'verdict', 'code', 'message' ), $options );
		$this->output->end( $status );
	}

	/**
	 * Finds plugins at the nodes. `wp plugin install` takes the URL of one whose verdict is "verified".
	 *
	 * ## OPTIONS
	 *
	 * [<words>...]
	 * : Words, a tag, a source or a plugin's id. The newest by default.
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
	 *     wp fedverify federation find weather
	 *
	 * @param string[]             $arguments The words.
	 * @param array<string, mixed> $options   Options.
	 */
	public function find( $arguments, $options ): void {
		try {
			list( $found, $failed, $notes ) = $this->federation()->catalogue()->find( implode( ' ', $arguments ) );
		} catch ( Refusal $refusal ) {
			$this->output->fail( $refusal->getMessage() . ' [' . $refusal->error_code() . ']' );
			return;
		}
		foreach ( $failed as $refusal ) {
			$this->output->note( $refusal->getMessage() );
		}
		array_map( array( $this->output, 'note' ), $notes );
		$rows = array_map( array( self::class, 'found' ), $found );
		$this->output->rows( $rows, array( 'plugin', 'name', 'version', 'verdict', 'code', 'url' ), $options );
		$this->output->end( array() === $failed ? 0 : 2 );
	}

	/**
	 * Takes back which bytes a version had: the next archive of it that is accepted is remembered in their place.
	 *
	 * ## OPTIONS
	 *
	 * <plugin>
	 * : The plugin with its source, as alice@plugins.example#hello.
	 *
	 * <version>
	 * : The version.
	 *
	 * [--yes]
	 * : Do not ask.
	 *
	 * @subcommand take-back
	 *
	 * @param string[]             $arguments The plugin and the version.
	 * @param array<string, mixed> $options   Options.
	 */
	public function take_back( $arguments, $options ): void {
		$name = implode( ' ', array_slice( $arguments, 0, 2 ) );
		/* translators: %s: a plugin, its source and a version */
		$this->output->confirm( sprintf( __( 'Take back %s? Other bytes of this version would be accepted then.', 'fedverify' ), $name ), $options );
		if ( ! $this->federation()->take_back( $name ) ) {
			/* translators: %s: a plugin, its source and a version */
			$this->output->fail( sprintf( __( 'No bytes are remembered for %s.', 'fedverify' ), $name ) );
			return;
		}
		/* translators: %s: a plugin, its source and a version */
		$this->output->success( sprintf( __( 'Took back %s.', 'fedverify' ), $name ) );
		$this->output->end( 0 );
	}

	/**
	 * One plugin that was found.
	 *
	 * @param Found $found It.
	 * @return array<string, string>
	 */
	private static function found( Found $found ): array {
		$refusal = $found->refusal();
		return array(
			'plugin'  => $found->identity(),
			'name'    => $found->listed()->name(),
			'version' => $found->listed()->version(),
			'verdict' => null === $refusal ? 'verified' : $refusal->verdict(),
			'code'    => null === $refusal ? '' : $refusal->error_code(),
			'url'     => null === $refusal ? $found->url() : '',
		);
	}

	/**
	 * One plugin.
	 *
	 * @param Package      $package The plugin.
	 * @param Refusal|null $refusal What the check refused.
	 * @return array<string, string>
	 */
	private function row( Package $package, ?Refusal $refusal ): array {
		$update    = $this->federation()->current( $package );
		$installed = $this->federation()->installations()->of( $package );
		return array(
			'file'    => $package->file(),
			'source'  => $package->source(),
			'version' => $package->version(),
			'update'  => null === $update ? '' : $update->version(),
			'trust'   => null === $installed ? '' : 'key',
			'binding' => (string) ( $installed['binding'] ?? '' ),
			'verdict' => null === $refusal ? 'verified' : $refusal->verdict(),
			'code'    => null === $refusal ? '' : $refusal->error_code(),
			'message' => null === $refusal ? '' : $refusal->getMessage(),
		);
	}

	/**
	 * The federation.
	 */
	private function federation(): Federation {
		return $this->plugin->federation();
	}
}
