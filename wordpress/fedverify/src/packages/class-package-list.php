<?php
/**
 * The list of packages, as it is kept between requests.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Packages;

use FedVerify\WordPress\Memory\Options;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * An option with the packages that were found, and when the folders they are in last changed.
 */
final class Package_List {

	private const OPTION = 'fedverify_installed';

	/**
	 * For how long the list counts in the dashboard, in seconds.
	 */
	private const KEPT = 300;

	/**
	 * For how long a list is not written again that says the same, in seconds: anybody may call wp-cron.php as often as they like, where it
	 * is read anew each time.
	 */
	private const SAID = 60;

	/**
	 * Of how many machines that serve the site it is known when their folders changed.
	 */
	private const MACHINES = 50;

	/**
	 * Where the list is kept.
	 *
	 * @var Options
	 */
	private $options;

	/**
	 * Makes one.
	 *
	 * @param Options $options Where the list is kept.
	 */
	public function __construct( Options $options ) {
		$this->options = $options;
	}

	/**
	 * The list.
	 *
	 * @param bool $may_be_old Whether it counts as long as no folder came or went.
	 * @return Package[]|null Null where the headers are to be read anew.
	 */
	public function read( bool $may_be_old ): ?array {
		$kept = $this->stored();
		$rows = isset( $kept['packages'] ) && is_array( $kept['packages'] ) ? $kept['packages'] : null;
		$at   = isset( $kept['at'] ) && is_int( $kept['at'] ) ? $kept['at'] : 0;
		if ( null === $rows || ( ! $may_be_old && abs( time() - $at ) > self::KEPT ) ) {
			return null;
		}
		// Something came or went, whoever did it. FAIR Connect acts on what is there, for visitors, too.
		$folders = self::folders();
		if ( ( $this->machines()[ self::machine() ] ?? null ) !== $folders || self::is_in_one_second( $folders, $at ) ) {
			return null;
		}
		return array_map(
			static function ( array $row ): Package {
				return new Package( $row );
			},
			array_values( array_filter( $rows, 'is_array' ) )
		);
	}

	/**
	 * Keeps a list.
	 *
	 * @param Package[] $packages The packages.
	 * @param int[]     $folders  When the folders changed, before they were read.
	 * @param int       $at       When reading them began.
	 */
	public function write( array $packages, array $folders, int $at ): void {
		$rows = array();
		foreach ( $packages as $package ) {
			$rows[] = $package->to_array();
		}
		if ( $this->says( $rows, $folders, $at ) ) {
			return;
		}
		// Where each machine has a copy of its own, they would read the list anew in turns if one alone counted.
		$others = $this->machines();
		unset( $others[ self::machine() ] );
		$this->options->set(
			self::OPTION,
			array(
				'at'       => $at,
				'folders'  => array_slice( array( self::machine() => $folders ) + $others, 0, self::MACHINES, true ),
				'packages' => $rows,
			)
		);
	}

	/**
	 * Whether the list says so already, and was written recently.
	 *
	 * @param array<array<string, string>> $rows    The packages.
	 * @param int[]                        $folders When the folders changed.
	 * @param int                          $at      When reading them began.
	 */
	private function says( array $rows, array $folders, int $at ): bool {
		$kept = $this->stored();
		$age  = isset( $kept['at'] ) && is_int( $kept['at'] ) ? $at - $kept['at'] : -1;
		return $age >= 0 && $age < self::SAID && ! self::is_in_one_second( $folders, $kept['at'] )
			&& ( $kept['packages'] ?? null ) === $rows && ( $this->machines()[ self::machine() ] ?? null ) === $folders;
	}

	/**
	 * Makes the next request read the headers anew.
	 */
	public function outdate(): void {
		$kept = $this->stored();
		if ( array() !== $kept ) {
			$kept['at']      = 0;
			$kept['folders'] = array();
			$this->options->set( self::OPTION, $kept );
		}
	}

	/**
	 * When the folders of plugins and themes last changed, which is when a package comes or goes.
	 *
	 * @return int[]
	 */
	public static function folders(): array {
		$roots = array( WP_PLUGIN_DIR );
		foreach ( (array) ( $GLOBALS['wp_theme_directories'] ?? array() ) as $root ) {
			$roots[] = $root;
		}
		return array_map(
			static function ( $root ): int {
				return is_string( $root ) && is_dir( $root ) ? (int) filemtime( $root ) : 0;
			},
			$roots
		);
	}

	/**
	 * Whether a folder changed in the second in which the list was read: what came later in that second does not show in its time.
	 *
	 * @param int[] $folders When the folders changed.
	 * @param int   $at      When reading them began.
	 */
	private static function is_in_one_second( array $folders, int $at ): bool {
		foreach ( $folders as $changed ) {
			if ( abs( $at - $changed ) < 2 ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * What is stored, whatever it is.
	 *
	 * @return array<mixed>
	 */
	private function stored(): array {
		$stored = $this->options->get( self::OPTION );
		return is_array( $stored ) ? $stored : array();
	}

	/**
	 * When the folders last changed, by machine.
	 *
	 * @return array<string, int[]>
	 */
	private function machines(): array {
		$machines = $this->stored()['folders'] ?? array();
		return is_array( $machines ) ? $machines : array();
	}

	/**
	 * The name of this machine.
	 */
	private static function machine(): string {
		$name = function_exists( 'gethostname' ) ? gethostname() : '';
		return is_string( $name ) && '' !== $name ? 'on ' . $name : 'here';
	}
}
