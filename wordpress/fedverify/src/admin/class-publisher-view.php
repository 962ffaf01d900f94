<?php
/**
 * What a publisher says of security.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Network\Plain_Text;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Prints whom to tell of a weakness, and the advisories that the metadata names.
 */
final class Publisher_View {

	/**
	 * Prints it.
	 *
	 * @param array|null $facts As Publisher_Facts gives them; null where none are known.
	 */
	public static function render( ?array $facts ): void {
		if ( null === $facts ) {
			return;
		}
		echo '<h2>' . esc_html__( 'Publisher and security', 'fedverify' ) . '</h2><div class="fedverify-card">';
		echo '<p>' . esc_html__( 'These are the publisher’s own words. They are not signed.', 'fedverify' ) . '</p>';
		$rows     = array();
		$contacts = self::contacts( $facts['security'] ?? null );
		$none     = esc_html__( 'No security contact is listed.', 'fedverify' );
		$rows[]   = array( __( 'Security contact', 'fedverify' ), '' === $contacts ? $none : $contacts );
		$authors  = self::contacts( $facts['authors'] ?? null );
		if ( '' !== $authors ) {
			$rows[] = array( __( 'Authors', 'fedverify' ), $authors );
		}
		foreach ( array(
			'license'                 => __( 'Licence', 'fedverify' ),
			'latest_security_release' => __( 'Latest security release', 'fedverify' ),
		) as $name => $label ) {
			if ( is_string( $facts[ $name ] ?? null ) && '' !== $facts[ $name ] ) {
				$rows[] = array( $label, Markup::isolated( $facts[ $name ] ) );
			}
		}
		$rows[] = array( __( 'Advisories', 'fedverify' ), self::advisories( $facts['advisories'] ?? null ) );
		Fact_List::render( $rows );
		echo '</div>';
	}

	/**
	 * People, one a line, escaped.
	 *
	 * @param mixed $contacts As Publisher_Facts gives them.
	 * @return string HTML.
	 */
	private static function contacts( $contacts ): string {
		$lines = array();
		foreach ( is_array( $contacts ) ? array_filter( $contacts, 'is_array' ) : array() as $contact ) {
			$parts = array( Markup::isolated( (string) ( $contact['name'] ?? '' ) ) );
			$email = (string) ( $contact['email'] ?? '' );
			$url   = (string) ( $contact['url'] ?? '' );
			if ( '' !== $email ) {
				$parts[] = Markup::name_link( 'mailto:' . $email, $email );
			}
			if ( '' !== $url ) {
				$parts[] = Markup::name_link( $url, $url );
			}
			$lines[] = implode( ' ', array_filter( $parts, 'strlen' ) );
		}
		return implode( '<br>', array_filter( $lines, 'strlen' ) );
	}

	/**
	 * Advisories, one a line, escaped.
	 *
	 * @param mixed $advisories As Publisher_Facts gives them.
	 * @return string HTML.
	 */
	private static function advisories( $advisories ): string {
		$lines = array();
		foreach ( is_array( $advisories ) ? array_filter( $advisories, 'is_array' ) : array() as $advisory ) {
			$title = implode( ': ', array_filter( array( (string) ( $advisory['id'] ?? '' ), (string) ( $advisory['title'] ?? '' ) ), 'strlen' ) );
			$title = '' === $title ? __( 'Advisory without a title', 'fedverify' ) : $title;
			$url   = (string) ( $advisory['url'] ?? '' );
			$line  = '' === $url ? Markup::isolated( $title ) : Markup::name_link( $url, $title );
			/* translators: %s: version */
			$line   .= ' ' . esc_html( sprintf( __( '(fixed in version %s)', 'fedverify' ), Plain_Text::word( (string) ( $advisory['version'] ?? '' ) ) ) );
			$lines[] = $line;
		}
		return array() === $lines ? esc_html__( 'None is listed.', 'fedverify' ) : implode( '<br>', $lines );
	}
}
