<?php
/**
 * One verdict.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Memory;

use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * What was said about a package or an identity, when and why. All of it is plain text: escape it where it is printed.
 */
final class Verdict {

	/**
	 * The columns of a table of verdicts.
	 */
	public const COLUMNS = array( 'at', 'verdict', 'code', 'did', 'kind', 'name', 'version', 'message', 'context', 'only_reported' );

	private const VERDICTS = array( 'verified', 'rejected', 'undetermined', 'held', 'noted' );

	/**
	 * What of it is text.
	 */
	private const TEXTS = array( 'did', 'kind', 'name', 'version', 'verdict', 'code', 'message', 'context' );

	/**
	 * What packages and servers write, beside what is looked up by.
	 */
	private const FREE = array( 'name', 'version', 'message' );

	/**
	 * How long a text may be, in characters: servers write some of them.
	 */
	private const LONGEST = 2000;

	/**
	 * How much else may be said, in bytes of JSON.
	 */
	private const LARGEST = 50000;

	/**
	 * The fact that it was made where refusals are only reported.
	 */
	private const ONLY_REPORTED = 'only_reported';

	/**
	 * The strings, `at` and `facts`.
	 *
	 * @var array<string, mixed>
	 */
	private $values;

	/**
	 * Makes one.
	 *
	 * @param array<string, mixed> $values Checked.
	 */
	private function __construct( array $values ) {
		$this->values = $values;
	}

	/**
	 * Makes one.
	 *
	 * @param array<string, mixed> $values did, kind, name, version, verdict, code, message, context: strings; at: when,
	 *                                     in seconds since 1970, by default now; facts: an array. All may be missing.
	 */
	public static function of( array $values ): self {
		$checked = array(
			'at'    => isset( $values['at'] ) && is_int( $values['at'] ) ? $values['at'] : time(),
			'facts' => isset( $values['facts'] ) && is_array( $values['facts'] ) ? self::bounded( $values['facts'] ) : array(),
		);
		foreach ( self::TEXTS as $name ) {
			$text = isset( $values[ $name ] ) && is_scalar( $values[ $name ] ) ? (string) $values[ $name ] : '';

			$checked[ $name ] = self::plain( $text, in_array( $name, self::FREE, true ) );
		}
		if ( ! in_array( $checked['verdict'], self::VERDICTS, true ) ) {
			$checked['verdict'] = 'undetermined';
		}
		return new self( $checked );
	}

	/**
	 * That something was not let through.
	 *
	 * @param Refusal              $refusal Why.
	 * @param array<string, mixed> $values  The rest, as for of().
	 */
	public static function of_refusal( Refusal $refusal, array $values = array() ): self {
		return self::of(
			array(
				'verdict' => $refusal->verdict(),
				'code'    => $refusal->error_code(),
				'message' => $refusal->getMessage(),
			) + $values
		);
	}

	/**
	 * The same, where refusals are only reported: it stopped nothing. What stops nothing anyhow is as it was.
	 */
	public function only_reported(): self {
		$reported = clone $this;
		if ( in_array( $this->verdict(), array( 'rejected', 'undetermined', 'held' ), true ) ) {
			$reported->values['facts'][ self::ONLY_REPORTED ] = true;
		}
		return $reported;
	}

	/**
	 * Facts that fit. Those that do not are left out.
	 *
	 * @param array $facts Whatever they are.
	 */
	private static function bounded( array $facts ): array {
		return strlen( Json::write( $facts ) ) > self::LARGEST ? array( 'left_out' => 'too large' ) : $facts;
	}

	/**
	 * A text in UTF-8 that is not too long.
	 *
	 * @param string $text    Whatever it is.
	 * @param bool   $is_free Whether anything may be in it: then it is put on one line, without control characters.
	 */
	private static function plain( string $text, bool $is_free ): string {
		$text = (string) json_decode( (string) wp_json_encode( $text, JSON_INVALID_UTF8_SUBSTITUTE ) );
		$text = $is_free ? Plain_Text::line( $text, 4 * self::LONGEST + 4 ) : $text;
		preg_match( '/\A.{0,' . self::LONGEST . '}/us', $text, $matches );
		$start = $matches[0] ?? '';
		return $start === $text ? $text : $start . '…';
	}

	/**
	 * When, in seconds since 1970.
	 */
	public function at(): int {
		return $this->values['at'];
	}

	/**
	 * The identity; empty where none was known.
	 */
	public function did(): string {
		return $this->values['did'];
	}

	/**
	 * What it is about: 'plugin', 'theme', 'translation', 'identity', or empty.
	 */
	public function kind(): string {
		return $this->values['kind'];
	}

	/**
	 * The name of the package.
	 */
	public function name(): string {
		return $this->values['name'];
	}

	/**
	 * The version of the package.
	 */
	public function version(): string {
		return $this->values['version'];
	}

	/**
	 * One of 'verified', 'rejected', 'undetermined', 'held', 'noted'.
	 */
	public function verdict(): string {
		return $this->values['verdict'];
	}

	/**
	 * The stable code; empty for 'verified'.
	 */
	public function code(): string {
		return $this->values['code'];
	}

	/**
	 * What was expected and what was found.
	 */
	public function message(): string {
		return $this->values['message'];
	}

	/**
	 * In which kind of request: Context::name().
	 */
	public function context(): string {
		return $this->values['context'];
	}

	/**
	 * What else is known.
	 */
	public function facts(): array {
		return $this->values['facts'];
	}

	/**
	 * Whether it stopped nothing, because fedverify was set to report only when it was made.
	 */
	public function is_only_reported(): bool {
		return true === ( $this->values['facts'][ self::ONLY_REPORTED ] ?? null );
	}

	/**
	 * As a row of a table.
	 *
	 * @return array<string, string> By column.
	 */
	public function row(): array {
		$values = array(
			'at'                => gmdate( 'Y-m-d\TH:i:s\Z', $this->at() ),
			self::ONLY_REPORTED => $this->is_only_reported() ? 'yes' : 'no',
		) + $this->values;
		$row    = array();
		foreach ( self::COLUMNS as $column ) {
			$row[ $column ] = $values[ $column ];
		}
		return $row;
	}

	/**
	 * All of it, as it is stored.
	 *
	 * @return array<string, mixed>
	 */
	public function to_array(): array {
		return $this->values;
	}
}
