<?php
/**
 * An identity's history on the screen.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Prints the history as a list, newest first, with a line that branches where operations were undone.
 */
final class Timeline_View {

	/**
	 * Prints the list.
	 *
	 * @param Timeline_Entry[] $entries In the log's order.
	 */
	public static function render( array $entries ): void {
		if ( array() === $entries ) {
			echo '<p>' . esc_html__( 'No history has been verified yet.', 'fedverify' ) . '</p>';
			return;
		}
		echo '<ol class="fedverify-timeline" reversed>';
		foreach ( array_reverse( $entries ) as $entry ) {
			self::render_entry( $entry );
		}
		echo '</ol>';
	}

	/**
	 * Prints one operation.
	 *
	 * @param Timeline_Entry $entry The operation.
	 */
	private static function render_entry( Timeline_Entry $entry ): void {
		$classes = array_keys(
			array_filter(
				array(
					'fedverify-operation' => true,
					'is-head'             => $entry->is_head(),
					'is-undone'           => $entry->is_undone(),
					'is-branch'           => $entry->starts_branch(),
					'is-first'            => 0 === $entry->number(),
					'is-contestable'      => null !== $entry->undoable_until(),
				)
			)
		);
		printf( '<li id="operation-%d" class="%s">', (int) $entry->number(), esc_attr( implode( ' ', $classes ) ) );
		echo '<span class="fedverify-dot"></span>';
		if ( $entry->is_undone() ) {
			echo '<span class="fedverify-branch"></span>';
		}
		self::render_heading( $entry );
		self::render_times( $entry );
		self::render_undoable( $entry );
		self::render_changes( $entry );
		self::render_identifiers( $entry );
		echo '</li>';
	}

	/**
	 * Prints what it did, and whether it holds.
	 *
	 * @param Timeline_Entry $entry The operation.
	 */
	private static function render_heading( Timeline_Entry $entry ): void {
		echo '<h3><span class="fedverify-what">' . esc_html( self::title( $entry ) ) . '</span>';
		if ( $entry->is_undone() ) {
			Markup::render( ' ' . Badge::html( 'refused', __( 'Undone', 'fedverify' ) ) );
		}
		if ( $entry->is_head() ) {
			Markup::render( ' ' . Badge::html( 'verified', __( 'Current state', 'fedverify' ) ) );
		}
		if ( null !== $entry->undoable_until() ) {
			Markup::render( ' ' . Badge::html( 'held', __( 'Can still be undone', 'fedverify' ) ) );
		}
		echo '</h3>';
	}

	/**
	 * What an operation did.
	 *
	 * @param Timeline_Entry $entry The operation.
	 * @return string
	 */
	public static function title( Timeline_Entry $entry ): string {
		switch ( $entry->kind() ) {
			case 'genesis':
				return __( 'Identity created', 'fedverify' );
			case 'tombstone':
				return __( 'Identity deactivated', 'fedverify' );
			case 'recovery':
				return __( 'Recovery by a key of higher authority', 'fedverify' );
			case 'rotation_keys':
				return __( 'Rotation keys changed', 'fedverify' );
			case 'keys':
				return __( 'Signing keys changed', 'fedverify' );
			case 'services':
				return __( 'Services changed', 'fedverify' );
			case 'names':
				return __( 'Names changed', 'fedverify' );
			case 'several':
				return self::several( array_unique( array_column( $entry->changes(), 'kind' ) ) );
			case 'nothing':
				return __( 'Signed again without a change', 'fedverify' );
			default:
				return __( 'What changed is not recorded', 'fedverify' );
		}
	}

	/**
	 * That several kinds of things changed.
	 *
	 * @param string[] $kinds The kinds.
	 * @return string
	 */
	private static function several( array $kinds ): string {
		/* translators: %s: a list, such as "signing keys, services" */
		return sprintf( __( 'Changed: %s', 'fedverify' ), implode( ', ', array_intersect_key( self::kind_names(), array_flip( $kinds ) ) ) );
	}

	/**
	 * What the kinds of things are called, by kind.
	 *
	 * @return string[]
	 */
	private static function kind_names(): array {
		return array(
			'rotation_keys' => __( 'rotation keys', 'fedverify' ),
			'keys'          => __( 'signing keys', 'fedverify' ),
			'services'      => __( 'services', 'fedverify' ),
			'names'         => __( 'names', 'fedverify' ),
		);
	}

	/**
	 * Prints when it happened, by whose clock, and who signed.
	 *
	 * @param Timeline_Entry $entry The operation.
	 */
	private static function render_times( Timeline_Entry $entry ): void {
		$parts = array();
		if ( null !== $entry->created_at() ) {
			$parts[] = Moment::element( $entry->created_at() );
		}
		list( $place, $count ) = $entry->signer();
		if ( $place > 0 && $count > 0 ) {
			/* translators: 1: which of the keys, counted from 1, 2: how many keys there are */
			$parts[] = esc_html( sprintf( __( 'signed by rotation key %1$d of %2$d', 'fedverify' ), $place, $count ) );
		}
		if ( array() !== $parts ) {
			Markup::render( '<p class="fedverify-soft">' . implode( ' · ', $parts ) . '</p>' );
		}
	}

	/**
	 * Prints until when and by whom it can still be undone.
	 *
	 * @param Timeline_Entry $entry The operation.
	 */
	private static function render_undoable( Timeline_Entry $entry ): void {
		if ( null === $entry->undoable_until() ) {
			return;
		}
		echo '<div class="fedverify-undoable"><p>';
		/* translators: %s: date and time */
		echo esc_html( sprintf( __( 'Can be undone until %s by whoever holds:', 'fedverify' ), Moment::text( $entry->undoable_until() ) ) );
		echo '</p><ul>';
		foreach ( $entry->undoable_by() as $key ) {
			Markup::render( '<li>' . Identifier::code( $key ) . '</li>' );
		}
		echo '</ul></div>';
	}

	/**
	 * Prints what changed.
	 *
	 * @param Timeline_Entry $entry The operation.
	 */
	private static function render_changes( Timeline_Entry $entry ): void {
		if ( array() === $entry->changes() ) {
			return;
		}
		$signs = array(
			'+' => array( 'is-added', '+', __( 'Added:', 'fedverify' ) ),
			'-' => array( 'is-removed', '−', __( 'Removed:', 'fedverify' ) ),
		);
		echo '<ul class="fedverify-changes">';
		foreach ( $entry->changes() as $change ) {
			if ( '~' === $change['sign'] ) {
				self::render_reordered( $change['kind'] );
				continue;
			}
			list( $class, $sign, $words ) = $signs[ $change['sign'] ];
			printf(
				'<li class="%s"><span class="fedverify-sign" aria-hidden="true">%s</span> <span class="screen-reader-text">%s</span> %s',
				esc_attr( $class ),
				esc_html( $sign ),
				esc_html( $words ),
				esc_html( self::kind_label( $change['kind'], $change['label'] ) )
			);
			Markup::render( ' ' . Identifier::code( $change['value'] ) );
			echo '</li>';
		}
		echo '</ul>';
	}

	/**
	 * Prints that something was put into another order. The sign alone is not understood, and there is no single value to show.
	 *
	 * @param string $kind As in Timeline_Entry::changes().
	 */
	private static function render_reordered( string $kind ): void {
		printf(
			'<li class="is-reordered"><span class="fedverify-sign" aria-hidden="true">↕</span> %s %s</li>',
			esc_html__( 'Put into another order:', 'fedverify' ),
			esc_html( self::kind_names()[ $kind ] )
		);
	}

	/**
	 * What a key, service or name is called.
	 *
	 * @param string $kind  As in Timeline_Entry::changes().
	 * @param string $label Its id in the identity.
	 * @return string
	 */
	public static function kind_label( string $kind, string $label ): string {
		switch ( $kind ) {
			case 'rotation_keys':
				return __( 'Rotation key', 'fedverify' );
			case 'keys':
				/* translators: %s: the id of the key in the identity */
				return sprintf( __( 'Key “%s”', 'fedverify' ), $label );
			case 'services':
				/* translators: %s: the id of the service in the identity */
				return sprintf( __( 'Service “%s”', 'fedverify' ), $label );
			default:
				return __( 'Name', 'fedverify' );
		}
	}

	/**
	 * Prints the whole identifiers, to be copied.
	 *
	 * @param Timeline_Entry $entry The operation.
	 */
	private static function render_identifiers( Timeline_Entry $entry ): void {
		$facts = array( array( __( 'Operation (CID)', 'fedverify' ), Identifier::code( $entry->cid() ) ) );
		if ( null !== $entry->key() ) {
			$facts[] = array( __( 'Signed by', 'fedverify' ), Identifier::code( $entry->key() ) );
		}
		if ( null !== $entry->created_at() ) {
			$facts[] = array( __( 'Accepted, by the directory’s clock', 'fedverify' ), Moment::element( $entry->created_at() ) );
		}
		if ( null !== $entry->first_seen() ) {
			$facts[] = array( __( 'First seen by this site', 'fedverify' ), Moment::element( $entry->first_seen() ) );
		}
		/* translators: %d: the operation's place in the log, counted from 0 */
		$summary = sprintf( __( 'Details of operation %d', 'fedverify' ), $entry->number() );
		echo '<details><summary>' . esc_html( $summary ) . '</summary>';
		Fact_List::render( $facts );
		echo '</details>';
	}
}
