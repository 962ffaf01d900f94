<?php
/**
 * The commands about publishers of the Plugin Federation Network.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Cli;

use FedVerify\WordPress\Federation\Federation;
use FedVerify\WordPress\Federation\Publisher_Key;
use FedVerify\WordPress\Federation\Source_Id;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Decides which keys of publishers of the Plugin Federation Network this site trusts.
 */
final class Publisher_Command {

	/**
	 * The largest file of a key, in bytes.
	 */
	private const KEY_BYTES = 4096;

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
	 * Lists the publishers that this site trusts, and keys that nodes show and that wait for a decision.
	 *
	 * ## OPTIONS
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
	 *     wp fedverify publisher list
	 *
	 * @subcommand list
	 *
	 * @param string[]             $arguments Nothing.
	 * @param array<string, mixed> $options   Options.
	 */
	public function list_( $arguments, $options ): void {
		$rows = array();
		foreach ( $this->federation()->publishers()->all() as $publisher ) {
			$rows[] = array(
				'source'   => $publisher->source(),
				'key'      => $publisher->did_key(),
				'state'    => 'trusted',
				'node'     => $publisher->shown_by(),
				'unsigned' => $publisher->allows_unsigned() ? 'allowed' : 'held',
			);
		}
		$undecided = $this->federation()->shown_keys()->undecided();
		foreach ( $undecided as $source => $seen ) {
			$rows[] = array(
				'source'   => (string) $source,
				'key'      => (string) ( $seen['did_key'] ?? '' ),
				'state'    => 'undecided',
				'node'     => (string) ( $seen['node'] ?? '' ),
				'unsigned' => '',
			);
		}
		$this->output->rows( $rows, array( 'source', 'key', 'state', 'node', 'unsigned' ), $options );
		$this->output->end( array() === $undecided ? 0 : 2 );
	}

	/**
	 * Trusts a publisher's key, in the place of an earlier one.
	 *
	 * ## OPTIONS
	 *
	 * <source>
	 * : The source, as the plugin's header names it: user@host.
	 *
	 * [--key-file=<file>]
	 * : A file with the public key, as PEM or in base64. Without it the nodes are asked for the key, which is shown and trusted
	 * : only once `confirm` names it.
	 *
	 * ## EXAMPLES
	 *
	 *     wp fedverify publisher trust alice@plugins.example --key-file=alice.pem
	 *
	 * @param string[]             $arguments The source.
	 * @param array<string, mixed> $options   Options.
	 */
	public function trust( $arguments, $options ): void {
		$this->with_source(
			$arguments,
			function ( Source_Id $source ) use ( $options ): string {
				if ( isset( $options['key-file'] ) ) {
					$key = Publisher_Key::read( self::file( (string) $options['key-file'] ) );
					$this->federation()->publishers()->trust( $source, $key );
					/* translators: 1: a key, 2: a federation source. */
					return sprintf( __( 'This site trusts %1$s of %2$s.', 'fedverify' ), $key->did_key(), $source->to_string() );
				}
				list( $key, $node ) = $this->federation()->nodes()->key_of_all( $source );
				$this->federation()->shown_keys()->show( $source, $key, $node );
				/* translators: 1: the URL of a node, 2: a key, 3: a federation source, 4: the same key. */
				$message = __( '%1$s shows %2$s. Compare it with the publisher’s, then run: wp fedverify publisher confirm %3$s %4$s', 'fedverify' );
				return sprintf( $message, $node, $key->did_key(), $source->to_string(), $key->did_key() );
			}
		);
	}

	/**
	 * Trusts the key that a node shows.
	 *
	 * ## OPTIONS
	 *
	 * <source>
	 * : The source.
	 *
	 * <key>
	 * : The key that was compared with the publisher's, as `list` prints it.
	 *
	 * @param string[] $arguments The source and the key.
	 */
	public function confirm( $arguments ): void {
		$this->decide( $arguments, 'confirm', __( 'This site now trusts the key.', 'fedverify' ) );
	}

	/**
	 * Goes on with the key that is trusted; the other one that a node shows is not shown again.
	 *
	 * ## OPTIONS
	 *
	 * <source>
	 * : The source.
	 *
	 * <key>
	 * : The other key, as `list` prints it.
	 *
	 * @param string[] $arguments The source and the key.
	 */
	public function keep( $arguments ): void {
		$this->decide( $arguments, 'keep', __( 'The other key is not trusted.', 'fedverify' ) );
	}

	/**
	 * Stops trusting a publisher. Which bytes its versions had stays known.
	 *
	 * ## OPTIONS
	 *
	 * <source>
	 * : The source.
	 *
	 * @param string[] $arguments The source.
	 */
	public function forget( $arguments ): void {
		$this->with_source(
			$arguments,
			function ( Source_Id $source ): string {
				if ( ! $this->federation()->publishers()->forget( $source ) ) {
					/* translators: %s: a federation source. */
					throw Refusal::undetermined( 'wordpress.federation.untrusted', sprintf( __( 'This site trusts no key of %s.', 'fedverify' ), $source->to_string() ) );
				}
				/* translators: %s: a federation source. */
				return sprintf( __( 'This site no longer trusts a key of %s.', 'fedverify' ), $source->to_string() );
			}
		);
	}

	/**
	 * Decides whether archives without a signature are installed. The publisher then vouches for the name and version alone.
	 *
	 * ## OPTIONS
	 *
	 * <source>
	 * : The source.
	 *
	 * <decision>
	 * : What is done with them.
	 * ---
	 * options:
	 *   - allow
	 *   - hold
	 * ---
	 *
	 * [--yes]
	 * : Do not ask.
	 *
	 * @param string[]             $arguments The source and the decision.
	 * @param array<string, mixed> $options   Options.
	 */
	public function unsigned( $arguments, $options ): void {
		$decision = $arguments[1] ?? '';
		if ( ! in_array( $decision, array( 'allow', 'hold' ), true ) ) {
			$this->output->fail( __( 'The decision is: allow, or hold.', 'fedverify' ) );
			return;
		}
		$this->with_source(
			$arguments,
			function ( Source_Id $source ) use ( $decision, $options ): string {
				if ( 'allow' === $decision ) {
					/* translators: %s: a federation source. */
					$question = __( 'Install archives of %s without a signature? A node could then deliver any bytes under the name and version that the publisher signed.', 'fedverify' );
					$this->output->confirm( sprintf( $question, $source->to_string() ), $options );
				}
				$this->federation()->publishers()->allow_unsigned( $source, 'allow' === $decision );
				return 'allow' === $decision ? __( 'Archives without a signature are installed.', 'fedverify' ) : __( 'Archives without a signature are held.', 'fedverify' );
			}
		);
	}

	/**
	 * Decides about a key that a node shows.
	 *
	 * @param string[] $arguments The source and the key.
	 * @param string   $what      'confirm' or 'keep'.
	 * @param string   $done      What is said then.
	 */
	private function decide( array $arguments, string $what, string $done ): void {
		$key = (string) ( $arguments[1] ?? '' );
		$this->with_source(
			$arguments,
			function ( Source_Id $source ) use ( $key, $what, $done ): string {
				$shown   = $this->federation()->shown_keys();
				$is_done = 'confirm' === $what ? $shown->confirm( $source, $key ) : $shown->keep( $source, $key );
				if ( ! $is_done ) {
					throw Refusal::undetermined( 'wordpress.federation.key_changed', __( 'This key does not wait for a decision. See: wp fedverify publisher list', 'fedverify' ) );
				}
				return $done;
			}
		);
	}

	/**
	 * Does something about a source, and says what was done.
	 *
	 * @param string[] $arguments The source first.
	 * @param callable $work      Gets the source; gives what to say.
	 */
	private function with_source( array $arguments, callable $work ): void {
		try {
			$message = $work( Source_Id::parse( (string) ( $arguments[0] ?? '' ) ) );
		} catch ( Refusal $refusal ) {
			$this->output->fail( $refusal->getMessage() . ' [' . $refusal->error_code() . ']' );
			return;
		}
		$this->output->success( $message );
		$this->output->end( 0 );
	}

	/**
	 * What is in a file.
	 *
	 * @param string $path Its path.
	 * @throws Refusal It cannot be read, or is no file of a key.
	 */
	private static function file( string $path ): string {
		$is_file = is_file( $path ) && is_readable( $path ) && filesize( $path ) <= self::KEY_BYTES;
		$text    = $is_file ? file_get_contents( $path, false, null, 0, self::KEY_BYTES ) : false; // phpcs:ignore WordPress.WP.AlternativeFunctions -- A local file.
		if ( ! is_string( $text ) ) {
			/* translators: %s: the path of a file. */
			throw Refusal::undetermined( 'io.file.unreadable', sprintf( __( '%s is not a readable key file.', 'fedverify' ), $path ) );
		}
		return $text;
	}

	/**
	 * The federation.
	 */
	private function federation(): Federation {
		return $this->plugin->federation();
	}
}
