<?php
/**
 * What a browser reports.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Browser;

use FedVerify\Core\Memory;
use FedVerify\Core\Tables\Codes as LibraryCodes;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Refusal;


if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * The report of the verifier in an administrator's browser, as JSON. Nothing in it is believed for being there: Acceptance compares
 * it with what was handed out.
 */
final class Browser_Report {

	/**
	 * The most bytes. Servers of this kind take no larger requests by default.
	 */
	public const MOST_BYTES = 8388608;

	private const DEPTH = 32;

	/**
	 * The report.
	 *
	 * @var array<mixed>
	 */
	private $report;

	/**
	 * Reads it.
	 *
	 * @param string $json What the browser sent.
	 * @param string $kind The kind that it must be of.
	 * @throws Refusal `wordpress.browser.malformed`, `io.memory`.
	 */
	public function __construct( string $json, string $kind ) {
		if ( strlen( $json ) > self::MOST_BYTES ) {
			throw Browser::refusal( 'wordpress.browser.malformed' );
		}
		if ( Memory::lacks( Memory::ofDecoded( $json ) ) ) {
			throw Refusal::undetermined( 'io.memory', __( 'PHP does not have enough memory (memory_limit) for the report.', 'fedverify' ) );
		}
		$report = json_decode( $json, true, self::DEPTH );
		$is_one = is_array( $report ) && 'fedverify/report/v1' === ( $report['schema'] ?? null ) && ( $report['kind'] ?? null ) === $kind;
		if ( ! $is_one || ! in_array( $report['verdict'] ?? null, array( 'verified', 'rejected', 'undetermined' ), true ) ) {
			throw Browser::refusal( 'wordpress.browser.malformed' );
		}
		$this->report = $report;
	}

	/**
	 * Throws what the browser has found wrong.
	 *
	 * @throws Refusal It was not verified there.
	 */
	public function check_verdict(): void {
		if ( 'verified' === $this->report['verdict'] ) {
			return;
		}
		$code    = $this->text( 'error', 'code' );
		$message = Plain_Text::line( $this->text( 'error', 'message' ) );
		if ( ! isset( LibraryCodes::MEANINGS[ $code ] ) ) {
			throw Browser::refusal( 'wordpress.browser.malformed' );
		}
		throw 'rejected' === $this->report['verdict'] ? Refusal::rejected( $code, $message ) : Refusal::undetermined( $code, $message );
	}

	/**
	 * A string in it.
	 *
	 * @param string $part   The member that holds it.
	 * @param string $member Its name.
	 * @return string Empty where there is none.
	 */
	public function text( string $part, string $member ): string {
		$object = $this->report[ $part ] ?? null;
		$value  = is_array( $object ) ? ( $object[ $member ] ?? null ) : null;
		return is_string( $value ) ? $value : '';
	}

	/**
	 * The pin that the browser made, as JSON.
	 *
	 * @throws Refusal `wordpress.browser.malformed`: there is none.
	 */
	public function pin(): string {
		$pin = $this->report['pin'] ?? null;
		if ( ! is_array( $pin ) || ! is_array( $pin['releases'] ?? null ) ) {
			throw Browser::refusal( 'wordpress.browser.malformed' );
		}
		// An array without members would be a list.
		$pin['releases'] = (object) $pin['releases'];
		return (string) wp_json_encode( $pin, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE );
	}
}
