<?php
/**
 * What is remembered of an installed package.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

use FedVerify\WordPress\Packages\Headers;
use FedVerify\WordPress\Plugin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Remembers what was installed, once WordPress has installed it.
 */
final class Completion {

	/**
	 * What is expected of the package under way.
	 *
	 * @var Expectations
	 */
	private $expectations;

	/**
	 * Makes one.
	 *
	 * @param Expectations $expectations What is expected of the package under way.
	 */
	public function __construct( Expectations $expectations ) {
		$this->expectations = $expectations;
	}

	/**
	 * A package was installed, or was not. Hooked to `upgrader_install_package_result`.
	 *
	 * @param mixed $result What came of it.
	 * @return mixed The same.
	 */
	public function note( $result ) {
		$folder      = is_array( $result ) && isset( $result['destination'] ) && is_string( $result['destination'] ) ? untrailingslashit( $result['destination'] ) : '';
		$expectation = $this->expectations->take_met( basename( $folder ) );
		if ( null === $expectation && is_array( $result ) ) {
			self::forget( $folder );
		}
		if ( null === $expectation || ! is_array( $result ) || 'translation' === $expectation->subject()->kind() ) {
			return $result;
		}
		$plugin  = Plugin::get();
		$archive = $expectation->archive();
		$kind    = $expectation->subject()->kind();
		$headers = Headers::of_folder( $folder, $kind );
		$plugin->installed()->changed();
		if ( null !== $headers ) {
			if ( $headers['did'] !== $archive->did() ) {
				// Whatever it is that was installed there.
				return $result;
			}
			$is_theme = 'style.css' === $headers['file'];
			$facts    = array(
				'kind' => $is_theme ? 'theme' : 'plugin',
				'file' => $is_theme ? basename( $folder ) : basename( $folder ) . '/' . $headers['file'],
				'name' => $headers['name'],
			);
			$plugin->identities()->record_package( $archive->did(), array_merge( $archive->facts(), $facts ) );
		}
		$plugin->held()->release( $archive->did() );
		// Where the archive's headers could be read only now.
		$plugin->archives()->remember( $archive );
		return $result;
	}

	/**
	 * Something was installed that was not verified, as where refusals are only reported: what was verified of the files that were there
	 * is not of these, whatever they say that they are.
	 *
	 * @param string $folder Where.
	 */
	private static function forget( string $folder ): void {
		foreach ( array(
			'plugin' => WP_PLUGIN_DIR,
			'theme'  => get_theme_root( basename( $folder ) ),
		) as $kind => $root ) {
			if ( '' !== $folder && wp_normalize_path( dirname( $folder ) ) === untrailingslashit( wp_normalize_path( $root ) ) ) {
				Plugin::get()->identities()->forget_packages( $kind, basename( $folder ) );
			}
		}
	}
}
