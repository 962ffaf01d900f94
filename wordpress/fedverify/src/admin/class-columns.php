<?php
/**
 * The column "Verified".
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Plugin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Adds a column to the screens of plugins, and of the network's themes: the state of each package with an identity, with a detail.
 * A site's themes are shown as pictures; there it is in the description.
 */
final class Columns {

	private const COLUMN = 'fedverify';

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * Makes them.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->plugin = $plugin;
	}

	/**
	 * Adds the column. Hooked to `manage_plugins_columns` and the like.
	 *
	 * @param mixed $columns The headings, by name.
	 * @return mixed
	 */
	public function add( $columns ) {
		if ( ! is_array( $columns ) || ! current_user_can( Menu::capability() ) || array() === array_merge( $this->plugin->installed()->dids(), $this->plugin->installed()->of_sources() ) ) {
			return $columns;
		}
		$columns[ self::COLUMN ] = __( 'Verified', 'fedverify' );
		return $columns;
	}

	/**
	 * Prints the cell of a plugin. Hooked to `manage_plugins_custom_column`.
	 *
	 * @param mixed $column The column.
	 * @param mixed $file   The plugin's file.
	 */
	public function render_plugin( $column, $file ): void {
		if ( self::COLUMN === $column && is_string( $file ) ) {
			$federated = $this->plugin->installed()->plugin_of_source( $file );
			if ( null === $federated ) {
				$this->render( $this->plugin->installed()->plugin( $file ) );
			} else {
				self::render_federated( new Known_Federated( $this->plugin, $federated ) );
			}
		}
	}

	/**
	 * Prints what is in the column of a plugin of a federation source.
	 *
	 * @param Known_Federated $known What is known of it.
	 */
	private static function render_federated( Known_Federated $known ): void {
		Markup::render( $known->badge() );
		/* translators: %s: name of a plugin or theme */
		$about = sprintf( __( 'of %s', 'fedverify' ), Plain_Text::name( $known->name() ) );
		echo '<details class="fedverify-detail"><summary>' . esc_html__( 'Details', 'fedverify' ) . ' <span class="screen-reader-text">' . esc_html( $about ) . '</span></summary>';
		Fact_List::render( $known->facts() );
		Markup::render( Markup::link( Menu::url( array( 'tab' => 'federation' ) ), __( 'Federation', 'fedverify' ), __( 'Federation', 'fedverify' ) . ' ' . $about ) );
		echo '</details>';
	}

	/**
	 * Prints the cell of a theme. Hooked to `manage_themes_custom_column`.
	 *
	 * @param mixed $column     The column.
	 * @param mixed $stylesheet The theme.
	 */
	public function render_theme( $column, $stylesheet ): void {
		if ( self::COLUMN === $column && is_string( $stylesheet ) ) {
			$this->render( $this->plugin->installed()->theme( $stylesheet ) );
		}
	}

	/**
	 * Adds its state to the description of a theme. Hooked to `wp_prepare_themes_for_js`.
	 *
	 * @param mixed $themes What the screen shows of each theme.
	 * @return mixed
	 */
	public function describe_themes( $themes ) {
		if ( ! is_array( $themes ) || ! current_user_can( 'update_themes' ) ) {
			return $themes;
		}
		foreach ( $themes as $stylesheet => $theme ) {
			$package = $this->plugin->installed()->theme( (string) $stylesheet );
			if ( null === $package || ! is_array( $theme ) || ! is_string( $theme['description'] ?? null ) ) {
				continue;
			}
			$known = Known_Package::of( $this->plugin, $package );
			// WordPress prints a description as HTML.
			$themes[ $stylesheet ]['description'] = $theme['description'] . '</p><p class="theme-description fedverify-in-theme">'
				. Package_Status::badge( $known->state() ) . ' ' . esc_html( Package_Status::meaning( $known->state() ) ) . ' '
				. Markup::link( Menu::package_url( $known->did() ), __( 'Identity and history', 'fedverify' ) );
		}
		return $themes;
	}

	/**
	 * Prints a cell.
	 *
	 * @param Package|null $package What is in the row; null where it has no identity.
	 */
	private function render( ?Package $package ): void {
		if ( null === $package ) {
			echo '<span class="fedverify-none" aria-hidden="true">—</span><span class="screen-reader-text">' . esc_html__( 'Has no identity', 'fedverify' ) . '</span>';
			return;
		}
		$known = Known_Package::of( $this->plugin, $package );
		Markup::render( Package_Status::badge( $known->state() ) );
		if ( null !== $known->held() ) {
			Markup::render( '<br>' . Badge::html( 'held', __( 'Update held', 'fedverify' ) ) );
		}
		$at = null === $known->record() ? 0 : (int) $known->record()->verified_at();
		if ( $at > 0 ) {
			echo '<br><span class="fedverify-soft">' . esc_html( Moment::distance( $at, time() ) ) . '</span>';
		}
		/* translators: %s: name of a plugin or theme */
		$about = sprintf( __( 'of %s', 'fedverify' ), Plain_Text::name( $known->name() ) );
		echo '<details class="fedverify-detail"><summary>' . esc_html__( 'Details', 'fedverify' ) . ' <span class="screen-reader-text">' . esc_html( $about ) . '</span></summary>';
		Fact_List::render( $known->facts() );
		Markup::render( Markup::link( Menu::package_url( $known->did() ), __( 'Identity and history', 'fedverify' ), __( 'Identity and history', 'fedverify' ) . ' ' . $about ) );
		echo '</details>';
	}
}
