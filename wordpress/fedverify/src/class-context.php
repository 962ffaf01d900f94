<?php
/**
 * In which kind of request the code runs.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Tells a visitor's request from one in which packages may be verified.
 */
final class Context {

	/**
	 * Whoever has one of these sees fedverify's pages or installs packages.
	 */
	private const CAPABILITIES = array( 'update_plugins', 'update_themes', 'install_plugins', 'install_themes', 'activate_plugins', 'manage_options' );

	/**
	 * Whether WordPress is updating a package by itself.
	 *
	 * @var bool
	 */
	private $automatic = false;

	/**
	 * What the upgrader is doing: '', 'install', 'update' or 'bulk'. Or 'browser'.
	 *
	 * @var string
	 */
	private $work = '';

	/**
	 * Whether this is a visitor's request: then nothing is fetched and nothing verified. A request to admin-ajax.php
	 * or REST by whoever may not manage packages is one, too.
	 */
	public function is_visitor(): bool {
		if ( $this->is_cli() || wp_doing_cron() ) {
			return false;
		}
		$manages = is_admin() || ( defined( 'REST_REQUEST' ) && REST_REQUEST );
		return ! ( $manages && $this->is_administrator() );
	}

	/**
	 * Whether no user is there to decide: an automatic update, or anything else that cron does.
	 */
	public function is_automatic(): bool {
		return $this->automatic || wp_doing_cron();
	}

	/**
	 * The name of the context, for the log of verdicts.
	 *
	 * @return string One of 'automatic', 'cli', 'bulk', 'install', 'update', 'browser', 'cron', 'visit', 'rest', 'admin'.
	 */
	public function name(): string {
		if ( $this->automatic ) {
			return 'automatic';
		}
		if ( $this->is_cli() ) {
			return 'cli';
		}
		if ( '' !== $this->work ) {
			return $this->work;
		}
		if ( wp_doing_cron() ) {
			return 'cron';
		}
		if ( $this->is_visitor() ) {
			return 'visit';
		}
		return is_admin() ? 'admin' : 'rest';
	}

	/**
	 * An automatic update of a package begins. Hooked to `pre_auto_update`.
	 */
	public function automatic_begins(): void {
		$this->automatic = true;
	}

	/**
	 * The automatic updates are done. Hooked to `automatic_updates_complete`.
	 */
	public function automatic_ends(): void {
		$this->automatic = false;
	}

	/**
	 * The upgrader begins with a package. Hooked to `upgrader_package_options`.
	 *
	 * @param mixed $options What the upgrader was told.
	 * @return mixed The same.
	 */
	public function work_begins( $options ) {
		$extra = is_array( $options ) && isset( $options['hook_extra'] ) && is_array( $options['hook_extra'] ) ? $options['hook_extra'] : array();
		if ( is_array( $options ) && ! empty( $options['is_multi'] ) ) {
			$this->work = 'bulk';
		} elseif ( isset( $extra['plugin'] ) || isset( $extra['theme'] ) || isset( $extra['language_update'] ) ) {
			$this->work = 'update';
		} else {
			$this->work = 'install';
		}
		return $options;
	}

	/**
	 * An administrator's browser verifies.
	 */
	public function browser_begins(): void {
		$this->work = 'browser';
	}

	/**
	 * The upgrader is done. Hooked to `upgrader_process_complete`, which is also where an automatic update ends.
	 */
	public function work_ends(): void {
		$this->work      = '';
		$this->automatic = false;
	}

	/**
	 * Whether a command runs: WP-CLI, or a PHP script that loads WordPress and plays no request.
	 */
	private function is_cli(): bool {
		return ( defined( 'WP_CLI' ) && WP_CLI ) || ( 'cli' === PHP_SAPI && ! isset( $_SERVER['REQUEST_METHOD'] ) && ! wp_doing_cron() );
	}

	/**
	 * Whether the user may manage packages. Who the user is, is not known before `init`.
	 */
	private function is_administrator(): bool {
		if ( ! did_action( 'set_current_user' ) && ! did_action( 'init' ) ) {
			return false;
		}
		foreach ( self::CAPABILITIES as $capability ) {
			if ( current_user_can( $capability ) ) {
				return true;
			}
		}
		return false;
	}
}
