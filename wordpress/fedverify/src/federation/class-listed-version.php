<?php
/**
 * A version of a plugin, as a node lists it.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\Version;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * What a node claims of a version. Nothing of it is believed: the publisher's signature is checked over id, name, version and
 * description, and the bytes are.
 */
final class Listed_Version {

	/**
	 * How long the strings may be, in bytes. Nodes list names of up to 500 characters and descriptions of up to 5,000, of four
	 * bytes each at most.
	 */
	private const LONGEST = array(
		'id'          => 255,
		'name'        => 2000,
		'version'     => 128,
		'description' => 20000,
		'signature'   => 200,
		'sha384'      => 96,
		'public_key'  => 1000,
		'node'        => 2000,
	);

	/**
	 * The strings, doubts among them, and archive_signature and source_public_key, which may be null.
	 *
	 * @var array<string, string|null>
	 */
	private $values;

	/**
	 * Made by of().
	 *
	 * @param array<string, string|null> $values Checked.
	 */
	private function __construct( array $values ) {
		$this->values = $values;
	}

	/**
	 * Reads one.
	 *
	 * @param mixed  $entry  What a node lists, or what to_array() gave.
	 * @param string $node   The node's URL.
	 * @param string $plugin The plugin's id.
	 * @return self|null Null where it cannot be used, or is of another plugin.
	 */
	public static function of( $entry, string $node, string $plugin ): ?self {
		if ( ! is_array( $entry ) || null !== ( $entry['withdrawn_at'] ?? null ) ) {
			return null;
		}
		$entry  = array( 'node' => $node ) + $entry;
		$values = array(
			'archive_signature' => null,
			'source_public_key' => self::source_key( $entry ),
			'doubts'            => is_string( $entry['doubts'] ?? null ) ? $entry['doubts'] : '',
		);
		foreach ( self::LONGEST as $name => $longest ) {
			if ( ! is_string( $entry[ $name ] ?? null ) || strlen( $entry[ $name ] ) > $longest ) {
				return null;
			}
			$values[ $name ] = $entry[ $name ];
		}
		$signature = $entry['archive_signature'] ?? null;
		if ( null !== $signature ) {
			if ( ! is_string( $signature ) || strlen( $signature ) > self::LONGEST['signature'] ) {
				return null;
			}
			$values['archive_signature'] = $signature;
		}
		return $values['id'] === $plugin && self::is_usable( $values ) ? new self( $values ) : null;
	}

	/**
	 * Reads one that the node says it has withdrawn: it hands the archive out no more.
	 *
	 * @param mixed  $entry  What a node lists.
	 * @param string $node   The node's URL.
	 * @param string $plugin The plugin's id.
	 * @return self|null Null where it is not withdrawn, and as of().
	 */
	public static function of_withdrawn( $entry, string $node, string $plugin ): ?self {
		$is_withdrawn = is_array( $entry ) && null !== ( $entry['withdrawn_at'] ?? null );
		return $is_withdrawn ? self::of( array( 'withdrawn_at' => null ) + $entry, $node, $plugin ) : null;
	}

	/**
	 * The key that a source has today, as a node says. Older nodes say only by which key each version was signed.
	 *
	 * @param array $entry What a node lists.
	 * @return string|null Null where it does not say.
	 */
	public static function source_key( array $entry ): ?string {
		$key = $entry['source_public_key'] ?? null;
		return is_string( $key ) && strlen( $key ) <= self::LONGEST['public_key'] ? $key : null;
	}

	/**
	 * Whether the strings have the form that they must have.
	 *
	 * @param array<string, string|null> $values The strings.
	 */
	private static function is_usable( array $values ): bool {
		return Source_Id::is_plugin( (string) $values['id'] )
			&& Plain_Text::is_version( (string) $values['version'] )
			&& 1 === preg_match( '/\A[0-9a-f]{96}\z/', (string) $values['sha384'] );
	}

	/**
	 * The plugin's id.
	 */
	public function id(): string {
		return (string) $this->values['id'];
	}

	/**
	 * The plugin's name.
	 */
	public function name(): string {
		return (string) $this->values['name'];
	}

	/**
	 * The version.
	 */
	public function version(): string {
		return (string) $this->values['version'];
	}

	/**
	 * What the plugin does, in the publisher's words.
	 */
	public function description(): string {
		return (string) $this->values['description'];
	}

	/**
	 * What the publisher is said to have signed, for the verifier.
	 */
	public function record(): string {
		$signed = array_intersect_key( $this->values, array_flip( array( 'id', 'name', 'version', 'description' ) ) );
		return (string) wp_json_encode( $signed );
	}

	/**
	 * The signature over that.
	 */
	public function signature(): string {
		return (string) $this->values['signature'];
	}

	/**
	 * The signature over the archive; null where there is none.
	 */
	public function archive_signature(): ?string {
		return $this->values['archive_signature'];
	}

	/**
	 * The digest of the archive, as the node says: lower-case hexadecimal.
	 */
	public function sha384(): string {
		return (string) $this->values['sha384'];
	}

	/**
	 * The key that the node shows of the publisher: the one of today where it says it, or the one by which this version was signed.
	 */
	public function shown_key(): string {
		return $this->values['source_public_key'] ?? (string) $this->values['public_key'];
	}

	/**
	 * Whether the node says that it was signed by another key: an earlier one, or a later one.
	 *
	 * @param string $did_key The key, as Publisher_Key::did_key() gives it.
	 */
	public function is_by_other( string $did_key ): bool {
		// What names no key is judged by the key that is trusted.
		return ! in_array( $this->signer(), array( null, $did_key ), true );
	}

	/**
	 * The key by which it was signed, as the node says.
	 *
	 * @return string|null A did:key; null where it names none.
	 */
	public function signer(): ?string {
		try {
			return Publisher_Key::read( (string) $this->values['public_key'] )->did_key();
		} catch ( Refusal $no_key ) {
			return null;
		}
	}

	/**
	 * What the node doubts, as Doubts::codes() gives it.
	 */
	public function doubts(): string {
		return (string) $this->values['doubts'];
	}

	/**
	 * The node's URL.
	 */
	public function node(): string {
		return (string) $this->values['node'];
	}

	/**
	 * What tells it from other versions, other bytes and what other nodes list.
	 */
	public function fingerprint(): string {
		return substr( hash( 'sha256', $this->node() . "\n" . $this->version() . "\n" . $this->sha384() ), 0, 32 );
	}

	/**
	 * Below 0, 0 or above 0, as this version is lower than, equal to or higher than another one.
	 *
	 * @param string $version The other one.
	 * @throws \FedVerify\Exception `fair.version.invalid`: one of them has no order.
	 */
	public function compared_with( string $version ): int {
		return Version::compare( $this->version(), $version );
	}

	/**
	 * What of() takes.
	 *
	 * @return array<string, string|null>
	 */
	public function to_array(): array {
		return $this->values;
	}
}
