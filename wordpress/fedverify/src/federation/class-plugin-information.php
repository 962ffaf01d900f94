<?php
/**
 * What WordPress asks before it installs a plugin.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Answers WordPress about plugins of the federation: its installer, so that they are installed on its own page, where the archive is;
 * and what it shows of an installed one. Whether it is installed, the gates decide.
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
		if ( 'plugin_information' !== $action || '' === $slug ) {
			return $result;
		}
		foreach ( $this->federation->plugins() as $package ) {
			if ( Offer_Gate::slug( $package ) === $slug ) {
				return $this->details( $package, $slug );
			}
		}
		// No slug of wordpress.org, and no DID, has either.
		if ( false === strpos( $slug, '@' ) || false === strpos( $slug, '#' ) || ! current_user_can( 'install_plugins' ) ) {
			return $result;
		}
		return $this->listed( $slug ) ?? $result;
	}

	/**
	 * What the installer is told of a plugin that nodes list.
	 *
	 * @param string $identity As Catalogue::by_identity() takes it.
	 * @return object|null The answer, or a WP_Error; null where this is no name of a plugin.
	 */
	private function listed( string $identity ): ?object {
		try {
			$found = $this->federation->catalogue()->by_identity( $identity, $this->federation->listings() );
		} catch ( Refusal $refusal ) {
			return $refusal->to_wp_error();
		}
		if ( null === $found ) {
			return null;
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

	/**
	 * What is shown of an installed plugin, where WordPress links to its details. Nothing is fetched.
	 *
	 * @param Package $package The plugin.
	 * @param string  $slug    What WordPress calls it.
	 */
	private function details( Package $package, string $slug ): object {
		$update = $this->federation->current( $package );
		return (object) array(
			'name'          => esc_html( $package->name() ),
			'slug'          => $slug,
			'version'       => null === $update ? esc_html( $package->version() ) : $update->version(),
			'author'        => esc_html( $package->source() ),
			'download_link' => null === $update ? '' : Download_Url::of( Source_Id::parse( $package->source() ), $update ),
			// Without a link to wordpress.org.
			'external'      => true,
			'sections'      => array( 'description' => null === $update ? '' : esc_html( $update->description() ) ),
		);
	}
}
