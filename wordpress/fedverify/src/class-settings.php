<?php
/**
 * The settings.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * What the site's owner decided: by the settings page, or by constants in wp-config.php, which win.
 *
 * Whatever is stored or defined, there is an answer. A value that cannot be used counts as the default, and
 * `problems()` names it.
 */
final class Settings {

	private const OPTION = 'fedverify_settings';

	private const DEFAULTS = array(
		'mode'                => 'enforce',
		'wait_recovery'       => true,
		'witnesses'           => array(),
		'directory'           => 'https://plc.directory',
		'federation_nodes'    => array(),
		'mail_refusals'       => true,
		'forget_on_uninstall' => false,
		'kept_verdicts'       => 500,
	);

	/**
	 * The constants that override a setting.
	 */
	private const CONSTANTS = array(
		'mode'             => 'FEDVERIFY_MODE',
		'wait_recovery'    => 'FEDVERIFY_WAIT_RECOVERY',
		'witnesses'        => 'FEDVERIFY_WITNESSES',
		'directory'        => 'FEDVERIFY_DIRECTORY',
		'federation_nodes' => 'FEDVERIFY_FEDERATION_NODES',
		'mail_refusals'    => 'FEDVERIFY_MAIL_REFUSALS',
		'kept_verdicts'    => 'FEDVERIFY_KEPT_VERDICTS',
	);

	/**
	 * Where they are stored.
	 *
	 * @var Memory\Options
	 */
	private $options;

	/**
	 * Makes one.
	 *
	 * @param Memory\Options $options Where they are stored.
	 */
	public function __construct( Memory\Options $options ) {
		$this->options = $options;
	}

	/**
	 * Whether what is not verified is refused. Otherwise it is only reported.
	 */
	public function is_enforcing(): bool {
		return 'report' !== $this->value( 'mode' );
	}

	/**
	 * Whether automatic updates wait while the owner of the identity can still undo the key that signed them.
	 */
	public function waits_for_recovery_window(): bool {
		return $this->value( 'wait_recovery' );
	}

	/**
	 * Further directories whose logs must agree with the directory's.
	 *
	 * @return string[] URLs.
	 */
	public function witnesses(): array {
		return $this->value( 'witnesses' );
	}

	/**
	 * The URL of the directory of did:plc.
	 */
	public function directory(): string {
		return $this->value( 'directory' );
	}

	/**
	 * The nodes of the Plugin Federation Network that are asked for updates.
	 *
	 * @return string[] URLs.
	 */
	public function federation_nodes(): array {
		return $this->value( 'federation_nodes' );
	}

	/**
	 * Whether a host may have an address in a private network, as of a repository in an intranet.
	 *
	 * @param string $host The name of the host.
	 */
	public function allows_private( string $host ): bool {
		$host    = strtolower( $host );
		$allowed = defined( 'FEDVERIFY_ALLOW_PRIVATE' ) ? constant( 'FEDVERIFY_ALLOW_PRIVATE' ) : false;
		if ( is_string( $allowed ) ) {
			$allowed = explode( ',', $allowed );
		}
		if ( is_array( $allowed ) ) {
			$names   = array_map( 'trim', array_map( 'strtolower', array_filter( $allowed, 'is_string' ) ) );
			$allowed = in_array( $host, $names, true );
		}
		/**
		 * Filters whether a host may have an address in a private network.
		 *
		 * @param bool   $allowed What FEDVERIFY_ALLOW_PRIVATE says.
		 * @param string $host    The name of the host, in lower case.
		 */
		return true === apply_filters( 'fedverify_allow_private_host', true === $allowed, $host );
	}

	/**
	 * Whether the administrator gets an e-mail when an automatic update was refused.
	 */
	public function mails_refusals(): bool {
		return $this->value( 'mail_refusals' );
	}

	/**
	 * Whether deleting the plugin also deletes what it remembers.
	 */
	public function forgets_on_uninstall(): bool {
		return $this->value( 'forget_on_uninstall' );
	}

	/**
	 * How many verdicts the log holds.
	 */
	public function kept_verdicts(): int {
		return $this->value( 'kept_verdicts' );
	}

	/**
	 * The constant that decides a setting; null where the settings page does.
	 *
	 * @param string $name The setting's name.
	 */
	public function constant_of( string $name ): ?string {
		$constant = self::CONSTANTS[ $name ] ?? '';
		return '' !== $constant && defined( $constant ) && null !== Setting_Values::checked( $name, constant( $constant ) ) ? $constant : null;
	}

	/**
	 * Constants and stored settings that cannot be used, so that the default counts.
	 *
	 * @return string[] Names of constants, and of settings.
	 */
	public function problems(): array {
		$problems = array();
		foreach ( self::CONSTANTS as $name => $constant ) {
			if ( defined( $constant ) && null === Setting_Values::checked( $name, constant( $constant ) ) ) {
				$problems[] = $constant;
			}
		}
		foreach ( $this->stored() as $name => $value ) {
			if ( isset( self::DEFAULTS[ $name ] ) && null === Setting_Values::checked( $name, $value ) ) {
				$problems[] = $name;
			}
		}
		return $problems;
	}

	/**
	 * All settings, as they count now.
	 *
	 * @return array<string, mixed> By name.
	 */
	public function all(): array {
		$all = array();
		foreach ( array_keys( self::DEFAULTS ) as $name ) {
			$all[ $name ] = $this->value( $name );
		}
		return $all;
	}

	/**
	 * Stores settings. Those that are not named stay as they are.
	 *
	 * @param array<string, mixed> $values By name: mode ('enforce' or 'report'), wait_recovery, mail_refusals,
	 *                                     forget_on_uninstall (bool), directory (URL), witnesses and federation_nodes (URLs), kept_verdicts.
	 * @throws \InvalidArgumentException A setting that there is not, or a value that cannot be used. Nothing is stored.
	 */
	public function update( array $values ): void {
		$stored = array_intersect_key( $this->stored(), self::DEFAULTS );
		foreach ( $values as $name => $value ) {
			$checked = isset( self::DEFAULTS[ $name ] ) ? Setting_Values::checked( $name, $value ) : null;
			if ( null === $checked ) {
				throw new \InvalidArgumentException( esc_html( (string) $name ) );
			}
			$stored[ $name ] = $checked;
		}
		$this->options->set( self::OPTION, $stored );
	}

	/**
	 * The value of a setting that counts.
	 *
	 * @param string $name The setting's name.
	 * @return mixed Of the type of the default.
	 */
	private function value( string $name ) {
		$constant = $this->constant_of( $name );
		if ( null !== $constant ) {
			return Setting_Values::checked( $name, constant( $constant ) );
		}
		$stored = $this->stored();
		$value  = array_key_exists( $name, $stored ) ? Setting_Values::checked( $name, $stored[ $name ] ) : null;
		return $value ?? self::DEFAULTS[ $name ];
	}

	/**
	 * What is stored, whatever it is.
	 *
	 * @return array<mixed>
	 */
	private function stored(): array {
		$stored = $this->options->get( self::OPTION );
		return is_array( $stored ) ? $stored : array();
	}
}
