<?php
/**
 * What is taken back from browsers.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Browser;

use FedVerify\Report;
use FedVerify\Version;
use FedVerify\WordPress\Client\Metadata_Shape;
use FedVerify\WordPress\Gates\Responses;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;
use FedVerify\WordPress\Verification\Metadata;
use FedVerify\WordPress\Verification\Repository;


if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Takes reports, each once, from the session that was given the bytes, while they are held. A report that says "verified" is not
 * believed: PHP verifies the held bytes again, as far as it can (Recheck), and what it finds is what counts.
 */
final class Acceptance {

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * What was handed out.
	 *
	 * @var Tickets
	 */
	private $tickets;

	/**
	 * Makes one.
	 *
	 * @param Plugin  $plugin  The plugin.
	 * @param Tickets $tickets What was handed out.
	 */
	public function __construct( Plugin $plugin, Tickets $tickets ) {
		$this->plugin  = $plugin;
		$this->tickets = $tickets;
	}

	/**
	 * Takes the report on an identity. Then its metadata is fetched and judged, which PHP can do alone, and the archive is fetched
	 * where one waits.
	 *
	 * @param string $ticket      The ticket.
	 * @param string $json        The report.
	 * @param bool   $has_package Whether the browser would go on with the archive.
	 * @return array<string, mixed>|null What the browser is to do next; null where nothing is left to do.
	 * @throws Refusal It is not verified.
	 */
	public function identity( string $ticket, string $json, bool $has_package ): ?array {
		$entry            = $this->tickets->take( $ticket, Browser::LOG );
		$entry['package'] = $has_package;
		try {
			$recheck  = $this->of_identity( $entry, $json );
			$metadata = $this->of_metadata( $entry, $recheck );
			$this->hold_newer( $entry['did'], $metadata );
			$next = ( new Hand_Out( $this->plugin, $this->tickets ) )->archive( $ticket, $entry, $metadata );
		} catch ( \Throwable $thrown ) {
			Tickets::remove_files( $entry );
			throw $this->logged( $entry['did'], Refusal::from( $thrown ) );
		}
		if ( null === $next ) {
			Tickets::remove_files( $entry );
		}
		return $next;
	}

	/**
	 * Takes the report on an archive, which may be installed then.
	 *
	 * @param string $ticket The ticket.
	 * @param string $json   The report.
	 * @throws Refusal It is not verified.
	 */
	public function archive( string $ticket, string $json ): void {
		$entry = $this->tickets->take( $ticket, Browser::ARCHIVE );
		$did   = $entry['did'];
		try {
			$browser = new Browser_Report( $json, 'fair-package' );
			$browser->check_verdict();
			$recheck = new Recheck( $did, Held_File::bytes( $entry['files']['log'] ), $this->pin( $did ), time() );
			$recheck->identity();
			$path   = Held_File::path( $entry['files']['archive'] );
			$report = $this->plugin->pin_keeper()->keep_of_refusal(
				$did,
				static function () use ( $recheck, $entry, $path ): Report {
					return $recheck->package( Held_File::bytes( $entry['files']['metadata'] ), $entry['version'], $entry['url'], $path );
				}
			);
			self::compare( $browser, $report );
			// The report's pin is kept by the gate, once the archive's headers were read.
			Tickets::remove_files( array( 'files' => array_diff_key( $entry['files'], array( 'archive' => true ) ) ) );
			$entry['files']  = array( 'archive' => $entry['files']['archive'] );
			$entry['report'] = $report->toJson();
			$this->tickets->put( $ticket, Browser::ACCEPTED, $entry );
		} catch ( \Throwable $thrown ) {
			Tickets::remove_files( $entry );
			throw $this->logged( $did, Refusal::from( $thrown ) );
		}
		$this->plugin->outcomes()->verified(
			$did,
			array(
				'version' => $entry['version'],
				'message' => __( 'The archive is what the publisher released.', 'fedverify' ),
				'facts'   => array_intersect_key( $report->package(), array_flip( array( 'sha256', 'sha384', 'keyId', 'key', 'algorithm' ) ) ),
			)
		);
	}

	/**
	 * Has the log or document judged again, and records what it proves.
	 *
	 * @param array  $entry What was handed out.
	 * @param string $json  The report on it.
	 * @throws \Throwable It is not verified.
	 */
	private function of_identity( array $entry, string $json ): Recheck {
		$did    = $entry['did'];
		$log    = Held_File::bytes( $entry['files']['log'] );
		$is_log = 0 === strpos( $did, 'did:plc:' );
		$report = new Browser_Report( $json, $is_log ? 'plc-log' : 'web-document' );
		try {
			$report->check_verdict();
			if ( $report->text( 'identity', 'did' ) !== $did ) {
				throw Browser::refusal( 'wordpress.browser.mismatch' );
			}
			$pin     = $is_log ? Recheck::vouched( $did, $this->plugin->pins()->load( $did ), $report->pin(), $entry['now'] ) : null;
			$recheck = new Recheck( $did, $log, $pin, $entry['now'] );
			$proven  = $recheck->identity();
			if ( $report->text( 'identity', 'head' ) !== (string) ( $proven->identity()['head'] ?? '' ) ) {
				throw Browser::refusal( 'wordpress.browser.mismatch' );
			}
			$this->plugin->pin_keeper()->keep( $did, $proven->pin() );
			if ( ! empty( $proven->identity()['tombstoned'] ) ) {
				/* translators: %s: a DID. */
				$message = __( 'The owner of %s has deactivated it. It no longer has keys or packages.', 'fedverify' );
				throw Refusal::rejected( 'plc.tombstoned', sprintf( $message, $did ) );
			}
		} catch ( \Throwable $thrown ) {
			$refusal = Refusal::from( $thrown );
			if ( 0 !== strpos( $refusal->error_code(), 'wordpress.browser.' ) ) {
				$this->plugin->identities()->record_refused( $did, $refusal );
			}
			throw $refusal;
		}
		$this->plugin->outcomes()->identity_verified( $recheck->resolved(), $proven->identity()['history'] ?? array() );
		return $recheck;
	}

	/**
	 * Fetches the metadata, has it judged and records it. What the client will read is written now: nobody can judge it later.
	 *
	 * @param array   $entry   What was handed out; the metadata is added.
	 * @param Recheck $recheck What was proven.
	 * @throws \Throwable It is not verified.
	 */
	private function of_metadata( array &$entry, Recheck $recheck ): Metadata {
		$resolved = $recheck->resolved();
		$json     = $this->plugin->repository()->fetch( $resolved );
		try {
			$metadata = Repository::usable( $resolved, $json, $recheck->release( $json ) );
		} catch ( \Throwable $thrown ) {
			$this->plugin->repository()->note_refused( $resolved->did(), Refusal::from( $thrown ) );
			throw $thrown;
		}
		$this->plugin->repository()->record( $metadata );
		$shape = array(
			'at'   => time(),
			'json' => Responses::encode( Metadata_Shape::of( $json, $metadata->latest() ) ),
		);
		$this->plugin->identities()->record_shape( $entry['did'], $shape );
		$entry['files']['metadata'] = Held_File::of_bytes( $json );
		return $metadata;
	}

	/**
	 * Lists the release among the updates that wait, where it is newer than what is installed.
	 *
	 * @param string   $did      The DID.
	 * @param Metadata $metadata Its metadata.
	 * @throws Refusal The database failed.
	 */
	private function hold_newer( string $did, Metadata $metadata ): void {
		$package = $this->plugin->installed()->by_did( $did );
		$release = $metadata->latest();
		if ( null === $package ) {
			return;
		}
		try {
			$is_newer = Version::compare( $release->version(), $package->version() ) > 0;
		} catch ( \FedVerify\Exception $refusal ) {
			$is_newer = false;
		}
		if ( ! $is_newer ) {
			$this->plugin->held()->release( $did );
			return;
		}
		$held     = $this->plugin->held()->get( $did );
		$artifact = Metadata::artifact( $release, (string) ( $held['url'] ?? '' ) ) ?? $release->artifacts()[0] ?? array();
		$this->plugin->fresh_keys()->hold(
			$package,
			(string) ( $artifact['url'] ?? '' ),
			Refusal::held( 'wordpress.held.no_backend', __( 'Your browser can verify it while you are in the dashboard.', 'fedverify' ) )
		);
	}

	/**
	 * Compares what the browser says of an archive with what PHP has found.
	 *
	 * @param Browser_Report $browser The browser's report.
	 * @param Report         $report  PHP's.
	 * @throws Refusal `wordpress.browser.mismatch`.
	 */
	private static function compare( Browser_Report $browser, Report $report ): void {
		$facts = array(
			'identity' => array( 'did', 'head' ),
			'release'  => array( 'version', 'artifact', 'repository' ),
			'package'  => array( 'sha256', 'sha384', 'keyId', 'key', 'algorithm' ),
		);
		foreach ( $facts as $part => $members ) {
			foreach ( $members as $member ) {
				$found = (string) ( $report->toArray()[ $part ][ $member ] ?? '' );
				if ( ! hash_equals( $found, $browser->text( $part, $member ) ) ) {
					throw Browser::refusal( 'wordpress.browser.mismatch' );
				}
			}
		}
	}

	/**
	 * The pin of an identity that was verified a moment ago; null for a did:web.
	 *
	 * @param string $did The DID.
	 */
	private function pin( string $did ): ?string {
		return 0 === strpos( $did, 'did:plc:' ) ? $this->plugin->pins()->load( $did ) : null;
	}

	/**
	 * Logs a refusal.
	 *
	 * @param string  $did     The DID.
	 * @param Refusal $refusal The refusal.
	 */
	private function logged( string $did, Refusal $refusal ): Refusal {
		$this->plugin->outcomes()->refused( $did, $refusal );
		return $refusal;
	}
}
