<?php
/**
 * What is handed to browsers.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Browser;

use FedVerify\Core\Did;
use FedVerify\Core\PlcDid;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;
use FedVerify\WordPress\Verification\Archives;
use FedVerify\WordPress\Verification\Metadata;


if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Fetches what a browser is to verify, and holds it. Only for identities that this site has to do with, and only from where the
 * directory, and then the verified identity, say: no URL comes from the browser.
 */
final class Hand_Out {

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
	 * Begins the verification of an identity: fetches its log, or its document.
	 *
	 * @param string $did The DID.
	 * @return array<string, mixed> What the browser needs beside the bytes.
	 * @throws Refusal `wordpress.browser.not_asked`, or it cannot be fetched.
	 */
	public function begin( string $did ): array {
		if ( null === $this->plugin->installed()->by_did( $did ) && ! isset( $this->plugin->browser()->wanted()[ $did ] ) ) {
			throw Browser::refusal( 'wordpress.browser.not_asked' );
		}
		$entry = array(
			'did' => $did,
			'now' => time(),
		);
		try {
			$is_log         = Did::parse( $did ) instanceof PlcDid;
			$pin            = $is_log ? $this->plugin->pins()->load( $did ) : null;
			$bytes          = $is_log ? $this->plugin->resolver()->directories()->log( $did ) : $this->plugin->resolver()->web_document( $did );
			$entry['files'] = array( 'log' => Held_File::of_bytes( $bytes ) );
		} catch ( \Throwable $thrown ) {
			$refusal = Refusal::from( $thrown );
			$this->plugin->outcomes()->identity_refused( $did, $refusal );
			throw $refusal;
		}
		return array(
			'ticket'   => $this->tickets->open( Browser::LOG, $entry ),
			'did'      => $did,
			'evidence' => $is_log ? 'log' : 'document',
			'pin'      => $pin,
			'now'      => $entry['now'],
		);
	}

	/**
	 * Fetches the archive that waits for an identity, if one does.
	 *
	 * @param string   $ticket   The ticket, which was taken.
	 * @param array    $entry    What it is about.
	 * @param Metadata $metadata The metadata, which was judged.
	 * @return array<string, mixed>|null What the browser needs beside the bytes; null where nothing waits.
	 * @throws Refusal It cannot be fetched, or must not be installed.
	 */
	public function archive( string $ticket, array $entry, Metadata $metadata ): ?array {
		$did    = $entry['did'];
		$wanted = $this->plugin->held()->get( $did ) ?? $this->plugin->browser()->wanted()[ $did ] ?? null;
		if ( null === $wanted || empty( $entry['package'] ) ) {
			return null;
		}
		$release   = $metadata->latest();
		$artifact  = Metadata::artifact( $release, (string) $wanted['url'] ) ?? $release->artifacts()[0] ?? null;
		$installed = $this->plugin->installed()->by_did( $did );
		if ( null === $artifact ) {
			throw Browser::refusal( 'wordpress.foreign_url' );
		}
		$options = array(
			'kind'      => (string) $wanted['kind'],
			'installed' => null === $installed ? null : $installed->version(),
		);
		Archives::check( $release->type(), $release->version(), $options );
		$response = $this->plugin->fetcher()->get_archive( $artifact['url'], Archives::PACKAGE_BYTES, Archives::fetching( $artifact ) );
		$entry    = array(
			'url'     => $artifact['url'],
			'version' => $release->version(),
		) + $entry;

		$entry['files']['archive'] = Held_File::of_response( $response );
		$this->tickets->put( $ticket, Browser::ARCHIVE, $entry );
		return array(
			'url'     => $entry['url'],
			'version' => $entry['version'],
			'bytes'   => $entry['files']['archive']['bytes'],
		);
	}
}
