<?php
/**
 * The gates of the Plugin Federation Network.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Gates\Asked_Downloads;
use FedVerify\WordPress\Guard;
use FedVerify\WordPress\Packages\Headers;
use FedVerify\WordPress\Packages\Installed;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Makes the gates, and what they share, and hooks the one behind unpacking.
 */
final class Gates {

	/**
	 * Where the Source_Gate looks.
	 */
	private const BEHIND_UNPACKING = 'upgrader_source_selection';

	/**
	 * The federation.
	 *
	 * @var Federation
	 */
	private $federation;

	/**
	 * The installed packages.
	 *
	 * @var Installed
	 */
	private $installed;

	/**
	 * Gives what other gates know of URLs.
	 *
	 * @var callable(): Asked_Downloads
	 */
	private $asked;

	/**
	 * The gates and what they share, once they were made: most requests need none.
	 *
	 * @var array<string, object>
	 */
	private $made = array();

	/**
	 * The callbacks behind unpacking, by priority.
	 *
	 * @var array<int, \Closure>
	 */
	private $behind_unpacking;

	/**
	 * Makes them.
	 *
	 * @param Federation $federation The federation.
	 * @param Installed  $installed  The installed packages.
	 * @param callable   $asked      Gives which identity a URL was given for.
	 */
	public function __construct( Federation $federation, Installed $installed, callable $asked ) {
		$this->federation = $federation;
		$this->installed  = $installed;
		$this->asked      = $asked;
		$last_resort      = fn( ...$arguments ) => $this->source()->last_resort( ...$arguments );

		$this->behind_unpacking = array(
			PHP_INT_MIN => Guard::filter( fn( ...$arguments ) => $this->source()->look( false, ...$arguments ), $last_resort ),
			PHP_INT_MAX => Guard::filter( fn( ...$arguments ) => $this->source()->look( true, ...$arguments ), $last_resort ),
		);
	}

	/**
	 * Hooks both looks of the Source_Gate, the last one behind everybody else's of its priority. Hooked to `init`.
	 */
	public function stand_behind_unpacking(): void {
		foreach ( $this->behind_unpacking as $priority => $callback ) {
			remove_filter( self::BEHIND_UNPACKING, $callback, $priority );
			add_filter( self::BEHIND_UNPACKING, $callback, $priority, 4 );
		}
	}

	/**
	 * The gate before anything is unpacked.
	 */
	public function archive(): Archive_Gate {
		return $this->once( Archive_Gate::class, fn() => new Archive_Gate( $this->federation, $this->wanted(), $this->under_way(), array( $this, 'stand_behind_unpacking' ) ) );
	}

	/**
	 * The gate behind unpacking.
	 */
	public function source(): Source_Gate {
		return $this->once( Source_Gate::class, fn() => new Source_Gate( $this->wanted(), $this->under_way() ) );
	}

	/**
	 * Finds out what is to be installed.
	 */
	private function wanted(): Wanted_Plugins {
		return $this->once( Wanted_Plugins::class, fn() => new Wanted_Plugins( $this->installed, ( $this->asked )(), $this->federation->nodes() ) );
	}

	/**
	 * What is being installed.
	 */
	private function under_way(): Under_Way {
		return $this->once( Under_Way::class, fn() => new Under_Way() );
	}

	/**
	 * Makes an object when it is first asked for.
	 *
	 * @param string   $name Its class.
	 * @param callable $make Makes it.
	 */
	private function once( string $name, callable $make ): object {
		if ( ! isset( $this->made[ $name ] ) ) {
			$this->made[ $name ] = $make();
		}
		return $this->made[ $name ];
	}

	/**
	 * A plugin was installed, or was not. Hooked to `upgrader_install_package_result`.
	 *
	 * @param mixed $result What came of it.
	 * @return mixed The same.
	 */
	public function note( $result ) {
		$archive = $this->under_way()->take_met();
		if ( ! is_array( $result ) ) {
			return $result;
		}
		$folder = isset( $result['destination'] ) && is_string( $result['destination'] ) ? untrailingslashit( $result['destination'] ) : '';
		if ( null === $archive ) {
			// As where refusals are only reported: what was verified of the files that were there is not of these.
			$this->federation->installations()->forget_folder( $folder );
			return $result;
		}
		$headers = Headers::of_folder( $folder, 'plugin' );
		$this->installed->changed();
		if ( null !== $headers ) {
			$facts = array(
				'identity'    => $archive->source()->of_plugin( $archive->plugin() ),
				'version'     => $headers['version'],
				'verified_at' => time(),
			);
			$this->federation->installations()->record( basename( $folder ) . '/' . $headers['file'], $facts + $archive->facts() );
		}
		// Where the archive's headers could be read only now.
		$this->federation->archives()->remember( $archive );
		return $result;
	}
}
