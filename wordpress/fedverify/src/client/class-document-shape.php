<?php
/**
 * DID documents as the client wants them.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Client;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Writes a verified DID document with the members that FAIR Connect reads, each of the type that it relies on.
 */
final class Document_Shape {

	/**
	 * The longest key in characters that the client is given: it takes quadratic time for each.
	 */
	private const KEY_CHARS = 200;

	/**
	 * The document.
	 *
	 * @param array<string, mixed> $document A verified document.
	 * @return array{id: string, alsoKnownAs: string[], verificationMethod: array<array<string, string>>, service: array<array<string, string>>}
	 */
	public static function of( array $document ): array {
		return array(
			'@context'           => array( 'https://www.w3.org/ns/did/v1' ),
			'id'                 => is_string( $document['id'] ?? null ) ? $document['id'] : '',
			'alsoKnownAs'        => array_values( array_filter( self::list_of( $document['alsoKnownAs'] ?? null ), 'is_string' ) ),
			'verificationMethod' => self::methods( self::list_of( $document['verificationMethod'] ?? null ) ),
			'service'            => self::members( self::list_of( $document['service'] ?? null ), array( 'id', 'type', 'serviceEndpoint' ) ),
		);
	}

	/**
	 * The keys.
	 *
	 * @param array<mixed> $methods As in the document.
	 * @return array<array<string, string>>
	 */
	private static function methods( array $methods ): array {
		return array_values(
			array_filter(
				self::members( $methods, array( 'id', 'type', 'controller', 'publicKeyMultibase' ) ),
				static function ( array $method ): bool {
					// The client takes the fragment of the id without looking whether there is one.
					return is_string( wp_parse_url( $method['id'], PHP_URL_FRAGMENT ) )
						&& strlen( $method['publicKeyMultibase'] ) <= self::KEY_CHARS
						&& 1 === preg_match( '~\Az[1-9A-HJ-NP-Za-km-z]+\z~', $method['publicKeyMultibase'] );
				}
			)
		);
	}

	/**
	 * The entries of a list that have all of these members, as strings.
	 *
	 * @param array<mixed> $entries Anything.
	 * @param string[]     $names   The names of the members.
	 * @return array<array<string, string>>
	 */
	private static function members( array $entries, array $names ): array {
		$kept = array();
		foreach ( $entries as $entry ) {
			$members = is_array( $entry ) ? array_filter( array_intersect_key( $entry, array_flip( $names ) ), 'is_string' ) : array();
			if ( count( $members ) === count( $names ) ) {
				$kept[] = $members;
			}
		}
		return $kept;
	}

	/**
	 * The endpoints that a document in the client's cache names, whatever that document is.
	 *
	 * @param mixed $document Anything.
	 * @return string[]
	 */
	public static function endpoints_of( $document ): array {
		$services  = is_object( $document ) ? ( get_object_vars( $document )['service'] ?? null ) : ( is_array( $document ) ? ( $document['service'] ?? null ) : null );
		$endpoints = array();
		foreach ( self::list_of( $services ) as $service ) {
			$members     = is_object( $service ) ? get_object_vars( $service ) : $service;
			$endpoints[] = is_array( $members ) ? ( $members['serviceEndpoint'] ?? null ) : null;
		}
		return array_values( array_filter( $endpoints, 'is_string' ) );
	}

	/**
	 * An array, whatever it was.
	 *
	 * @param mixed $values Anything.
	 * @return array<mixed>
	 */
	private static function list_of( $values ): array {
		return is_array( $values ) ? $values : array();
	}
}
