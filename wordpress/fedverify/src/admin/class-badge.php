<?php
/**
 * A verdict in a word.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * A small label with a mark, so that its colour is not the only thing that tells it from others.
 */
final class Badge {

	private const MARKS = array(
		'verified' => 'yes-alt',
		'refused'  => 'dismiss',
		'held'     => 'clock',
		'unsure'   => 'editor-help',
		'neutral'  => 'marker',
	);

	/**
	 * The label, escaped.
	 *
	 * @param string $state `verified`, `refused`, `held`, `unsure` or `neutral`.
	 * @param string $label What it says.
	 * @return string HTML.
	 */
	public static function html( string $state, string $label ): string {
		$state = isset( self::MARKS[ $state ] ) ? $state : 'neutral';
		return sprintf(
			'<span class="fedverify-badge is-%1$s"><span class="dashicons dashicons-%2$s" aria-hidden="true"></span>%3$s</span>',
			esc_attr( $state ),
			esc_attr( self::MARKS[ $state ] ),
			esc_html( $label )
		);
	}

	/**
	 * The label of a verdict, escaped.
	 *
	 * @param string $verdict `verified`, `rejected`, `undetermined`, `held` or `noted`.
	 * @return string HTML.
	 */
	public static function of_verdict( string $verdict ): string {
		switch ( $verdict ) {
			case 'verified':
				return self::html( 'verified', __( 'Verified', 'fedverify' ) );
			case 'rejected':
				return self::html( 'refused', __( 'Refused', 'fedverify' ) );
			case 'held':
				return self::html( 'held', __( 'Held', 'fedverify' ) );
			case 'undetermined':
				return self::html( 'unsure', __( 'Could not verify', 'fedverify' ) );
			default:
				return self::html( 'neutral', __( 'Noted', 'fedverify' ) );
		}
	}
}
