<?php
/**
 * What WordPress asks before it installs a plugin.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Answers WordPress's installer about plugins of the federation, so that they are installed on its own page: where the archive
 * is. Whether it is installed, the gates decide.
 */
final class Plugin_Information {

	/**
	 * The federation.
	 *
	 * @var Federation
	 */
	private $federation;

	/**
	 * Makes one.
	 *
	 * @param Federation $federation The federation.
	 */
	public function __construct( Federation $federation ) {
		$this->federation = $federation;
	}

	/**
	 * Answers. Hooked to `plugins_api`.
	 *
	 * @param mixed $result  What other plugins answered so far.
	 * @param mixed $action  What is asked.
	 * @param mixed $request What it is asked of: `slug`.
	 * @return mixed The answer, a WP_Error, or the result as it was.
	 */
	public function answer( $result, $action = '', $request = null ) {
		$slug = is_object( $request ) && isset( $request->slug ) && is_string( $request->slug ) ? $request->slug : '';
		// No slug of wordpress.org, and no DID, has either.
		if ( 'plugin_information' !== $action || false === strpos( $slug, '@' ) || false === strpos( $slug, '#' ) || ! current_user_can( 'install_plugins' ) ) {
			return $result;
		}
		try {
			$found = $this->federation->catalogue()->by_identity( $slug, $this->federation->listings() );
		} catch ( Refusal $refusal ) {
			return $refusal->to_wp_error();
		}
		if ( null === $found ) {
			return $result;
		}
		if ( null !== $found->refusal() ) {
			return $found->refusal()->to_wp_error();
		}
		return (object) array(
			'name'          => esc_html( $found->listed()->name() ),
			'slug'          => $found->listed()->id(),
			'version'       => $found->listed()->version(),
			'author'        => esc_html( $found->source()->to_string() ),
			'download_link' => $found->url(),
			'sections'      => array( 'description' => esc_html( $found->listed()->description() ) ),
		);
	}
}
