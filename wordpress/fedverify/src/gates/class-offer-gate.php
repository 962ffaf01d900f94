<?php
/**
 * The gate at the updates that are offered.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

use FedVerify\WordPress\Memory\Identity_Record;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Packages\Installed;
use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * For a package with an identity only its verified release is an update, and nothing else is a translation of it,
 * whoever offers it. Nothing is fetched here: what the last verification found is looked up.
 */
final class Offer_Gate {

	/**
	 * The installed packages.
	 *
	 * @var Installed
	 */
	private $installed;

	/**
	 * Finds out what is being installed.
	 *
	 * @var Subjects
	 */
	private $subjects;

	/**
	 * When the memory was read anew for an offer, so that one that is foreign costs a look-up a second, and not one each time.
	 *
	 * @var array<string, int>
	 */
	private $looked_up = array();

	/**
	 * Makes one.
	 *
	 * @param Installed $installed The installed packages.
	 * @param Subjects  $subjects  Finds out what is being installed.
	 */
	public function __construct( Installed $installed, Subjects $subjects ) {
		$this->installed = $installed;
		$this->subjects  = $subjects;
	}

	/**
	 * Takes out what is no update. Hooked to `site_transient_update_plugins`.
	 *
	 * @param mixed $offers What WordPress has stored, and other plugins have added.
	 * @return mixed Without what was refused.
	 */
	public function judge_plugins( $offers ) {
		return $this->judge( $offers, 'plugin' );
	}

	/**
	 * Takes out what is no update. Hooked to `site_transient_update_themes`.
	 *
	 * @param mixed $offers What WordPress has stored, and other plugins have added.
	 * @return mixed Without what was refused.
	 */
	public function judge_themes( $offers ) {
		return $this->judge( $offers, 'theme' );
	}

	/**
	 * Takes out translations. Hooked to `site_transient_update_core`, which may have some of plugins, too.
	 *
	 * @param mixed $offers What WordPress has stored, and other plugins have added.
	 * @return mixed Without what was refused.
	 */
	public function judge_core( $offers ) {
		return $this->judge( $offers, '' );
	}

	/**
	 * Judges all offers.
	 *
	 * @param mixed  $offers What WordPress has stored, and other plugins have added.
	 * @param string $kind   'plugin', 'theme', or empty where there are translations only.
	 * @return mixed Without what was refused.
	 */
	private function judge( $offers, string $kind ) {
		if ( ! is_object( $offers ) ) {
			return $offers;
		}
		$response     = '' !== $kind && isset( $offers->response ) && is_array( $offers->response ) ? $this->updates( $offers->response, $kind ) : null;
		$translations = isset( $offers->translations ) && is_array( $offers->translations ) ? $this->translations( $offers->translations ) : null;
		$is_changed   = ( null !== $response && count( $response ) < count( $offers->response ) )
			|| ( null !== $translations && count( $translations ) < count( $offers->translations ) );
		if ( ! $is_changed || ! Plugin::get()->settings()->is_enforcing() ) {
			return $offers;
		}
		// Not the object that WordPress may have in its cache.
		$offers = clone $offers;
		if ( null !== $response ) {
			$offers->response = $response;
		}
		if ( null !== $translations ) {
			$offers->translations = $translations;
		}
		return $offers;
	}

	/**
	 * The updates that are not refused.
	 *
	 * @param array<mixed> $updates Updates, by file.
	 * @param string       $kind    'plugin' or 'theme'.
	 * @return array<mixed>
	 */
	private function updates( array $updates, string $kind ): array {
		$packages = $this->packages( $kind );
		foreach ( array_intersect_key( $updates, $packages ) as $file => $update ) {
			$package = $packages[ $file ];
			$update  = is_object( $update ) ? get_object_vars( $update ) : $update;
			$url     = is_array( $update ) && isset( $update['package'] ) && is_string( $update['package'] ) ? $update['package'] : '';
			$version = is_array( $update ) && isset( $update['new_version'] ) && is_string( $update['new_version'] ) ? $update['new_version'] : '';
			$refusal = $this->refusal( $package, $url, $version );
			if ( null !== $refusal ) {
				Refusals::log_offer( $refusal, $package, $kind, $url, $version );
				unset( $updates[ $file ] );
			}
		}
		return $updates;
	}

	/**
	 * The translations that are not refused.
	 *
	 * @param array<mixed> $translations Translations.
	 * @return array<mixed>
	 */
	private function translations( array $translations ): array {
		$kept = array();
		foreach ( $translations as $translation ) {
			$package     = $this->subjects->translated( $translation );
			$update      = is_object( $translation ) ? get_object_vars( $translation ) : $translation;
			$url         = isset( $update['package'] ) && is_string( $update['package'] ) ? $update['package'] : '';
			$is_verified = static fn( array $release ): bool => in_array( $url, $release['urls'], true );
			if ( null !== $package && ! $is_verified( $this->release( $package, $url, $is_verified ) ) ) {
				/* translators: 1: a DID, 2: a URL. */
				$message = __( 'A translation of %1$s was offered at %2$s.', 'fedverify' );
				$refusal = Refusal::rejected( 'wordpress.foreign_translation', sprintf( $message, Plain_Text::word( $package->did() ), Plain_Text::word( $url ) ) );
				Refusals::log_offer( $refusal, $package, 'translation', $url, '' );
				continue;
			}
			$kept[] = $translation;
		}
		return $kept;
	}

	/**
	 * Why an offer is refused; null where it is the verified release.
	 *
	 * @param Package $package The installed package.
	 * @param string  $url     The URL that is offered.
	 * @param string  $version The version that is offered.
	 */
	private function refusal( Package $package, string $url, string $version ): ?Refusal {
		if ( ! Plain_Text::is_version( $version ) ) {
			/* translators: 1: whatever was offered as a version, 2: a DID. */
			$message = __( '%1$s was offered as a version of %2$s.', 'fedverify' );
			return Refusal::rejected( 'wordpress.version_invalid', sprintf( $message, Plain_Text::quoted( $version, 130 ), Plain_Text::word( $package->did() ) ) );
		}
		$is_verified = static fn( array $release ): bool => $release['version'] === $version && in_array( $url, $release['urls'], true );
		$release     = $this->release( $package, $version . ' ' . $url, $is_verified );
		if ( '' === $release['version'] ) {
			/* translators: %s: a DID. */
			return Refusal::held( 'wordpress.held.not_verified_yet', sprintf( __( 'No release of %s has been verified.', 'fedverify' ), Plain_Text::word( $package->did() ) ) );
		}
		if ( ! $is_verified( $release ) ) {
			/* translators: 1: a version, 2: a URL, 3: a version. */
			$message = __( 'Version %1$s was offered at %2$s, but version %3$s was verified.', 'fedverify' );
			return Refusal::rejected( 'wordpress.foreign_offer', sprintf( $message, $version, Plain_Text::word( $url ), $release['version'] ) );
		}
		return null;
	}

	/**
	 * The verified release of a package. Another process may have verified it after this one looked: before an offer is refused, the
	 * memory is read anew, at most once a second for each offer.
	 *
	 * @param Package  $package     The package.
	 * @param string   $offer       What is offered.
	 * @param callable $is_verified Whether a release is what is offered.
	 * @return array{version: string, urls: string[]} An empty version where there is none.
	 */
	private function release( Package $package, string $offer, callable $is_verified ): array {
		$identities = Plugin::get()->identities();
		$release    = self::verified( $identities->get( $package->did() ) );
		if ( $is_verified( $release ) ) {
			return $release;
		}
		$key = hash( 'sha256', $package->did() . ' ' . $offer );
		if ( ( $this->looked_up[ $key ] ?? 0 ) === time() ) {
			return $release;
		}
		$this->looked_up[ $key ] = time();
		return self::verified( $identities->get_anew( $package->did() ) );
	}

	/**
	 * The verified release in a record. What was verified stays while nothing speaks against it: a directory or repository that did not
	 * answer since takes no update away. The archive is verified anew before it is unpacked.
	 *
	 * @param Identity_Record|null $record The record.
	 * @return array{version: string, urls: string[]} An empty version where there is none.
	 */
	private static function verified( ?Identity_Record $record ): array {
		$offer = null === $record || $record->is_spoken_against() ? null : $record->offer();
		return $offer ?? array(
			'version' => '',
			'urls'    => array(),
		);
	}

	/**
	 * Installed packages with an identity, by file.
	 *
	 * @param string $kind 'plugin' or 'theme'.
	 * @return array<string, Package>
	 */
	private function packages( string $kind ): array {
		$packages = array();
		foreach ( $this->installed->all() as $package ) {
			if ( $package->kind() === $kind ) {
				$packages[ $package->file() ] = $package;
			}
		}
		return $packages;
	}
}
