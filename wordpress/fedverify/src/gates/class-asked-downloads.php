<?php
/**
 * Which package a URL was given for.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * The upgrader is told the URL of an archive and no identity. Before an installation WordPress asks for the details of
 * the package, and the answer has both.
 */
final class Asked_Downloads {

	/**
	 * DIDs, by URL. Where two packages have one URL, the one that was asked for last is the one to be installed.
	 *
	 * @var array<string, string>
	 */
	private $dids = array();

	/**
	 * Remembers an answer. Hooked to `plugins_api_result` and `themes_api_result`.
	 *
	 * Lists of packages are not remembered: whoever is listed could claim the URL of another.
	 *
	 * @param mixed $result What is answered.
	 * @param mixed $action What was asked.
	 * @param mixed $args   About which package.
	 * @return mixed The answer, as it was.
	 */
	public function remember( $result, $action = '', $args = null ) {
		if ( ! in_array( $action, array( 'plugin_information', 'theme_information' ), true ) || is_wp_error( $result ) ) {
			return $result;
		}
		$answer = is_object( $result ) ? get_object_vars( $result ) : $result;
		$url    = is_array( $answer ) ? ( $answer['download_link'] ?? null ) : null;
		if ( ! is_string( $url ) || '' === $url ) {
			return $result;
		}
		// What was asked for counts, not what the answer says it is.
		$did = Known_Dids::did_in( is_object( $args ) ? ( $args->slug ?? null ) : null ) ?? Known_Dids::did_of_answer( $answer );
		if ( null === $did ) {
			unset( $this->dids[ $url ] );
		} else {
			$this->dids[ $url ] = $did;
		}
		return $result;
	}

	/**
	 * The identity for which a URL was given.
	 *
	 * @param string $url The URL.
	 */
	public function did_of( string $url ): ?string {
		return $this->dids[ $url ] ?? null;
	}
}
