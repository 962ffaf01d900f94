<?php
/**
 * What further directories say.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Verification;

use FedVerify\AuditLog;
use FedVerify\Directory;
use FedVerify\Identity;
use FedVerify\WordPress\Admin\Silence_Note;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Compares the directory's log of an identity with those of the witnesses, which are replicas of it.
 *
 * A directory that leaves out the newest operations cannot be told from an honest one by its log alone. Next to others it can.
 */
final class Witnesses {

	/**
	 * Asks them.
	 *
	 * @var Directories
	 */
	private $directories;

	/**
	 * Makes one.
	 *
	 * @param Directories $directories Asks them.
	 */
	public function __construct( Directories $directories ) {
		$this->directories = $directories;
	}

	/**
	 * The newest of the logs.
	 *
	 * A witness is judged without the pin: it may lag, and a replica that does is no attack. Whatever is newer than the
	 * directory's log is judged with it.
	 *
	 * @param Identity    $identity What the directory's log proves.
	 * @param string|null $pin      What is remembered, with what the directory's log has proven, unless it is behind.
	 * @param int         $now      The time.
	 * @return array{0: Identity, 1: array<array{code: string, message: string}>} What the newest log proves, and warnings.
	 * @throws \FedVerify\Exception They show different histories (`plc.directory.disagree`), or the newest log
	 *     contradicts what was remembered.
	 */
	public function newest( Identity $identity, ?string $pin, int $now ): array {
		$identities = array( $this->directories->directory() => $identity );
		$logs       = array();
		$warnings   = array();
		foreach ( $this->directories->witnesses() as $witness ) {
			try {
				$logs[ $witness ]       = $this->directories->log_of_witness( $witness, $identity->did() );
				$identities[ $witness ] = AuditLog::verify( $logs[ $witness ], $identity->did(), null, $now );
				Silence_Note::witnesses()->record( $witness, '', $now );
			} catch ( Refusal $refusal ) {
				$warnings[] = self::silent( $witness, $refusal->error_code(), $refusal->getMessage(), $now );
			} catch ( \FedVerify\Exception $refusal ) {
				// It serves something else than a log of this identity: that says something about the witness only.
				$warnings[] = self::silent( $witness, $refusal->errorCode(), $refusal->getMessage(), $now );
			}
		}
		if ( 1 === count( $identities ) ) {
			return array( $identity, $warnings );
		}
		$newest   = Directory::newest( $identities );
		$warnings = array_merge( $warnings, $newest->warnings() );
		if ( ! isset( $logs[ $newest->url() ] ) ) {
			return array( $identity, $warnings );
		}
		return array( AuditLog::verify( $logs[ $newest->url() ], $identity->did(), $pin, $now ), $warnings );
	}

	/**
	 * The warning about a witness that says nothing, which is remembered.
	 *
	 * @param string $witness Its URL.
	 * @param string $code    Why.
	 * @param string $message Why, in words.
	 * @param int    $now     The time.
	 * @return array{code: string, message: string}
	 */
	private static function silent( string $witness, string $code, string $message, int $now ): array {
		Silence_Note::witnesses()->record( $witness, $code, $now );
		/* translators: 1: the URL of a directory, 2: why it said nothing. */
		$text = sprintf( __( 'The witness %1$s gave no log: %2$s', 'fedverify' ), $witness, $message );
		return array(
			'code'    => 'wordpress.witness.silent',
			'message' => $text . ' (' . $code . ')',
		);
	}
}
