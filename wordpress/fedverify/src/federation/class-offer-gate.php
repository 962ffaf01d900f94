<?php
/**
 * The gate at the updates that are offered.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Gates\Refusals;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Packages\Installed;
use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Packages\Package_Search;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Offers the updates that the last check found, and takes out what others offer in their place. Nothing is fetched here.
 */
final class Offer_Gate {

	/**
	 * The installed packages.
	 *
	 * @var Installed
	 */
	private $installed;

	/**
	 * What the last checks found.
	 *
	 * @var Offers
	 */
	private $offers;

	/**
	 * Makes one.
	 *
	 * @param Installed $installed The installed packages.
	 * @param Offers    $offers    What the last checks found.
	 */
	public function __construct( Installed $installed, Offers $offers ) {
		$this->installed = $installed;
		$this->offers    = $offers;
	}

	/**
	 * Puts in and takes out updates. Hooked to `site_transient_update_plugins`.
	 *
	 * @param mixed $offers What WordPress has stored, and other plugins have added.
	 * @return mixed With what may be installed.
	 */
	public function judge_plugins( $offers ) {
		$packages = is_object( $offers ) ? $this->installed->of_sources() : array();
		if ( array() === $packages ) {
			return $offers;
		}
		// Not the object that WordPress may have in its cache.
		$offers = clone $this->judge_translations( $offers );
		foreach ( array( 'response', 'no_update' ) as $member ) {
			$offers->$member = isset( $offers->$member ) && is_array( $offers->$member ) ? $offers->$member : array();
		}
		foreach ( $packages as $package ) {
			$this->judge( $offers, $package );
		}
		return $offers;
	}

	/**
	 * Takes out translations: none is signed. Hooked to `site_transient_update_core`, too.
	 *
	 * @param mixed $offers What WordPress has stored, and other plugins have added.
	 * @return mixed Without what was refused.
	 */
	public function judge_translations( $offers ) {
		$packages = is_object( $offers ) && isset( $offers->translations ) && is_array( $offers->translations ) ? $this->installed->of_sources() : array();
		if ( array() === $packages || array() === $offers->translations ) {
			return $offers;
		}
		$kept = array();
		foreach ( $offers->translations as $translation ) {
			$package = self::translated( $packages, $translation );
			if ( null === $package ) {
				$kept[] = $translation;
				continue;
			}
			/* translators: %s: the name of a plugin and its source. */
			$message = sprintf( __( 'A translation of %s was offered.', 'fedverify' ), Plain_Text::word( $package->identity() ) );
			Refusals::log_offer( Refusal::rejected( 'wordpress.foreign_translation', $message ), $package, 'translation', '', '' );
		}
		if ( count( $kept ) < count( $offers->translations ) && Plugin::get()->settings()->is_enforcing() ) {
			$offers               = clone $offers;
			$offers->translations = $kept;
		}
		return $offers;
	}

	/**
	 * The plugin of a federation source that a translation is of.
	 *
	 * @param Package[] $packages Plugins of federation sources.
	 * @param mixed     $update   What WordPress was offered.
	 */
	public static function translated( array $packages, $update ): ?Package {
		$update = is_object( $update ) ? get_object_vars( $update ) : $update;
		$slug   = is_array( $update ) && 'plugin' === ( $update['type'] ?? '' ) ? ( $update['slug'] ?? '' ) : '';
		return is_string( $slug ) && '' !== $slug ? Package_Search::by_text_domain( $packages, 'plugin', $slug ) : null;
	}

	/**
	 * Judges what is offered of one plugin.
	 *
	 * @param object  $offers  All offers, to be changed.
	 * @param Package $package The plugin.
	 */
	private function judge( object $offers, Package $package ): void {
		$file   = $package->file();
		$update = null;
		try {
			$update = $this->update( $package );
		} catch ( Refusal $refusal ) {
			// The check has logged it. What others offer is taken out all the same.
			unset( $refusal );
		}
		$foreign = isset( $offers->response[ $file ] ) && ! self::is_same( $offers->response[ $file ], $update );
		if ( $foreign ) {
			$this->log_foreign( $offers->response[ $file ], $package, $update );
		}
		if ( $foreign && ! Plugin::get()->settings()->is_enforcing() ) {
			return;
		}
		unset( $offers->response[ $file ], $offers->no_update[ $file ] );
		if ( null !== $update ) {
			$offers->response[ $file ] = $update;
		} elseif ( Plain_Text::is_version( $package->version() ) ) {
			// Without this WordPress shows no switch for automatic updates.
			$offers->no_update[ $file ] = self::offer( $package, $package->version(), '' );
		}
	}

	/**
	 * The update of a plugin, as WordPress takes it.
	 *
	 * @param Package $package The plugin.
	 * @throws Refusal As Offers::current().
	 */
	private function update( Package $package ): ?\stdClass {
		$listed = $this->offers->current( $package );
		if ( null === $listed ) {
			return null;
		}
		return self::offer( $package, $listed->version(), Download_Url::of( Source_Id::parse( $package->source() ), $listed ) );
	}

	/**
	 * What WordPress calls a plugin in its links. It is not a slug of wordpress.org, but anybody could register it there:
	 * Plugin_Information answers for it.
	 *
	 * @param Package $package The plugin.
	 */
	public static function slug( Package $package ): string {
		return $package->slug() . '-' . substr( hash( 'sha256', $package->identity() ), 0, 6 );
	}

	/**
	 * An offer, as WordPress takes it.
	 *
	 * @param Package $package The plugin.
	 * @param string  $version The version.
	 * @param string  $url     Where the archive is.
	 */
	private static function offer( Package $package, string $version, string $url ): \stdClass {
		return (object) array(
			'id'          => 'federation/' . preg_replace( '~[^A-Za-z0-9@._:/#-]~', '', $package->identity() ),
			'slug'        => self::slug( $package ),
			'plugin'      => $package->file(),
			'new_version' => $version,
			'url'         => '',
			'package'     => $url,
		);
	}

	/**
	 * Whether an offer is the one that was verified.
	 *
	 * @param mixed          $offer  What is there.
	 * @param \stdClass|null $update What was verified.
	 */
	private static function is_same( $offer, ?\stdClass $update ): bool {
		$offer = is_object( $offer ) ? get_object_vars( $offer ) : $offer;
		return is_array( $offer ) && null !== $update && ( $offer['package'] ?? null ) === $update->package && ( $offer['new_version'] ?? null ) === $update->new_version;
	}

	/**
	 * Logs what another plugin or server offers.
	 *
	 * @param mixed          $offer   What is offered.
	 * @param Package        $package The plugin.
	 * @param \stdClass|null $update  What was verified.
	 */
	private function log_foreign( $offer, Package $package, ?\stdClass $update ): void {
		$offer   = is_object( $offer ) ? get_object_vars( $offer ) : $offer;
		$offer   = is_array( $offer ) ? $offer : array();
		$version = Plain_Text::line( is_string( $offer['new_version'] ?? null ) ? $offer['new_version'] : '', 130 );
		$url     = Plain_Text::word( is_string( $offer['package'] ?? null ) ? $offer['package'] : '' );
		if ( null === $update ) {
			/* translators: 1: a version, 2: a URL, 3: the name of a plugin and its source. */
			$message = sprintf( __( 'Version %1$s was offered at %2$s, but no update of %3$s was verified.', 'fedverify' ), Plain_Text::word( $version ), $url, Plain_Text::word( $package->identity() ) );
		} else {
			/* translators: 1: a version, 2: a URL, 3: a version. */
			$message = sprintf( __( 'Version %1$s was offered at %2$s, but version %3$s was verified.', 'fedverify' ), Plain_Text::word( $version ), $url, $update->new_version );
		}
		Refusals::log_offer( Refusal::rejected( 'wordpress.foreign_offer', $message ), $package, 'plugin', '', $version );
	}
}
