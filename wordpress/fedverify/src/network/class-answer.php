<?php
/**
 * What came of a request.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Network;

use FedVerify\Core\Fetching;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Reads what WordPress's HTTP API answered. What another plugin answers in the place of the server (`pre_http_request`) is taken as
 * the server's response would be.
 */
final class Answer {

	/**
	 * The URL.
	 *
	 * @var Url
	 */
	private $url;

	/**
	 * What it may cost.
	 *
	 * @var Bounds
	 */
	private $bounds;

	/**
	 * Where the body is.
	 *
	 * @var Private_Folder
	 */
	private $folder;

	/**
	 * Makes one.
	 *
	 * @param Url            $url    The URL.
	 * @param Bounds         $bounds What it may cost.
	 * @param Private_Folder $folder Where the body is.
	 */
	public function __construct( Url $url, Bounds $bounds, Private_Folder $folder ) {
		$this->url    = $url;
		$this->bounds = $bounds;
		$this->folder = $folder;
	}

	/**
	 * Reads what WordPress's HTTP API, or a plugin in its place, answered.
	 *
	 * @param mixed $answer Anything.
	 * @throws Refusal `network.failed`, `input.too_large`.
	 */
	public function read( $answer ): Response {
		if ( is_wp_error( $answer ) ) {
			throw Failure::of( $answer, $this->url );
		}
		$status = is_array( $answer ) && isset( $answer['response'] ) && is_array( $answer['response'] ) ? ( $answer['response']['code'] ?? 0 ) : 0;
		if ( ! is_numeric( $status ) || $status < 100 || $status > 599 ) {
			throw Failure::unreadable( $this->url );
		}
		$response = new Response( $this->url, (int) $status, self::headers( $answer['headers'] ?? array() ), $this->folder );
		$this->take_body( $answer['body'] ?? '', $response );
		return $response;
	}

	/**
	 * Sees to it that the file has the body, and no more than that.
	 *
	 * @param mixed    $body     What is in the response: nothing, or the body where another plugin gave it.
	 * @param Response $response The response.
	 * @throws Refusal `network.failed`, `input.too_large`, `io.file.unwritable`.
	 */
	private function take_body( $body, Response $response ): void {
		$path     = $response->path();
		$body     = is_string( $body ) ? $body : '';
		$is_given = '' !== $body;
		// phpcs:disable WordPress.PHP.NoSilencedErrors.Discouraged, WordPress.WP.AlternativeFunctions -- A private file; what fails is refused.
		if ( ( $is_given || ! is_file( $path ) ) && strlen( $body ) !== @file_put_contents( $path, $body ) ) {
			throw Refusal::undetermined( 'io.file.unwritable', __( 'What was downloaded cannot be written.', 'fedverify' ) );
		}
		clearstatcache( true, $path );
		if ( (int) @filesize( $path ) > $this->bounds->max_bytes() ) {
			throw Failure::exceeded( 'bytes', $this->url, $this->bounds->max_bytes() );
		}
		// phpcs:enable
		foreach ( $is_given ? array() : $response->header( 'content-encoding' ) as $encoding ) {
			if ( ! Fetching::meansNoEncoding( $encoding ) ) {
				throw Failure::encoded( $this->url, $encoding );
			}
		}
	}

	/**
	 * The headers as lists, by their names in lower case.
	 *
	 * @param mixed $headers An array, or an object of WordPress's that can be walked.
	 * @return array<string, string[]>
	 */
	private static function headers( $headers ): array {
		$lists = array();
		foreach ( is_iterable( $headers ) ? $headers : array() as $name => $values ) {
			$lists[ strtolower( (string) $name ) ] = array_values( array_filter( (array) $values, 'is_string' ) );
		}
		return $lists;
	}
}
