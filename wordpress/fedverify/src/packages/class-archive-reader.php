<?php
/**
 * Looks into ZIP archives.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Packages;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Reads the starts of those files of an archive in which WordPress looks for headers, without unpacking anything.
 *
 * It is bounded whatever the archive claims: so many entries, so much of each, nothing written. It reads the format
 * itself, since PclZip, which WordPress has where PHP has no ZipArchive, unpacks whole files into memory.
 */
final class Archive_Reader {

	/**
	 * How many entries are looked at. WordPress itself has less than 5,000 files.
	 */
	private const ENTRIES = 50000;

	/**
	 * How many files are read.
	 */
	private const FILES = 500;

	/**
	 * How large the list of entries may be, in bytes.
	 */
	private const LIST_BYTES = 16777216;

	/**
	 * How much of an entry is read before it is unpacked, in bytes, at a time.
	 */
	private const CHUNK = 4096;

	/**
	 * The starts of an archive's files that may have headers.
	 *
	 * @param string $path  The archive.
	 * @param int    $bytes How much of each file.
	 * @return array<string, string> By name. Empty where it cannot be read.
	 */
	public static function starts_of( string $path, int $bytes ): array {
		$handle = is_file( $path ) && is_readable( $path ) ? fopen( $path, 'rb' ) : false; // phpcs:ignore WordPress.WP.AlternativeFunctions -- Parts of a local file.
		if ( false === $handle || ! function_exists( 'inflate_init' ) ) {
			return array();
		}
		$starts = array();
		foreach ( self::candidates( self::entries( $handle ) ) as $entry ) {
			$starts[ $entry['name'] ] = self::start_of( $handle, $entry, $bytes );
		}
		fclose( $handle ); // phpcs:ignore WordPress.WP.AlternativeFunctions -- As above.
		return $starts;
	}

	/**
	 * Those entries that may have headers: PHP files and style.css at the top, or in the one folder that all is in.
	 *
	 * @param array<array{name: string, method: int, size: int, offset: int}> $entries All.
	 * @return array<array{name: string, method: int, size: int, offset: int}>
	 */
	private static function candidates( array $entries ): array {
		$depth = self::depth( $entries );
		$found = array();
		foreach ( $entries as $entry ) {
			$parts = self::parts( $entry['name'] );
			$last  = strtolower( (string) end( $parts ) );
			// A name that is not written as usual may be unpacked to anywhere.
			$is_there = count( $parts ) === $depth || implode( '/', $parts ) !== $entry['name'];
			if ( $is_there && ( '.php' === substr( $last, -4 ) || 'style.css' === $last ) ) {
				$found[] = $entry;
			}
			if ( count( $found ) >= self::FILES ) {
				break;
			}
		}
		return $found;
	}

	/**
	 * How deep the package's own files are: 2 where all is in one folder, as WordPress judges it, else 1.
	 *
	 * @param array<array{name: string}> $entries All.
	 */
	private static function depth( array $entries ): int {
		$top = array();
		foreach ( $entries as $entry ) {
			$parts = self::parts( $entry['name'] );
			if ( array() === $parts || '__MACOSX' === $parts[0] ) {
				continue;
			}
			$top[ $parts[0] ] = true;
			if ( count( $top ) > 1 || ( 1 === count( $parts ) && '/' !== substr( $entry['name'], -1 ) ) ) {
				return 1;
			}
		}
		return 2;
	}

	/**
	 * The parts of a name.
	 *
	 * @param string $name The name of an entry.
	 * @return string[]
	 */
	private static function parts( string $name ): array {
		return array_values( array_diff( explode( '/', strtr( $name, '\\', '/' ) ), array( '', '.', '..' ) ) );
	}

	/**
	 * The list of entries at the end of the archive.
	 *
	 * @param resource $handle The archive.
	 * @return array<array{name: string, method: int, size: int, offset: int}>
	 */
	private static function entries( $handle ): array {
		$list    = self::list_of( $handle );
		$entries = array();
		$length  = strlen( $list );
		$at      = 0;
		while ( count( $entries ) < self::ENTRIES && "PK\x01\x02" === substr( $list, $at, 4 ) && $length >= $at + 46 ) {
			$field     = unpack( 'vflags/vmethod/Vtime/Vcrc/Vsize/Vlength/vname/vextra/vcomment/vdisk/vinternal/Vexternal/Voffset', substr( $list, $at + 8, 38 ) );
			$entries[] = array(
				'name'   => substr( $list, $at + 46, $field['name'] ),
				'method' => $field['method'],
				'size'   => $field['size'],
				'offset' => $field['offset'],
			);

			$at += 46 + $field['name'] + $field['extra'] + $field['comment'];
		}
		return $entries;
	}

	/**
	 * The bytes of the list of entries.
	 *
	 * @param resource $handle The archive.
	 */
	private static function list_of( $handle ): string {
		fseek( $handle, 0, SEEK_END );
		$size = (int) ftell( $handle );
		$tail = self::read( $handle, max( 0, $size - 65557 ), 65557 );
		$end  = strrpos( $tail, "PK\x05\x06" );
		if ( false === $end || strlen( $tail ) < $end + 22 ) {
			return '';
		}
		$field = unpack( 'Vsize/Voffset', substr( $tail, $end + 12, 8 ) );
		return $field['size'] > self::LIST_BYTES ? '' : self::read( $handle, $field['offset'], $field['size'] );
	}

	/**
	 * The start of a file.
	 *
	 * @param resource                                                 $handle The archive.
	 * @param array{name: string, method: int, size: int, offset: int} $entry  Which.
	 * @param int                                                      $bytes  How much of it.
	 */
	private static function start_of( $handle, array $entry, int $bytes ): string {
		$local = self::read( $handle, $entry['offset'], 30 );
		if ( 30 !== strlen( $local ) || "PK\x03\x04" !== substr( $local, 0, 4 ) ) {
			return '';
		}
		$field = unpack( 'vname/vextra', substr( $local, 26, 4 ) );
		$from  = $entry['offset'] + 30 + $field['name'] + $field['extra'];
		if ( 0 === $entry['method'] ) {
			return self::read( $handle, $from, min( $bytes, $entry['size'] ) );
		}
		return 8 === $entry['method'] ? self::inflated( $handle, $from, $entry['size'], $bytes ) : '';
	}

	/**
	 * Unpacks the start of a file.
	 *
	 * @param resource $handle The archive.
	 * @param int      $from   Where the packed bytes begin.
	 * @param int      $size   How many there are.
	 * @param int      $bytes  How many unpacked ones are wanted.
	 */
	private static function inflated( $handle, int $from, int $size, int $bytes ): string {
		$inflate  = inflate_init( ZLIB_ENCODING_RAW );
		$unpacked = '';
		$done     = 0;
		// A byte unpacks to no more than 1,032: what is held is bounded.
		while ( false !== $inflate && $done < $size && strlen( $unpacked ) < $bytes ) {
			$packed = self::read( $handle, $from + $done, min( self::CHUNK, $size - $done ) );
			$more   = '' === $packed ? false : @inflate_add( $inflate, $packed ); // phpcs:ignore WordPress.PHP.NoSilencedErrors -- Damaged bytes are no error here.
			if ( false === $more ) {
				break;
			}
			$unpacked .= $more;
			$done     += self::CHUNK;
		}
		return substr( $unpacked, 0, $bytes );
	}

	/**
	 * Reads bytes.
	 *
	 * @param resource $handle The archive.
	 * @param int      $from   Where they begin.
	 * @param int      $length How many.
	 */
	private static function read( $handle, int $from, int $length ): string {
		if ( $length <= 0 || 0 !== fseek( $handle, $from ) ) {
			return '';
		}
		return (string) stream_get_contents( $handle, $length );
	}
}
