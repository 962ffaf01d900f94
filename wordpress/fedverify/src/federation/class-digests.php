<?php
/**
 * Which bytes a version has.
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
 * Remembers the digest of each version that was accepted, by source, plugin and version, until the owner takes it back. Other
 * bytes for the same version are refused, whoever signed them.
 */
final class Digests {

	/**
	 * The rows.
	 *
	 * @var Records
	 */
	private $records;

	/**
	 * Makes one.
	 *
	 * @param Records $records The rows.
	 */
	public function __construct( Records $records ) {
		$this->records = $records;
	}

	/**
	 * What is remembered of a version.
	 *
	 * @param Source_Id $source  The source.
	 * @param string    $plugin  The plugin's id.
	 * @param string    $version The version, in any spelling.
	 * @return array|null sha256, sha384, version, binding, key, at; null where it is a new one.
	 * @throws Refusal The database failed, or what it holds is damaged.
	 */
	public function get( Source_Id $source, string $plugin, string $version ): ?array {
		$known = $this->records->get( Records::DIGEST, self::name( $source, $plugin, $version ) );
		if ( null !== $known && ! is_string( $known['sha384'] ?? null ) ) {
			throw Refusal::undetermined( 'wordpress.memory.damaged', __( 'The stored record of a version’s bytes is incomplete.', 'fedverify' ) );
		}
		return $known;
	}

	/**
	 * Those that were remembered last.
	 *
	 * @param int $limit How many at most.
	 * @return array<string, array> As get() gives them, by the names that forget() takes; empty where one is damaged.
	 * @throws Refusal The database failed.
	 */
	public function newest( int $limit ): array {
		return $this->records->newest( Records::DIGEST, $limit );
	}

	/**
	 * The owner takes back that a version had these bytes: the next ones that are accepted are remembered in their place.
	 *
	 * @param string $name Its name: as `alice@plugins.example#hello 1.0.0`.
	 * @return bool Whether there was one.
	 * @throws Refusal The database failed.
	 */
	public function forget( string $name ): bool {
		return $this->records->remove( Records::DIGEST, $name );
	}

	/**
	 * Compares bytes with those that a version had before.
	 *
	 * @param Source_Id $source  The source.
	 * @param string    $plugin  The plugin's id.
	 * @param string    $version The version.
	 * @param string    $sha384  The digest of the bytes, in hexadecimal.
	 * @return bool Whether they are known; if not, the version is a new one.
	 * @throws Refusal `wordpress.federation.other_bytes`; the database failed.
	 */
	public function knows( Source_Id $source, string $plugin, string $version, string $sha384 ): bool {
		$known = $this->get( $source, $plugin, $version );
		if ( null !== $known && ! hash_equals( $known['sha384'], $sha384 ) ) {
			/* translators: 1: a version, 2: the name of a plugin and its source, 3: a digest, 4: a digest. */
			$message = __( 'Version %1$s of %2$s had other bytes before: the SHA-384 was %3$s… and is now %4$s….', 'fedverify' );
			$message = sprintf( $message, $version, $source->of_plugin( $plugin ), Plain_Text::word( substr( $known['sha384'], 0, 16 ) ), substr( $sha384, 0, 16 ) );
			throw Refusal::rejected( 'wordpress.federation.other_bytes', $message );
		}
		return null !== $known;
	}

	/**
	 * Whether the bytes of a version were recorded without a signature over them.
	 *
	 * @param Source_Id $source  The source.
	 * @param string    $plugin  The plugin's id.
	 * @param string    $version The version.
	 * @throws Refusal The database failed.
	 */
	public function is_unsigned( Source_Id $source, string $plugin, string $version ): bool {
		return Federated_Archive::UNSIGNED === ( $this->get( $source, $plugin, $version )['binding'] ?? '' );
	}

	/**
	 * Remembers the bytes of a version. Those that are remembered already stay.
	 *
	 * @param Source_Id $source The source.
	 * @param string    $plugin The plugin's id.
	 * @param array     $facts  version, sha256, sha384, binding, key.
	 * @throws Refusal `wordpress.federation.other_bytes`: another request came first with others; the database failed.
	 */
	public function remember( Source_Id $source, string $plugin, array $facts ): void {
		$is_new = $this->records->add( Records::DIGEST, self::name( $source, $plugin, $facts['version'] ), $facts + array( 'at' => time() ) );
		if ( ! $is_new && ! $this->knows( $source, $plugin, $facts['version'], $facts['sha384'] ) ) {
			// It is there and cannot be read, as from a copy of the database that lags.
			throw Refusal::undetermined( 'wordpress.memory.failed', __( 'The stored record of a version’s bytes cannot be read.', 'fedverify' ) );
		}
	}

	/**
	 * The name of a version's row. A version is its number, not its spelling.
	 *
	 * @param Source_Id $source  The source.
	 * @param string    $plugin  The plugin's id.
	 * @param string    $version The version.
	 * @throws Refusal `fair.version.invalid`.
	 */
	private static function name( Source_Id $source, string $plugin, string $version ): string {
		try {
			return $source->of_plugin( $plugin ) . ' ' . Version::number( $version );
		} catch ( \FedVerify\Exception $invalid ) {
			throw Refusal::from( $invalid );
		}
	}
}
