<?php
/**
 * What a publisher's metadata says beside the releases.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\Core\Memory;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Takes what the package page shows out of a metadata document: security contacts, advisories, authors. The document is not
 * signed and may hold anything: only short plain strings and web addresses are taken, and only so many.
 */
final class Publisher_Facts {

	private const MOST_ENTRIES = 10;
	private const MOST_BYTES   = 300;
	private const MOST_DEPTH   = 32;

	/**
	 * The facts of a document.
	 *
	 * @param string $json A metadata document that core has judged.
	 * @return array{license: string, authors: array[], security: array[], advisories: array[], latest_security_release: string}
	 */
	public static function of_json( string $json ): array {
		// PHP ends the whole request where there is not enough memory.
		$document   = Memory::lacks( Memory::ofDecoded( $json ) ) ? null : json_decode( $json, true, self::MOST_DEPTH );
		$document   = is_array( $document ) ? $document : array();
		$advisories = array();
		foreach ( self::objects( $document['releases'] ?? null ) as $release ) {
			foreach ( self::objects( $release['advisory'] ?? null ) as $advisory ) {
				$advisories[] = array( 'version' => self::text( $release['version'] ?? null ) ) + self::advisory( $advisory );
			}
		}
		return array(
			'license'                 => self::text( $document['license'] ?? null ),
			'authors'                 => self::contacts( $document['authors'] ?? null ),
			'security'                => self::contacts( $document['security'] ?? null ),
			'advisories'              => array_slice( $advisories, 0, self::MOST_ENTRIES ),
			'latest_security_release' => self::text( $document['latest-security-release'] ?? null ),
		);
	}

	/**
	 * Names and addresses of people.
	 *
	 * @param mixed $value A member of the document.
	 * @return array[] Each with `name`, `url` and `email`; what is not given is empty.
	 */
	private static function contacts( $value ): array {
		$contacts = array();
		foreach ( self::objects( $value ) as $contact ) {
			$facts = array(
				'name'  => self::text( $contact['name'] ?? null ),
				'url'   => self::url( $contact['url'] ?? null ),
				'email' => self::email( $contact['email'] ?? null ),
			);
			if ( array( '' ) !== array_unique( array_values( $facts ) ) ) {
				$contacts[] = $facts;
			}
		}
		return array_slice( $contacts, 0, self::MOST_ENTRIES );
	}

	/**
	 * What an advisory says.
	 *
	 * @param array $advisory An advisory.
	 * @return array{id: string, title: string, severity: string, url: string}
	 */
	private static function advisory( array $advisory ): array {
		$title = self::text( $advisory['title'] ?? null );
		$title = '' === $title ? self::text( $advisory['summary'] ?? null ) : $title;
		return array(
			'id'       => self::text( $advisory['id'] ?? null ),
			'title'    => '' === $title ? self::text( $advisory['description'] ?? null ) : $title,
			'severity' => self::text( $advisory['severity'] ?? null ),
			'url'      => self::url( $advisory['url'] ?? null ),
		);
	}

	/**
	 * The objects of a list; one object is a list of one.
	 *
	 * @param mixed $value A member of the document.
	 * @return array[]
	 */
	private static function objects( $value ): array {
		if ( ! is_array( $value ) || array() === $value ) {
			return array();
		}
		$is_list = array_keys( $value ) === range( 0, count( $value ) - 1 );
		return array_filter(
			$is_list ? $value : array( $value ),
			static function ( $one ): bool {
				return is_array( $one ) && array() !== array_filter( array_keys( $one ), 'is_string' );
			}
		);
	}

	/**
	 * A short plain string.
	 *
	 * @param mixed $value A member of the document.
	 * @return string Empty where it is none.
	 */
	private static function text( $value ): string {
		if ( ! is_string( $value ) || 1 !== preg_match( '//u', $value ) ) {
			return '';
		}
		// Control characters, and those that turn the direction of writing around, can make a string look like another.
		$plain = trim( (string) preg_replace( '/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/u', ' ', $value ) );
		if ( strlen( $plain ) <= self::MOST_BYTES ) {
			return $plain;
		}
		// The last character may have been cut in two.
		return preg_replace( '/[\xc0-\xff][\x80-\xbf]*\z/', '', substr( $plain, 0, self::MOST_BYTES ) ) . '…';
	}

	/**
	 * A web address.
	 *
	 * @param mixed $value A member of the document.
	 * @return string Empty where it is none.
	 */
	private static function url( $value ): string {
		$is_url = is_string( $value ) && strlen( $value ) <= self::MOST_BYTES && 1 === preg_match( '#\Ahttps?://[\x21-\x7e]+\z#', $value );
		return $is_url ? $value : '';
	}

	/**
	 * A mail address.
	 *
	 * @param mixed $value A member of the document.
	 * @return string Empty where it is none.
	 */
	private static function email( $value ): string {
		$is_email = is_string( $value ) && strlen( $value ) <= self::MOST_BYTES && false !== filter_var( $value, FILTER_VALIDATE_EMAIL );
		return $is_email ? $value : '';
	}
}
