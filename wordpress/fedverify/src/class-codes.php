<?php
/**
 * The codes that the plugin itself gives.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress;

use FedVerify\Code;
use FedVerify\Core\Tables\Codes as LibraryCodes;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * What each code means and what to do about it. The verifier's codes have theirs in FedVerify\Code, but for remedies that are not in
 * the hands of a site's owner.
 */
final class Codes {

	/**
	 * What a code means, in one line.
	 *
	 * @param string $code The stable code.
	 */
	public static function meaning( string $code ): string {
		$own = self::table();
		if ( isset( $own[ $code ] ) ) {
			return $own[ $code ][0];
		}
		return isset( LibraryCodes::MEANINGS[ $code ] ) ? Code::meaning( $code ) : $own['wordpress.internal'][0];
	}

	/**
	 * What to do about it, in one line.
	 *
	 * @param string $code The stable code.
	 * @param string $said What the refusal itself says to do, which counts where it fits here; empty where it says nothing.
	 */
	public static function remedy( string $code, string $said = '' ): string {
		$fitting = self::remedies()[ $code ] ?? $said;
		if ( '' !== $fitting ) {
			return $fitting;
		}
		$own = self::table();
		if ( isset( $own[ $code ] ) ) {
			return $own[ $code ][1];
		}
		return isset( LibraryCodes::REMEDIES[ $code ] ) ? Code::remedy( $code ) : $own['wordpress.internal'][1];
	}

	/**
	 * What to do about codes of the verifier where WordPress downloads, and the limits and the pins are the plugin's.
	 *
	 * @return array<string, string> By code.
	 */
	private static function remedies(): array {
		$download = __( 'Do not install it. Try the update again later: WordPress downloads the archive anew. If the error persists, tell the publisher.', 'fedverify' );
		$large    = __( 'Do not install it. Tell the publisher: this is larger than any verifier accepts by default.', 'fedverify' );
		$limits   = array( 'input.too_large', 'input.too_many_values', 'plc.log.too_long', 'plc.log.too_much_work', 'plc.operation.too_large', 'plc.operation.too_many_members', 'fair.artifact.too_many', 'fair.too_much_work', 'pin.too_large' );
		return array(
			'fair.checksum.mismatch' => $download,
			'pfn.archive.unreadable' => $download,
			'pin.downgrade'          => __( 'Do not install it. If you want the older version, download it from the publisher and upload it: it is then verified, too.', 'fedverify' ),
			'pin.nullification_late' => __( 'Do not install it before the publisher has confirmed the recovery by other means. Then forget the identity (wp fedverify pin forget) and verify it again.', 'fedverify' ),
			'io.memory'              => __( 'Raise memory_limit of PHP, or ask your host to. What is installed stays as it is.', 'fedverify' ),
		) + array_fill_keys( $limits, $large );
	}

	/**
	 * The plugin's own codes.
	 *
	 * @return array<string, array{0: string, 1: string}> The meaning and the remedy, by code.
	 */
	public static function table(): array {
		return array_merge( self::internal(), self::held(), self::foreign(), self::packages(), self::federation(), self::network(), self::browser() );
	}

	/**
	 * About the plugin itself and its memory.
	 *
	 * @return array<string, array{0: string, 1: string}>
	 */
	private static function internal(): array {
		return array(
			'wordpress.internal'       => array(
				__( 'fedverify failed. Nothing was verified.', 'fedverify' ),
				__( 'Report this with the message. Do not install the package until it is fixed.', 'fedverify' ),
			),
			'wordpress.memory.failed'  => array(
				__( 'The database could not be read or written, so what earlier visits learned is not known.', 'fedverify' ),
				__( 'Check the database and its tables, then try again.', 'fedverify' ),
			),
			'wordpress.memory.damaged' => array(
				__( 'What was remembered of this identity is damaged in the database.', 'fedverify' ),
				__( 'Restore the table from a backup. If there is none, forget the identity (wp fedverify pin forget) and verify it again.', 'fedverify' ),
			),
			'wordpress.memory.lost'    => array(
				__( 'A table of fedverify was missing and was created again. What earlier visits learned is lost.', 'fedverify' ),
				__( 'If you did not remove the table, restore it from a backup. Otherwise try again: the next visit is a first one.', 'fedverify' ),
			),
		);
	}

	/**
	 * About updates that wait.
	 *
	 * @return array<string, array{0: string, 1: string}>
	 */
	private static function held(): array {
		return array(
			'wordpress.held.fresh_key'        => array(
				__( 'The update is signed by a key so new that the owner of the identity can still undo it.', 'fedverify' ),
				__( 'Wait, or read what changed and install the update yourself.', 'fedverify' ),
			),
			'wordpress.held.no_backend'       => array(
				__( 'This server cannot verify packages by itself.', 'fedverify' ),
				__( 'Open the fedverify page in the dashboard to verify in your browser, or ask your host for the PHP extension openssl.', 'fedverify' ),
			),
			'wordpress.held.unsigned'         => array(
				__( 'The publisher did not sign the archive, so nothing says which bytes it must have.', 'fedverify' ),
				__( 'Ask the publisher to sign archives, or allow archives without a signature for this publisher on the federation page.', 'fedverify' ),
			),
			'wordpress.held.not_verified_yet' => array(
				__( 'This identity has not been verified yet.', 'fedverify' ),
				__( 'Open the fedverify page in the dashboard, or wait for the next scheduled check.', 'fedverify' ),
			),
		);
	}

	/**
	 * About what comes from somewhere else than the release.
	 *
	 * @return array<string, array{0: string, 1: string}>
	 */
	private static function foreign(): array {
		return array(
			'wordpress.foreign_offer'       => array(
				__( 'The update that was offered is not part of the verified release.', 'fedverify' ),
				__( 'Do not install it. Updates of this package come from its publisher only.', 'fedverify' ),
			),
			'wordpress.foreign_translation' => array(
				__( 'The translation that was offered is not part of the verified release.', 'fedverify' ),
				__( 'Do not install it: translations are program code. Ask the publisher to ship them in the package.', 'fedverify' ),
			),
			'wordpress.foreign_url'         => array(
				__( 'The URL to download from is not that of the verified release.', 'fedverify' ),
				__( 'Do not install it. Check for updates again, so that the URL of the release is used.', 'fedverify' ),
			),
		);
	}

	/**
	 * About what is in an archive.
	 *
	 * @return array<string, array{0: string, 1: string}>
	 */
	private static function packages(): array {
		return array(
			'wordpress.package_mismatch'  => array(
				__( 'The archive names another identity or version than the verified release.', 'fedverify' ),
				__( 'Do not install it. Tell the publisher: the archive and its metadata must name the same.', 'fedverify' ),
			),
			'wordpress.unverified_source' => array(
				__( 'The archive names an identity but was not verified.', 'fedverify' ),
				__( 'Install the package by its identity, so that its archive is verified.', 'fedverify' ),
			),
			'wordpress.folder_taken'      => array(
				__( 'The archive would replace another package, which has an identity.', 'fedverify' ),
				__( 'Do not install it. If you want it instead of the other package, delete that one first.', 'fedverify' ),
			),
			'wordpress.version_invalid'   => array(
				__( 'The version is not plain text.', 'fedverify' ),
				__( 'Do not install it. Tell the publisher.', 'fedverify' ),
			),
		);
	}

	/**
	 * About the Plugin Federation Network.
	 *
	 * @return array<string, array{0: string, 1: string}>
	 */
	private static function federation(): array {
		return array(
			'wordpress.federation.source_invalid' => array(
				__( 'The header Federation Source does not name a source.', 'fedverify' ),
				__( 'Tell the publisher: a source is written as user@host, in lower case after the @.', 'fedverify' ),
			),
			'wordpress.federation.untrusted'      => array(
				__( 'This site trusts no key of the plugin’s publisher.', 'fedverify' ),
				__( 'Get the key from the publisher and trust it on the federation page.', 'fedverify' ),
			),
			'wordpress.federation.key_changed'    => array(
				__( 'A node shows a different key for the publisher than this site trusts.', 'fedverify' ),
				__( 'Ask the publisher whether the key was changed, and decide on the federation page. If you turned the key down before, paste it there to trust it. Until then only what the trusted key signed is installed.', 'fedverify' ),
			),
			'wordpress.federation.no_node'        => array(
				__( 'This site subscribes to no node.', 'fedverify' ),
				__( 'Add the URL of a node to the settings.', 'fedverify' ),
			),
			'wordpress.federation.slow_node'      => array(
				__( 'A node is slow, and has used up its share of the time.', 'fedverify' ),
				__( 'Nothing needs to be done: it is asked again. If it stays slow, remove it from the settings.', 'fedverify' ),
			),
			'wordpress.federation.not_listed'     => array(
				__( 'No node lists the plugin or this version of it.', 'fedverify' ),
				__( 'Check that a node mirrors the publisher, and that the folder of the plugin has the name that the publisher signs.', 'fedverify' ),
			),
			'wordpress.federation.long_list'      => array(
				__( 'A node lists more versions of the plugin than are read.', 'fedverify' ),
				__( 'If the node lists new versions first, nothing needs to be done. If a new version is missing, tell whoever runs the node.', 'fedverify' ),
			),
			'wordpress.federation.malformed'      => array(
				__( 'The response of a node cannot be used.', 'fedverify' ),
				__( 'Check the URL of the node. If it is right, tell whoever runs it.', 'fedverify' ),
			),
			'wordpress.federation.other_bytes'    => array(
				__( 'The archive is not the one that this version had before, or that the node lists.', 'fedverify' ),
				__( 'Do not install it. Ask the publisher: a version must never be released again with other bytes.', 'fedverify' ),
			),
		);
	}

	/**
	 * About fetching.
	 *
	 * @return array<string, array{0: string, 1: string}>
	 */
	private static function network(): array {
		return array(
			'network.private_address' => array(
				__( 'The host has an address in a private network.', 'fedverify' ),
				__( 'If this host is your own, allow it with the constant FEDVERIFY_ALLOW_PRIVATE.', 'fedverify' ),
			),
			'network.unresolvable'    => array(
				__( 'The name of the host has no address.', 'fedverify' ),
				__( 'Check that DNS works on this server, and try again later.', 'fedverify' ),
			),
			'network.insecure_url'    => array(
				__( 'The URL is not https.', 'fedverify' ),
				__( 'Ask the publisher to use https.', 'fedverify' ),
			),
			'network.failed'          => array(
				__( 'The server could not be reached or did not answer in time.', 'fedverify' ),
				__( 'Try again later. What is installed stays as it is.', 'fedverify' ),
			),
			'network.requires_auth'   => array(
				__( 'The package can be downloaded with credentials only.', 'fedverify' ),
				__( 'Download the archive from the publisher and upload it: it is then verified, too.', 'fedverify' ),
			),
			'network.status'          => array(
				__( 'The server answered with an error.', 'fedverify' ),
				__( 'Try again later. If it persists, ask the publisher.', 'fedverify' ),
			),
		);
	}

	/**
	 * About what administrators' browsers verify.
	 *
	 * @return array<string, array{0: string, 1: string}>
	 */
	private static function browser(): array {
		$again = __( 'Open the fedverify page in the dashboard and verify again.', 'fedverify' );
		return array(
			'wordpress.browser.session'        => array(
				__( 'Only an administrator who is logged in with a browser can verify in it.', 'fedverify' ),
				__( 'Log in to the dashboard with your browser.', 'fedverify' ),
			),
			'wordpress.browser.not_needed'     => array(
				__( 'This server verifies packages itself.', 'fedverify' ),
				__( 'There is nothing to do.', 'fedverify' ),
			),
			'wordpress.browser.not_asked'      => array(
				__( 'The package is neither installed nor being installed.', 'fedverify' ),
				__( 'Start the installation first.', 'fedverify' ),
			),
			'wordpress.browser.unknown_ticket' => array( __( 'Nothing was handed out under this ticket.', 'fedverify' ), $again ),
			'wordpress.browser.other_session'  => array( __( 'The ticket was handed out to another session.', 'fedverify' ), $again ),
			'wordpress.browser.used'           => array( __( 'The ticket has been used.', 'fedverify' ), $again ),
			'wordpress.browser.expired'        => array( __( 'The time to verify is over.', 'fedverify' ), $again ),
			'wordpress.browser.changed'        => array( __( 'What was handed out for verification is gone or has changed.', 'fedverify' ), $again ),
			'wordpress.browser.malformed'      => array( __( 'The report of the browser cannot be used.', 'fedverify' ), $again ),
			'wordpress.browser.mismatch'       => array( __( 'The report of the browser is not about what was handed out.', 'fedverify' ), $again ),
		);
	}
}
