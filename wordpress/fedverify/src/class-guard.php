<?php
/**
 * What surrounds every callback of a hook.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Lets no exception or error out of a callback: a site must never go down because of this plugin.
 */
final class Guard {

	/**
	 * Whether a failure was logged in this request. One is enough: the others tend to be the same.
	 *
	 * @var bool
	 */
	private static $logged = false;

	/**
	 * Makes a callback for a filter.
	 *
	 * @param callable $callback What the filter is to do.
	 * @param callable $fallback What to answer where that fails. It gets the same arguments, and then the Throwable.
	 * @return \Closure The callback to hook.
	 */
	public static function filter( callable $callback, callable $fallback ): \Closure {
		return static function ( ...$arguments ) use ( $callback, $fallback ) {
			try {
				return $callback( ...$arguments );
			} catch ( \Throwable $failure ) {
				self::log( $failure );
			}
			$arguments[] = $failure;
			try {
				return $fallback( ...$arguments );
			} catch ( \Throwable $second ) {
				// Whatever is filtered, an error is the answer that lets nothing through.
				return Refusal::from( $failure )->to_wp_error();
			}
		};
	}

	/**
	 * Makes a callback for an action.
	 *
	 * @param callable $callback What the action is to do.
	 * @return \Closure The callback to hook.
	 */
	public static function action( callable $callback ): \Closure {
		return static function ( ...$arguments ) use ( $callback ): void {
			try {
				$callback( ...$arguments );
			} catch ( \Throwable $failure ) {
				self::log( $failure );
			}
		};
	}

	/**
	 * Makes a callback for an action that ends the request where something must not go on.
	 *
	 * @param callable $callback Gives what ends the request; null where it may go on.
	 * @param callable $fallback Gives it where that fails. It gets the same arguments. What it throws is not caught, which ends the request, too.
	 * @return \Closure The callback to hook.
	 */
	public static function ending( callable $callback, callable $fallback ): \Closure {
		return static function ( ...$arguments ) use ( $callback, $fallback ): void {
			try {
				$end = $callback( ...$arguments );
			} catch ( \Throwable $failure ) {
				self::log( $failure );
				$end = $fallback( ...$arguments );
			}
			if ( null !== $end ) {
				// What it throws is not caught. WP-CLI ends a command that runs within another one with an exception.
				$end();
			}
		};
	}

	/**
	 * The fallback of a filter that leaves what it got as it was.
	 *
	 * @param mixed $value What is filtered.
	 * @return mixed The same.
	 */
	public static function untouched( $value = null ) {
		return $value;
	}

	/**
	 * Notes a failure that nothing was done about.
	 *
	 * @param \Throwable $failure What was thrown.
	 */
	public static function log( \Throwable $failure ): void {
		self::debug( $failure );
		if ( self::$logged ) {
			return;
		}
		self::$logged = true;
		try {
			self::remember( self::describe( $failure ) );
		} catch ( \Throwable $second ) {
			// The log is in the same database that may just have failed.
			unset( $second );
		}
	}

	/**
	 * Writes a failure into the log of verdicts, unless it is the newest there: one that comes with every visit must not
	 * drive out what else was logged.
	 *
	 * @param string $message What failed.
	 */
	private static function remember( string $message ): void {
		$verdicts = Plugin::get()->verdicts();
		$verdict  = Memory\Verdict::of(
			array(
				'verdict' => 'undetermined',
				'code'    => 'wordpress.internal',
				'message' => $message,
				'context' => Plugin::get()->context()->name(),
			)
		);
		$newest   = $verdicts->recent( 1 );
		if ( array() === $newest || $newest[0]->message() !== $verdict->message() ) {
			$verdicts->add( $verdict );
		}
	}

	/**
	 * Writes a failure into the log of PHP, where the site debugs.
	 *
	 * @param \Throwable $failure What was thrown.
	 */
	public static function debug( \Throwable $failure ): void {
		if ( defined( 'WP_DEBUG' ) && WP_DEBUG ) {
			error_log( 'fedverify: ' . self::describe( $failure ) ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_error_log -- Only where the site debugs.
		}
	}

	/**
	 * What was thrown, and where.
	 *
	 * @param \Throwable $failure What was thrown.
	 */
	private static function describe( \Throwable $failure ): string {
		$place = basename( $failure->getFile() ) . ':' . $failure->getLine();
		return Network\Plain_Text::line( get_class( $failure ) . ': ' . $failure->getMessage(), 2000 ) . ' in ' . $place;
	}
}
