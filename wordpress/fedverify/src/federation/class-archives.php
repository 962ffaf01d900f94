<?php
/**
 * Verifies archives of the federation.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\ArchiveSignature;
use FedVerify\Pfn;
use FedVerify\PrivateCopy;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Has the publisher's signature over the record checked, and the bytes: by the publisher's signature over them, or by the
 * digest that an earlier visit recorded. Bytes that nothing binds are held, unless the owner allows them.
 */
final class Archives {

	/**
	 * The keys.
	 *
	 * @var Publishers
	 */
	private $publishers;

	/**
	 * The digests.
	 *
	 * @var Digests
	 */
	private $digests;

	/**
	 * Makes one.
	 *
	 * @param Publishers $publishers The keys.
	 * @param Digests    $digests    The digests.
	 */
	public function __construct( Publishers $publishers, Digests $digests ) {
		$this->publishers = $publishers;
		$this->digests    = $digests;
	}

	/**
	 * Checks, before anything is downloaded, that the publisher signed the record, and the digest that is listed where a signature
	 * over the archive is, and that the version had no other bytes before: what another node lists may pass.
	 *
	 * @param Source_Id      $source The source.
	 * @param Listed_Version $listed The version, as a node lists it.
	 * @throws Refusal The verifier's codes, and those of Publishers and Digests.
	 */
	public function check_record( Source_Id $source, Listed_Version $listed ): void {
		$key = $this->publishers->trusted( $source )->key();
		try {
			Pfn::verifyPlugin( $key, $listed->record(), $listed->signature() );
			self::check_listed_digest( $key, $listed );
		} catch ( \FedVerify\Exception $failure ) {
			throw Refusal::from( $failure );
		}
		$this->digests->knows( $source, $listed->id(), $listed->version(), $listed->sha384() );
	}

	/**
	 * Checks the signature over the archive, where there is one, by the digest that is listed.
	 *
	 * @param string         $key    The key.
	 * @param Listed_Version $listed The version.
	 * @throws \FedVerify\Exception `pfn.archive.signature_invalid`, `pfn.signature.encoding`.
	 */
	private static function check_listed_digest( string $key, Listed_Version $listed ): void {
		if ( null !== $listed->archive_signature() ) {
			ArchiveSignature::verify( $key, $listed->sha384(), $listed->archive_signature() );
		}
	}

	/**
	 * Holds a version whose bytes nothing can bind, before they are downloaded.
	 *
	 * @param Source_Id      $source The source.
	 * @param Listed_Version $listed The version, as a node lists it.
	 * @throws Refusal `wordpress.held.unsigned`.
	 */
	public function check_binding( Source_Id $source, Listed_Version $listed ): void {
		if ( null === $listed->archive_signature() ) {
			$this->binding( $source, $listed, false );
		}
	}

	/**
	 * Verifies an archive.
	 *
	 * @param Source_Id      $source    The source.
	 * @param Listed_Version $listed    The version, as a node lists it.
	 * @param PrivateCopy    $copy      The archive.
	 * @param string|null    $installed The version below which nothing is installed.
	 * @throws Refusal The verifier's codes; `pin.downgrade`, `wordpress.held.unsigned`; those of Publishers and Digests.
	 */
	public function verify( Source_Id $source, Listed_Version $listed, PrivateCopy $copy, ?string $installed ): Federated_Archive {
		$key = $this->publishers->trusted( $source )->key();
		$this->check_before( $listed, $installed );
		try {
			// Again, of a digest that is text: an older extension or command takes it.
			self::check_listed_digest( $key, $listed );
			$report = Pfn::verifyPlugin( $key, $listed->record(), $listed->signature(), $copy->path(), $listed->archive_signature() );
		} catch ( \FedVerify\Exception $failure ) {
			throw Refusal::from( $failure );
		}
		$this->check_listed( $listed, $copy );
		$is_signed = isset( $report->package()['key'] );
		return new Federated_Archive( $copy, $report, $source, $listed, $this->binding( $source, $listed, $is_signed ) );
	}

	/**
	 * Refuses to go below what is installed, before anything is downloaded.
	 *
	 * @param Listed_Version $listed    The version.
	 * @param string|null    $installed The version that is installed.
	 * @throws Refusal `pin.downgrade`, `fair.version.invalid`.
	 */
	public function check_before( Listed_Version $listed, ?string $installed ): void {
		try {
			$is_below = null !== $installed && $listed->version() !== $installed && $listed->compared_with( $installed ) < 0;
		} catch ( \FedVerify\Exception $failure ) {
			throw Refusal::from( $failure );
		}
		if ( $is_below ) {
			/* translators: 1: a version, 2: another version. */
			$message = __( 'Version %1$s is below the version %2$s, which is installed.', 'fedverify' );
			throw Refusal::rejected( 'pin.downgrade', sprintf( $message, $listed->version(), Plain_Text::word( $installed ) ) );
		}
	}

	/**
	 * Refuses bytes that are not those that the node lists.
	 *
	 * @param Listed_Version $listed The version.
	 * @param PrivateCopy    $copy   The archive.
	 * @throws Refusal `wordpress.federation.other_bytes`.
	 */
	private function check_listed( Listed_Version $listed, PrivateCopy $copy ): void {
		if ( ! hash_equals( $listed->sha384(), $copy->sha384() ) ) {
			/* translators: 1: the URL of a node, 2: a digest, 3: a digest. */
			$message = __( '%1$s lists an archive whose SHA-384 is %2$s…, but %3$s… was found.', 'fedverify' );
			$message = sprintf( $message, Plain_Text::word( $listed->node() ), substr( $listed->sha384(), 0, 16 ), substr( $copy->sha384(), 0, 16 ) );
			throw Refusal::rejected( 'wordpress.federation.other_bytes', $message );
		}
	}

	/**
	 * What binds the bytes.
	 *
	 * @param Source_Id      $source    The source.
	 * @param Listed_Version $listed    The version, whose digest is that of the bytes.
	 * @param bool           $is_signed Whether the publisher signed them.
	 * @throws Refusal `wordpress.federation.other_bytes`, `wordpress.held.unsigned`.
	 */
	private function binding( Source_Id $source, Listed_Version $listed, bool $is_signed ): string {
		$is_known = $this->digests->knows( $source, $listed->id(), $listed->version(), $listed->sha384() );
		if ( $is_signed ) {
			return Federated_Archive::SIGNED;
		}
		// What was recorded because the owner allowed it then, is bound by nothing but that.
		if ( $is_known && ! $this->digests->is_unsigned( $source, $listed->id(), $listed->version() ) ) {
			return Federated_Archive::RECORDED;
		}
		if ( $this->publishers->trusted( $source )->allows_unsigned() ) {
			return Federated_Archive::UNSIGNED;
		}
		/* translators: 1: a version, 2: the name of a plugin and its source. */
		$message = __( 'The publisher signed the name and the version of %2$s %1$s, but not the archive.', 'fedverify' );
		throw Refusal::held( 'wordpress.held.unsigned', sprintf( $message, $listed->version(), $source->of_plugin( $listed->id() ) ) );
	}

	/**
	 * Remembers the bytes of a version, once the archive was found to name the same source.
	 *
	 * @param Federated_Archive $archive The archive.
	 * @throws Refusal `wordpress.federation.other_bytes`; the database failed.
	 */
	public function remember( Federated_Archive $archive ): void {
		$this->digests->remember( $archive->source(), $archive->plugin(), $archive->facts() );
	}
}
