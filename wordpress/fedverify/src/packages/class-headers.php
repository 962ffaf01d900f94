<?php
/**
 * The headers of plugins and themes.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Packages;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Reads who a package claims to be.
 *
 * What is on disk is read by WordPress's own function, so that nothing that WordPress or FAIR Connect takes for an
 * identity is missed. Every answer is `did`, `source` (of the Plugin Federation Network), `version`, `name`, `text_domain`,
 * `file` (within the folder or archive), `dids` and `sources`: all that the package's files claim, since WordPress takes any
 * of them for the plugin's file. Null where no file has a header; `did` and `source` are empty where none claims one; `name`
 * is empty where the file that does is none that WordPress takes for the plugin's.
 */
final class Headers {

	private const PLUGIN = array(
		'did'         => 'Plugin ID',
		'source'      => 'Federation Source',
		'name'        => 'Plugin Name',
		'version'     => 'Version',
		'text_domain' => 'Text Domain',
	);

	private const THEME = array(
		'did'         => 'Theme ID',
		'name'        => 'Theme Name',
		'version'     => 'Version',
		'text_domain' => 'Text Domain',
	);

	/**
	 * What may come before the characters of a comment, as a pattern: to WordPress up to 6.8, and to 7.1.
	 */
	private const TAGS = array( '<\?php', '<\?(?:php)?' );

	/**
	 * How much of a file WordPress looks at, in bytes.
	 */
	public const LOOKED_AT = 8192;

	/**
	 * The headers of a plugin's file.
	 *
	 * @param string $path Its path.
	 * @return array{did: string, source: string, version: string, name: string, text_domain: string, file: string, dids: string[], sources: string[]}|null
	 */
	public static function of_plugin_file( string $path ): ?array {
		return self::best( array( array( basename( $path ), self::on_disk( $path, self::PLUGIN ) ) ) );
	}

	/**
	 * The headers of a theme.
	 *
	 * @param string $folder Its folder.
	 * @return array{did: string, source: string, version: string, name: string, text_domain: string, file: string, dids: string[], sources: string[]}|null
	 */
	public static function of_theme( string $folder ): ?array {
		return self::best( array( array( 'style.css', self::on_disk( rtrim( $folder, '/' ) . '/style.css', self::THEME ) ) ) );
	}

	/**
	 * The headers of a folder that was unpacked, or of what a folder of its name would replace: a plugin in one file, too.
	 *
	 * @param string $folder Its path.
	 * @param string $kind   'plugin', 'theme', or '' for whatever it is.
	 * @return array{did: string, source: string, version: string, name: string, text_domain: string, file: string, dids: string[], sources: string[]}|null
	 */
	public static function of_folder( string $folder, string $kind ): ?array {
		if ( 'theme' !== $kind && is_file( $folder ) ) {
			return self::of_plugin_file( $folder );
		}
		$found = array();
		foreach ( self::files_in( $folder ) as $name ) {
			$header = self::header_of( $name, $kind );
			if ( null !== $header ) {
				$found[] = array( $name, self::on_disk( rtrim( $folder, '/' ) . '/' . $name, $header ) );
			}
		}
		return self::best( $found );
	}

	/**
	 * The headers of an archive that was not unpacked. If one WordPress reads them otherwise than another, what either reads is claimed.
	 *
	 * @param string $path Its path.
	 * @param string $kind 'plugin', 'theme', or '' for whatever it is.
	 * @return array{did: string, source: string, version: string, name: string, text_domain: string, file: string, dids: string[], sources: string[]}|null
	 *     Null, too, where it is no archive, or one that is too odd to look into: what WordPress makes of it is looked
	 *     at again once it is unpacked.
	 */
	public static function of_archive( string $path, string $kind = '' ): ?array {
		$found = array();
		foreach ( Archive_Reader::starts_of( $path, self::LOOKED_AT ) as $name => $start ) {
			$header = self::header_of( basename( (string) $name ), $kind );
			foreach ( null === $header ? array() : self::readings( $start, $header ) as $reading ) {
				$found[] = array( (string) $name, $reading );
			}
		}
		return self::best( $found );
	}

	/**
	 * Reads headers as get_file_data() of WordPress does.
	 *
	 * @param string                $text   The start of a file.
	 * @param array<string, string> $header The names of headers.
	 * @return array<int, array<string, string>> What they say to WordPress up to 6.8, and to 7.1.
	 */
	public static function readings( string $text, array $header = self::PLUGIN ): array {
		$text     = str_replace( "\r", "\n", substr( $text, 0, self::LOOKED_AT ) );
		$readings = array();
		foreach ( self::TAGS as $tag ) {
			$found = array();
			foreach ( $header as $key => $name ) {
				$is_there      = preg_match( "/^(?:[ \t]*$tag)?[ \t\/*#@]*" . preg_quote( $name, '/' ) . ':(.*)$/mi', $text, $match );
				$found[ $key ] = $is_there ? trim( (string) preg_replace( '/\s*(?:\*\/|\?>).*/', '', $match[1] ) ) : '';
			}
			$readings[] = $found;
		}
		return $readings;
	}

	/**
	 * Reads the headers of a file.
	 *
	 * @param string                $path   Its path.
	 * @param array<string, string> $header The names of headers.
	 * @return array<string, string> What they say.
	 */
	private static function on_disk( string $path, array $header ): array {
		return is_file( $path ) && is_readable( $path ) ? array_map( 'strval', get_file_data( $path, $header ) ) : array_fill_keys( array_keys( $header ), '' );
	}

	/**
	 * The files of a folder, not of those in it.
	 *
	 * @param string $folder Its path.
	 * @return string[] Their names, in order.
	 */
	private static function files_in( string $folder ): array {
		$names = is_dir( $folder ) ? scandir( $folder ) : array();
		return array_values(
			array_filter(
				is_array( $names ) ? $names : array(),
				static function ( string $name ) use ( $folder ): bool {
					return is_file( rtrim( $folder, '/' ) . '/' . $name );
				}
			)
		);
	}

	/**
	 * The headers that a file may have.
	 *
	 * @param string $name Its name.
	 * @param string $kind 'plugin', 'theme', or ''.
	 * @return array<string, string>|null Null where it has none.
	 */
	private static function header_of( string $name, string $kind ): ?array {
		$name = strtolower( $name );
		if ( 'theme' !== $kind && '.php' === substr( $name, -4 ) ) {
			return self::PLUGIN;
		}
		return 'plugin' !== $kind && 'style.css' === $name ? self::THEME : null;
	}

	/**
	 * Of several files, the one that WordPress takes for the package's: one with a name; first, one that claims an
	 * identity, then one that names a federation source.
	 *
	 * @param array<int, array{0: string, 1: array<string, string>}> $found Files and their headers.
	 * @return array{did: string, source: string, version: string, name: string, text_domain: string, file: string, dids: string[], sources: string[]}|null
	 */
	private static function best( array $found ): ?array {
		$best    = null;
		$dids    = array();
		$sources = array();
		foreach ( $found as list( $file, $headers ) ) {
			$headers['did']    = Claim::is_claim( $headers['did'] ) ? $headers['did'] : '';
			$headers['source'] = $headers['source'] ?? '';
			$rank              = ( '' !== $headers['did'] ? 4 : 0 ) + ( '' !== $headers['source'] ? 2 : 0 ) + ( '' !== $headers['name'] ? 1 : 0 );
			if ( '' !== $headers['did'] ) {
				$dids[] = $headers['did'];
			}
			if ( '' !== $headers['source'] ) {
				$sources[] = $headers['source'];
			}
			if ( $rank > 0 && ( null === $best || $rank > $best['rank'] ) ) {
				$best = array(
					'rank' => $rank,
					'file' => $file,
				) + $headers;
			}
		}
		if ( null === $best ) {
			return null;
		}
		unset( $best['rank'] );
		$best['dids']    = array_values( array_unique( $dids ) );
		$best['sources'] = array_values( array_unique( $sources ) );
		return $best;
	}
}
