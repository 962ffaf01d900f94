<?php
/**
 * DID documents.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Verification;

use FedVerify\Identity;
use FedVerify\WebDocument;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Writes the DID document that follows from a proven identity: what is in it was verified, and nothing else is.
 */
final class Document {

	/**
	 * The service that counts.
	 */
	private const REPOSITORY = 'FairPackageManagementRepo';

	/**
	 * The document.
	 *
	 * @param Identity|WebDocument $identity What was proven.
	 * @return array<string, mixed>
	 */
	public static function of( $identity ): array {
		return array(
			'@context'           => array( 'https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1' ),
			'id'                 => $identity->did(),
			'alsoKnownAs'        => $identity->alsoKnownAs(),
			'verificationMethod' => self::methods( $identity ),
			'service'            => self::services( $identity ),
		);
	}

	/**
	 * The keys.
	 *
	 * @param Identity|WebDocument $identity What was proven.
	 * @return array<array<string, string>>
	 */
	private static function methods( $identity ): array {
		$methods = array();
		foreach ( $identity->verificationMethods() as $id => $key ) {
			$methods[] = array(
				'id'                 => $identity->did() . '#' . $id,
				'type'               => 'Multikey',
				'controller'         => $identity->did(),
				'publicKeyMultibase' => substr( $key, strlen( 'did:key:' ) ),
			);
		}
		return $methods;
	}

	/**
	 * The services. Of repositories only the one that counts: clients take the first, and differ on which that is.
	 *
	 * @param Identity|WebDocument $identity What was proven.
	 * @return array<array<string, string>>
	 */
	private static function services( $identity ): array {
		$services = array();
		$is_found = false;
		foreach ( $identity->services() as $id => $service ) {
			if ( self::REPOSITORY === $service['type'] ) {
				if ( $is_found || $service['endpoint'] !== $identity->repository() ) {
					continue;
				}
				$is_found = true;
			}
			$services[] = array(
				'id'              => '#' . $id,
				'type'            => $service['type'],
				'serviceEndpoint' => $service['endpoint'],
			);
		}
		return $services;
	}
}
