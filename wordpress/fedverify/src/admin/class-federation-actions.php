<?php
/**
 * What the buttons of the federation's page do.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Federation\Publisher_Key;
use FedVerify\WordPress\Federation\Source_Id;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Does what Actions has checked nonce and capability for.
 */
final class Federation_Actions {

	/**
	 * For how long a page may ask nodes, in seconds.
	 */
	private const MOST_SECONDS = 15.0;

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
	 * Whether an action is one of these.
	 *
	 * @param string $action Its name.
	 */
	public static function has( string $action ): bool {
		return 0 === strpos( $action, 'federation_' );
	}

	/**
	 * Who may do it: whoever decides about keys decides about what is installed.
	 *
	 * @param string $action Its name.
	 */
	public static function capability( string $action ): string {
		return 'federation_check' === $action ? Menu::capability() : Menu::settings_capability();
	}

	/**
	 * Does it.
	 *
	 * @param string $action Its name.
	 * @param string $about  A source, a source and a key, a plugin's file, or the name of a version.
	 * @return string A word of Feedback.
	 */
	public function run( string $action, string $about ): string {
		try {
			return $this->done( $action, $about );
		} catch ( Refusal $refusal ) {
			return 'wordpress.federation.source_invalid' === $refusal->error_code() ? 'source' : 'refused_key';
		}
	}

	/**
	 * Does it.
	 *
	 * @param string $action Its name.
	 * @param string $about  A source, a source and a key, a plugin's file, or the name of a version.
	 * @return string A word of Feedback.
	 * @throws Refusal It cannot be done.
	 */
	private function done( string $action, string $about ): string {
		$publishers = $this->plugin->federation()->publishers();
		$shown      = $this->plugin->federation()->shown_keys();
		if ( 'federation_check' === $action ) {
			return $this->check( $about );
		}
		if ( 'federation_trust' === $action ) {
			return $this->trust();
		}
		if ( 'federation_digest' === $action ) {
			return $this->plugin->federation()->take_back( $about ) ? 'taken_back' : 'failed';
		}
		list( $name, $key ) = array_pad( explode( ' ', $about, 2 ), 2, '' );
		$source             = Source_Id::parse( $name );
		switch ( $action ) {
			case 'federation_show':
				return $this->show( $source );
			case 'federation_confirm':
				return $this->checked( $source, $shown->confirm( $source, $key ) ? 'trusted' : 'other_key' );
			case 'federation_keep':
				return $this->checked( $source, $shown->keep( $source, $key ) ? 'kept_key' : 'other_key' );
			case 'federation_unsigned':
				// phpcs:ignore WordPress.Security.NonceVerification.Missing -- Actions::handle() has checked it.
				if ( ! isset( $_POST['fedverify_understood'] ) ) {
					return 'unconfirmed';
				}
				$publishers->allow_unsigned( $source, true );
				return 'saved';
			case 'federation_signed':
				$publishers->allow_unsigned( $source, false );
				return 'saved';
			case 'federation_forget':
				$publishers->forget( $source );
				return $this->checked( $source, 'saved' );
		}
		return 'failed';
	}

	/**
	 * Trusts the key that was sent, or asks the nodes which one they show.
	 *
	 * @return string A word of Feedback.
	 * @throws Refusal It is none, or the nodes show none.
	 */
	private function trust(): string {
		// phpcs:disable WordPress.Security.NonceVerification.Missing -- Actions::handle() has checked it.
		$source = isset( $_POST['source'] ) && is_string( $_POST['source'] ) ? sanitize_text_field( wp_unslash( $_POST['source'] ) ) : '';
		$key    = isset( $_POST['key'] ) && is_string( $_POST['key'] ) ? sanitize_textarea_field( wp_unslash( $_POST['key'] ) ) : '';
		// phpcs:enable
		$source     = Source_Id::parse( $source );
		$publishers = $this->plugin->federation()->publishers();
		if ( '' !== trim( $key ) ) {
			$publishers->trust( $source, Publisher_Key::read( $key ) );
			return $this->checked( $source, 'trusted' );
		}
		return $this->show( $source );
	}

	/**
	 * Asks the nodes which key a source has.
	 *
	 * @param Source_Id $source The source.
	 * @return string A word of Feedback.
	 * @throws Refusal The nodes show none, or different ones.
	 */
	private function show( Source_Id $source ): string {
		$federation = $this->plugin->federation();
		if ( null !== $federation->publishers()->get( $source ) ) {
			return 'has_key';
		}
		list( $shown, $node ) = $federation->nodes()->key_of_all( $source );
		$federation->shown_keys()->show( $source, $shown, $node );
		return 'shown_key';
	}

	/**
	 * Asks the nodes about plugins.
	 *
	 * @param string $file The plugin's file; empty: all.
	 * @return string A word of Feedback.
	 */
	private function check( string $file ): string {
		$packages = array();
		foreach ( $this->plugin->federation()->plugins() as $package ) {
			if ( '' === $file || $package->file() === $file ) {
				$packages[] = $package;
			}
		}
		$rest = $this->plugin->federation()->check()->all( $packages, self::MOST_SECONDS );
		return array() === $rest ? 'asked' : 'asked_some';
	}

	/**
	 * Asks the nodes about the plugins of a source, whose key was decided about.
	 *
	 * @param Source_Id $source The source.
	 * @param string    $word   A word of Feedback.
	 * @return string The word.
	 */
	private function checked( Source_Id $source, string $word ): string {
		$this->plugin->federation()->check()->all( $this->plugin->federation()->plugins( $source ), self::MOST_SECONDS );
		return $word;
	}
}
