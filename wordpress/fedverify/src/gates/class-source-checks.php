<?php
/**
 * What is checked of an unpacked archive.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

use FedVerify\WordPress\Federation\Offer_Gate as Federated_Offers;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Packages\Headers;
use FedVerify\WordPress\Packages\Installed;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * The checks of the Source_Gate: who the archive says it is, whom it would replace, and whose translation it brings.
 */
final class Source_Checks {

	/**
	 * Finds out what is being installed.
	 *
	 * @var Subjects
	 */
	private $subjects;

	/**
	 * The installed packages.
	 *
	 * @var Installed
	 */
	private $installed;

	/**
	 * Makes one.
	 *
	 * @param Subjects  $subjects  Finds out what is being installed.
	 * @param Installed $installed The installed packages.
	 */
	public function __construct( Subjects $subjects, Installed $installed ) {
		$this->subjects  = $subjects;
		$this->installed = $installed;
	}

	/**
	 * Checks the headers of a plugin or theme.
	 *
	 * @param string           $folder      Where it is.
	 * @param string           $kind        One of 'plugin', 'theme', ''.
	 * @param array<mixed>     $extra       What the upgrader says about it.
	 * @param Expectation|null $expectation What was verified.
	 * @throws Refusal They are not those of what was verified.
	 */
	public function package( string $folder, string $kind, array $extra, ?Expectation $expectation ): void {
		$all  = Headers::of_folder( $folder, '' );
		$dids = null === $all ? array() : $all['dids'];
		if ( null !== $expectation ) {
			Claims::check( '' === $kind ? $all : Headers::of_folder( $folder, $kind ), $dids, $expectation );
			return;
		}
		Claims::refuse_any( $dids );
		$updated = $this->subjects->updated( $extra );
		if ( null !== $updated ) {
			/* translators: %s: a DID. */
			$message = __( 'The update of %s was not verified.', 'fedverify' );
			throw Refusal::rejected( 'wordpress.unverified_source', sprintf( $message, Plain_Text::word( $updated->did() ) ) );
		}
	}

	/**
	 * Checks that a package does not replace another one, which has an identity.
	 *
	 * @param string           $folder      The name of the folder; empty where it is not known yet.
	 * @param string           $kind        One of 'plugin', 'theme', ''.
	 * @param Expectation|null $expectation What was verified.
	 * @throws Refusal It would.
	 */
	public function destination( string $folder, string $kind, ?Expectation $expectation ): void {
		$did   = null === $expectation ? '' : $expectation->archive()->did();
		$roots = array_diff_key(
			array(
				'plugin' => WP_PLUGIN_DIR,
				'theme'  => get_theme_root( $folder ),
			),
			'' === $kind ? array() : array( 'plugin' === $kind ? 'theme' : 'plugin' => '' )
		);
		foreach ( '' === $folder ? array() : $roots as $each => $root ) {
			$there = Headers::of_folder( $root . '/' . $folder, $each );
			foreach ( null === $there ? array() : array_diff( $there['dids'], array( $did ) ) as $replaced ) {
				/* translators: 1: a DID, 2: the name of a folder. */
				$message = __( 'The archive would replace %1$s in the folder %2$s.', 'fedverify' );
				throw Refusal::rejected( 'wordpress.folder_taken', sprintf( $message, Plain_Text::word( $replaced ), Plain_Text::word( $folder ) ) );
			}
		}
	}

	/**
	 * Checks the files of a translation, which WordPress runs by their names.
	 *
	 * @param string           $folder      Where they are.
	 * @param array<mixed>     $extra       What the upgrader says about it.
	 * @param Expectation|null $expectation What was verified.
	 * @throws Refusal One is of a package that has an identity, and was not verified as that package's.
	 */
	public function translation( string $folder, array $extra, ?Expectation $expectation ): void {
		$did        = null === $expectation ? '' : $expectation->archive()->did();
		$translated = $this->subjects->translated( $extra['language_update'] ?? null );
		if ( null !== $translated && $translated->did() !== $did ) {
			/* translators: %s: a DID. */
			$message = __( 'The translation of %s was not verified.', 'fedverify' );
			throw Refusal::rejected( 'wordpress.foreign_translation', sprintf( $message, Plain_Text::word( $translated->did() ) ) );
		}
		// None of a plugin of a federation source is verified at all.
		$package = Federated_Offers::translated( $this->installed->of_sources(), $extra['language_update'] ?? null );
		$package = $package ?? ( new Translation_Files( $this->installed ) )->package_of_any( $folder, $did, self::domains( $extra['language_update'] ?? null ) );
		if ( null !== $package ) {
			/* translators: %s: a DID, or the name of a plugin and its source. */
			$message = __( 'The archive brings a translation of %s, which was not verified.', 'fedverify' );
			throw Refusal::rejected( 'wordpress.foreign_translation', sprintf( $message, Plain_Text::word( $package->identity() ) ) );
		}
	}

	/**
	 * The text domains that an archive of translations is for, where they are not those of a package with an identity.
	 *
	 * @param mixed $update What WordPress was offered.
	 * @return string[]
	 */
	private static function domains( $update ): array {
		$update = is_object( $update ) ? get_object_vars( $update ) : $update;
		$kind   = is_array( $update ) ? ( $update['type'] ?? '' ) : '';
		$slug   = is_array( $update ) && is_string( $update['slug'] ?? null ) ? $update['slug'] : '';
		if ( 'core' === $kind ) {
			return array( 'admin', 'continents-cities' );
		}
		// Whoever offers it names it, so it must be there: "hello-x" may be the name of a translation of "hello".
		$is_there = 1 === preg_match( '/\A[a-z0-9_-]+\z/i', $slug ) && ( 'theme' === $kind ? wp_get_theme( $slug )->exists() : is_dir( WP_PLUGIN_DIR . '/' . $slug ) );
		return $is_there ? array( $slug ) : array();
	}
}
