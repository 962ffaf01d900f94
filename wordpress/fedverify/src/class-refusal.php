<?php
/**
 * Why something is not let through.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress;

use FedVerify\Backend\BackendMissingException;
use FedVerify\Exception as LibraryException;
use FedVerify\InvalidInputException;
use FedVerify\Report;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Thrown wherever the answer is not "verified": rejected, could not be determined, or held until later.
 */
final class Refusal extends \Exception {

	/**
	 * How a server gave no response: nothing was heard of it, or the response took too long.
	 */
	public const SILENT   = 'silent';
	public const TOO_LATE = 'late';

	/**
	 * How long a message may be, in bytes.
	 */
	private const LONGEST = 2000;

	/**
	 * One of 'rejected', 'undetermined', 'held'.
	 *
	 * @var string
	 */
	private $verdict;

	/**
	 * One of Codes, or of the verifier's.
	 *
	 * @var string
	 */
	private $error_code;

	/**
	 * What to do about it; empty: what the code's table says.
	 *
	 * @var string
	 */
	private $remedy;

	/**
	 * As silence() returns it.
	 *
	 * @var string
	 */
	private $silence = '';

	/**
	 * Until when it is held, where that is known.
	 *
	 * @var int|null
	 */
	private $until;

	/**
	 * The account of the verification, where there was one.
	 *
	 * @var Report|null
	 */
	private $report;

	/**
	 * Makes one.
	 *
	 * @param string          $verdict  One of 'rejected', 'undetermined', 'held'.
	 * @param string          $code     The stable code.
	 * @param string          $message  What was expected and what was found, as plain text.
	 * @param string          $remedy   What to do; empty: what the code's table says.
	 * @param \Throwable|null $previous What led to it.
	 */
	private function __construct( string $verdict, string $code, string $message, string $remedy = '', ?\Throwable $previous = null ) {
		// Some of it is from servers and from other plugins. It is printed, mailed and logged.
		parent::__construct( Network\Plain_Text::line( $message, self::LONGEST ), 0, $previous );
		$this->verdict    = $verdict;
		$this->error_code = $code;
		$this->remedy     = $remedy;
	}

	/**
	 * It was judged, and is not what it claims to be.
	 *
	 * @param string $code    The stable code.
	 * @param string $message What was expected and what was found.
	 * @param string $remedy  What to do; empty: what the code's table says.
	 */
	public static function rejected( string $code, string $message, string $remedy = '' ): self {
		return new self( 'rejected', $code, $message, $remedy );
	}

	/**
	 * It could not be judged.
	 *
	 * @param string $code    The stable code.
	 * @param string $message What was expected and what was found.
	 * @param string $remedy  What to do; empty: what the code's table says.
	 */
	public static function undetermined( string $code, string $message, string $remedy = '' ): self {
		return new self( 'undetermined', $code, $message, $remedy );
	}

	/**
	 * It could not be judged, because a server gave no response that can be used: `network.failed`.
	 *
	 * @param string $silence As silence() returns it.
	 * @param string $message What was expected and what was found.
	 * @param string $remedy  What to do; empty: what the code's table says.
	 */
	public static function unanswered( string $silence, string $message, string $remedy = '' ): self {
		$refusal          = new self( 'undetermined', 'network.failed', $message, $remedy );
		$refusal->silence = $silence;
		return $refusal;
	}

	/**
	 * It waits.
	 *
	 * @param string   $code    The stable code.
	 * @param string   $message What it waits for.
	 * @param int|null $until   Until when, in seconds since 1970.
	 */
	public static function held( string $code, string $message, ?int $until = null ): self {
		$refusal        = new self( 'held', $code, $message );
		$refusal->until = $until;
		return $refusal;
	}

	/**
	 * What the verifier, or anything else, threw.
	 *
	 * @param \Throwable $thrown What was thrown.
	 */
	public static function from( \Throwable $thrown ): self {
		if ( $thrown instanceof self ) {
			return $thrown;
		}
		if ( $thrown instanceof BackendMissingException ) {
			return new self( 'held', 'wordpress.held.no_backend', self::message_of( $thrown ), '', $thrown );
		}
		if ( $thrown instanceof LibraryException ) {
			return self::from_library( $thrown );
		}
		$message = get_class( $thrown ) . ': ' . $thrown->getMessage();
		return new self( 'undetermined', 'wordpress.internal', $message, '', $thrown );
	}

	/**
	 * What the verifier threw. Nothing was judged where it says so.
	 *
	 * @param LibraryException $thrown What was thrown.
	 */
	private static function from_library( LibraryException $thrown ): self {
		$report = $thrown->report();
		if ( 'fair.key.too_fresh' === $thrown->errorCode() ) {
			return self::of_fresh_key( $thrown );
		}
		$judged  = null === $report ? ! $thrown instanceof InvalidInputException : 'rejected' === $report->verdict();
		$verdict = $judged && '' !== $thrown->errorCode() ? 'rejected' : 'undetermined';
		$code    = '' === $thrown->errorCode() ? 'wordpress.internal' : $thrown->errorCode();
		$refusal = new self( $verdict, $code, self::message_of( $thrown ), $thrown->remedy(), $thrown );

		$refusal->report = $report;
		return $refusal;
	}

	/**
	 * A key that its owner can still undo. What it signed waits until that is over.
	 *
	 * @param LibraryException $thrown What was thrown.
	 */
	private static function of_fresh_key( LibraryException $thrown ): self {
		$refusal  = new self( 'held', 'wordpress.held.fresh_key', self::message_of( $thrown ), '', $thrown );
		$report   = $thrown->report();
		$identity = null === $report ? array() : ( $report->identity() ?? array() );
		foreach ( $identity['contestable'] ?? array() as $operation ) {
			$until = strtotime( $operation['until'] );
			if ( false !== $until && array() !== $operation['verificationMethods'] ) {
				// That second is within.
				$refusal->until = max( (int) $refusal->until, $until + 1 );
			}
		}
		$refusal->report = $report;
		return $refusal;
	}

	/**
	 * The message without the code that the library puts behind it: here it has a place of its own.
	 *
	 * @param LibraryException $thrown What was thrown.
	 */
	private static function message_of( LibraryException $thrown ): string {
		$suffix  = ' [' . $thrown->errorCode() . ']';
		$message = $thrown->getMessage();
		return substr( $message, -strlen( $suffix ) ) === $suffix ? substr( $message, 0, -strlen( $suffix ) ) : $message;
	}

	/**
	 * One of 'rejected', 'undetermined', 'held'.
	 */
	public function verdict(): string {
		return $this->verdict;
	}

	/**
	 * The stable code.
	 */
	public function error_code(): string {
		return $this->error_code;
	}

	/**
	 * What to do about it.
	 */
	public function remedy(): string {
		return Codes::remedy( $this->error_code, $this->remedy );
	}

	/**
	 * How a server gave no response: Refusal::SILENT or Refusal::TOO_LATE; empty: it gave one, or that is not known.
	 */
	public function silence(): string {
		return $this->silence;
	}

	/**
	 * Until when it is held, in seconds since 1970; null where that is not known.
	 */
	public function until(): ?int {
		return $this->until;
	}

	/**
	 * The account of the verification, where there was one.
	 */
	public function report(): ?Report {
		return $this->report;
	}

	/**
	 * As WordPress takes it. Its data has no `softfail-filename`: with one, WordPress would carry on.
	 *
	 * WordPress prints messages of errors as HTML, and this one may quote what a server sent. Where a button has updated, and in
	 * WP-CLI, the message is all that there is to read: so it says what that means, and what to do.
	 */
	public function to_wp_error(): \WP_Error {
		$lines = array( Codes::meaning( $this->error_code ), Admin\Sentence::of( $this->getMessage() ), $this->remedy(), "($this->error_code)" );
		return new \WP_Error(
			'fedverify.' . $this->error_code,
			esc_html( implode( ' ', array_filter( $lines ) ) ),
			array(
				'verdict' => $this->verdict,
				'code'    => $this->error_code,
				'remedy'  => $this->remedy(),
			)
		);
	}
}
