<?php
/**
 * Identities.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Verification;

use FedVerify\AuditLog;
use FedVerify\Backend;
use FedVerify\Code;
use FedVerify\Core\Did;
use FedVerify\Core\Fault;
use FedVerify\Core\WebDid;
use FedVerify\Identity;
use FedVerify\Pin;
use FedVerify\RejectedException;
use FedVerify\WebDocument;
use FedVerify\WordPress\Network\Fetcher;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Verifies identities: a did:plc by its whole log and by what was remembered of it, a did:web by its document.
 */
final class Resolver {

	/**
	 * The most bytes of the document of a did:web: the limit of the verifier.
	 */
	private const DOCUMENT_BYTES = 1048576;

	/**
	 * The directories.
	 *
	 * @var Directories
	 */
	private $directories;

	/**
	 * Fetches.
	 *
	 * @var Fetcher
	 */
	private $fetcher;

	/**
	 * The pins.
	 *
	 * @var Pin_Keeper
	 */
	private $pins;

	/**
	 * Records.
	 *
	 * @var Outcomes
	 */
	private $outcomes;

	/**
	 * What was verified a moment ago.
	 *
	 * @var Memo
	 */
	private $memo;

	/**
	 * Makes one.
	 *
	 * @param Directories $directories The directories.
	 * @param Fetcher     $fetcher     Fetches.
	 * @param Pin_Keeper  $pins        The pins.
	 * @param Outcomes    $outcomes    Records.
	 */
	public function __construct( Directories $directories, Fetcher $fetcher, Pin_Keeper $pins, Outcomes $outcomes ) {
		$this->directories = $directories;
		$this->fetcher     = $fetcher;
		$this->pins        = $pins;
		$this->outcomes    = $outcomes;
		$this->memo        = new Memo();
	}

	/**
	 * Verifies an identity, and records the outcome.
	 *
	 * @param string $did The DID.
	 * @throws Refusal It is not verified.
	 */
	public function resolve( string $did ): Resolved {
		$known = $this->memo->get( $did );
		if ( $known instanceof Resolved ) {
			return $known;
		}
		$parsed = self::parsed( $did );
		// As WordPress does before it unpacks: logs and documents may have 8 MiB.
		wp_raise_memory_limit( 'admin' );
		try {
			return $parsed instanceof WebDid ? $this->by_document( $parsed ) : $this->by_log( $did );
		} catch ( \Throwable $thrown ) {
			$refusal = Refusal::from( $thrown );
			if ( 'wordpress.held.no_backend' !== $refusal->error_code() ) {
				$this->outcomes->identity_refused( $did, $refusal );
			}
			throw $refusal;
		}
	}

	/**
	 * Makes resolve() verify the identity again the next time, even a moment later.
	 *
	 * @param string $did The DID.
	 */
	public function forget( string $did ): void {
		$this->memo->forget( $did );
	}

	/**
	 * The directories.
	 */
	public function directories(): Directories {
		return $this->directories;
	}

	/**
	 * The document that a did:web serves.
	 *
	 * @param string $did The DID.
	 * @return string JSON, not judged yet.
	 * @throws Refusal It cannot be fetched, or the DID is another.
	 */
	public function web_document( string $did ): string {
		$parsed = self::parsed( $did );
		if ( ! $parsed instanceof WebDid ) {
			/* translators: %s: a DID. */
			throw Refusal::rejected( 'did.unsupported', sprintf( __( '%s has no document of its own.', 'fedverify' ), $did ) );
		}
		return $this->fetched( $parsed );
	}

	/**
	 * Reads a DID.
	 *
	 * @param string $did Any string.
	 * @throws Refusal `did.invalid`, `did.unsupported`.
	 */
	private static function parsed( string $did ): Did {
		try {
			return Did::parse( $did );
		} catch ( Fault $fault ) {
			throw Refusal::rejected( $fault->errorCode(), Plain_Text::line( $fault->message() ), $fault->remedy() );
		}
	}

	/**
	 * Verifies a did:plc.
	 *
	 * @param string $did The DID.
	 * @throws \Throwable It is not verified.
	 */
	private function by_log( string $did ): Resolved {
		Backend::detect();
		// Before the log is fetched: one that another request has fetched meanwhile may be newer.
		$pin = $this->pins->load( $did );
		$log = $this->directories->log( $did );
		$now = time();

		list( $identity, $behind, $kept ) = $this->of_directory( $log, $did, $pin, $now );
		// With what the directory's log has just proven: a witness must not undo what was in force there for too long.
		list( $newest, $warnings ) = $this->pins->keep_of_refusal(
			$did,
			function () use ( $identity, $kept, $now ): array {
				return ( new Witnesses( $this->directories ) )->newest( $identity, $kept, $now );
			}
		);
		if ( $newest !== $identity ) {
			$this->pins->keep( $did, $newest->pin() );
		} elseif ( null !== $behind ) {
			throw $behind;
		}
		if ( $newest->isTombstoned() ) {
			/* translators: %s: a DID. */
			$message = __( 'The owner of %s has deactivated it. It no longer has keys or packages.', 'fedverify' );
			throw Refusal::rejected( 'plc.tombstoned', sprintf( $message, $did ) );
		}
		return $this->verified( new Resolved( $newest, $warnings ), strlen( $log ) );
	}

	/**
	 * What the directory's log proves, and remembers it. A log that ends before what was remembered is looked at by itself where there
	 * are witnesses: one of them may have the rest.
	 *
	 * @param string      $log The log.
	 * @param string      $did The DID.
	 * @param string|null $pin What was remembered.
	 * @param int         $now The time.
	 * @return array{0: Identity, 1: RejectedException|null, 2: string|null} And why the log alone is refused, if it is, and what is
	 *     remembered now.
	 * @throws \Throwable It proves nothing, or contradicts what was remembered.
	 */
	private function of_directory( string $log, string $did, ?string $pin, int $now ): array {
		return $this->pins->keep_of_refusal(
			$did,
			function () use ( $log, $did, $pin, $now ): array {
				try {
					$identity = AuditLog::verify( $log, $did, $pin, $now );
					$kept     = $this->pins->keep( $did, $identity->pin() );
					if ( null !== $kept && Pin::parse( $kept )->head() !== $identity->head() ) {
						// Another visit has learned of more meanwhile, such as that a key was withdrawn.
						$pin      = $kept;
						$identity = AuditLog::verify( $log, $did, $kept, $now );
					}
				} catch ( RejectedException $refusal ) {
					if ( Code::PIN_ROLLBACK !== $refusal->errorCode() || array() === $this->directories->witnesses() ) {
						throw $refusal;
					}
					return array( AuditLog::verify( $log, $did, null, $now ), $refusal, $pin );
				}
				return array( $identity, null, $kept );
			}
		);
	}

	/**
	 * Verifies a did:web.
	 *
	 * @param WebDid $did The DID.
	 * @throws \Throwable It is not verified.
	 */
	private function by_document( WebDid $did ): Resolved {
		Backend::detect();
		$json     = $this->fetched( $did );
		$document = WebDocument::verify( $json, $did->asStr(), time() );
		return $this->verified( new Resolved( $document, array() ), strlen( $json ) );
	}

	/**
	 * The document that a did:web serves.
	 *
	 * @param WebDid $did The DID.
	 * @return string JSON, not judged yet.
	 * @throws Refusal It cannot be fetched.
	 */
	private function fetched( WebDid $did ): string {
		$statuses = array(
			/* translators: 1: a URL, 2: a DID. */
			404 => sprintf( __( '%1$s does not exist (HTTP status 404): %2$s has no document.', 'fedverify' ), $did->documentUrl(), $did->asStr() ),
			/* translators: 1: a URL, 2: a DID. */
			410 => sprintf( __( '%1$s is gone (HTTP status 410): %2$s was given up.', 'fedverify' ), $did->documentUrl(), $did->asStr() ),
		);
		$options  = array(
			'accept'   => 'application/did+json, application/json;q=0.9, */*;q=0.1',
			'statuses' => $statuses,
		);
		return $this->fetcher->get( $did->documentUrl(), self::DOCUMENT_BYTES, $options )->body();
	}

	/**
	 * Records that an identity was verified.
	 *
	 * @param Resolved $resolved The identity.
	 * @param int      $bytes    How large its log or document is.
	 */
	private function verified( Resolved $resolved, int $bytes ): Resolved {
		$this->outcomes->identity_verified( $resolved );
		$this->memo->set( $resolved->did(), $resolved, $bytes );
		return $resolved;
	}
}
