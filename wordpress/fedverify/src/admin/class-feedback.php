<?php
/**
 * What became of what an administrator asked for.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Says on the next page what happened. The address holds a word of a fixed list, never a sentence: nobody can put their words
 * into this page by a link.
 */
final class Feedback {

	private const ARGUMENT = 'fedverify-done';

	/**
	 * Goes to a page that says what happened, and ends the request.
	 *
	 * @param string $url  The page.
	 * @param string $word A word of the list below.
	 */
	public static function redirect( string $url, string $word ): void {
		wp_safe_redirect( add_query_arg( self::ARGUMENT, $word, $url ) );
		exit;
	}

	/**
	 * Prints what happened, if something did.
	 */
	public static function render(): void {
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- Chooses a sentence, and does nothing.
		$word = isset( $_GET[ self::ARGUMENT ] ) && is_string( $_GET[ self::ARGUMENT ] ) ? sanitize_key( wp_unslash( $_GET[ self::ARGUMENT ] ) ) : '';
		$said = self::sentences()[ $word ] ?? null;
		if ( null === $said ) {
			return;
		}
		// The role makes it heard where it is not seen.
		printf(
			'<div class="notice notice-%s inline" role="%s"><p>%s</p></div>',
			esc_attr( $said[0] ),
			esc_attr( 'error' === $said[0] ? 'alert' : 'status' ),
			esc_html( $said[1] )
		);
	}

	/**
	 * The sentences.
	 *
	 * @return array[] Each a kind of notice and a sentence, by word.
	 */
	private static function sentences(): array {
		return array(
			'verified'    => array( 'success', __( 'Verified. What was found is below.', 'fedverify' ) ),
			'refused'     => array( 'error', __( 'Refused. The reason is below.', 'fedverify' ) ),
			'unsure'      => array( 'warning', __( 'The check could not be finished. The reason is below.', 'fedverify' ) ),
			'held'        => array( 'warning', __( 'The update still has to wait. The reason is below.', 'fedverify' ) ),
			'released'    => array( 'success', __( 'The update was verified and can be installed now.', 'fedverify' ) ),
			'checked'     => array( 'success', __( 'All installed identities were checked.', 'fedverify' ) ),
			'some'        => array( 'warning', __( 'All installed identities were checked. Not all could be verified; see below.', 'fedverify' ) ),
			'saved'       => array( 'success', __( 'Settings saved.', 'fedverify' ) ),
			'invalid'     => array( 'error', __( 'Not saved: a value cannot be used. Witnesses, nodes and the directory must be https addresses.', 'fedverify' ) ),
			'dismissed'   => array( 'success', __( 'The notice will not be shown to you again.', 'fedverify' ) ),
			'gone'        => array( 'warning', __( 'This update no longer waits.', 'fedverify' ) ),
			'confirm'     => array( 'error', __( 'Nothing was installed: first confirm that you have read what changed.', 'fedverify' ) ),
			'unconfirmed' => array( 'error', __( 'Nothing was changed: first confirm that you know what it means.', 'fedverify' ) ),
			'asked'       => array( 'success', __( 'The nodes were asked. What they list is below.', 'fedverify' ) ),
			'asked_some'  => array( 'warning', __( 'Not all plugins were checked: the nodes took too long. Try again.', 'fedverify' ) ),
			'trusted'     => array( 'success', __( 'You now trust this key.', 'fedverify' ) ),
			'kept_key'    => array( 'success', __( 'The other key is not trusted, and is not shown again. If it turns out to be the publisher’s, paste it below to trust it.', 'fedverify' ) ),
			'shown_key'   => array( 'warning', __( 'Your nodes show the key below. Compare it with the publisher’s before you trust it.', 'fedverify' ) ),
			'other_key'   => array( 'error', __( 'Nothing was changed: the key has changed in the meantime. Check it again.', 'fedverify' ) ),
			'has_key'     => array( 'warning', __( 'You trust a key of this source already. Paste another one to replace it.', 'fedverify' ) ),
			'source'      => array( 'error', __( 'Nothing was changed: a source is written as user@host, as in the plugin’s header.', 'fedverify' ) ),
			'refused_key' => array( 'error', __( 'Nothing was changed: this is not an Ed25519 public key, or no node shows one, or nodes show different ones.', 'fedverify' ) ),
			'taken_back'  => array( 'success', __( 'Taken back. The next archive of this version that is accepted is remembered in its place.', 'fedverify' ) ),
			'failed'      => array( 'error', __( 'Nothing was changed: fedverify failed. The recent verdicts say why.', 'fedverify' ) ),
		);
	}
}
