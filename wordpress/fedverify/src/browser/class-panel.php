<?php
/**
 * What administrators see of it.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Browser;

use FedVerify\WordPress\Admin\Actions;
use FedVerify\WordPress\Admin\Identifier;
use FedVerify\WordPress\Admin\Markup;
use FedVerify\WordPress\Admin\Menu;
use FedVerify\WordPress\Plugin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Loads the script where this server has nothing to verify with, and shows what it does.
 */
final class Panel {

	private const HANDLE = 'fedverify-browser';

	/**
	 * For how long a verification counts, in seconds.
	 */
	private const COUNTS = 43200;

	/**
	 * How many identities one page verifies unasked.
	 */
	private const AT_ONCE = 10;

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * Makes it.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->plugin = $plugin;
	}

	/**
	 * Loads the script, on every screen: identities that were not verified for long are, while an administrator is there. Hooked to
	 * `admin_enqueue_scripts`.
	 */
	public function load(): void {
		$installed = Browser::is_allowed() ? $this->plugin->installed()->all() : array();
		if ( array() === $installed && array() === $this->wanted() ) {
			return;
		}
		// Last, as it costs some milliseconds: most sites have nothing to verify.
		if ( ! $this->is_shown() ) {
			return;
		}
		$names = array();
		foreach ( $installed as $package ) {
			$names[ $package->did() ] = $package->name();
		}
		$due  = array_slice( $this->plugin->check()->due( time() - self::COUNTS ), 0, self::AT_ONCE );
		$file = $this->plugin->file();
		$data = array(
			'root'    => rest_url( Routes::NAMESPACE . '/browser/' ),
			'nonce'   => wp_create_nonce( 'wp_rest' ),
			'module'  => plugins_url( 'assets/fedverify/worker.js', $file ),
			'due'     => $due,
			'names'   => (object) $names,
			'strings' => self::strings(),
		);
		$path = dirname( $file ) . '/assets/browser.js';
		wp_enqueue_script( self::HANDLE, plugins_url( 'assets/browser.js', $file ), array(), (string) filemtime( $path ), true );
		wp_add_inline_script( self::HANDLE, 'var fedverifyBrowser = ' . wp_json_encode( $data, JSON_HEX_TAG | JSON_HEX_AMP ) . ';', 'before' );
		add_filter( 'script_loader_tag', array( self::class, 'as_module' ), 10, 2 );
	}

	/**
	 * Marks the script as a module. Hooked to `script_loader_tag`.
	 *
	 * @param mixed $tag    The markup.
	 * @param mixed $handle The script.
	 * @return mixed
	 */
	public static function as_module( $tag, $handle = '' ) {
		return self::HANDLE === $handle && is_string( $tag ) ? str_replace( ' src=', ' type="module" src=', $tag ) : $tag;
	}

	/**
	 * Prints that an installation waits. Hooked to `admin_notices` and `network_admin_notices`.
	 */
	public function notice(): void {
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- On that page it is all there.
		$page = isset( $_GET['page'] ) && is_string( $_GET['page'] ) ? sanitize_key( wp_unslash( $_GET['page'] ) ) : '';
		if ( Menu::PAGE === $page || array() === $this->wanted() || ! $this->is_shown() ) {
			return;
		}
		echo '<div class="notice notice-warning fedverify-notice"><p>';
		esc_html_e( 'What you want to install has to be verified in your browser first, as this server cannot.', 'fedverify' );
		echo ' ';
		Markup::render( Markup::link( Menu::url(), __( 'Verify it', 'fedverify' ) ) );
		echo '</p></div>';
	}

	/**
	 * Prints what the browser does. Hooked to `fedverify_overview`.
	 */
	public function render(): void {
		if ( ! $this->is_shown() ) {
			return;
		}
		echo '<h2>' . esc_html__( 'Verification in your browser', 'fedverify' ) . '</h2><div class="fedverify-card"><p>';
		esc_html_e( 'While you are in the dashboard, your browser verifies what this server cannot: it gets the bytes from this server, and reports back. Nothing is sent anywhere else.', 'fedverify' );
		echo '</p><p id="fedverify-browser-status" role="status"></p>';
		echo '<noscript><p>' . esc_html__( 'JavaScript is needed for this.', 'fedverify' ) . '</p></noscript>';
		$wanted = array_diff_key( $this->plugin->browser()->wanted(), array_fill_keys( $this->plugin->installed()->dids(), true ) );
		if ( array() !== $wanted ) {
			echo '<h3>' . esc_html__( 'To be installed', 'fedverify' ) . '</h3>';
		}
		foreach ( array_keys( $wanted ) as $did ) {
			echo '<p>';
			Markup::render( Identifier::code( (string) $did ) );
			echo '</p><p class="fedverify-actions">';
			Actions::button( 'verify', (string) $did, __( 'Verify now', 'fedverify' ), (string) $did );
			echo '</p>';
		}
		echo '</div>';
	}

	/**
	 * What this user wants to install.
	 *
	 * @return array<string, array<string, mixed>> As Browser::wanted() gives it.
	 */
	private function wanted(): array {
		return Browser::is_allowed() ? $this->plugin->browser()->wanted() : array();
	}

	/**
	 * Whether there is anything to show or to do, for this user.
	 */
	private function is_shown(): bool {
		return Browser::is_allowed() && Browser::is_needed();
	}

	/**
	 * What the script says.
	 *
	 * @return array<string, string>
	 */
	private static function strings(): array {
		return array(
			/* translators: %s: name of a plugin or theme, or a DID */
			'fetching'  => __( 'This server is fetching the history of %s.', 'fedverify' ),
			'verifying' => __( 'Your browser is verifying the history.', 'fedverify' ),
			'checking'  => __( 'This server is checking the report and fetching the release.', 'fedverify' ),
			/* translators: %s: version */
			'archive'   => __( 'Your browser is verifying the archive of version %s.', 'fedverify' ),
			'progress'  => __( 'Archive', 'fedverify' ),
			'verified'  => __( 'Verified: the identity and the metadata.', 'fedverify' ),
			/* translators: %s: version */
			'install'   => __( 'Version %s is verified. Install it within 15 minutes.', 'fedverify' ),
			'again'     => __( 'Go back to where you wanted to install it, and start again.', 'fedverify' ),
			'button'    => __( 'Install now', 'fedverify' ),
			'refused'   => __( 'Refused', 'fedverify' ),
			'unsure'    => __( 'Could not verify', 'fedverify' ),
			'failed'    => __( 'Your browser could not verify it.', 'fedverify' ),
			'reload'    => __( 'Reload the page to see the result', 'fedverify' ),
			/* translators: %s: how many */
			'done'      => __( 'Your browser verified identities: %s.', 'fedverify' ),
			/* translators: %s: how many */
			'not_done'  => __( 'Identities that could not be verified: %s.', 'fedverify' ),
			'nothing'   => __( 'All installed identities were checked during the last 12 hours.', 'fedverify' ),
		);
	}
}
