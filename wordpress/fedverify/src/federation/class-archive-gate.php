<?php
/**
 * The gate before anything is unpacked.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Gates\Refusals;
use FedVerify\WordPress\Gates\Remains;
use FedVerify\WordPress\Gates\Subject;
use FedVerify\WordPress\Guard;
use FedVerify\WordPress\Packages\Headers;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Verifies the archive of every plugin of a federation source that has no DID, and hands WordPress the verified copy.
 */
final class Archive_Gate {

	/**
	 * The federation.
	 *
	 * @var Federation
	 */
	private $federation;

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
	 * Hooks the gate behind this one.
	 *
	 * @var callable
	 */
	private $hook_source_gate;

	/**
	 * Makes one.
	 *
	 * @param Federation     $federation       The federation.
	 * @param Wanted_Plugins $wanted           Finds out what is to be installed.
	 * @param Under_Way      $under_way        What is being installed.
	 * @param callable       $hook_source_gate Hooks the gate behind this one.
	 */
	public function __construct( Federation $federation, Wanted_Plugins $wanted, Under_Way $under_way, callable $hook_source_gate ) {
		$this->federation       = $federation;
		$this->wanted           = $wanted;
		$this->under_way        = $under_way;
		$this->hook_source_gate = $hook_source_gate;
	}

	/**
	 * Judges. Hooked to `upgrader_pre_download`, after the gate of what has a DID.
	 *
	 * @param mixed $reply    What other plugins answered so far.
	 * @param mixed $source   The URL or the path of the archive.
	 * @param mixed $upgrader The upgrader.
	 * @param mixed $extra    What the upgrader says about the package.
	 * @return mixed The path of the verified copy, a WP_Error, or the reply as it was.
	 */
	public function judge( $reply, $source = '', $upgrader = null, $extra = array() ) {
		// Language_Pack_Upgrader removes all filters from it, for the rest of the process.
		( $this->hook_source_gate )();

		if ( $this->under_way->is_of( $reply, $source ) ) {
			// Another plugin has called download_package() in a filter before this one.
			return $reply;
		}
		$this->under_way->clear();
		$wanted = is_wp_error( $reply ) ? null : $this->wanted->of( $reply, $source, $upgrader, $extra );
		if ( null === $wanted ) {
			return $reply;
		}
		$attempt = new Attempt( $this->federation->offers(), $this->federation->failed_updates(), $wanted );
		try {
			return $this->verified( $wanted, $attempt, $upgrader );
		} catch ( \Throwable $failure ) {
			return $this->refused( $wanted, $attempt, Refusal::from( $failure ), $reply, $upgrader );
		}
	}

	/**
	 * What is answered where the gate fails before it knows what is installed: an update of a plugin that names a federation
	 * source is refused. What else names one is refused by the Source_Gate.
	 *
	 * @param mixed $reply    What other plugins answered so far.
	 * @param mixed $source   The URL or the path of the archive.
	 * @param mixed $upgrader The upgrader.
	 * @param mixed $extra    What the upgrader says about the package.
	 * @param mixed $failure  What was thrown.
	 * @return mixed A WP_Error, or the reply as it was.
	 */
	public function last_resort( $reply, $source = '', $upgrader = null, $extra = array(), $failure = null ) {
		$file    = is_array( $extra ) && isset( $extra['plugin'] ) && is_string( $extra['plugin'] ) ? WP_PLUGIN_DIR . '/' . $extra['plugin'] : '';
		$headers = '' !== $file && is_file( $file ) ? Headers::of_plugin_file( $file ) : null;
		$is_ours = null !== $headers && array() === $headers['dids'] && array() !== $headers['sources'];
		return $is_ours && $failure instanceof \Throwable ? Refusals::of_failure( $failure, $reply ) : $reply;
	}

	/**
	 * Verifies the archive.
	 *
	 * @param Wanted  $wanted   What is to be installed.
	 * @param Attempt $attempt  The attempt.
	 * @param mixed   $upgrader The upgrader.
	 * @return string The path of the verified copy.
	 * @throws \Throwable It is not verified.
	 */
	private function verified( Wanted $wanted, Attempt $attempt, $upgrader ): string {
		$subject = $wanted->subject();
		if ( 'translation' === $subject->kind() ) {
			/* translators: %s: the name of a plugin and its source. */
			throw Refusal::rejected( 'wordpress.foreign_translation', sprintf( __( 'No publisher has signed this translation of %s.', 'fedverify' ), $subject->did() ) );
		}
		$archive = ( new Archive_Search( $this->federation ) )->find( $wanted, $attempt );
		$headers = Headers::of_archive( $archive->path(), 'plugin' );
		if ( null !== $headers ) {
			Header_Checks::check( $headers, $archive );
			$this->federation->archives()->remember( $archive );
		}
		$attempt->succeeded( $archive->node() );
		$this->under_way->set( $wanted, $archive );
		if ( $subject->file() !== $subject->source() ) {
			// WordPress would have deleted what was downloaded, after unpacking it.
			Remains::remove_archive( $subject, $upgrader );
		}
		Plugin::get()->outcomes()->verified(
			$subject->did(),
			array(
				'kind'    => 'plugin',
				'name'    => $archive->name(),
				'version' => $archive->version(),
				'message' => self::sentence( $archive->binding() ),
				'facts'   => $archive->facts() + array( 'warnings' => $archive->warnings() ),
			)
		);
		return $archive->path();
	}

	/**
	 * Answers that it is not verified.
	 *
	 * @param Wanted  $wanted   What is to be installed.
	 * @param Attempt $attempt  The attempt.
	 * @param Refusal $refusal  Why not.
	 * @param mixed   $reply    What other plugins answered so far.
	 * @param mixed   $upgrader The upgrader.
	 * @return mixed A WP_Error; the reply as it was where refusals are only reported.
	 */
	private function refused( Wanted $wanted, Attempt $attempt, Refusal $refusal, $reply, $upgrader ) {
		try {
			$attempt->failed( $refusal );
			$this->log( $wanted, $refusal );
		} catch ( \Throwable $failure ) {
			// A log that fails must not let the archive through.
			Guard::log( $failure );
		}
		if ( ! Plugin::get()->settings()->is_enforcing() ) {
			$this->under_way->report();
			return $reply;
		}
		$updated = $wanted->subject()->updated();
		if ( 'held' === $refusal->verdict() && null !== $updated ) {
			Plugin::get()->update_mail()->note( $updated );
		}
		Remains::remove_archive( $wanted->subject(), $upgrader );
		return $refusal->to_wp_error();
	}

	/**
	 * Logs a refusal.
	 *
	 * @param Wanted  $wanted  What was to be installed.
	 * @param Refusal $refusal Why not.
	 * @throws Refusal The database failed.
	 */
	private function log( Wanted $wanted, Refusal $refusal ): void {
		$subject = $wanted->subject();
		$updated = $subject->updated();
		$offer   = null === $updated ? null : $this->federation->offers()->get( $updated );
		$listed  = null === $offer ? null : $offer->listed();
		Plugin::get()->outcomes()->refused(
			$subject->did(),
			$refusal,
			array(
				'kind'    => $subject->kind(),
				'name'    => null === $updated ? $wanted->plugin() : $updated->name(),
				'version' => null === $listed ? $wanted->version() : $listed->version(),
				'facts'   => array( 'source' => $subject->source() ),
			)
		);
	}

	/**
	 * What was verified.
	 *
	 * @param string $binding What binds the bytes.
	 */
	private static function sentence( string $binding ): string {
		if ( Federated_Archive::SIGNED === $binding ) {
			return __( 'The publisher’s key signed the archive.', 'fedverify' );
		}
		return Federated_Archive::RECORDED === $binding
			? __( 'The archive has the bytes that were recorded for this version.', 'fedverify' )
			: __( 'The publisher’s key signed the name and the version. The archive is not signed, which you have allowed.', 'fedverify' );
	}
}
