<?php
/**
 * Updates that wait.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Policy;

use FedVerify\Version;
use FedVerify\WordPress\Browser\Browser;
use FedVerify\WordPress\Memory\Held;
use FedVerify\WordPress\Packages\Installed;
use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Automatic updates that are signed by a key whose owner can still undo it wait until that is over. So do those that
 * nobody can verify before an administrator comes.
 */
final class Fresh_Keys {

	/**
	 * For how long an identity's owner can undo a change, in seconds: did:plc, "Key Rotation & Account Recovery".
	 */
	private const RECOVERY_WINDOW = 259200;

	/**
	 * The one reason to wait that time takes away.
	 */
	private const IS_OVER_IN_TIME = 'wordpress.held.fresh_key';

	/**
	 * The updates that wait.
	 *
	 * @var Held
	 */
	private $held;

	/**
	 * The installed packages.
	 *
	 * @var Installed
	 */
	private $installed;

	/**
	 * Makes one.
	 *
	 * @param Held      $held      The updates that wait.
	 * @param Installed $installed The installed packages.
	 */
	public function __construct( Held $held, Installed $installed ) {
		$this->held      = $held;
		$this->installed = $installed;
	}

	/**
	 * An update has to wait.
	 *
	 * @param Package $package The installed package.
	 * @param string  $url     Where the update is.
	 * @param Refusal $refusal Why it waits.
	 */
	public function hold( Package $package, string $url, Refusal $refusal ): void {
		$release = null === $refusal->report() ? null : $refusal->report()->release();
		$record  = Plugin::get()->identities()->get( $package->did() );
		$offer   = null === $record ? null : $record->offer();
		$until   = $refusal->until();
		if ( null === $until && self::IS_OVER_IN_TIME === $refusal->error_code() ) {
			$until = time() + self::RECOVERY_WINDOW;
		}
		$this->held->hold(
			$package->did(),
			array(
				'kind'    => $package->kind(),
				'file'    => $package->file(),
				'name'    => $package->name(),
				'version' => (string) ( $release['version'] ?? $offer['version'] ?? '' ),
				'url'     => $url,
				'reason'  => $refusal->error_code(),
				'message' => $refusal->getMessage(),
				'until'   => $until,
			)
		);
	}

	/**
	 * Holds an automatic update back. Hooked to `auto_update_plugin` and `auto_update_theme`.
	 *
	 * @param mixed $update Whether it is updated automatically; null where only the interface asks.
	 * @param mixed $item   The update.
	 * @return mixed False where it waits.
	 */
	public function hold_back( $update, $item = null ) {
		if ( ! $update || ! Plugin::get()->settings()->is_enforcing() ) {
			return $update;
		}
		$package = $this->installed->of_update( $item );
		if ( null === $package || '' === $package->did() ) {
			return $update;
		}
		return $this->waits( $package->did(), $item->new_version ?? '' ) ? false : $update;
	}

	/**
	 * The updates that wait: none where refusals are only reported, whatever waited before.
	 *
	 * @return array<string, array> As Held::all() gives them.
	 * @throws Refusal The database failed.
	 */
	public function waiting(): array {
		return Plugin::get()->settings()->is_enforcing() ? $this->listed() : array();
	}

	/**
	 * The updates that were held and wait, or would where refusals are enforced. Not those that are installed by now, or a later version,
	 * in whatever way, nor those whose time is over: WordPress installs them with the next automatic updates.
	 *
	 * @return array<string, array> As Held::all() gives them.
	 * @throws Refusal The database failed.
	 */
	public function listed(): array {
		$listed = array();
		foreach ( $this->held->all() as $did => $update ) {
			$package = $this->installed->by_did( (string) $did );
			if ( null !== $package && ! self::is_over( $update ) && ! self::is_passed( (string) $update['version'], $package->version() ) ) {
				$listed[ $did ] = $update;
			}
		}
		return $listed;
	}

	/**
	 * Whether an update waited for a new key, and need not any more.
	 *
	 * @param array $held As Held::get() gives it.
	 */
	private static function is_over( array $held ): bool {
		$in_time = self::IS_OVER_IN_TIME === $held['reason'];
		return $in_time && ! ( Plugin::get()->settings()->waits_for_recovery_window() && time() < (int) $held['until'] );
	}

	/**
	 * Whether an update would change nothing any more. Where the versions have no order, it may.
	 *
	 * @param string $version   The version of the update.
	 * @param string $installed The version that is installed.
	 */
	private static function is_passed( string $version, string $installed ): bool {
		try {
			return $version === $installed || Version::compare( $version, $installed ) <= 0;
		} catch ( \FedVerify\Exception $unordered ) {
			return false;
		}
	}

	/**
	 * Whether an update of a package waits.
	 *
	 * @param string $did     Its DID.
	 * @param mixed  $version The version of the update.
	 */
	private function waits( string $did, $version ): bool {
		$held = $this->held->get( $did );
		if ( null === $held || ( '' !== $held['version'] && $held['version'] !== $version ) ) {
			return false;
		}
		if ( self::IS_OVER_IN_TIME === $held['reason'] ) {
			return ! self::is_over( $held );
		}
		return Browser::is_needed();
	}
}
