<?php
/**
 * The gate behind unpacking.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Gates\Refusals;
use FedVerify\WordPress\Gates\Remains;
use FedVerify\WordPress\Gates\Source_Gate as Identity_Source_Gate;
use FedVerify\WordPress\Gates\Subjects;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Packages\Headers;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Looks at what was unpacked: whatever names a federation source and no DID must be what the Archive_Gate verified, and
 * nothing else may take the place of a plugin that does. Hooked twice, as the gate of what has a DID.
 */
final class Source_Gate {

	/**
	 * Finds out what is to be installed.
	 *
	 * @var Wanted_Plugins
	 */
	private $wanted;

	/**
	 * What is being installed.
	 *
	 * @var Under_Way
	 */
	private $under_way;

	/**
	 * Makes one.
	 *
	 * @param Wanted_Plugins $wanted    Finds out what is to be installed.
	 * @param Under_Way      $under_way What is being installed.
	 */
	public function __construct( Wanted_Plugins $wanted, Under_Way $under_way ) {
		$this->wanted    = $wanted;
		$this->under_way = $under_way;
	}

	/**
	 * Looks.
	 *
	 * @param bool  $is_last  Whether this is the last look, which sees where it is going.
	 * @param mixed $source   The folder that is to be installed.
	 * @param mixed $remote   The folder into which the archive was unpacked.
	 * @param mixed $upgrader The upgrader.
	 * @param mixed $extra    What the upgrader says about the package.
	 * @return mixed The folder as it was, or a WP_Error.
	 */
	public function look( bool $is_last, $source, $remote = '', $upgrader = null, $extra = array() ) {
		$extra = is_array( $extra ) ? $extra : array();
		$kind  = Subjects::kind( $upgrader, $extra );
		if ( ! is_string( $source ) || in_array( $kind, array( 'theme', 'translation' ), true ) ) {
			return $source;
		}
		$archive = $this->under_way->unpacked_in( $remote );
		try {
			$this->check( Identity_Source_Gate::local( $source ), $extra, $archive, $is_last );
		} catch ( Refusal $refusal ) {
			return $this->refused( $refusal, $source, $remote, $archive );
		}
		if ( $is_last && null !== $archive ) {
			$this->under_way->meet();
		}
		return $source;
	}

	/**
	 * What is answered where the gate itself fails: what names a federation source is refused.
	 *
	 * @param mixed $source   The folder that is to be installed.
	 * @param mixed $remote   The folder into which the archive was unpacked.
	 * @param mixed $upgrader The upgrader.
	 * @param mixed $extra    What the upgrader says about the package.
	 * @param mixed $failure  What was thrown.
	 * @return mixed The folder as it was, or a WP_Error.
	 */
	public function last_resort( $source, $remote = '', $upgrader = null, $extra = array(), $failure = null ) {
		$headers = is_string( $source ) ? Headers::of_folder( Identity_Source_Gate::local( $source ), 'plugin' ) : null;
		if ( null === $headers || array() === $headers['sources'] ) {
			return $source;
		}
		return Refusals::of_failed_look( $failure, $source, $remote );
	}

	/**
	 * Checks a folder.
	 *
	 * @param string                 $folder  Where it is.
	 * @param array<mixed>           $extra   What the upgrader says about it.
	 * @param Federated_Archive|null $archive What was verified.
	 * @param bool                   $is_last Whether this is the last look.
	 * @throws Refusal It is not what was verified.
	 */
	private function check( string $folder, array $extra, ?Federated_Archive $archive, bool $is_last ): void {
		$headers = Headers::of_folder( $folder, 'plugin' );
		$name    = basename( $folder );
		if ( null === $archive ) {
			Header_Checks::refuse_any( $headers );
			$updated = $this->wanted->updated( $extra );
			if ( null !== $updated ) {
				/* translators: %s: the name of a plugin and its source. */
				throw Refusal::rejected( 'wordpress.unverified_source', sprintf( __( 'The update of %s was not verified.', 'fedverify' ), Plain_Text::word( $updated->identity() ) ) );
			}
		} else {
			Header_Checks::check( $headers, $archive );
			if ( $is_last && $name !== $archive->plugin() ) {
				/* translators: 1: the name of a folder, 2: the name of a folder. */
				$message = __( 'The plugin would be installed into the folder %1$s, but the publisher signed %2$s.', 'fedverify' );
				throw Refusal::rejected( 'wordpress.package_mismatch', sprintf( $message, Plain_Text::word( $name ), $archive->plugin() ) );
			}
		}
		if ( $is_last ) {
			Header_Checks::check_destination( $name, $headers, isset( $extra['plugin'] ) );
		}
	}

	/**
	 * Answers that it is refused.
	 *
	 * @param Refusal                $refusal Why.
	 * @param string                 $source  The folder that was to be installed.
	 * @param mixed                  $remote  The folder into which the archive was unpacked.
	 * @param Federated_Archive|null $archive What was verified.
	 * @return mixed A WP_Error; the folder where refusals are only reported.
	 */
	private function refused( Refusal $refusal, string $source, $remote, ?Federated_Archive $archive ) {
		if ( ! $this->under_way->is_reported() ) {
			$identity = null === $archive ? '' : $archive->source()->of_plugin( $archive->plugin() );
			Refusals::log( $refusal, $identity, 'plugin' );
		}
		if ( ! Plugin::get()->settings()->is_enforcing() ) {
			$this->under_way->report();
			return $source;
		}
		$this->under_way->clear();
		// The source first: it may be within the other, and by then is gone.
		Remains::remove( $source, $remote );
		return $refusal->to_wp_error();
	}
}
