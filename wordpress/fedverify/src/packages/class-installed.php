<?php
/**
 * The packages that are installed.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Packages;

use FedVerify\WordPress\Context;
use FedVerify\WordPress\Memory\Options;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * The plugins and themes whose headers claim an identity, and the plugins that name a federation source instead.
 *
 * Reading the headers of all plugins takes a while, so the list is kept, and read anew where packages change, in cron
 * and commands, after five minutes in the dashboard, and once a folder came or went. A visitor's request takes it as it
 * is otherwise. `plugin()` and `theme()` always read what is on disk now.
 */
final class Installed {

	/**
	 * Where the list is kept.
	 *
	 * @var Package_List
	 */
	private $kept;

	/**
	 * In which kind of request the code runs.
	 *
	 * @var Context
	 */
	private $context;

	/**
	 * The list, once it is known in this request.
	 *
	 * @var Package[]|null
	 */
	private $packages;

	/**
	 * Whether that list was taken as it was kept, for a visitor. Who asks is not known before `init`, and in REST not
	 * before the route is.
	 *
	 * @var bool
	 */
	private $is_visitors = false;

	/**
	 * Those of the list that claim an identity, and those that name a federation source instead.
	 *
	 * @var array{0: Package[], 1: Package[]}
	 */
	private $kinds = array( array(), array() );

	/**
	 * The DIDs of that list, once they are asked for.
	 *
	 * @var string[]|null
	 */
	private $dids;

	/**
	 * Makes one.
	 *
	 * @param Options $options Where the list is kept.
	 * @param Context $context In which kind of request the code runs.
	 */
	public function __construct( Options $options, Context $context ) {
		$this->kept    = new Package_List( $options );
		$this->context = $context;
	}

	/**
	 * All packages that claim an identity.
	 *
	 * @return Package[]
	 */
	public function all(): array {
		$this->load();
		return $this->kinds[0];
	}

	/**
	 * All plugins that name a federation source and claim no identity: where there is a DID, it decides.
	 *
	 * @return Package[]
	 */
	public function of_sources(): array {
		$this->load();
		return $this->kinds[1];
	}

	/**
	 * Has the list, for this kind of request.
	 */
	private function load(): void {
		if ( null !== $this->packages && ( ! $this->is_visitors || $this->context->is_visitor() ) ) {
			return;
		}
		$this->is_visitors = $this->context->is_visitor();
		$must_be_new       = ! $this->is_visitors && ( wp_doing_cron() || ! is_admin() );
		$kept              = $must_be_new ? null : $this->kept->read( $this->is_visitors );
		$this->keep( null === $kept ? $this->scan() : $kept );
	}

	/**
	 * The DIDs that they claim, those that are DIDs.
	 *
	 * @return string[]
	 */
	public function dids(): array {
		$packages = $this->all();
		if ( null === $this->dids ) {
			$dids = array();
			foreach ( $packages as $package ) {
				if ( $package->has_valid_did() ) {
					$dids[] = $package->did();
				}
			}
			$this->dids = array_values( array_unique( $dids ) );
		}
		return $this->dids;
	}

	/**
	 * The package of an identity.
	 *
	 * @param string $did Its DID, or what Package::identity() says of a plugin that has none.
	 */
	public function by_did( string $did ): ?Package {
		foreach ( array_merge( $this->all(), $this->of_sources() ) as $package ) {
			if ( $package->identity() === $did ) {
				return $package;
			}
		}
		return null;
	}

	/**
	 * A plugin, as it is on disk now.
	 *
	 * @param string $file Its file as WordPress names it.
	 * @return Package|null Null where it claims no identity, or is not there.
	 */
	public function plugin( string $file ): ?Package {
		$package = self::plugin_on_disk( $file );
		return null === $package || '' === $package->did() ? null : $package;
	}

	/**
	 * A plugin of a federation source, as it is on disk now.
	 *
	 * @param string $file Its file as WordPress names it.
	 * @return Package|null Null where it names no source, claims an identity, or is not there.
	 */
	public function plugin_of_source( string $file ): ?Package {
		$package = self::plugin_on_disk( $file );
		return null === $package || '' !== $package->did() ? null : $package;
	}

	/**
	 * A plugin with either, as it is on disk now.
	 *
	 * @param string $file Its file as WordPress names it.
	 */
	private static function plugin_on_disk( string $file ): ?Package {
		if ( 0 !== validate_file( $file ) ) {
			return null;
		}
		return self::package( 'plugin', $file, Headers::of_plugin_file( WP_PLUGIN_DIR . '/' . $file ) );
	}

	/**
	 * A theme, as it is on disk now.
	 *
	 * @param string $stylesheet Its folder as WordPress names it.
	 * @return Package|null Null where it claims no identity, or is not there.
	 */
	public function theme( string $stylesheet ): ?Package {
		if ( '' === $stylesheet || 0 !== validate_file( $stylesheet ) ) {
			return null;
		}
		return self::package( 'theme', $stylesheet, Headers::of_theme( wp_get_theme( $stylesheet )->get_stylesheet_directory() ) );
	}

	/**
	 * The package that an update is of, as it is on disk now.
	 *
	 * @param mixed $update As WordPress describes it: an object with `plugin` or `theme`.
	 * @return Package|null Null where it claims no identity and names no source, or is not there.
	 */
	public function of_update( $update ): ?Package {
		$update = is_object( $update ) ? get_object_vars( $update ) : array();
		if ( isset( $update['plugin'] ) && is_string( $update['plugin'] ) ) {
			return self::plugin_on_disk( $update['plugin'] );
		}
		return isset( $update['theme'] ) && is_string( $update['theme'] ) ? $this->theme( $update['theme'] ) : null;
	}

	/**
	 * The package that an update of something else would take away: WordPress removes the folder of the file that it is told,
	 * whether that file is there or not.
	 *
	 * @param string $kind 'plugin' or 'theme'.
	 * @param string $file The plugin's file or the theme's folder, as somebody offered it.
	 */
	public function around( string $kind, string $file ): ?Package {
		return Package_Search::around( $this->all(), $kind, $file );
	}

	/**
	 * The package whose translations have this text domain.
	 *
	 * @param string $kind 'plugin' or 'theme'.
	 * @param string $slug The text domain, or the slug.
	 */
	public function by_text_domain( string $kind, string $slug ): ?Package {
		return Package_Search::by_text_domain( $this->all(), $kind, $slug );
	}

	/**
	 * Reads the list anew when it is next asked for. Hooked to whatever changes packages.
	 */
	public function changed(): void {
		wp_cache_delete( 'plugins', 'plugins' );
		$this->keep( null );
		$this->kept->outdate();
	}

	/**
	 * Reads the list anew.
	 */
	public function refresh(): void {
		$this->keep( $this->scan() );
		$this->is_visitors = false;
	}

	/**
	 * Holds a list for this request.
	 *
	 * @param Package[]|null $packages The list; null: it is to be read anew.
	 */
	private function keep( ?array $packages ): void {
		$this->packages = $packages;
		$this->dids     = null;
		$this->kinds    = array( array(), array() );
		foreach ( $packages ?? array() as $package ) {
			$this->kinds[ '' === $package->did() ? 1 : 0 ][] = $package;
		}
	}

	/**
	 * Reads the headers of all plugins and themes, and keeps the list.
	 *
	 * @return Package[]
	 */
	private function scan(): array {
		if ( ! function_exists( 'get_plugins' ) ) {
			require_once ABSPATH . 'wp-admin/includes/plugin.php';
		}
		$at      = time();
		$folders = Package_List::folders();
		$found   = array();
		// What was read earlier in this request may be of before an installation.
		wp_cache_delete( 'plugins', 'plugins' );
		foreach ( array_keys( get_plugins() ) as $file ) {
			$found[] = self::plugin_on_disk( (string) $file );
		}
		foreach ( wp_get_themes( array( 'errors' => null ) ) as $stylesheet => $theme ) {
			$found[] = $this->theme( (string) $stylesheet );
		}
		$found = array_values( array_filter( $found ) );
		$this->kept->write( $found, $folders, $at );
		return $found;
	}

	/**
	 * A package, where its headers claim an identity or name a federation source.
	 *
	 * @param string     $kind    'plugin' or 'theme'.
	 * @param string     $file    As WordPress names it.
	 * @param array|null $headers Its headers.
	 */
	private static function package( string $kind, string $file, ?array $headers ): ?Package {
		if ( null === $headers || '' === $headers['did'] . $headers['source'] ) {
			return null;
		}
		unset( $headers['file'], $headers['dids'], $headers['sources'] );
		return new Package( compact( 'kind', 'file' ) + $headers );
	}
}
