<?php
/**
 * What happens when the plugin's own files are about to be deleted.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Policy;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Refuses to delete the plugin where a must-use plugin requires it: WordPress takes it for inactive, and the protection of the site
 * would end unseen.
 */
final class Own_Deletion {

	/**
	 * The plugin, as WordPress names it.
	 *
	 * @var string
	 */
	private $name;

	/**
	 * Whether it runs in this request only because it was active when the request began.
	 *
	 * @var bool
	 */
	private $was_active = false;

	/**
	 * Makes one.
	 *
	 * @param string $file The path of fedverify.php.
	 */
	public function __construct( string $file ) {
		$this->name = plugin_basename( $file );
	}

	/**
	 * The plugin was deactivated in this request, and may be deleted in it.
	 */
	public function was_active(): void {
		$this->was_active = true;
	}

	/**
	 * Refuses before anything that was chosen with it is deleted. Hooked to `load-plugins.php`.
	 */
	public function refuse_chosen(): void {
		// phpcs:disable WordPress.Security.NonceVerification.Recommended, WordPress.Security.ValidatedSanitizedInput -- Whatever the request is, this only refuses it.
		$actions = array( $_REQUEST['action'] ?? null, $_REQUEST['action2'] ?? null );
		$chosen  = isset( $_REQUEST['checked'] ) && is_array( $_REQUEST['checked'] ) ? array_filter( wp_unslash( $_REQUEST['checked'] ), 'is_string' ) : array();
		// phpcs:enable
		if ( in_array( 'delete-selected', $actions, true ) && in_array( $this->name, $chosen, true ) ) {
			$this->refuse( $this->name );
		}
	}

	/**
	 * Refuses the deletion, which ends the request. Hooked to `pre_uninstall_plugin`, as what is remembered is forgotten then, and to
	 * `delete_plugin`.
	 *
	 * @param mixed $plugin What is deleted.
	 */
	public function refuse( $plugin ): void {
		if ( $plugin !== $this->name || $this->was_active || ! is_plugin_inactive( $this->name ) ) {
			return;
		}
		$message = __( 'fedverify was not deleted: a must-use plugin requires it, so that it protects this site whatever is deactivated. Remove its line from wp-content/mu-plugins first.', 'fedverify' );
		wp_die(
			esc_html( $message ),
			esc_html__( 'fedverify was not deleted', 'fedverify' ),
			array(
				'response'  => 403,
				'back_link' => true,
			)
		);
	}
}
