<?php
/**
 * What was found.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Codes;
use FedVerify\WordPress\Memory\Verdict;
use FedVerify\WordPress\Packages\Installed;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Prints verdicts, newest first.
 */
final class Verdict_Table {

	/**
	 * Prints the table.
	 *
	 * @param Verdict[] $verdicts  The verdicts.
	 * @param Installed $installed Names what a verdict does not.
	 */
	public static function render( array $verdicts, Installed $installed ): void {
		if ( array() === $verdicts ) {
			echo '<p>' . esc_html__( 'None yet. Each installation and update that is verified is listed here, and whatever is refused or held.', 'fedverify' ) . '</p>';
			return;
		}
		echo '<table class="widefat striped fedverify-table fedverify-verdicts">';
		Table_Head::render(
			array(
				'when'    => __( 'When', 'fedverify' ),
				'state'   => __( 'Verdict', 'fedverify' ),
				'package' => __( 'Package', 'fedverify' ),
				'text'    => __( 'What was found', 'fedverify' ),
				'during'  => __( 'During', 'fedverify' ),
			)
		);
		echo '<tbody>';
		foreach ( $verdicts as $verdict ) {
			self::render_row( $verdict, self::name( $verdict, $installed ) );
		}
		echo '</tbody></table>';
	}

	/**
	 * Prints one verdict.
	 *
	 * @param Verdict $verdict The verdict.
	 * @param string  $name    What the package is called.
	 */
	private static function render_row( Verdict $verdict, string $name ): void {
		echo '<tr><th scope="row">';
		Markup::render( Moment::element( $verdict->at() ) );
		echo '</th><td data-label="' . esc_attr__( 'Verdict', 'fedverify' ) . '">';
		Markup::render( Badge::of_verdict( $verdict->verdict() ) );
		if ( $verdict->is_only_reported() ) {
			echo ' <span class="fedverify-soft">' . esc_html__( 'Only reported', 'fedverify' ) . '</span>';
		}
		echo '</td><td data-label="' . esc_attr__( 'Package', 'fedverify' ) . '">';
		Markup::render( '' === $verdict->did() ? Markup::isolated( $name ) : Markup::name_link( Menu::package_url( $verdict->did() ), $name ) );
		if ( '' !== $verdict->version() ) {
			echo ' <span class="fedverify-soft">' . esc_html( $verdict->version() ) . '</span>';
		}
		echo '</td><td data-label="' . esc_attr__( 'What was found', 'fedverify' ) . '">';
		Markup::render( Markup::isolated( Sentence::of( $verdict->message() ) ) );
		if ( '' !== $verdict->code() ) {
			Markup::render(
				'<details><summary>' . Markup::isolated( $verdict->code() ) . '</summary><p>' . Markup::isolated( Codes::meaning( $verdict->code() ) ) . '</p><p>'
				. Markup::isolated( Codes::remedy( $verdict->code() ) ) . '</p></details>'
			);
		}
		echo '</td><td data-label="' . esc_attr__( 'During', 'fedverify' ) . '">' . esc_html( self::context( $verdict->context() ) ) . '</td></tr>';
	}

	/**
	 * What the package is called.
	 *
	 * @param Verdict   $verdict   The verdict.
	 * @param Installed $installed The installed packages.
	 * @return string
	 */
	private static function name( Verdict $verdict, Installed $installed ): string {
		$package = '' === $verdict->name() && '' !== $verdict->did() ? $installed->by_did( $verdict->did() ) : null;
		$name    = null === $package ? $verdict->name() : $package->name();
		if ( '' !== $name ) {
			return $name;
		}
		return '' === $verdict->did() ? __( 'None', 'fedverify' ) : Identifier::short( $verdict->did() );
	}

	/**
	 * During what it was found.
	 *
	 * @param string $context A name of Context.
	 * @return string
	 */
	public static function context( string $context ): string {
		$labels = array(
			'install'   => __( 'Installation', 'fedverify' ),
			'update'    => __( 'Update', 'fedverify' ),
			'automatic' => __( 'Automatic update', 'fedverify' ),
			// WordPress's own button updates a single package like many.
			'bulk'      => __( 'Update', 'fedverify' ),
			'upload'    => __( 'Upload', 'fedverify' ),
			'cli'       => __( 'WP-CLI', 'fedverify' ),
			'browser'   => __( 'Verification in the browser', 'fedverify' ),
			'cron'      => __( 'Scheduled check', 'fedverify' ),
			'rest'      => __( 'REST API', 'fedverify' ),
			'admin'     => __( 'Dashboard', 'fedverify' ),
			'visit'     => __( 'Visit', 'fedverify' ),
		);
		return $labels[ $context ] ?? $context;
	}
}
