<?php
/**
 * A release as the client wants it.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Client;

use FedVerify\Release;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Refusal;
use FedVerify\WordPress\Verification\Claims;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Writes a release anew: Metadata_Shape.
 */
final class Release_Shape {

	private const IMAGES = 20;

	private const REQUIREMENTS = 50;

	/**
	 * One requirement. The client hands the operator to version_compare(), which throws where it is another.
	 */
	private const REQUIREMENT = '~\A(?:<=|>=|==|!=|<>|<|>|=)?\s*[0-9][0-9A-Za-z.+_-]{0,63}\z~';

	/**
	 * The release.
	 *
	 * @param Claims  $claims  The document.
	 * @param Release $release The release.
	 * @return array<string, mixed> To be written as JSON.
	 * @throws Refusal There is no package in it that could be fetched.
	 */
	public static function of( Claims $claims, Release $release ): array {
		$claimed   = self::claimed( $claims, $release->version() );
		$artifacts = array( 'package' => self::packages( $claimed, $release ) );
		foreach ( array( 'icon', 'banner' ) as $type ) {
			$images = self::images( Claims::artifacts( $claimed, $type ) );
			if ( array() !== $images ) {
				$artifacts[ $type ] = $images;
			}
		}
		return array(
			'version'   => $release->version(),
			'artifacts' => $artifacts,
			'requires'  => (object) self::requirements( $claimed['requires'] ?? null ),
			'suggests'  => (object) self::requirements( $claimed['suggests'] ?? null ),
		);
	}

	/**
	 * The release as PHP reads it.
	 *
	 * @param Claims $claims  The document.
	 * @param string $version Its version.
	 * @return array<mixed>
	 */
	private static function claimed( Claims $claims, string $version ): array {
		foreach ( $claims->releases() as $release ) {
			if ( ( $release['version'] ?? null ) === $version ) {
				return $release;
			}
		}
		return array();
	}

	/**
	 * The packages: those that the verifier lists, too, and that can be fetched.
	 *
	 * @param array<mixed> $claimed The release as PHP reads it.
	 * @param Release      $release The release.
	 * @return array<array<string, mixed>>
	 * @throws Refusal There is none.
	 */
	private static function packages( array $claimed, Release $release ): array {
		$listed   = array_column( $release->artifacts(), 'url' );
		$packages = array();
		foreach ( Claims::artifacts( $claimed, 'package' ) as $artifact ) {
			$url = Value::url( $artifact['url'] ?? null );
			if ( '' === $url || ! in_array( $url, $listed, true ) ) {
				continue;
			}
			$packages[] = array(
				'url'           => $url,
				'content-type'  => self::media_type( $artifact, 'application/zip' ),
				'signature'     => self::signature( $artifact['signature'] ?? null ),
				'lang'          => Value::of_form( $artifact['lang'] ?? null, '~\A[a-z0-9-]{1,35}\z~i' ),
				'checksum'      => Value::of_form( $artifact['checksum'] ?? null, '~\A[a-z0-9]{1,16}:[0-9a-f]{1,128}\z~i' ),
				'release-asset' => true === ( $artifact['release-asset'] ?? null ),
				'requires-auth' => true === ( $artifact['requires-auth'] ?? null ),
			);
		}
		if ( array() === $packages ) {
			/* translators: 1: a version, 2: a DID. */
			$message = __( 'Release %1$s of %2$s has no package with a valid https URL.', 'fedverify' );
			throw Refusal::rejected( 'fair.artifact.missing', sprintf( $message, Plain_Text::word( $release->version() ), $release->did() ) );
		}
		return $packages;
	}

	/**
	 * A signature that can be decoded; empty where it is none. The client decodes it without looking, the verifier judges it later.
	 *
	 * @param mixed $value Anything.
	 */
	private static function signature( $value ): string {
		$signature = Value::of_form( $value, '~\A[A-Za-z0-9_-]{1,200}\z~' );
		$bytes     = base64_decode( strtr( $signature, '-_', '+/' ), true ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode -- A signature.
		$again     = false === $bytes ? '' : rtrim( strtr( base64_encode( $bytes ), '+/', '-_' ), '=' ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- As above.
		return $again === $signature ? $signature : '';
	}

	/**
	 * Icons or banners.
	 *
	 * @param array<array<mixed>> $artifacts As PHP reads them.
	 * @return array<array<string, mixed>>
	 */
	private static function images( array $artifacts ): array {
		$images = array();
		foreach ( array_slice( $artifacts, 0, self::IMAGES ) as $artifact ) {
			$url = Value::url( $artifact['url'] ?? null );
			if ( '' !== $url ) {
				$images[] = array(
					'url'          => $url,
					'content-type' => self::media_type( $artifact, '' ),
					'width'        => Value::number( $artifact['width'] ?? null ),
					'height'       => Value::number( $artifact['height'] ?? null ),
					'lang'         => Value::of_form( $artifact['lang'] ?? null, '~\A[a-z0-9-]{1,35}\z~i' ),
				);
			}
		}
		return $images;
	}

	/**
	 * The media type of an artifact.
	 *
	 * @param array<mixed> $artifact As PHP reads it.
	 * @param string       $missing  Where it has none.
	 */
	private static function media_type( array $artifact, string $missing ): string {
		$type = Value::of_form( $artifact['content-type'] ?? null, '~\A[a-z0-9.+-]{1,63}/[a-z0-9.+-]{1,63}\z~i' );
		return '' === $type ? $missing : $type;
	}

	/**
	 * What a release requires or suggests.
	 *
	 * @param mixed $value Anything.
	 * @return array<string, string>
	 */
	private static function requirements( $value ): array {
		$requirements = array();
		foreach ( is_array( $value ) ? $value : array() as $name => $versions ) {
			$name  = Value::of_form( $name, '~\A[a-z][a-z0-9:._/-]{0,127}\z~i' );
			$parts = array_map( 'trim', explode( ',', Value::line( $versions ) ) );
			$parts = preg_grep( self::REQUIREMENT, $parts );
			if ( '' !== $name && array() !== $parts && count( $requirements ) < self::REQUIREMENTS ) {
				$requirements[ $name ] = implode( ', ', $parts );
			}
		}
		return $requirements;
	}
}
