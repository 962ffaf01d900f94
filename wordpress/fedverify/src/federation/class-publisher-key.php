<?php
/**
 * The key of a publisher.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\Core\Fault;
use FedVerify\Core\Limits;
use FedVerify\Core\Pfn\PublisherKey;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * An Ed25519 public key, as somebody pasted it or a node shows it.
 */
final class Publisher_Key {

	/**
	 * How long it may be, in bytes. PEM has 113.
	 */
	private const LONGEST = 1000;

	/**
	 * The key as it was given.
	 *
	 * @var string
	 */
	private $text;

	/**
	 * The key in its one spelling.
	 *
	 * @var string
	 */
	private $did_key;

	/**
	 * Made by read().
	 *
	 * @param string $text    The key as it was given.
	 * @param string $did_key The key in its one spelling.
	 */
	private function __construct( string $text, string $did_key ) {
		$this->text    = $text;
		$this->did_key = $did_key;
	}

	/**
	 * Reads one: PEM, or its body, or the bare 32 bytes in base64.
	 *
	 * @param string $text The key.
	 * @throws Refusal `pfn.key.invalid` and what else the verifier says. None repeats what was given: it may be a private key.
	 */
	public static function read( string $text ): self {
		$text = trim( $text );
		try {
			$limits = new Limits( array( 'recordBytes' => self::LONGEST ) );
			return new self( $text, PublisherKey::parse( $text, $limits )->publicKey()->toDidKey() );
		} catch ( Fault $fault ) {
			throw Refusal::rejected( $fault->errorCode(), $fault->message(), $fault->remedy() );
		}
	}

	/**
	 * The key, for the verifier.
	 */
	public function text(): string {
		return $this->text;
	}

	/**
	 * What is in the PEM of a key between its first and its last line: what people have who compare it with the publisher's.
	 *
	 * @param string $text The key as text() gives it.
	 */
	public static function body( string $text ): string {
		return (string) preg_replace( '/-----[A-Z ]+-----|\s+/', '', $text );
	}

	/**
	 * The key, to compare and to show: did:key.
	 */
	public function did_key(): string {
		return $this->did_key;
	}
}
