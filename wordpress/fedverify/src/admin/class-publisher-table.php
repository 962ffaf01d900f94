<?php
/**
 * The tables of publishers of the federation.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Federation\Publisher;
use FedVerify\WordPress\Federation\Publisher_Key;
use FedVerify\WordPress\Federation\Publishers;
use FedVerify\WordPress\Federation\Source_Id;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Prints the keys that the owner trusts, and those that nodes show and about which the owner has to decide.
 */
final class Publisher_Table {

	/**
	 * Prints the publishers that are trusted.
	 *
	 * @param Publisher[] $publishers The publishers.
	 * @param bool        $may_decide Whether the user may change them.
	 */
	public static function render( array $publishers, bool $may_decide ): void {
		if ( array() === $publishers ) {
			echo '<p>' . esc_html__( 'You trust no publisher yet.', 'fedverify' ) . '</p>';
			return;
		}
		self::head( __( 'Since', 'fedverify' ) );
		foreach ( $publishers as $publisher ) {
			$source = $publisher->source();
			if ( '' === $publisher->did_key() ) {
				self::render_damaged( $source, __( 'Since', 'fedverify' ), $may_decide );
				continue;
			}
			self::row( $source, $publisher->did_key(), __( 'Since', 'fedverify' ) );
			self::render_trust( $publisher );
			echo '</td><td class="fedverify-actions">';
			if ( $may_decide ) {
				self::render_decisions( $publisher );
			}
			echo '</td></tr>';
		}
		echo '</tbody></table>';
	}

	/**
	 * Prints since when a publisher is trusted, why, and with what.
	 *
	 * @param Publisher $publisher The publisher.
	 */
	private static function render_trust( Publisher $publisher ): void {
		Markup::render( Moment::element( $publisher->since() ) );
		if ( '' !== $publisher->shown_by() ) {
			/* translators: %s: URL of a node */
			$shown = Markup::sentence( __( 'Shown by %s, and confirmed', 'fedverify' ), $publisher->shown_by() );
			Markup::render( '<br><span class="fedverify-soft">' . $shown . '</span>' );
		}
		if ( $publisher->allows_unsigned() ) {
			echo '<br><strong>' . esc_html__( 'Archives without a signature are installed.', 'fedverify' ) . '</strong>';
		}
		if ( array() !== $publisher->dismissed() ) {
			self::render_turned_down( $publisher->dismissed() );
		}
	}

	/**
	 * Prints the keys that were turned down, which no node's list brings back, and how to trust one after all.
	 *
	 * @param string[] $did_keys The keys.
	 */
	private static function render_turned_down( array $did_keys ): void {
		echo '<details><summary>' . esc_html__( 'Keys that you turned down', 'fedverify' ) . '</summary><p>';
		esc_html_e( 'You will not be asked about them again. To trust one after all, paste it into the form below, as the publisher gives it.', 'fedverify' );
		echo '</p><ul>';
		foreach ( $did_keys as $did_key ) {
			echo '<li>';
			Markup::render( Identifier::code( $did_key ) );
			echo '</li>';
		}
		echo '</ul></details>';
	}

	/**
	 * Prints what can be decided about a publisher that is trusted.
	 *
	 * @param Publisher $publisher The publisher.
	 */
	private static function render_decisions( Publisher $publisher ): void {
		$source = $publisher->source();
		if ( $publisher->allows_unsigned() ) {
			Actions::button( 'federation_signed', $source, __( 'Hold archives without a signature', 'fedverify' ), $source );
		} else {
			self::render_allow( $source );
		}
		Actions::button( 'federation_forget', $source, __( 'Stop trusting', 'fedverify' ), $source );
	}

	/**
	 * Prints the form that allows archives without a signature: not by one click, as it takes back what the signatures are for.
	 *
	 * @param string $source The source.
	 */
	private static function render_allow( string $source ): void {
		echo '<details><summary>' . esc_html__( 'Allow archives without a signature…', 'fedverify' ) . '<span class="screen-reader-text">: ' . esc_html( $source ) . '</span></summary>';
		printf( '<form method="post" action="%s">', esc_url( Menu::url( array( 'tab' => 'federation' ) ) ) );
		Actions::fields( 'federation_unsigned', $source );
		echo '<p><label><input type="checkbox" name="fedverify_understood" value="1" required> ';
		esc_html_e( 'I know that whoever runs a node can then put any code into a new version, which this site installs and runs.', 'fedverify' );
		printf( '</label></p><button type="submit" class="button">%s<span class="screen-reader-text">: %s</span></button></form></details>', esc_html__( 'Allow archives without a signature', 'fedverify' ), esc_html( $source ) );
	}

	/**
	 * Prints the keys about which the owner has to decide.
	 *
	 * @param array<string, array> $undecided  key, did_key, node, at, by source.
	 * @param Publishers           $publishers The keys that are trusted.
	 * @param bool                 $may_decide Whether the user may decide.
	 */
	public static function render_undecided( array $undecided, Publishers $publishers, bool $may_decide ): void {
		self::head( __( 'Shown by', 'fedverify' ) );
		foreach ( $undecided as $source => $seen ) {
			$trusted = $publishers->get( Source_Id::parse( (string) $source ) );
			$did_key = (string) ( $seen['did_key'] ?? '' );
			if ( '' === $did_key ) {
				self::render_damaged( (string) $source, __( 'Shown by', 'fedverify' ), $may_decide );
				continue;
			}
			self::row( (string) $source, $did_key, __( 'Shown by', 'fedverify' ), Publisher_Key::body( (string) ( $seen['key'] ?? '' ) ) );
			Markup::render( Markup::isolated( (string) ( $seen['node'] ?? '' ) ) );
			echo '<br><span class="fedverify-soft">';
			if ( null === $trusted ) {
				esc_html_e( 'You trust no key of this source yet.', 'fedverify' );
			} else {
				/* translators: %s: a key */
				$sentence = Markup::sentence( __( 'You trust %s. What it signed is still installed, but nothing that only this key signed.', 'fedverify' ), $trusted->did_key() );
				Markup::render( $sentence );
			}
			echo '</span></td><td class="fedverify-actions">';
			if ( $may_decide ) {
				// The key is part of what is confirmed: another one that comes meanwhile is not.
				Actions::button( 'federation_confirm', "$source $did_key", __( 'Trust this key', 'fedverify' ), (string) $source );
				Actions::button( 'federation_keep', "$source $did_key", null === $trusted ? __( 'Do not trust it', 'fedverify' ) : __( 'Keep the key that I trust', 'fedverify' ), (string) $source );
			}
			echo '</td></tr>';
		}
		echo '</tbody></table>';
	}

	/**
	 * Prints the row of a key that cannot be read any more: nothing of its source is installed.
	 *
	 * @param string $source     The source.
	 * @param string $when       The heading of the third column.
	 * @param bool   $may_decide Whether the user may decide.
	 */
	private static function render_damaged( string $source, string $when, bool $may_decide ): void {
		self::row( $source, '', $when );
		esc_html_e( 'The stored key is damaged, so nothing of this source is installed. Trust the publisher’s key again.', 'fedverify' );
		echo '</td><td class="fedverify-actions">';
		if ( $may_decide ) {
			Actions::button( 'federation_forget', $source, __( 'Stop trusting', 'fedverify' ), $source );
		}
		echo '</td></tr>';
	}

	/**
	 * Prints the head of a table.
	 *
	 * @param string $when The heading of the third column.
	 */
	private static function head( string $when ): void {
		echo '<table class="widefat striped fedverify-table">';
		Table_Head::render(
			array(
				'package'  => __( 'Source', 'fedverify' ),
				'identity' => __( 'Key', 'fedverify' ),
				'when'     => $when,
				'actions'  => __( 'Actions', 'fedverify' ),
			)
		);
		echo '<tbody>';
	}

	/**
	 * Prints the first two cells of a row, and begins the third.
	 *
	 * @param string $source  The source.
	 * @param string $did_key The key.
	 * @param string $when    The heading of the third column.
	 * @param string $body    The key as in its PEM, where it is to be compared.
	 */
	private static function row( string $source, string $did_key, string $when, string $body = '' ): void {
		echo '<tr><th scope="row">';
		Markup::render( Identifier::code( $source ) );
		echo '</th><td data-label="' . esc_attr__( 'Key', 'fedverify' ) . '">';
		Markup::render( Identifier::code( $did_key ) );
		if ( '' !== $body ) {
			echo '<br><span class="fedverify-soft">' . esc_html__( 'In PEM:', 'fedverify' ) . '</span> ';
			Markup::render( Identifier::code( $body ) );
		}
		echo '</td><td data-label="' . esc_attr( $when ) . '">';
	}
}
