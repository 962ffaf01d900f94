<?php
/**
 * What an identity says now.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Memory\Identity_Record;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Reads the current keys and services of an identity out of what was verified.
 */
final class Identity_View {

	/**
	 * The CID of the operation that made the current state.
	 *
	 * @param Identity_Record $record What is remembered.
	 * @return string|null Null for a did:web, and where nothing was verified.
	 */
	public static function head( Identity_Record $record ): ?string {
		foreach ( Timeline::of( $record->history(), array() ) as $entry ) {
			if ( $entry->is_head() ) {
				return $entry->cid();
			}
		}
		return null;
	}

	/**
	 * The keys, services and names of the current state.
	 *
	 * @param Identity_Record $record What is remembered.
	 * @return array[] As Timeline::facts().
	 */
	public static function current( Identity_Record $record ): array {
		$head = self::head( $record );
		foreach ( $record->history() as $operation ) {
			if ( null !== $head && is_array( $operation ) && ( $operation['cid'] ?? null ) === $head ) {
				return array_values( Timeline::facts( $operation['state'] ?? null ) );
			}
		}
		return self::of_document( $record->document() ?? array() );
	}

	/**
	 * The same of a DID document: that of a did:web has no history.
	 *
	 * @param array $document A verified DID document.
	 * @return array[] As Timeline::facts().
	 */
	public static function of_document( array $document ): array {
		$state = array();
		foreach ( self::members( $document, 'verificationMethod' ) as $method ) {
			$key = $method['publicKeyMultibase'] ?? null;
			$id  = self::fragment( $method['id'] ?? null );
			if ( is_string( $key ) ) {
				$state['verificationMethods'][ $id ] = 'did:key:' . $key;
			}
		}
		foreach ( self::members( $document, 'service' ) as $service ) {
			$state['services'][ self::fragment( $service['id'] ?? null ) ] = array(
				'type'     => $service['type'] ?? null,
				'endpoint' => $service['serviceEndpoint'] ?? null,
			);
		}
		$state['alsoKnownAs'] = is_array( $document['alsoKnownAs'] ?? null ) ? $document['alsoKnownAs'] : array();
		return array_values( Timeline::facts( $state ) );
	}

	/**
	 * The objects of a list.
	 *
	 * @param array  $document A DID document.
	 * @param string $member   The list's name.
	 * @return array[]
	 */
	private static function members( array $document, string $member ): array {
		return array_filter( is_array( $document[ $member ] ?? null ) ? $document[ $member ] : array(), 'is_array' );
	}

	/**
	 * What follows the `#` of an id.
	 *
	 * @param mixed $id An id.
	 * @return string
	 */
	private static function fragment( $id ): string {
		$parts = is_string( $id ) ? explode( '#', $id, 2 ) : array();
		return $parts[1] ?? ( $parts[0] ?? '' );
	}
}
