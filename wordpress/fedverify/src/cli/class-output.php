<?php
/**
 * What the commands print.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Cli;

use FedVerify\WordPress\Network\Plain_Text;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Prints rows as WP-CLI does, and ends with a status.
 */
final class Output {

	/**
	 * Prints rows.
	 *
	 * @param array[]  $rows    The rows.
	 * @param string[] $columns The columns.
	 * @param array    $options The command's options: `format`, `fields`.
	 */
	public function rows( array $rows, array $columns, array $options ): void {
		$fields = isset( $options['fields'] ) && is_string( $options['fields'] ) ? $options['fields'] : implode( ',', $columns );
		$chosen = array_values( array_intersect( array_map( 'trim', explode( ',', $fields ) ), $columns ) );
		if ( array() === $chosen ) {
			/* translators: %s: names of columns */
			$this->fail( sprintf( __( 'The columns are: %s', 'fedverify' ), implode( ', ', $columns ) ) );
			return;
		}
		$format = isset( $options['format'] ) && is_string( $options['format'] ) ? $options['format'] : 'table';
		// What servers said could move the cursor of a terminal, or turn the direction of writing around.
		array_walk_recursive(
			$rows,
			static function ( &$value ): void {
				$value = is_string( $value ) ? Plain_Text::line( $value, PHP_INT_MAX ) : $value;
			}
		);
		\WP_CLI\Utils\format_items( $format, $rows, $chosen );
	}

	/**
	 * Says something beside the rows, on standard error, so that JSON and CSV stay what they are.
	 *
	 * @param string $message What.
	 */
	public function note( string $message ): void {
		fwrite( STDERR, self::lines( $message ) . "\n" ); // phpcs:ignore WordPress.WP.AlternativeFunctions -- Not a file.
	}

	/**
	 * Says that something went well.
	 *
	 * @param string $message What.
	 */
	public function success( string $message ): void {
		\WP_CLI::success( self::lines( $message ) );
	}

	/**
	 * Says why nothing was done, and ends with status 2.
	 *
	 * @param string $message Why.
	 */
	public function fail( string $message ): void {
		\WP_CLI::error( self::lines( $message ), false );
		$this->end( 2 );
	}

	/**
	 * Asks before something that cannot be undone, unless `--yes` was given.
	 *
	 * @param string $question The question.
	 * @param array  $options  The command's options.
	 */
	public function confirm( string $question, array $options ): void {
		\WP_CLI::confirm( self::lines( $question ), $options );
	}

	/**
	 * A message whose lines are ours. What is in them may be from others.
	 *
	 * @param string $message The message.
	 */
	private static function lines( string $message ): string {
		return implode( "\n", array_map( fn( $line ) => Plain_Text::line( $line, PHP_INT_MAX ), explode( "\n", $message ) ) );
	}

	/**
	 * Ends with a status.
	 *
	 * @param int $status 0, 1 or 2.
	 */
	public function end( int $status ): void {
		\WP_CLI::halt( $status );
	}
}
