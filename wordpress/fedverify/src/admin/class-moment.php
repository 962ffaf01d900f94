<?php
/**
 * Points in time as people read them.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Shows times in the format, language and time zone of the site.
 */
final class Moment {

	/**
	 * The time in words.
	 *
	 * @param int $at Seconds since 1970.
	 * @return string
	 */
	public static function text( int $at ): string {
		/* translators: 1: date, 2: time of day */
		$format = __( '%1$s at %2$s', 'fedverify' );
		$text   = sprintf(
			$format,
			(string) wp_date( (string) get_option( 'date_format' ), $at ),
			(string) wp_date( (string) get_option( 'time_format' ), $at )
		);
		return trim( $text );
	}

	/**
	 * The time as an element, escaped.
	 *
	 * @param int $at Seconds since 1970.
	 * @return string HTML.
	 */
	public static function element( int $at ): string {
		return '<time datetime="' . esc_attr( gmdate( 'Y-m-d\TH:i:s\Z', $at ) ) . '">' . esc_html( self::text( $at ) ) . '</time>';
	}

	/**
	 * How long ago that was, or how long it is until then, in words.
	 *
	 * @param int $at  Seconds since 1970.
	 * @param int $now Seconds since 1970.
	 * @return string
	 */
	public static function distance( int $at, int $now ): string {
		$difference = human_time_diff( $at, $now );
		/* translators: %s: a length of time, such as "2 hours" */
		$format = $at > $now ? __( 'in %s', 'fedverify' ) : __( '%s ago', 'fedverify' );
		return sprintf( $format, $difference );
	}

	/**
	 * Reads a time that a report wrote, such as `2026-04-11T10:00:00Z`.
	 *
	 * @param mixed $text Anything.
	 * @return int|null Seconds since 1970.
	 */
	public static function parse( $text ): ?int {
		if ( is_int( $text ) ) {
			return $text;
		}
		if ( ! is_string( $text ) || 1 !== preg_match( '/\A\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)\z/', $text ) ) {
			return null;
		}
		$at = strtotime( $text );
		return false === $at ? null : $at;
	}
}
