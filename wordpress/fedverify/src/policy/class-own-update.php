<?php
/**
 * What happens when the plugin's own files are about to be replaced.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Policy;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Loads all classes before an update of the plugin itself: those that were first needed after it would be the next
 * release's, which need not go with the ones that are loaded.
 */
final class Own_Update {

	/**
	 * The folder of fedverify.php.
	 *
	 * @var string
	 */
	private $folder;

	/**
	 * The plugin, as WordPress names it.
	 *
	 * @var string
	 */
	private $name;

	/**
	 * Makes one.
	 *
	 * @param string $file The path of fedverify.php.
	 */
	public function __construct( string $file ) {
		$this->folder = dirname( $file );
		$this->name   = plugin_basename( $file );
	}

	/**
	 * Called before an archive is downloaded. Hooked to `upgrader_pre_download`, before everybody else.
	 *
	 * @param mixed $reply What others answered.
	 * @param mixed $extra What is installed. Only an update names the plugin.
	 * @return mixed The answer, untouched.
	 */
	public function prepare( $reply, $extra = array() ) {
		$extra = is_array( $extra ) ? $extra : array();
		if ( ( $extra['plugin'] ?? $this->name ) === $this->name && ! isset( $extra['theme'] ) && ! isset( $extra['language_update'] ) ) {
			$this->load( $this->folder . '/src', 'FedVerify\\WordPress\\' );
			$this->load( $this->folder . '/library/src', 'FedVerify\\' );
		}
		return $reply;
	}

	/**
	 * Loads the classes below a folder.
	 *
	 * @param string $folder The folder.
	 * @param string $prefix Their namespace.
	 */
	private function load( string $folder, string $prefix ): void {
		foreach ( (array) glob( $folder . '/*' ) as $path ) {
			$name = basename( (string) $path, '.php' );
			if ( is_dir( (string) $path ) ) {
				$this->load( (string) $path, $prefix . $name . '\\' );
			} else {
				class_exists( $prefix . strtr( preg_replace( '/^class-/', '', $name ), '-', '_' ) );
			}
		}
	}
}
