<?php
/**
 * The logs of directories.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Verification;

use FedVerify\Core\Memory;
use FedVerify\WordPress\Admin\Clock_Note;
use FedVerify\WordPress\Network\Fetcher;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Network\Response;
use FedVerify\WordPress\Refusal;
use FedVerify\WordPress\Settings;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Asks the directory of did:plc for logs, and its witnesses.
 */
final class Directories {

	/**
	 * The most bytes of a log: the limit of the verifier.
	 */
	private const LOG_BYTES = 8388608;

	/**
	 * How many bytes of memory the verification of each byte of a log takes, measured with the longest ones.
	 */
	private const MEMORY_PER_BYTE = 6;

	/**
	 * How long a witness may take, in seconds. The directory has what Fetcher gives it.
	 */
	private const WITNESS_SECONDS = 5;

	/**
	 * Fetches.
	 *
	 * @var Fetcher
	 */
	private $fetcher;

	/**
	 * Which directories.
	 *
	 * @var Settings
	 */
	private $settings;

	/**
	 * Makes one.
	 *
	 * @param Fetcher  $fetcher  Fetches.
	 * @param Settings $settings Which directories.
	 */
	public function __construct( Fetcher $fetcher, Settings $settings ) {
		$this->fetcher  = $fetcher;
		$this->settings = $settings;
	}

	/**
	 * The URL of the directory.
	 */
	public function directory(): string {
		return $this->settings->directory();
	}

	/**
	 * The URLs of the witnesses.
	 *
	 * @return string[]
	 */
	public function witnesses(): array {
		return array_values( array_diff( $this->settings->witnesses(), array( $this->directory() ) ) );
	}

	/**
	 * The log that the directory serves.
	 *
	 * @param string $did The identity.
	 * @return string JSON, not judged yet.
	 * @throws Refusal It cannot be fetched.
	 */
	public function log( string $did ): string {
		$response = $this->fetcher->get(
			self::url( $this->directory(), $did ),
			self::LOG_BYTES,
			array(
				'configured' => true,
				'statuses'   => array(
					/* translators: 1: the URL of a directory, 2: a DID. */
					404 => sprintf( __( 'The directory %1$s does not know %2$s (HTTP status 404).', 'fedverify' ), $this->directory(), $did ),
					/* translators: 1: the URL of a directory, 2: a DID. */
					410 => sprintf( __( 'The directory %1$s says that %2$s is gone (HTTP status 410), but shows no log that proves it.', 'fedverify' ), $this->directory(), $did ),
				),
			)
		);
		Clock_Note::record( $response->header( 'date' )[0] ?? '', time() );
		return self::body( $response );
	}

	/**
	 * The log that a witness serves.
	 *
	 * @param string $witness Its URL.
	 * @param string $did     The identity.
	 * @return string JSON, not judged yet.
	 * @throws Refusal It cannot be fetched.
	 */
	public function log_of_witness( string $witness, string $did ): string {
		$options = array(
			'configured' => true,
			'timeout'    => self::WITNESS_SECONDS,
		);
		return self::body( $this->fetcher->get( self::url( $witness, $did ), self::LOG_BYTES, $options ) );
	}

	/**
	 * A log, where there is memory to verify it: PHP ends the whole request where there is not.
	 *
	 * @param Response $response What a directory answered.
	 * @throws Refusal `io.memory`.
	 */
	private static function body( Response $response ): string {
		if ( Memory::lacks( self::MEMORY_PER_BYTE * (int) filesize( $response->path() ) ) ) {
			/* translators: %s: a URL. */
			$message = __( 'PHP does not have enough memory (memory_limit) to verify the log at %s.', 'fedverify' );
			throw Refusal::undetermined( 'io.memory', sprintf( $message, Plain_Text::word( $response->url() ) ) );
		}
		return $response->body();
	}

	/**
	 * Where a directory serves a log.
	 *
	 * @param string $directory The URL of the directory.
	 * @param string $did       The identity.
	 */
	private static function url( string $directory, string $did ): string {
		return rtrim( $directory, '/' ) . '/' . $did . '/log/audit';
	}
}
