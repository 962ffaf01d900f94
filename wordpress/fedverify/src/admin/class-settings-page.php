<?php
/**
 * The settings on the screen.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Settings;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Prints the form of the settings. What a constant decides is shown and cannot be changed here.
 */
final class Settings_Page {

	/**
	 * The settings.
	 *
	 * @var Settings
	 */
	private $settings;

	/**
	 * Makes the page.
	 *
	 * @param Settings $settings The settings.
	 */
	public function __construct( Settings $settings ) {
		$this->settings = $settings;
	}

	/**
	 * Prints the page.
	 */
	public function render(): void {
		echo '<h2>' . esc_html__( 'Settings', 'fedverify' ) . '</h2>';
		printf( '<form method="post" action="%s">', esc_url( Menu::url( array( 'tab' => 'settings' ) ) ) );
		Actions::fields( 'settings' );
		echo '<table class="form-table" role="presentation">';
		$this->render_mode();
		$this->render_checkbox(
			'wait_recovery',
			$this->settings->waits_for_recovery_window(),
			__( 'New keys', 'fedverify' ),
			__( 'Hold automatic updates signed by a new key until the change of key can no longer be undone (72 hours)', 'fedverify' ),
			__( 'For three days, the owner of an identity can undo a change that was made with a stolen key. You can install such an update at once after reading what changed.', 'fedverify' )
		);
		$this->render_directories();
		$this->render_checkbox(
			'mail_refusals',
			$this->settings->mails_refusals(),
			__( 'E-mail', 'fedverify' ),
			__( 'Write to the administrator when an automatic update was refused or held', 'fedverify' ),
			__( 'Once for each update.', 'fedverify' )
		);
		$this->render_kept();
		$this->render_checkbox(
			'forget_on_uninstall',
			$this->settings->forgets_on_uninstall(),
			__( 'When fedverify is deleted', 'fedverify' ),
			__( 'Forget everything', 'fedverify' ),
			__( 'Otherwise what was seen of each identity is kept, so that fedverify can continue from there if it is installed again.', 'fedverify' )
		);
		echo '</table>';
		submit_button();
		echo '</form>';
	}

	/**
	 * Prints the choice between enforcing and reporting.
	 */
	private function render_mode(): void {
		echo '<tr><th scope="row" id="fedverify-mode">' . esc_html__( 'Mode', 'fedverify' ) . '</th><td><fieldset aria-labelledby="fedverify-mode">';
		$choices = array(
			'enforce' => __( 'Enforce: refuse what cannot be verified', 'fedverify' ),
			'report'  => __( 'Report only: say what would be refused, and refuse nothing', 'fedverify' ),
		);
		$mode    = $this->settings->is_enforcing() ? 'enforce' : 'report';
		foreach ( $choices as $value => $label ) {
			printf(
				'<label><input type="radio" name="mode" value="%s"%s%s> %s</label><br>',
				esc_attr( $value ),
				checked( $mode, $value, false ),
				disabled( null !== $this->settings->constant_of( 'mode' ), true, false ),
				esc_html( $label )
			);
		}
		echo '</fieldset>';
		$this->render_constant( 'mode' );
		echo '</td></tr>';
	}

	/**
	 * Prints where logs come from.
	 */
	private function render_directories(): void {
		echo '<tr><th scope="row"><label for="fedverify-directory">' . esc_html__( 'Directory', 'fedverify' ) . '</label></th><td>';
		printf(
			'<input type="url" class="regular-text code" dir="ltr" id="fedverify-directory" name="directory" value="%s" aria-describedby="fedverify-directory-about"%s>',
			esc_attr( $this->settings->directory() ),
			disabled( null !== $this->settings->constant_of( 'directory' ), true, false )
		);
		echo '<p class="description" id="fedverify-directory-about">' . esc_html__( 'Where the logs of did:plc identities are fetched. Whatever it says is verified.', 'fedverify' ) . '</p>';
		$this->render_constant( 'directory' );
		echo '</td></tr>';
		$this->render_urls(
			'witnesses',
			$this->settings->witnesses(),
			__( 'Witnesses', 'fedverify' ),
			__( 'Further directories, one https address a line. Their logs must agree with the directory’s, or the identity is refused. A first visit then rests on more than one server’s word. A witness that does not answer is skipped, with a warning on the package’s page.', 'fedverify' )
		);
		$this->render_urls(
			'federation_nodes',
			$this->settings->federation_nodes(),
			__( 'Nodes', 'fedverify' ),
			__( 'Nodes of the Plugin Federation Network, one https address a line. They are asked for updates of plugins whose header names a federation source, and for nothing else. Whatever they say is verified.', 'fedverify' )
		);
	}

	/**
	 * Prints a list of addresses.
	 *
	 * @param string   $name    The setting.
	 * @param string[] $urls    The addresses.
	 * @param string   $heading What it is about.
	 * @param string   $about   What is worth knowing.
	 */
	private function render_urls( string $name, array $urls, string $heading, string $about ): void {
		printf( '<tr><th scope="row"><label for="fedverify-%s">%s</label></th><td>', esc_attr( $name ), esc_html( $heading ) );
		printf(
			'<textarea class="large-text code" dir="ltr" rows="3" id="fedverify-%1$s" name="%1$s" aria-describedby="fedverify-%1$s-about"%2$s>%3$s</textarea>',
			esc_attr( $name ),
			disabled( null !== $this->settings->constant_of( $name ), true, false ),
			esc_textarea( implode( "\n", $urls ) )
		);
		printf( '<p class="description" id="fedverify-%s-about">%s</p>', esc_attr( $name ), esc_html( $about ) );
		$this->render_constant( $name );
		echo '</td></tr>';
	}

	/**
	 * Prints how many verdicts are kept.
	 */
	private function render_kept(): void {
		echo '<tr><th scope="row"><label for="fedverify-kept">' . esc_html__( 'Verdicts to keep', 'fedverify' ) . '</label></th><td>';
		printf(
			'<input type="number" class="small-text" id="fedverify-kept" name="kept_verdicts" min="10" max="10000" value="%s"%s>',
			esc_attr( (string) $this->settings->kept_verdicts() ),
			disabled( null !== $this->settings->constant_of( 'kept_verdicts' ), true, false )
		);
		$this->render_constant( 'kept_verdicts' );
		echo '</td></tr>';
	}

	/**
	 * Prints a checkbox.
	 *
	 * @param string $name       The setting.
	 * @param bool   $is_checked What counts now.
	 * @param string $heading    What it is about.
	 * @param string $label      What it does.
	 * @param string $about      What else should be known.
	 */
	private function render_checkbox( string $name, bool $is_checked, string $heading, string $label, string $about ): void {
		echo '<tr><th scope="row">' . esc_html( $heading ) . '</th><td>';
		printf(
			'<label><input type="checkbox" name="%1$s" value="1" aria-describedby="fedverify-%1$s"%2$s%3$s> %4$s</label>',
			esc_attr( $name ),
			checked( $is_checked, true, false ),
			disabled( null !== $this->settings->constant_of( $name ), true, false ),
			esc_html( $label )
		);
		printf( '<p class="description" id="fedverify-%s">%s</p>', esc_attr( $name ), esc_html( $about ) );
		$this->render_constant( $name );
		echo '</td></tr>';
	}

	/**
	 * Prints which constant decides a setting, if one does.
	 *
	 * @param string $name The setting.
	 */
	private function render_constant( string $name ): void {
		$constant = $this->settings->constant_of( $name );
		if ( null === $constant ) {
			return;
		}
		/* translators: %s: name of a constant */
		echo '<p class="description"><strong>' . esc_html( sprintf( __( 'Set by the constant %s in wp-config.php.', 'fedverify' ), $constant ) ) . '</strong></p>';
	}
}
