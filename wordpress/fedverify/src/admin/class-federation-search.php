<?php
/**
 * Finding plugins of the federation.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Codes;
use FedVerify\WordPress\Federation\Doubts;
use FedVerify\WordPress\Federation\Found;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Asks the nodes for plugins, and shows what can be installed of them. WordPress's own installer installs it, through the gates.
 */
final class Federation_Search {

	/**
	 * What the words are called in the address.
	 */
	private const WORDS = 'fedverify-find';

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * Makes one.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->plugin = $plugin;
	}

	/**
	 * Prints the form, and what was found.
	 */
	public function render(): void {
		if ( ! current_user_can( 'install_plugins' ) || array() === $this->plugin->settings()->federation_nodes() ) {
			return;
		}
		$words = self::words();
		echo '<h3 id="fedverify-find-heading">' . esc_html__( 'Find plugins', 'fedverify' ) . '</h3>';
		self::render_form( (string) $words );
		if ( null === $words ) {
			return;
		}
		list( $found, $failed, $notes ) = $this->plugin->federation()->catalogue()->find( $words );
		foreach ( $failed as $refusal ) {
			echo '<div class="notice notice-warning inline"><p>' . esc_html( $refusal->getMessage() ) . '</p></div>';
		}
		foreach ( $notes as $note ) {
			echo '<p>' . esc_html( $note ) . '</p>';
		}
		$this->render_found( $found );
	}

	/**
	 * What is looked for.
	 *
	 * @return string|null Null where nothing is: a link from elsewhere makes no site ask its nodes.
	 */
	private static function words(): ?string {
		$nonce = isset( $_GET['_wpnonce'] ) && is_string( $_GET['_wpnonce'] ) ? sanitize_key( wp_unslash( $_GET['_wpnonce'] ) ) : '';
		if ( ! isset( $_GET[ self::WORDS ] ) || ! is_string( $_GET[ self::WORDS ] ) || false === wp_verify_nonce( $nonce, self::WORDS ) ) {
			return null;
		}
		return substr( sanitize_text_field( wp_unslash( $_GET[ self::WORDS ] ) ), 0, 200 );
	}

	/**
	 * Prints the form.
	 *
	 * @param string $words What was looked for.
	 */
	private static function render_form( string $words ): void {
		printf( '<form method="get" action="%s" role="search" aria-labelledby="fedverify-find-heading">', esc_url( Menu::url() ) );
		printf( '<input type="hidden" name="page" value="%s"><input type="hidden" name="tab" value="federation">', esc_attr( Menu::PAGE ) );
		printf( '<input type="hidden" name="_wpnonce" value="%s">', esc_attr( wp_create_nonce( self::WORDS ) ) );
		printf( '<p><label for="%1$s">%2$s</label> <input type="search" class="regular-text" id="%1$s" name="%1$s" value="%3$s"> ', esc_attr( self::WORDS ), esc_html__( 'Words, a tag, a source or a plugin’s id:', 'fedverify' ), esc_attr( $words ) );
		printf( '<button type="submit" class="button">%s</button></p></form>', esc_html__( 'Ask the nodes', 'fedverify' ) );
	}

	/**
	 * Prints what was found.
	 *
	 * @param Found[] $found The plugins.
	 */
	private function render_found( array $found ): void {
		if ( array() === $found ) {
			echo '<p role="status">' . esc_html__( 'No node lists a matching plugin.', 'fedverify' ) . '</p>';
			return;
		}
		echo '<table class="widefat striped fedverify-table">';
		Table_Head::render(
			array(
				'package'  => __( 'Plugin', 'fedverify' ),
				'text'     => __( 'Description', 'fedverify' ),
				'identity' => __( 'Source', 'fedverify' ),
				'when'     => __( 'Node', 'fedverify' ),
				'actions'  => __( 'Actions', 'fedverify' ),
			)
		);
		echo '<tbody>';
		foreach ( $found as $each ) {
			$this->render_row( $each );
		}
		echo '</tbody></table>';
	}

	/**
	 * Prints a row.
	 *
	 * @param Found $found The plugin.
	 */
	private function render_row( Found $found ): void {
		$listed = $found->listed();
		echo '<tr><th scope="row">';
		Markup::render( Markup::isolated( $listed->name() ) );
		/* translators: %s: version */
		echo '<br><span class="fedverify-soft">' . esc_html( sprintf( __( 'Version %s', 'fedverify' ), Plain_Text::word( $listed->version() ) ) ) . '</span>';
		echo '</th><td data-label="' . esc_attr__( 'Description', 'fedverify' ) . '">';
		Markup::render( Markup::isolated( (string) wp_html_excerpt( $listed->description(), 300, '…' ) ) );
		if ( null === $found->refusal() ) {
			echo '<br><span class="fedverify-soft">' . esc_html__( 'The key that you trust signed this record.', 'fedverify' ) . '</span>';
		} else {
			self::render_refusal( $found->refusal() );
		}
		Federation_Table::render_lines( Doubts::sentences( $listed ) );
		echo '</td><td data-label="' . esc_attr__( 'Source', 'fedverify' ) . '">';
		Markup::render( Identifier::code( $found->identity() ) );
		echo '</td><td data-label="' . esc_attr__( 'Node', 'fedverify' ) . '">' . esc_html( $listed->node() ) . '</td><td class="fedverify-actions">';
		$this->render_action( $found );
		echo '</td></tr>';
	}

	/**
	 * Prints why a plugin cannot be installed.
	 *
	 * @param Refusal $refusal Why.
	 */
	private static function render_refusal( Refusal $refusal ): void {
		Markup::render( '<br><span class="fedverify-soft">' . Markup::isolated( Sentence::of( $refusal->getMessage() ) ) . ' ' . Markup::isolated( Codes::remedy( $refusal->error_code() ) ) . '</span><br>' );
		Markup::render( Identifier::code( $refusal->error_code() ) );
	}

	/**
	 * Prints what can be done.
	 *
	 * @param Found $found The plugin.
	 */
	private function render_action( Found $found ): void {
		$installed = $this->plugin->installed()->by_did( $found->identity() );
		$refusal   = $found->refusal();
		$name      = $found->listed()->name();
		if ( $installed instanceof Package ) {
			/* translators: %s: version */
			echo esc_html( sprintf( __( 'Installed, version %s', 'fedverify' ), Plain_Text::word( $installed->version() ) ) );
		} elseif ( null === $refusal ) {
			Actions::link( self::install_url( $found->identity() ), __( 'Install now', 'fedverify' ), $name, 'button button-primary' );
		} elseif ( 'wordpress.federation.untrusted' === $refusal->error_code() && current_user_can( Menu::settings_capability() ) ) {
			Actions::button( 'federation_show', $found->source()->to_string(), __( 'Show its key', 'fedverify' ), $name );
		}
	}

	/**
	 * The address of WordPress's installer.
	 *
	 * @param string $identity What Plugin_Information answers to.
	 */
	private static function install_url( string $identity ): string {
		$url = add_query_arg(
			array(
				'action' => 'install-plugin',
				'plugin' => rawurlencode( $identity ),
			),
			Install_Page::updater()
		);
		return add_query_arg( '_wpnonce', wp_create_nonce( 'install-plugin_' . $identity ), $url );
	}
}
