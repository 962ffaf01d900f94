<?php
/**
 * What PHP verifies again.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Browser;

use FedVerify\Backend\Evidence;
use FedVerify\Backend\LocalFile;
use FedVerify\Backend\Maker;
use FedVerify\Backend\Php;
use FedVerify\Core\Fault;
use FedVerify\Core\Limits;
use FedVerify\Core\Pin\LogText;
use FedVerify\Core\Pin\Pin;
use FedVerify\Core\Pin\PinnedOperation;
use FedVerify\Core\Pin\Releases;
use FedVerify\Release;
use FedVerify\Report;
use FedVerify\WordPress\Refusal;
use FedVerify\WordPress\Verification\Resolved;


if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Verifies again what a browser has verified, with all that PHP can do without openssl: everything but the ECDSA signatures of a
 * log's operations. The browser's word is taken for one thing only: which rotation key signed which operation.
 *
 * Packages are signed with Ed25519, which PHP verifies itself; those with the legacy ECDSA signatures are refused.
 */
final class Recheck {

	/**
	 * What proves the identity: did, log and pin, or did and document; and the clock.
	 *
	 * @var array<string, string|int|bool>
	 */
	private $inputs;

	/**
	 * The identity, once it is proven.
	 *
	 * @var Resolved|null
	 */
	private $resolved;

	/**
	 * Makes one.
	 *
	 * @param string      $did      The identity.
	 * @param string      $evidence Its log; of a did:web its document.
	 * @param string|null $pin      Of a log: what is remembered, and who signed (see vouched()).
	 * @param int         $now      The time.
	 */
	public function __construct( string $did, string $evidence, ?string $pin, int $now ) {
		$proof        = null === $pin ? array( 'document' => $evidence ) : array(
			'log'      => $evidence,
			'pin'      => $pin,
			'remember' => true,
		);
		$this->inputs = array(
			'did' => $did,
			'now' => $now,
		) + $proof;
	}

	/**
	 * A pin by which PHP judges a log: what this site remembers, and of operations that are new only who signed them, which is the
	 * browser's word. All else of them is computed from the log.
	 *
	 * @param string      $did     The identity.
	 * @param string|null $stored  What this site remembers; null on a first visit.
	 * @param string      $browser The pin that the browser made.
	 * @param int         $now     The time.
	 * @throws Refusal `pin.*`: one of them cannot be read, or is of another identity.
	 */
	public static function vouched( string $did, ?string $stored, string $browser, int $now ): string {
		try {
			$known = null === $stored ? null : Pin::parse( $stored, Limits::defaults() );
			$new   = Pin::parse( $browser, Limits::defaults() );
		} catch ( Fault $fault ) {
			throw Refusal::rejected( $fault->errorCode(), $fault->message(), $fault->remedy() );
		}
		if ( $new->did() !== $did ) {
			throw Browser::refusal( 'wordpress.browser.mismatch' );
		}
		$operations = null === $known ? array() : $known->operations();
		$index      = null === $known ? null : $known->index();
		foreach ( $new->operations() as $operation ) {
			if ( null === $index || ! $index->contains( $operation->cid() ) ) {
				$operations[] = new PinnedOperation( $operation->cid(), $operation->signer(), $operation->size(), $now, null, $operation->nullified() );
			}
		}
		// Of an empty text, which no log starts with: so every operation's CID is computed.
		$nothing = new LogText( 0, hash( 'sha256', '' ), 1 );
		$pin     = new Pin( $did, null === $known ? $now : $known->lastVisit(), $nothing, $operations, null === $known ? new Releases() : $known->releases() );
		return $pin->toJson();
	}

	/**
	 * The identity.
	 *
	 * @return Report With its history.
	 * @throws \FedVerify\Exception It is not verified.
	 */
	public function identity(): Report {
		if ( ! isset( $this->inputs['log'] ) ) {
			$report         = $this->run( 'web-document', array() );
			$this->resolved = new Resolved( Maker::webDocument( $report, $this->evidence() ), array() );
			return $report;
		}
		$report              = $this->run( 'plc-log', array( 'history' => true ) );
		$this->inputs['pin'] = (string) $report->pin();
		$this->resolved      = new Resolved( Maker::identity( $report, $this->evidence() ), array() );
		return $report;
	}

	/**
	 * The identity, once it is proven.
	 *
	 * @throws \LogicException It is not.
	 */
	public function resolved(): Resolved {
		if ( null === $this->resolved ) {
			throw new \LogicException( 'no identity was verified' );
		}
		return $this->resolved;
	}

	/**
	 * The latest release of a metadata document.
	 *
	 * @param string $metadata The document.
	 * @throws \FedVerify\Exception It is not verified.
	 */
	public function release( string $metadata ): Release {
		$report = $this->run( 'fair-metadata', array( 'metadata' => $metadata ) );
		$asked  = array(
			'metadata'    => $metadata,
			'release'     => null,
			'noDowngrade' => false,
		);
		return Maker::release( $report, $this->evidence(), $asked );
	}

	/**
	 * A package.
	 *
	 * @param string $metadata The metadata document.
	 * @param string $version  The release.
	 * @param string $url      Where the package is from.
	 * @param string $path     The package.
	 * @throws \FedVerify\Exception It is not verified.
	 */
	public function package( string $metadata, string $version, string $url, string $path ): Report {
		return $this->run(
			'fair-package',
			array(
				'metadata'    => $metadata,
				'release'     => $version,
				'artifactUrl' => $url,
				'noDowngrade' => isset( $this->inputs['log'] ),
				'package'     => LocalFile::open( $path ),
			)
		);
	}

	/**
	 * Verifies.
	 *
	 * @param string               $kind   What.
	 * @param array<string, mixed> $inputs With what beside the identity's.
	 * @throws \FedVerify\Exception It is not verified.
	 */
	private function run( string $kind, array $inputs ): Report {
		// As WordPress does before it unpacks: logs and documents may have 8 MiB.
		wp_raise_memory_limit( 'admin' );
		return Maker::verified( Php::withoutCurves()->verify( $kind, $this->inputs + $inputs, array(), null ) );
	}

	/**
	 * What proves the identity, as the library holds it.
	 */
	private function evidence(): Evidence {
		$inputs = $this->inputs;
		return isset( $inputs['log'] )
			? Evidence::log( $inputs['did'], $inputs['log'], $inputs['pin'], $inputs['now'], array() )
			: Evidence::document( $inputs['did'], $inputs['document'], $inputs['now'], array() );
	}
}
