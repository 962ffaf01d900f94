<?php
/**
 * A package that is installed.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Packages;

use FedVerify\WordPress\Network\Plain_Text;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * A plugin or theme whose header names an identity, or a source of the Plugin Federation Network.
 */
final class Package {

	private const TEXTS = array( 'kind', 'file', 'did', 'source', 'version', 'name', 'text_domain' );

	/**
	 * The values of the getters.
	 *
	 * @var array<string, string>
	 */
	private $values;

	/**
	 * Makes one.
	 *
	 * @param array<string, string> $values kind, file, did, source, version, name, text_domain.
	 */
	public function __construct( array $values ) {
		foreach ( self::TEXTS as $name ) {
			$this->values[ $name ] = isset( $values[ $name ] ) && is_string( $values[ $name ] ) ? $values[ $name ] : '';
		}
	}

	/**
	 * Is 'plugin' or 'theme'.
	 */
	public function kind(): string {
		return $this->values['kind'];
	}

	/**
	 * The plugin's file as WordPress names it (folder/file.php), or the theme's folder.
	 */
	public function file(): string {
		return $this->values['file'];
	}

	/**
	 * The identity as the header names it: it may be no DID at all.
	 */
	public function did(): string {
		return $this->values['did'];
	}

	/**
	 * The federation source as the header names it: it may be none at all.
	 */
	public function source(): string {
		return $this->values['source'];
	}

	/**
	 * What the plugin is known by where it has no DID but a federation source: the source and the plugin's id. Else the DID.
	 */
	public function identity(): string {
		return '' !== $this->did() || '' === $this->source() ? $this->did() : $this->source() . '#' . $this->slug();
	}

	/**
	 * Whether the header names a DID. What names something else is refused, not let through.
	 */
	public function has_valid_did(): bool {
		return Claim::is_valid( $this->did() );
	}

	/**
	 * The version in the header.
	 */
	public function version(): string {
		return $this->values['version'];
	}

	/**
	 * The name in the header, on one line.
	 */
	public function name(): string {
		$name = Plain_Text::line( $this->values['name'] );
		return '' === $name ? $this->file() : $name;
	}

	/**
	 * The folder, or the file's name where there is none.
	 */
	public function slug(): string {
		$slug = strtok( $this->file(), '/' );
		return basename( (string) $slug, '.php' );
	}

	/**
	 * The text domain: that of the header, else the slug.
	 */
	public function text_domain(): string {
		return '' === $this->values['text_domain'] ? $this->slug() : $this->values['text_domain'];
	}

	/**
	 * What the constructor takes.
	 *
	 * @return array<string, string>
	 */
	public function to_array(): array {
		return $this->values;
	}
}
