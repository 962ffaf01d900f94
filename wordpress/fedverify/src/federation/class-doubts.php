<?php
/**
 * What nodes doubt.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * A node says beside each version what its signatures may be worth (node/README.md, "Doubts"). That is for the owner to read and decides
 * nothing: a node may leave doubts out, or make them up. Only the codes are taken, so that no node writes on the screens of the site.
 */
final class Doubts {

	/**
	 * How many of one version are read.
	 */
	private const MOST = 10;

	/**
	 * The codes.
	 *
	 * @param mixed $listed What a node lists.
	 * @return string The codes, with commas between them.
	 */
	public static function codes( $listed ): string {
		$codes = is_array( $listed ) ? array_column( array_filter( array_slice( $listed, 0, self::MOST ), 'is_array' ), 'code' ) : array();
		return implode( ',', array_unique( preg_grep( '/\A[a-z-]{1,30}\z/', array_filter( $codes, 'is_string' ) ) ) );
	}

	/**
	 * What a node doubts, in sentences: those of codes that are known.
	 *
	 * @param Listed_Version $listed The version.
	 * @return string[] Plain text: for HTML it is still escaped.
	 */
	public static function sentences( Listed_Version $listed ): array {
		return array_values( array_intersect_key( self::meanings(), array_flip( explode( ',', $listed->doubts() ) ) ) );
	}

	/**
	 * The sentences, by code.
	 *
	 * @return array<string, string>
	 */
	private static function meanings(): array {
		return array(
			'oracle'       => __( 'The node warns: the publisher’s server signs any string for anyone, so signatures by this key prove little.', 'fedverify' ),
			'legacy'       => __( 'The node warns: the publisher’s server proves its key only in a way that another server could have passed on.', 'fedverify' ),
			'unverified'   => __( 'The node warns: the publisher’s server did not prove its key when the node last checked.', 'fedverify' ),
			'identity'     => __( 'The node warns: the publisher’s did:plc does not say that this key is its own.', 'fedverify' ),
			'equivocation' => __( 'The node warns: the publisher handed out or signed other bytes for a version that was known.', 'fedverify' ),
			'earlier-key'  => __( 'The node warns: this version is signed by a key that the publisher no longer uses.', 'fedverify' ),
		);
	}
}
