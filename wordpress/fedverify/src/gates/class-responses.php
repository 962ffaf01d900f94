<?php
/**
 * Answers to requests of the HTTP API.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Responses as the HTTP API has them, that no server sent.
 */
final class Responses {

	/**
	 * A response with a JSON document.
	 *
	 * @param string $json The document.
	 * @return array<string, mixed>
	 */
	public static function of_json( string $json ): array {
		return array(
			'headers'       => array( 'content-type' => 'application/json' ),
			'body'          => $json,
			'response'      => array(
				'code'    => 200,
				'message' => 'OK',
			),
			'cookies'       => array(),
			'filename'      => null,
			'http_response' => null,
		);
	}

	/**
	 * A verified document as JSON.
	 *
	 * @param array<mixed> $document The document.
	 * @throws \RuntimeException It cannot be written as JSON.
	 */
	public static function encode( array $document ): string {
		$json = wp_json_encode( $document, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE );
		if ( ! is_string( $json ) ) {
			throw new \RuntimeException( 'the document cannot be written as JSON' );
		}
		return $json;
	}
}
