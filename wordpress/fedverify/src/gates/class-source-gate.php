<?php
/**
 * The gate behind unpacking.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Looks at what was unpacked: whatever names an identity must be what the Archive_Gate verified, and whatever does not
 * must keep out of the folders of packages that have one. So the whole fails closed.
 *
 * It is hooked twice. The first look comes before other plugins move the folder, to where it might be called by its
 * URL; the last one sees where it is going.
 */
final class Source_Gate {

	/**
	 * What is expected of the package under way.
	 *
	 * @var Expectations
	 */
	private $expectations;

	/**
	 * What is checked of an unpacked archive.
	 *
	 * @var Source_Checks
	 */
	private $checks;

	/**
	 * Makes one.
	 *
	 * @param Expectations  $expectations What is expected of the package under way.
	 * @param Source_Checks $checks       What is checked of an unpacked archive.
	 */
	public function __construct( Expectations $expectations, Source_Checks $checks ) {
		$this->expectations = $expectations;
		$this->checks       = $checks;
	}

	/**
	 * Looks at what was unpacked, where it was unpacked.
	 *
	 * @param mixed $source   The folder that is to be installed.
	 * @param mixed $remote   The folder into which the archive was unpacked.
	 * @param mixed $upgrader The upgrader.
	 * @param mixed $extra    What the upgrader says about the package.
	 * @return mixed The folder as it was, or a WP_Error.
	 */
	public function look_first( $source, $remote = '', $upgrader = null, $extra = array() ) {
		return $this->look( $source, $remote, $upgrader, is_array( $extra ) ? $extra : array(), false );
	}

	/**
	 * Looks again, and at where it is going.
	 *
	 * @param mixed $source   The folder that is to be installed.
	 * @param mixed $remote   The folder into which the archive was unpacked.
	 * @param mixed $upgrader The upgrader.
	 * @param mixed $extra    What the upgrader says about the package.
	 * @return mixed The folder as it was, or a WP_Error.
	 */
	public function look_last( $source, $remote = '', $upgrader = null, $extra = array() ) {
		return $this->look( $source, $remote, $upgrader, is_array( $extra ) ? $extra : array(), true );
	}

	/**
	 * What is answered where the gate itself fails: what names an identity is refused, and any translation, since it may
	 * have files of every package.
	 *
	 * @param mixed $source   The folder that is to be installed.
	 * @param mixed $remote   The folder into which the archive was unpacked.
	 * @param mixed $upgrader The upgrader.
	 * @param mixed $extra    What the upgrader says about the package.
	 * @param mixed $failure  What was thrown.
	 * @return mixed The folder as it was, or a WP_Error.
	 */
	public function last_resort( $source, $remote = '', $upgrader = null, $extra = array(), $failure = null ) {
		$folder   = is_string( $source ) ? trailingslashit( self::local( $source ) ) : '';
		$names    = '' !== $folder && is_dir( $folder ) ? scandir( $folder ) : array();
		$is_named = 'translation' === Subjects::kind( $upgrader, is_array( $extra ) ? $extra : array() );
		foreach ( is_array( $names ) && ! $is_named ? $names : array() as $name ) {
			$headers  = is_file( $folder . $name ) ? get_file_data( $folder . $name, array( 'Plugin ID', 'Theme ID' ) ) : array();
			$is_named = $is_named || '' !== implode( '', $headers );
		}
		return $is_named ? Refusals::of_failed_look( $failure, $source, $remote ) : $source;
	}

	/**
	 * Looks.
	 *
	 * @param mixed        $source   The folder that is to be installed.
	 * @param mixed        $remote   The folder into which the archive was unpacked.
	 * @param mixed        $upgrader The upgrader.
	 * @param array<mixed> $extra    What the upgrader says about the package.
	 * @param bool         $is_last  Whether this is the last look.
	 * @return mixed The folder as it was, or a WP_Error.
	 */
	private function look( $source, $remote, $upgrader, array $extra, bool $is_last ) {
		$expectation = is_string( $remote ) ? $this->expectations->of_folder( $remote ) : null;
		if ( ! is_string( $source ) ) {
			if ( null !== $expectation ) {
				Remains::remove( $remote );
			}
			return $source;
		}
		$kind = Subjects::kind( $upgrader, $extra );
		try {
			if ( 'translation' === $kind ) {
				$this->checks->translation( self::local( $source ), $extra, $expectation );
			} else {
				$this->checks->package( self::local( $source ), $kind, $extra, $expectation );
				$this->checks->destination( $is_last ? basename( $source ) : '', $kind, $expectation );
			}
		} catch ( Refusal $refusal ) {
			return $this->refused( $refusal, $source, $remote, $kind, $expectation );
		}
		if ( $is_last && null !== $expectation ) {
			$this->expectations->meet( basename( $source ) );
		}
		return $source;
	}

	/**
	 * Answers that it is refused.
	 *
	 * @param Refusal          $refusal     Why.
	 * @param string           $source      The folder that was to be installed.
	 * @param mixed            $remote      The folder into which the archive was unpacked.
	 * @param string           $kind        The kind of package.
	 * @param Expectation|null $expectation What was verified.
	 * @return mixed A WP_Error; the folder where refusals are only reported.
	 */
	private function refused( Refusal $refusal, string $source, $remote, string $kind, ?Expectation $expectation ) {
		if ( ! $this->expectations->is_reported() ) {
			$did = null === $expectation ? '' : $expectation->subject()->did();
			Refusals::log( $refusal, $did, $kind, null === $expectation ? '' : $expectation->subject()->source() );
		}
		if ( ! Plugin::get()->settings()->is_enforcing() ) {
			// The last look would say the same.
			$this->expectations->report();
			return $source;
		}
		$this->expectations->clear();
		// The source first: it may be within the other, and by then is gone.
		Remains::remove( $source, $remote );
		return $refusal->to_wp_error();
	}

	/**
	 * The path by which PHP reaches a folder. The upgrader may work by FTP, where paths are others.
	 *
	 * @param string $path The path as the upgrader has it.
	 */
	public static function local( string $path ): string {
		global $wp_filesystem;
		$content = is_object( $wp_filesystem ) ? (string) $wp_filesystem->wp_content_dir() : '';
		return '' === $content ? $path : str_replace( $content, trailingslashit( WP_CONTENT_DIR ), $path );
	}
}
