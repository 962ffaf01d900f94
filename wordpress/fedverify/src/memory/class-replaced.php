<?php
/**
 * What an update replaced.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Memory;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * What was verified of an installed version has beside it what was verified of the one before, for updates that WordPress undoes.
 */
final class Replaced {

	/**
	 * What to keep of a version that was installed.
	 *
	 * @param array      $facts  What was verified of it.
	 * @param array|null $before What is kept of the version before, if anything is. Of what that replaced, nothing is kept any more.
	 */
	public static function kept_beside( array $facts, ?array $before ): array {
		unset( $before['replaced'] );
		return null === $before ? $facts : $facts + array( 'replaced' => $before );
	}

	/**
	 * What was verified of the version before.
	 *
	 * @param array|null $facts   What is kept.
	 * @param string     $version The version that is on disk now.
	 * @return array|null Null where that is another version, or nothing was verified of it.
	 */
	public static function before( ?array $facts, string $version ): ?array {
		$before = $facts['replaced'] ?? null;
		return is_array( $before ) && ( $before['version'] ?? null ) === $version ? $before : null;
	}
}
