<?php
/**
 * The page of the Plugin Federation Network.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Plugin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Shows the installed plugins of federation sources, the keys that the owner trusts, and those to decide about.
 */
final class Federation_Page {

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
	 */
	public function render(): void {
		$may_decide = current_user_can( Menu::settings_capability() );
		$publishers = $this->plugin->federation()->publishers();
		echo '<h2>' . esc_html__( 'Plugin Federation Network', 'fedverify' ) . '</h2>';
		echo '<p>' . esc_html__( 'A plugin whose header names a Federation Source is updated from the nodes that you subscribe to, if its publisher’s key, which you trust, has signed it. A plugin that also has a DID is verified by its DID alone.', 'fedverify' ) . '</p>';
		$this->render_nodes( $may_decide );
		echo '<h3>' . esc_html__( 'Installed plugins', 'fedverify' ) . '</h3>';
		Federation_Table::render( Known_Federated::all( $this->plugin ) );
		( new Federation_Search( $this->plugin ) )->render();
		$undecided = $this->plugin->federation()->shown_keys()->undecided();
		if ( array() !== $undecided ) {
			echo '<h3>' . esc_html__( 'Keys to decide about', 'fedverify' ) . '</h3>';
			Publisher_Table::render_undecided( $undecided, $publishers, $may_decide );
		}
		echo '<h3>' . esc_html__( 'Publishers that you trust', 'fedverify' ) . '</h3>';
		Publisher_Table::render( $publishers->all(), $may_decide );
		Digest_Table::render( $this->plugin->federation()->digests(), $may_decide );
		if ( $may_decide ) {
			$this->render_form();
		}
	}

	/**
	 * Prints which nodes are asked.
	 *
	 * @param bool $may_decide Whether the user may change them.
	 */
	private function render_nodes( bool $may_decide ): void {
		$nodes = $this->plugin->settings()->federation_nodes();
		echo '<p>' . esc_html( array() === $nodes ? __( 'You subscribe to no node.', 'fedverify' ) : __( 'Nodes that are asked:', 'fedverify' ) ) . ' ';
		echo implode( ', ', array_map( array( Identifier::class, 'code' ), $nodes ) ) . ' '; // phpcs:ignore WordPress.Security.EscapeOutput -- Identifier::code() escapes.
		if ( $may_decide ) {
			Markup::render( Markup::link( Menu::url( array( 'tab' => 'settings' ) ), __( 'Settings', 'fedverify' ), __( 'Settings: nodes', 'fedverify' ) ) );
		}
		echo '</p>';
	}

	/**
	 * Prints the form for a key.
	 */
	private function render_form(): void {
		echo '<h3>' . esc_html__( 'Trust a publisher', 'fedverify' ) . '</h3>';
		printf( '<form method="post" action="%s">', esc_url( Menu::url( array( 'tab' => 'federation' ) ) ) );
		Actions::fields( 'federation_trust' );
		echo '<table class="form-table" role="presentation"><tr><th scope="row"><label for="fedverify-source">' . esc_html__( 'Source', 'fedverify' ) . '</label></th><td>';
		echo '<input type="text" class="regular-text code" dir="ltr" id="fedverify-source" name="source" required placeholder="alice@plugins.example" aria-describedby="fedverify-source-about">';
		echo '<p class="description" id="fedverify-source-about">' . esc_html__( 'As the plugin’s header names it.', 'fedverify' ) . '</p></td></tr>';
		echo '<tr><th scope="row"><label for="fedverify-key">' . esc_html__( 'Key', 'fedverify' ) . '</label></th><td>';
		echo '<textarea class="large-text code" dir="ltr" rows="4" id="fedverify-key" name="key" aria-describedby="fedverify-key-about"></textarea>';
		echo '<p class="description" id="fedverify-key-about">' . esc_html__( 'The publisher’s public key, as PEM or in base64. Leave it empty to see the key that your nodes show: compare it with the publisher’s before you confirm it.', 'fedverify' ) . '</p></td></tr></table>';
		submit_button( __( 'Trust this key, or show it', 'fedverify' ) );
		echo '</form>';
	}
}
