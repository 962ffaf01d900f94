<?php
/**
 * An identity's history, prepared for people.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Turns the history that the library tells into what the screen shows. What it reads comes from this site's database, which may
 * be damaged: an entry that cannot be read is left out.
 */
final class Timeline {

	private const KINDS = array(
		'rotationKeys'        => 'rotation_keys',
		'verificationMethods' => 'keys',
		'services'            => 'services',
		'alsoKnownAs'         => 'names',
	);

	private const SIGNS = array(
		'added'     => '+',
		'removed'   => '-',
		'reordered' => '~',
	);

	/**
	 * Makes the entries of a history.
	 *
	 * @param array $history     The operations in the log's order, as Identity::history() gives them.
	 * @param array $contestable Those that can still be undone, as Identity::contestable() gives them.
	 * @return Timeline_Entry[] In the log's order.
	 */
	public static function of( array $history, array $contestable ): array {
		$history = array_values( array_filter( $history, array( self::class, 'is_operation' ) ) );
		$by_cid  = array();
		$head    = null;
		foreach ( $history as $operation ) {
			$by_cid[ $operation['cid'] ] = $operation;
			$head                        = self::is_undone( $operation ) ? $head : $operation['cid'];
		}
		$entries = array();
		foreach ( $history as $number => $operation ) {
			$previous  = $operation['prev'] ?? null;
			$before    = is_string( $previous ) ? $by_cid[ $previous ] ?? null : null;
			$changes   = self::changes( $operation );
			$undoable  = self::undoable( $contestable, $operation['cid'] );
			$entries[] = new Timeline_Entry(
				array(
					'number'     => $number,
					'cid'        => $operation['cid'],
					'kind'       => self::kind( $operation, $changes ),
					'created_at' => Moment::parse( $operation['createdAt'] ?? null ),
					'first_seen' => Moment::parse( $operation['firstSeen'] ?? null ),
					'undone'     => self::is_undone( $operation ),
					'head'       => $operation['cid'] === $head,
					'branch'     => self::is_undone( $operation ) && null !== $before && ! self::is_undone( $before ),
					'key'        => is_string( $operation['key'] ?? null ) ? $operation['key'] : null,
					'signer'     => self::signer( $before ?? $operation, $operation ),
					'changes'    => $changes,
					'until'      => Moment::parse( $undoable['until'] ?? null ),
					'by'         => self::strings( $undoable['keys'] ?? null ),
				)
			);
		}
		return $entries;
	}

	/**
	 * Whether this can be read as an operation.
	 *
	 * @param mixed $operation Anything.
	 * @return bool
	 */
	private static function is_operation( $operation ): bool {
		return is_array( $operation ) && is_string( $operation['cid'] ?? null );
	}

	/**
	 * Whether a recovery undid it.
	 *
	 * @param array $operation An operation.
	 * @return bool
	 */
	private static function is_undone( array $operation ): bool {
		return true === ( $operation['nullified'] ?? null );
	}

	/**
	 * What the operation did, in one word.
	 *
	 * @param array   $operation The operation.
	 * @param array[] $changes   What it changed.
	 * @return string
	 */
	private static function kind( array $operation, array $changes ): string {
		if ( null === ( $operation['prev'] ?? null ) ) {
			return 'genesis';
		}
		if ( 'plc_tombstone' === ( $operation['type'] ?? null ) ) {
			return 'tombstone';
		}
		if ( true === ( $operation['recovery'] ?? null ) ) {
			return 'recovery';
		}
		$kinds = array_values( array_unique( array_column( $changes, 'kind' ) ) );
		if ( array() === $kinds ) {
			// What an earlier version recorded has no changes, and a later library may tell of others. That nothing changed is said
			// where it was found.
			return array() === ( $operation['changes'] ?? null ) ? 'nothing' : 'unknown';
		}
		return 1 === count( $kinds ) ? $kinds[0] : 'several';
	}

	/**
	 * What the operation changed.
	 *
	 * @param array $operation The operation.
	 * @return array[] As Timeline_Entry::changes().
	 */
	private static function changes( array $operation ): array {
		$told    = array();
		$changes = $operation['changes'] ?? null;
		foreach ( is_array( $changes ) ? $changes : array() as $change ) {
			$sign = self::SIGNS[ self::text( $change, 'change' ) ] ?? null;
			$kind = self::KINDS[ self::text( $change, 'part' ) ] ?? null;
			if ( null !== $sign && null !== $kind ) {
				$told[] = array(
					'sign'  => $sign,
					'kind'  => $kind,
					'label' => self::text( $change, 'id' ),
					'value' => trim( self::text( $change, 'type' ) . ' ' . self::text( $change, 'value' ) ),
				);
			}
		}
		return $told;
	}

	/**
	 * A string of a change.
	 *
	 * @param mixed  $change Anything.
	 * @param string $member The name of the string.
	 * @return string Empty where there is none.
	 */
	private static function text( $change, string $member ): string {
		$value = is_array( $change ) ? $change[ $member ] ?? null : null;
		return is_string( $value ) ? $value : '';
	}

	/**
	 * The facts of a state, one for each key, service and name.
	 *
	 * @param mixed $state A state of a history.
	 * @return array[] By a string that equal facts have in common.
	 */
	public static function facts( $state ): array {
		$facts = array();
		foreach ( self::KINDS as $member => $kind ) {
			$values = is_array( $state ) && is_array( $state[ $member ] ?? null ) ? $state[ $member ] : array();
			foreach ( $values as $id => $value ) {
				$fact = array(
					'kind'  => $kind,
					'label' => is_string( $id ) ? $id : '',
					'value' => self::value( $value ),
				);

				$facts[ implode( "\n", $fact ) ] = $fact;
			}
		}
		return $facts;
	}

	/**
	 * A key, a name, or the type and address of a service.
	 *
	 * @param mixed $value Of a state.
	 * @return string
	 */
	private static function value( $value ): string {
		if ( is_array( $value ) ) {
			return implode( ' ', self::strings( array( $value['type'] ?? null, $value['endpoint'] ?? null ) ) );
		}
		return is_string( $value ) ? $value : '';
	}

	/**
	 * Which of the rotation keys signed, counted from 1, and of how many.
	 *
	 * @param array $before    The operation whose keys could sign.
	 * @param array $operation The operation that was signed.
	 * @return int[] Two numbers; 0 where it is not known.
	 */
	private static function signer( array $before, array $operation ): array {
		$keys  = self::strings( $before['state']['rotationKeys'] ?? null );
		$index = $operation['signer'] ?? null;
		return array( is_int( $index ) && $index >= 0 ? $index + 1 : 0, count( $keys ) );
	}

	/**
	 * What is said of an operation that can still be undone.
	 *
	 * @param array  $contestable All that can be.
	 * @param string $cid         The operation.
	 * @return array|null
	 */
	private static function undoable( array $contestable, string $cid ): ?array {
		foreach ( $contestable as $one ) {
			if ( is_array( $one ) && ( $one['cid'] ?? null ) === $cid ) {
				return $one;
			}
		}
		return null;
	}

	/**
	 * The strings of a list.
	 *
	 * @param mixed $values Anything.
	 * @return string[]
	 */
	private static function strings( $values ): array {
		return is_array( $values ) ? array_values( array_filter( $values, 'is_string' ) ) : array();
	}
}
