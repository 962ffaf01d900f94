<?php
/**
 * The table of installed plugins of the federation.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Codes;
use FedVerify\WordPress\Network\Plain_Text;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Prints the installed plugins that name a federation source.
 */
final class Federation_Table {

	/**
	 * Prints the table.
	 *
	 * @param Known_Federated[] $plugins The plugins.
	 */
	public static function render( array $plugins ): void {
		if ( array() === $plugins ) {
			echo '<p>' . esc_html__( 'No installed plugin names a federation source.', 'fedverify' ) . '</p>';
			return;
		}
		echo '<table class="widefat striped fedverify-table">';
		Table_Head::render(
			array(
				'package'  => __( 'Plugin', 'fedverify' ),
				'text'     => __( 'State', 'fedverify' ),
				'identity' => __( 'Source', 'fedverify' ),
				'when'     => __( 'Last checked', 'fedverify' ),
				'actions'  => __( 'Actions', 'fedverify' ),
			)
		);
		echo '<tbody>';
		foreach ( $plugins as $plugin ) {
			self::render_row( $plugin );
		}
		echo '</tbody></table><p>';
		Actions::button( 'federation_check', '', __( 'Check all now', 'fedverify' ) );
		echo '</p>';
	}

	/**
	 * Prints a row.
	 *
	 * @param Known_Federated $plugin The plugin.
	 */
	private static function render_row( Known_Federated $plugin ): void {
		echo '<tr><th scope="row">';
		Markup::render( Markup::isolated( $plugin->name() ) );
		/* translators: %s: version */
		echo '<br><span class="fedverify-soft">' . esc_html( sprintf( __( 'Version %s', 'fedverify' ), Plain_Text::word( $plugin->package()->version() ) ) ) . '</span>';
		echo '</th><td data-label="' . esc_attr__( 'State', 'fedverify' ) . '">';
		Markup::render( $plugin->badge() );
		self::render_state( $plugin );
		echo '</td><td data-label="' . esc_attr__( 'Source', 'fedverify' ) . '">';
		Markup::render( Identifier::code( $plugin->package()->source() ) );
		echo '<br><span class="fedverify-soft">' . esc_html__( 'Trust', 'fedverify' ) . ': ' . esc_html( Known_Federated::trust() ) . '</span>';
		echo '</td><td data-label="' . esc_attr__( 'Last checked', 'fedverify' ) . '">';
		echo esc_html( $plugin->checked_at() > 0 ? Moment::distance( $plugin->checked_at(), time() ) : __( 'Never', 'fedverify' ) );
		echo '</td><td class="fedverify-actions">';
		Actions::button( 'federation_check', $plugin->package()->file(), __( 'Check now', 'fedverify' ), $plugin->name() );
		echo '</td></tr>';
	}

	/**
	 * Prints the state of a plugin.
	 *
	 * @param Known_Federated $plugin The plugin.
	 */
	private static function render_state( Known_Federated $plugin ): void {
		$refusal = $plugin->refusal();
		$lines   = array( $plugin->binding() );
		if ( '' !== $plugin->update() ) {
			/* translators: %s: version */
			array_unshift( $lines, sprintf( __( 'Version %s is available.', 'fedverify' ), Plain_Text::word( $plugin->update() ) ) );
		}
		if ( null !== $refusal ) {
			array_unshift( $lines, Codes::meaning( $refusal['code'] ), Sentence::of( $refusal['message'] ), Codes::remedy( $refusal['code'] ) );
		}
		self::render_lines( array_merge( $lines, $plugin->doubts() ) );
		if ( null !== $refusal ) {
			echo '<br>';
			Markup::render( Identifier::code( $refusal['code'] ) );
		}
	}

	/**
	 * Prints what is said beside a state.
	 *
	 * @param string[] $lines Sentences, not yet escaped.
	 */
	public static function render_lines( array $lines ): void {
		foreach ( $lines as $line ) {
			Markup::render( '<br><span class="fedverify-soft">' . Markup::isolated( $line ) . '</span>' );
		}
	}
}
