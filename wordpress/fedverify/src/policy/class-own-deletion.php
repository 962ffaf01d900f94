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
	 * The path of fedverify.php.
	 *
	 * @var string
	 */
	private $file;

	/**
	 * Whether a must-use plugin requires it.
	 *
	 * @var bool
	 */
	private $is_required;

	/**
	 * Makes one.
	 *
	 * @param string $file        The path of fedverify.php.
	 * @param bool   $is_required Whether it was loaded before the plugins of a site are: by a must-use plugin, or as one of the network.
	 */
	public function __construct( string $file, bool $is_required ) {
		$this->file        = $file;
		$this->is_required = $is_required;
	}

	/**
	 * The plugin was deactivated for the network in this request, which therefore had loaded it, and it may be deleted.
	 */
	public function was_of_network(): void {
		$this->is_required = false;
	}

	/**
	 * Refuses before anything that was chosen with it is deleted. Hooked to `load-plugins.php`.
	 *
	 * @return callable|null Ends the request; null where it may go on.
	 */
	public function refusal_of_chosen(): ?callable {
		// phpcs:disable WordPress.Security.NonceVerification.Recommended, WordPress.Security.ValidatedSanitizedInput -- Whatever the request is, this only refuses it.
		$actions = array( $_REQUEST['action'] ?? null, $_REQUEST['action2'] ?? null );
		$chosen  = isset( $_REQUEST['checked'] ) && is_array( $_REQUEST['checked'] ) ? array_filter( wp_unslash( $_REQUEST['checked'] ), 'is_string' ) : array();
		// phpcs:enable
		foreach ( in_array( 'delete-selected', $actions, true ) ? $chosen : array() as $plugin ) {
			$end = $this->refusal( $plugin );
			if ( null !== $end ) {
				return $end;
			}
		}
		return null;
	}

	/**
	 * Refuses the deletion. Hooked to `pre_uninstall_plugin`, as what is remembered is forgotten then, and to `delete_plugin`.
	 *
	 * @param mixed $plugin What is deleted.
	 * @return callable|null Ends the request; null where it may go on.
	 */
	public function refusal( $plugin ): ?callable {
		$end = $this->last_resort( $plugin );
		return null !== $end && is_plugin_inactive( $plugin ) ? $end : null;
	}

	/**
	 * The same where WordPress does not say whether the plugin is active: it asks callbacks of other plugins (`option_active_plugins`),
	 * and an exception of theirs is no permission to delete.
	 *
	 * @param mixed $plugin What is deleted.
	 * @return callable|null Ends the request; null where it may go on.
	 */
	public function last_resort( $plugin ): ?callable {
		return $this->is_required && $this->is_this( $plugin ) ? array( self::class, 'end' ) : null;
	}

	/**
	 * Says why, and ends the request.
	 *
	 * @throws \RuntimeException Another plugin has WordPress go on after a message that ends requests.
	 */
	public static function end(): void {
		$message = __( 'fedverify was not deleted: a must-use plugin requires it, so that it protects this site whatever is deactivated. Remove its line from wp-content/mu-plugins first.', 'fedverify' );
		wp_die(
			esc_html( $message ),
			esc_html__( 'fedverify was not deleted', 'fedverify' ),
			array(
				'response'  => 403,
				'back_link' => true,
			)
		);
		throw new \RuntimeException( esc_html( $message ) );
	}

	/**
	 * Whether a plugin is the one that runs, and not a copy of it.
	 *
	 * @param mixed $plugin The plugin, as WordPress names it.
	 */
	private function is_this( $plugin ): bool {
		$path = is_string( $plugin ) ? realpath( WP_PLUGIN_DIR . '/' . $plugin ) : false;
		return false !== $path && realpath( $this->file ) === $path;
	}
}
