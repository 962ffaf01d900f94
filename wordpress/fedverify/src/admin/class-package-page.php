<?php
/**
 * The page of a package.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Codes;
use FedVerify\WordPress\Memory\Identity_Record;
use FedVerify\WordPress\Plugin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Shows one package: its state, its identity's history, keys and services, and whom to tell of a weakness. It shows what
 * was verified and remembered; it fetches nothing.
 */
final class Package_Page {

	private const VERDICTS = 20;

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * Makes the page.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->plugin = $plugin;
	}

	/**
	 * Prints the page.
	 *
	 * @param string $did The identity.
	 */
	public function render( string $did ): void {
		$record   = $this->plugin->identities()->get( $did );
		$package  = $this->plugin->installed()->by_did( $did );
		$verdicts = $this->plugin->verdicts()->recent( self::VERDICTS, $did );
		$known    = null === $package ? null : Known_Package::of( $this->plugin, $package );
		$name     = null === $known ? Identifier::short( $did ) : $known->name();
		echo '<h1 class="wp-heading-inline">';
		Markup::render( Markup::isolated( $name ) );
		echo '</h1>';
		printf( ' <a class="page-title-action" href="%s">%s</a><hr class="wp-header-end">', esc_url( Menu::url() ), esc_html__( 'All packages', 'fedverify' ) );
		Feedback::render();
		if ( null === $record && null === $known && array() === $verdicts ) {
			echo '<p>' . esc_html__( 'This site knows nothing about this identity.', 'fedverify' ) . '</p>';
			return;
		}
		$this->render_state( $did, $record, $known );
		$held = $this->plugin->fresh_keys()->listed()[ $did ] ?? null;
		if ( null !== $held ) {
			Held_Table::render_heading( $this->plugin->settings()->is_enforcing() );
			Held_Table::render( array( $did => $held ) );
		}
		if ( null !== $record ) {
			self::render_identity( $did, $record );
			Publisher_View::render( $record->metadata() );
		}
		echo '<h2>' . esc_html__( 'Verdicts', 'fedverify' ) . '</h2>';
		Verdict_Table::render( $verdicts, $this->plugin->installed() );
	}

	/**
	 * Prints the state of the package.
	 *
	 * @param string               $did    The identity.
	 * @param Identity_Record|null $record What is remembered of it.
	 * @param Known_Package|null   $known  What is installed.
	 */
	private function render_state( string $did, ?Identity_Record $record, ?Known_Package $known ): void {
		echo '<div class="fedverify-card"><p class="fedverify-state">';
		$state = null === $known ? self::state_of( $record ) : $known->state();
		Markup::render( Package_Status::badge( $state ) );
		echo ' ' . esc_html( null === $known ? __( 'This package is not installed. What is known about its identity is kept.', 'fedverify' ) : Package_Status::meaning( $state ) ) . '</p>';
		$refusal = null === $record ? null : $record->refusal();
		if ( null !== $refusal ) {
			self::render_refusal( $refusal );
		}
		$facts = null === $known ? array( array( __( 'Identity', 'fedverify' ), Identifier::code( $did ) ) ) : $known->facts();
		if ( null !== $known ) {
			array_unshift( $facts, array( __( 'Installed version', 'fedverify' ), esc_html( $known->package()->version() ) ) );
		}
		Fact_List::render( $facts );
		Actions::button( 'verify', $did, __( 'Verify now', 'fedverify' ) );
		echo '</div>';
	}

	/**
	 * The state of an identity that no installed package has.
	 *
	 * @param Identity_Record|null $record What is remembered of it.
	 * @return string One of the constants of Package_Status.
	 */
	private static function state_of( ?Identity_Record $record ): string {
		return null === $record ? Package_Status::PENDING : Package_Status::of( $record->refusal(), null, $record->verified_at(), null );
	}

	/**
	 * Prints why it was refused.
	 *
	 * @param array $refusal `verdict`, `code`, `message` and `remedy`.
	 */
	private static function render_refusal( array $refusal ): void {
		$code   = (string) ( $refusal['code'] ?? '' );
		$remedy = (string) ( $refusal['remedy'] ?? '' );
		$kind   = 'rejected' === ( $refusal['verdict'] ?? null ) ? 'error' : 'warning';
		echo '<div class="notice notice-' . esc_attr( $kind ) . ' inline">';
		Markup::render( '<p><strong>' . Markup::isolated( Codes::meaning( $code ) ) . '</strong></p>' );
		Markup::render( '<p>' . Markup::isolated( Sentence::of( (string) ( $refusal['message'] ?? '' ) ) ) . '</p>' );
		Markup::render( '<p>' . Markup::isolated( Codes::remedy( $code, $remedy ) ) . '</p>' );
		echo '<p>';
		Markup::render( '<code class="fedverify-id" dir="ltr">' . esc_html( $code ) . '</code>' );
		echo '</p></div>';
	}

	/**
	 * Prints the identity: its history, what it says now, and what should be known.
	 *
	 * @param string          $did    The identity.
	 * @param Identity_Record $record What is remembered of it.
	 */
	private static function render_identity( string $did, Identity_Record $record ): void {
		echo '<h2>' . esc_html__( 'History of the identity', 'fedverify' ) . '</h2>';
		if ( 0 === strpos( $did, 'did:web:' ) ) {
			echo '<p>' . esc_html__( 'A did:web has no history: its document says what its web server says today.', 'fedverify' ) . '</p>';
		} else {
			echo '<p>' . esc_html__( 'Every operation was verified back to the first, whose hash is the identity. Dates come from the directory and are not signed.', 'fedverify' ) . '</p>';
			Timeline_View::render( Timeline::of( $record->history(), $record->contestable() ) );
		}
		self::render_current( Identity_View::current( $record ) );
		self::render_warnings( $record->warnings() );
	}

	/**
	 * Prints the current keys, services and names.
	 *
	 * @param array[] $facts As Timeline::facts().
	 */
	private static function render_current( array $facts ): void {
		if ( array() === $facts ) {
			return;
		}
		echo '<h2>' . esc_html__( 'Current keys and services', 'fedverify' ) . '</h2><div class="fedverify-card">';
		Fact_List::render(
			array_map(
				static function ( array $fact ): array {
					return array( Timeline_View::kind_label( $fact['kind'], $fact['label'] ), Identifier::code( $fact['value'] ) );
				},
				$facts
			)
		);
		echo '</div>';
	}

	/**
	 * Prints what does not speak against the identity and should be known.
	 *
	 * @param array $warnings Each with `code` and `message`.
	 */
	private static function render_warnings( array $warnings ): void {
		$warnings = array_filter( $warnings, 'is_array' );
		if ( array() === $warnings ) {
			return;
		}
		echo '<h2>' . esc_html__( 'Warnings', 'fedverify' ) . '</h2><ul class="ul-disc">';
		foreach ( $warnings as $warning ) {
			echo '<li>';
			Markup::render( Markup::isolated( Sentence::of( (string) ( $warning['message'] ?? '' ) ) ) . ' <code dir="ltr">' . esc_html( (string) ( $warning['code'] ?? '' ) ) . '</code>' );
			echo '</li>';
		}
		echo '</ul>';
	}
}
