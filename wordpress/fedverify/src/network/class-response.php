<?php
/**
 * What a server answered.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Network;

use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * A response whose body is in a private file: documents can be large, and memory is short.
 */
final class Response {

	/**
	 * The URL that answered.
	 *
	 * @var Url
	 */
	private $url;

	/**
	 * The status.
	 *
	 * @var int
	 */
	private $status;

	/**
	 * The headers, by their names in lower case.
	 *
	 * @var array<string, string[]>
	 */
	private $headers;

	/**
	 * The folder that holds the body, as the file `body`.
	 *
	 * @var Private_Folder
	 */
	private $folder;

	/**
	 * Made by Transfer.
	 *
	 * @param Url                     $url     The URL that answered.
	 * @param int                     $status  The status.
	 * @param array<string, string[]> $headers The headers, by their names in lower case.
	 * @param Private_Folder          $folder  The folder that holds the body.
	 */
	public function __construct( Url $url, int $status, array $headers, Private_Folder $folder ) {
		$this->url     = $url;
		$this->status  = $status;
		$this->headers = $headers;
		$this->folder  = $folder;
	}

	/**
	 * The URL that answered, after redirects.
	 */
	public function url(): string {
		return $this->url->to_string();
	}

	/**
	 * The status.
	 */
	public function status(): int {
		return $this->status;
	}

	/**
	 * The values of a header.
	 *
	 * @param string $name Its name in lower case.
	 * @return string[]
	 */
	public function header( string $name ): array {
		return $this->headers[ $name ] ?? array();
	}

	/**
	 * The body.
	 *
	 * @throws Refusal `io.file.unreadable`.
	 */
	public function body(): string {
		$body = @file_get_contents( $this->path() ); // phpcs:ignore WordPress.PHP.NoSilencedErrors.Discouraged, WordPress.WP.AlternativeFunctions -- A local file; what fails is refused.
		if ( false === $body ) {
			throw Refusal::undetermined( 'io.file.unreadable', __( 'What was downloaded cannot be read.', 'fedverify' ) );
		}
		return $body;
	}

	/**
	 * The path of the file that holds the body, for as long as this object is there.
	 */
	public function path(): string {
		return $this->folder->path() . '/body';
	}

	/**
	 * The folder that holds the body.
	 */
	public function folder(): Private_Folder {
		return $this->folder;
	}
}
