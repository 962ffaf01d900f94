<?php
/**
 * The gate before anything is unpacked.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

use FedVerify\PrivateCopy;
use FedVerify\WordPress\Packages\Claim;
use FedVerify\WordPress\Packages\Headers;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;
use FedVerify\WordPress\Verification\Verified_Archive;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Verifies the archive of every package that has an identity, and hands WordPress the verified copy. All ways lead
 * through here: dashboard, cron, WP-CLI, REST, uploads, plugins, themes and translations.
 */
final class Archive_Gate {

	/**
	 * Finds out what is being installed.
	 *
	 * @var Subjects
	 */
	private $subjects;

	/**
	 * What is expected of the package under way.
	 *
	 * @var Expectations
	 */
	private $expectations;

	/**
	 * Hooks the gate behind this one.
	 *
	 * @var callable
	 */
	private $hook_source_gate;

	/**
	 * Makes one.
	 *
	 * @param Subjects     $subjects         Finds out what is being installed.
	 * @param Expectations $expectations     What is expected of the package under way.
	 * @param callable     $hook_source_gate Hooks the gate behind this one.
	 */
	public function __construct( Subjects $subjects, Expectations $expectations, callable $hook_source_gate ) {
		$this->subjects         = $subjects;
		$this->expectations     = $expectations;
		$this->hook_source_gate = $hook_source_gate;
	}

	/**
	 * Judges. Hooked to `upgrader_pre_download`, after everybody else.
	 *
	 * @param mixed $reply    What other plugins answered so far. FAIR Connect makes `true` of a path.
	 * @param mixed $source   The URL or the path of the archive.
	 * @param mixed $upgrader The upgrader.
	 * @param mixed $extra    What the upgrader says about the package.
	 * @return mixed The path of the verified copy, a WP_Error, or the reply as it was.
	 */
	public function judge( $reply, $source = '', $upgrader = null, $extra = array() ) {
		// Language_Pack_Upgrader removes all filters from it, for the rest of the process.
		( $this->hook_source_gate )();

		$known = $this->expectations->of_archive( $reply );
		if ( null !== $known && $known->subject()->source() === $source ) {
			// Another plugin has called download_package() in a filter before this one.
			return $reply;
		}
		$this->expectations->begin();
		if ( is_wp_error( $reply ) ) {
			return $reply;
		}
		$subject = $this->subjects->of( $reply, $source, $upgrader, $extra );
		if ( null === $subject ) {
			return $reply;
		}
		try {
			return $this->verified( $subject, $upgrader );
		} catch ( \Throwable $failure ) {
			return $this->refused( $subject, Refusal::from( $failure ), $reply, $upgrader );
		}
	}

	/**
	 * What is answered where the gate fails before it knows what is installed: an update of a package that has an
	 * identity is refused. What else has one is refused by the Source_Gate, as nothing is expected of it.
	 *
	 * @param mixed $reply    What other plugins answered so far.
	 * @param mixed $source   The URL or the path of the archive.
	 * @param mixed $upgrader The upgrader.
	 * @param mixed $extra    What the upgrader says about the package.
	 * @param mixed $failure  What was thrown.
	 * @return mixed A WP_Error, or the reply as it was.
	 */
	public function last_resort( $reply, $source = '', $upgrader = null, $extra = array(), $failure = null ) {
		$plugin = is_array( $extra ) && isset( $extra['plugin'] ) && is_string( $extra['plugin'] ) ? WP_PLUGIN_DIR . '/' . $extra['plugin'] : '';
		$theme  = is_array( $extra ) && isset( $extra['theme'] ) && is_string( $extra['theme'] ) ? get_theme_root( $extra['theme'] ) . '/' . $extra['theme'] . '/style.css' : '';
		foreach ( array( $plugin, $theme ) as $file ) {
			$headers = '' !== $file && is_file( $file ) ? get_file_data( $file, array( 'Plugin ID', 'Theme ID' ) ) : array();
			if ( '' !== implode( '', $headers ) && $failure instanceof \Throwable ) {
				return Refusals::of_failure( $failure, $reply );
			}
		}
		return $reply;
	}

	/**
	 * Verifies the archive.
	 *
	 * @param Subject $subject  What is being installed.
	 * @param mixed   $upgrader The upgrader.
	 * @return string The path of the verified copy.
	 * @throws \Throwable It is not verified.
	 */
	private function verified( Subject $subject, $upgrader ): string {
		$plugin  = Plugin::get();
		$options = $this->options( $subject );
		// What FAIR Connect reads of it, to name the folder.
		$plugin->gates()->known_dids()->ask( $subject->did() );
		$accepted    = $plugin->browser()->accepted( $subject->did(), $subject->source(), $options );
		$archive     = $accepted ?? self::archive( $subject, $options );
		$expectation = new Expectation( $subject, $archive );
		if ( $this->check_headers( $expectation ) ) {
			$plugin->archives()->remember( $archive );
		}
		$this->expectations->set( $expectation );
		if ( $subject->file() !== $subject->source() ) {
			// WordPress would have deleted what was downloaded, after unpacking it.
			Remains::remove_archive( $subject, $upgrader );
		}
		return $expectation->path();
	}

	/**
	 * Has the archive verified by this server.
	 *
	 * @param Subject              $subject What is being installed.
	 * @param array<string, mixed> $options What is asked of the verification.
	 * @throws \Throwable It is not verified.
	 */
	private static function archive( Subject $subject, array $options ): Verified_Archive {
		$plugin = Plugin::get();
		if ( $subject->is_local() ) {
			return $plugin->archives()->verify_local( $subject->did(), (string) $subject->file(), $options );
		}
		$resolved = $plugin->resolver()->resolve( $subject->did() );
		$metadata = $plugin->repository()->metadata( $resolved );
		$copy     = null === $subject->file() ? null : PrivateCopy::of( $subject->file(), array(), get_temp_dir() );
		return $plugin->archives()->verify( $resolved, $metadata, $subject->source(), null, $copy, $options );
	}

	/**
	 * What is asked of the verification.
	 *
	 * @param Subject $subject What is being installed.
	 * @return array{wait: bool, no_downgrade: bool, installed: string|null, kind: string}
	 */
	private function options( Subject $subject ): array {
		$plugin    = Plugin::get();
		$is_alone  = $plugin->context()->is_automatic();
		$installed = $subject->updated() ?? $plugin->installed()->by_did( $subject->did() );
		// Whoever uploads an older version chose it, and WordPress asks whether to replace the newer one.
		$is_chosen = $subject->is_local() && null === $subject->updated() && ! $is_alone;
		return array(
			'wait'         => $is_alone && $plugin->settings()->waits_for_recovery_window(),
			'no_downgrade' => ! $is_chosen && 'translation' !== $subject->kind(),
			'installed'    => null === $installed || $is_chosen || 'translation' === $subject->kind() ? null : $installed->version(),
			'kind'         => $subject->kind(),
		);
	}

	/**
	 * Reads the headers in the archive before it is unpacked: from then on WordPress deactivates the plugin first, and
	 * a refusal would leave it so.
	 *
	 * @param Expectation $expectation What is expected.
	 * @return bool Whether there are any. What cannot be read without unpacking it, the Source_Gate looks at.
	 * @throws Refusal They are another's.
	 */
	private function check_headers( Expectation $expectation ): bool {
		$kind = $expectation->subject()->kind();
		$all  = 'translation' === $kind ? null : Headers::of_archive( $expectation->path() );
		if ( null === $all ) {
			return false;
		}
		try {
			Claims::check( '' === $kind ? $all : Headers::of_archive( $expectation->path(), $kind ), $all['dids'], $expectation );
		} catch ( Refusal $refusal ) {
			Refusals::log( $refusal, $expectation->subject()->did(), $kind, $expectation->subject()->source() );
			throw $refusal;
		}
		return true;
	}

	/**
	 * Answers that it is not verified.
	 *
	 * @param Subject $subject  What is being installed.
	 * @param Refusal $refusal  Why not.
	 * @param mixed   $reply    What other plugins answered so far.
	 * @param mixed   $upgrader The upgrader.
	 * @return mixed A WP_Error; the reply as it was where refusals are only reported.
	 */
	private function refused( Subject $subject, Refusal $refusal, $reply, $upgrader ) {
		$plugin = Plugin::get();
		if ( ! $subject->is_local() && ! Claim::is_valid( $subject->did() ) ) {
			// What is no DID is not the verifier's to write down.
			Refusals::log( $refusal, $subject->did(), $subject->kind(), $subject->source() );
		}
		if ( ! $plugin->settings()->is_enforcing() ) {
			$this->expectations->report();
			return $reply;
		}
		if ( 'translation' === $subject->kind() && 'wordpress.foreign_url' === $refusal->error_code() ) {
			$refusal = Refusal::rejected( 'wordpress.foreign_translation', $refusal->getMessage() );
		}
		if ( 'held' === $refusal->verdict() && null !== $subject->updated() ) {
			$plugin->fresh_keys()->hold( $subject->updated(), $subject->source(), $refusal );
			$plugin->update_mail()->note( $subject->updated() );
		}
		if ( 'wordpress.held.no_backend' === $refusal->error_code() && null === $subject->updated() && ! $subject->is_local() ) {
			$plugin->browser()->want( $subject->did(), $subject->source(), $subject->kind() );
		}
		Remains::remove_archive( $subject, $upgrader );
		return $refusal->to_wp_error();
	}
}
