<?php
/**
 * The gate before anything is unpacked.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\PrivateCopy;
use FedVerify\WordPress\Gates\Refusals;
use FedVerify\WordPress\Gates\Remains;
use FedVerify\WordPress\Gates\Subject;
use FedVerify\WordPress\Guard;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Packages\Headers;
use FedVerify\WordPress\Packages\Package;
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
	 * The codes of what is wrong with an archive, or with the node that has it: not with this site, nor with the publisher's key.
	 */
	private const OF_ARCHIVE = '/\A(?:network\..*|pfn\.archive\..*|input\.too_large|wordpress\.(?:federation\.other_bytes|package_mismatch|unverified_source))\z/';

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
	 * Whether the archive failed before at this node, and is tried again because no other version can be installed: then it has all the time.
	 *
	 * @var bool
	 */
	private $is_retry = false;

	/**
	 * What begin() noted as failed; null where it noted nothing.
	 *
	 * @var Listed_Version|null
	 */
	private $begun;

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
			// Somebody has called download_package() in a filter before this one.
			return $reply;
		}
		$this->under_way->clear();
		$wanted = is_wp_error( $reply ) ? null : $this->wanted->of( $reply, $source, $upgrader, $extra );
		if ( null === $wanted ) {
			return $reply;
		}
		$this->is_retry = false;
		$this->begun    = null;
		try {
			return $this->verified( $wanted, $upgrader );
		} catch ( \Throwable $failure ) {
			return $this->refused( $wanted, Refusal::from( $failure ), $reply, $upgrader );
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
	 * @param Wanted $wanted   What is to be installed.
	 * @param mixed  $upgrader The upgrader.
	 * @return string The path of the verified copy.
	 * @throws \Throwable It is not verified.
	 */
	private function verified( Wanted $wanted, $upgrader ): string {
		$subject = $wanted->subject();
		if ( 'translation' === $subject->kind() ) {
			/* translators: %s: the name of a plugin and its source. */
			throw Refusal::rejected( 'wordpress.foreign_translation', sprintf( __( 'No publisher has signed this translation of %s.', 'fedverify' ), $subject->did() ) );
		}
		$archive = $this->archive( $wanted );
		$headers = Headers::of_archive( $archive->path(), 'plugin' );
		if ( null !== $headers ) {
			Header_Checks::check( $headers, $archive );
			$this->federation->archives()->remember( $archive );
		}
		$this->clear_failure( $wanted );
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
	 * The archive, verified as one of those that the nodes list.
	 *
	 * @param Wanted $wanted What is to be installed.
	 * @throws \Throwable None is.
	 */
	private function archive( Wanted $wanted ): Federated_Archive {
		$source = $wanted->source();
		$this->federation->publishers()->trusted( $source );
		$subject   = $wanted->subject();
		$listed    = $this->listed( $source, $wanted );
		$installed = $this->installed( $wanted );
		$this->federation->archives()->check_before( $listed[0], $installed );
		$others = $subject->is_local() ? array() : $this->federation->mirrors()->others( $source, $listed[0] );
		$this->begin( $wanted );
		$is_first = array() !== $others && ! $this->is_retry;
		try {
			return $this->one_of( $source, $listed, $subject, $installed, $is_first );
		} catch ( Refusal $refusal ) {
			$other = self::is_of_archive( $refusal ) ? $this->federation->mirrors()->archive( $source, $others, $installed ) : null;
			if ( null !== $other ) {
				$other->replaces( $refusal );
				return $other;
			}
			if ( $is_first && null === $subject->updated() && 0 === strpos( $refusal->error_code(), 'network.' ) ) {
				// Of an install nothing is remembered for a later try: whoever merely lists what another node has would cut its time for ever.
				return $this->one_of( $source, $listed, $subject, $installed, false );
			}
			throw $refusal;
		}
	}

	/**
	 * The archive that WordPress was told of, verified as one of those that are listed.
	 *
	 * @param Source_Id        $source    The source.
	 * @param Listed_Version[] $listed    The version, as nodes list it.
	 * @param Subject          $subject   What is to be installed.
	 * @param string|null      $installed The version that must not be gone below.
	 * @param bool             $is_first  Whether it must leave time for further nodes that have it.
	 * @throws \Throwable None is.
	 */
	private function one_of( Source_Id $source, array $listed, Subject $subject, ?string $installed, bool $is_first ): Federated_Archive {
		$copy    = null === $subject->file() ? $this->federation->nodes()->download( $subject->source(), $is_first ) : PrivateCopy::of( $subject->file(), array(), get_temp_dir() );
		$refusal = null;
		foreach ( $listed as $each ) {
			try {
				return $this->federation->archives()->verify( $source, $each, $copy, $installed );
			} catch ( Refusal $failure ) {
				// The same version may be listed twice.
				$refusal = $refusal ?? $failure;
			}
		}
		throw $refusal ?? Refusal::undetermined( 'wordpress.internal', 'nothing is listed' );
	}

	/**
	 * The version, as the nodes list it that count: of an update the one that was checked; of a node's URL that node; of an
	 * upload all.
	 *
	 * @param Source_Id $source The source.
	 * @param Wanted    $wanted What is to be installed.
	 * @return Listed_Version[] At least one.
	 * @throws Refusal As Listings; `wordpress.foreign_url`.
	 */
	private function listed( Source_Id $source, Wanted $wanted ): array {
		$subject = $wanted->subject();
		$updated = $subject->updated();
		$offer   = null === $updated ? null : $this->federation->offers()->current( $updated );
		if ( null !== $offer && Download_Url::of( $source, $offer ) === $subject->source() ) {
			return array( $offer );
		}
		if ( null === $updated && $subject->is_local() ) {
			return $this->federation->listings()->of_version( $source, $wanted->plugin(), $wanted->version() );
		}
		$named = $this->federation->nodes()->download_of( $subject->source() );
		if ( null === $named || $named->source()->to_string() !== $source->to_string() || $named->plugin() !== $wanted->plugin() ) {
			/* translators: 1: a URL, 2: the name of a plugin and its source. */
			$message = __( '%1$s is not where a node that this site subscribes to has %2$s.', 'fedverify' );
			throw Refusal::rejected( 'wordpress.foreign_url', sprintf( $message, Plain_Text::word( $subject->source() ), $subject->did() ) );
		}
		return $this->federation->listings()->of_version( $source, $wanted->plugin(), $named->version(), array( $named->node() ) );
	}

	/**
	 * The version that must not be gone below. Whoever uploads an older one has it at hand, and WordPress asks.
	 *
	 * @param Wanted $wanted What is to be installed.
	 */
	private function installed( Wanted $wanted ): ?string {
		$subject   = $wanted->subject();
		$installed = $subject->updated() ?? Plugin::get()->installed()->by_did( $subject->did() );
		$is_chosen = $subject->is_local() && null === $subject->updated() && ! Plugin::get()->context()->is_automatic();
		return $is_chosen || ! $installed instanceof Package ? null : $installed->version();
	}

	/**
	 * Answers that it is not verified.
	 *
	 * @param Wanted  $wanted   What is to be installed.
	 * @param Refusal $refusal  Why not.
	 * @param mixed   $reply    What other plugins answered so far.
	 * @param mixed   $upgrader The upgrader.
	 * @return mixed A WP_Error; the reply as it was where refusals are only reported.
	 */
	private function refused( Wanted $wanted, Refusal $refusal, $reply, $upgrader ) {
		try {
			if ( ! self::is_of_archive( $refusal ) ) {
				$this->clear_failure( $wanted );
			}
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
	 * Whether something is wrong with the archive, or with the node that has it.
	 *
	 * @param Refusal $refusal Why it is not installed.
	 */
	private static function is_of_archive( Refusal $refusal ): bool {
		return 1 === preg_match( self::OF_ARCHIVE, $refusal->error_code() );
	}

	/**
	 * Remembers that the archive of an update failed, so that the next check prefers another one. Before it is downloaded: a node that
	 * drips makes the host end this request, and nobody could remember it afterwards. After other nodes were asked for their lists: that
	 * one of those drips says nothing about this one.
	 *
	 * @param Wanted $wanted What is to be installed.
	 * @throws Refusal The database failed; as Publishers::trusted().
	 */
	private function begin( Wanted $wanted ): void {
		$offers  = $this->federation->offers();
		$updated = $wanted->subject()->updated();
		$offer   = null === $updated ? null : $offers->current( $updated );
		if ( null === $offer || Download_Url::of( $wanted->source(), $offer ) !== $wanted->subject()->source() ) {
			return;
		}
		$this->is_retry = isset( $offers->failures( $updated )[ $offer->fingerprint() ] );
		$offers->note_failure( $updated, $offer );
		$this->begun = $this->is_retry ? null : $offer;
	}

	/**
	 * Takes back what begin() noted.
	 *
	 * @param Wanted $wanted What is installed.
	 * @throws Refusal The database failed.
	 */
	private function clear_failure( Wanted $wanted ): void {
		$updated = $wanted->subject()->updated();
		if ( null !== $this->begun && null !== $updated ) {
			$this->federation->offers()->clear_failure( $updated, $this->begun );
		}
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
