<?php
/**
 * Metadata as the client wants it.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Client;

use FedVerify\Release;
use FedVerify\WordPress\Refusal;
use FedVerify\WordPress\Verification\Claims;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Writes a metadata document anew, with the members that FAIR Connect and WordPress read, each of the type and form that they
 * rely on: most of them they use without looking. Markup stays what it is, text, which the client filters where it prints it.
 *
 * Of the releases only the latest is left, by the verifier's order: the client would take another one where its order differs.
 */
final class Metadata_Shape {

	private const CONTEXT = 'https://fair.pm/ns/metadata/v1';

	private const SECTIONS = 20;

	/**
	 * The longest section, and all of them together: WordPress filters their markup whenever it shows them.
	 */
	private const SECTION_BYTES      = 131072;
	private const ALL_SECTIONS_BYTES = 524288;

	private const PERSONS = 20;

	/**
	 * The client names folders after it, without looking.
	 */
	private const SLUG = '~\A[a-z0-9_](?:[a-z0-9._-]{0,98}[a-z0-9_-])?\z~i';

	private const EMAIL = '~\A[^\s<>"\'@?&]{1,64}@[a-z0-9.-]{1,200}\z~i';

	/**
	 * The document.
	 *
	 * @param string  $json   The document, which the verifier has accepted.
	 * @param Release $latest The latest release of it.
	 * @return array<string, mixed> To be written as JSON.
	 * @throws Refusal Nothing of it can be installed, or PHP has not enough memory.
	 */
	public static function of( string $json, Release $latest ): array {
		$claims  = new Claims( $json );
		$members = $claims->members();
		$slug    = self::slug( $members );
		return array(
			'@context'     => self::CONTEXT,
			'id'           => $latest->did(),
			'type'         => $latest->type(),
			'name'         => Value::line( $members['name'] ?? null ) ?: $slug, // phpcs:ignore Universal.Operators.DisallowShortTernary -- An empty name is none.
			'slug'         => $slug,
			'filename'     => self::filename( $members['filename'] ?? null, $latest->type(), $slug ),
			'license'      => Value::line( $members['license'] ?? null ),
			'description'  => Value::text( $members['description'] ?? null, self::SECTION_BYTES ),
			'keywords'     => self::keywords( $members['keywords'] ?? null ),
			'authors'      => self::authors( $members['authors'] ?? null ),
			'security'     => self::persons( $members['security'] ?? null ),
			'last_updated' => Value::of_form( $members['last_updated'] ?? null, '~\A[0-9][0-9TtZz:. +-]{0,39}\z~' ),
			'sections'     => (object) self::sections( $members['sections'] ?? null ),
			'releases'     => array( Release_Shape::of( $claims, $latest ) ),
		);
	}

	/**
	 * The slug; one that is made up where the document has none that can be the name of a folder.
	 *
	 * @param array<mixed> $members The members of the document.
	 */
	private static function slug( array $members ): string {
		$filename = $members['filename'] ?? null;
		$found    = array( $members['slug'] ?? null, is_string( $filename ) ? strtok( $filename, '/' ) : null );
		foreach ( $found as $slug ) {
			$slug = strtolower( Value::of_form( $slug, self::SLUG ) );
			if ( '' !== $slug && false === strpos( $slug, '..' ) ) {
				return $slug;
			}
		}
		return 'package';
	}

	/**
	 * The main file with its folder. The client takes it apart at the slash.
	 *
	 * @param mixed  $value Anything.
	 * @param string $type  The type of the package.
	 * @param string $slug  The slug.
	 */
	private static function filename( $value, string $type, string $slug ): string {
		$filename = Value::of_form( $value, '~\A[a-z0-9_][a-z0-9._-]{0,99}/[a-z0-9_][a-z0-9._-]{0,99}\z~i' );
		$default  = $slug . '/' . ( 'wp-theme' === $type ? 'style.css' : $slug . '.php' );
		return '' === $filename || false !== strpos( $filename, '..' ) || false !== strpos( $filename, './' ) ? $default : $filename;
	}

	/**
	 * The keywords.
	 *
	 * @param mixed $value Anything.
	 * @return string[]
	 */
	private static function keywords( $value ): array {
		$keywords = array();
		foreach ( array_slice( is_array( $value ) ? $value : array(), 0, 50 ) as $keyword ) {
			$keywords[] = Value::line( $keyword, 100 );
		}
		return array_values( array_filter( $keywords, 'strlen' ) );
	}

	/**
	 * The authors. The client takes name and URL of the first, whether there is one or not.
	 *
	 * @param mixed $value Anything.
	 * @return array<array<string, string>>
	 */
	private static function authors( $value ): array {
		$unnamed = array(
			'name' => '',
			'url'  => '',
		);
		$authors = array();
		foreach ( self::persons( $value ) as $person ) {
			$authors[] = $person + $unnamed;
		}
		return array() === $authors ? array( $unnamed ) : $authors;
	}

	/**
	 * Persons, with those of name, URL and e-mail that they have.
	 *
	 * @param mixed $value Anything.
	 * @return array<array<string, string>>
	 */
	private static function persons( $value ): array {
		$persons = array();
		foreach ( array_slice( Claims::arrays_in( $value ), 0, self::PERSONS ) as $person ) {
			$members   = array(
				'name'  => Value::line( $person['name'] ?? null ),
				'url'   => Value::url( $person['url'] ?? null ),
				'email' => Value::of_form( $person['email'] ?? null, self::EMAIL ),
			);
			$persons[] = array_filter( $members, 'strlen' );
		}
		return array_values( array_filter( $persons ) );
	}

	/**
	 * The sections.
	 *
	 * @param mixed $value Anything.
	 * @return array<string, string>
	 */
	private static function sections( $value ): array {
		$sections = array();
		$left     = self::ALL_SECTIONS_BYTES;
		foreach ( is_array( $value ) ? $value : array() as $name => $content ) {
			$name = Value::of_form( $name, '~\A[a-z][a-z0-9_-]{0,63}\z~i' );
			$text = Value::text( $content, min( self::SECTION_BYTES, $left ) );
			if ( '' !== $name && '' !== $text && count( $sections ) < self::SECTIONS ) {
				$sections[ $name ] = $text;
				$left             -= strlen( $text );
			}
		}
		return $sections;
	}
}
