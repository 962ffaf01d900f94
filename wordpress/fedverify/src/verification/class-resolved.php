<?php
/**
 * An identity that was verified in this request.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Verification;

use FedVerify\Identity;
use FedVerify\WebDocument;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * A proven identity, with what was found on the way.
 */
final class Resolved {

	/**
	 * What was proven.
	 *
	 * @var Identity|WebDocument
	 */
	private $identity;

	/**
	 * Non-fatal findings.
	 *
	 * @var array<array{code: string, message: string}>
	 */
	private $warnings;

	/**
	 * Made by Resolver.
	 *
	 * @param Identity|WebDocument                        $identity What was proven.
	 * @param array<array{code: string, message: string}> $warnings What was found beside.
	 */
	public function __construct( $identity, array $warnings ) {
		$this->identity = $identity;
		$this->warnings = array_merge( $identity->warnings(), $warnings );
	}

	/**
	 * The DID.
	 */
	public function did(): string {
		return $this->identity->did();
	}

	/**
	 * What was proven.
	 *
	 * @return Identity|WebDocument
	 */
	public function identity() {
		return $this->identity;
	}

	/**
	 * Whether there is a log, and so something to remember. Otherwise it is a did:web.
	 */
	public function has_log(): bool {
		return $this->identity instanceof Identity;
	}

	/**
	 * The DID document that follows from what was proven.
	 *
	 * @return array<string, mixed>
	 */
	public function document(): array {
		return Document::of( $this->identity );
	}

	/**
	 * The URL of the metadata document of the identity's package.
	 *
	 * @throws Refusal The identity names none that can be used.
	 */
	public function repository(): string {
		$url = $this->identity->repository();
		if ( null === $url ) {
			/* translators: %s: a DID. */
			throw Refusal::rejected( 'fair.service.missing', sprintf( __( '%s names no repository with a valid https URL.', 'fedverify' ), $this->did() ) );
		}
		return $url;
	}

	/**
	 * Non-fatal findings.
	 *
	 * @return array<array{code: string, message: string}>
	 */
	public function warnings(): array {
		return $this->warnings;
	}
}
