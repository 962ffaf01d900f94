<?php
/**
 * The state of the Plugin Federation Network on this site.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Admin;

use FedVerify\WordPress\Codes;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Plugin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * What the owner should look at. Reads what is remembered; no server is asked.
 */
final class Federation_Health {

	/**
	 * What there is to look at.
	 *
	 * @param Plugin $plugin The plugin.
	 * @param int    $late   Before when a check was too long ago, in seconds since 1970.
	 * @return string[] Sentences, as plain text.
	 */
	public static function findings( Plugin $plugin, int $late ): array {
		$findings = array();
		$packages = Known_Federated::all( $plugin );
		if ( array() !== $packages && array() === $plugin->settings()->federation_nodes() ) {
			$findings[] = __( 'Plugins name a federation source, but this site subscribes to no node.', 'fedverify' );
		}
		foreach ( array_keys( $plugin->federation()->shown_keys()->undecided() ) as $source ) {
			/* translators: %s: a federation source such as alice@plugins.example. */
			$findings[] = sprintf( __( 'A node shows a key of %s that waits for your decision.', 'fedverify' ), Plain_Text::word( (string) $source ) );
		}
		foreach ( Silence_Note::nodes()->silent( $plugin->settings()->federation_nodes(), time() ) as $node => $note ) {
			/* translators: 1: the URL of a node, 2: a length of time, such as "4 days", 3: a code */
			$findings[] = sprintf( __( 'The node %1$s has not answered in time for %2$s (%3$s).', 'fedverify' ), $node, human_time_diff( $note['since'], time() ), $note['code'] );
		}
		foreach ( $packages as $package ) {
			$refusal = $package->refusal();
			if ( null !== $refusal ) {
				/* translators: 1: name of a plugin, 2: a sentence, 3: an error code */
				$findings[] = sprintf( __( '%1$s: %2$s (%3$s)', 'fedverify' ), Plain_Text::name( $package->name() ), Codes::meaning( $refusal['code'] ), $refusal['code'] );
			} elseif ( $package->checked_at() < $late ) {
				/* translators: %s: name of a plugin */
				$findings[] = sprintf( __( '%s was not checked for three days.', 'fedverify' ), Plain_Text::name( $package->name() ) );
			}
		}
		return $findings;
	}

	/**
	 * The facts for the debug information: a name and a value each, by what they are.
	 *
	 * @param Plugin $plugin The plugin.
	 * @return array<string, array{0: string, 1: string}>
	 */
	public static function facts( Plugin $plugin ): array {
		$nodes = $plugin->settings()->federation_nodes();
		$facts = array();

		$facts['federation_nodes'] = array( __( 'Nodes of the federation', 'fedverify' ), array() === $nodes ? __( 'None', 'fedverify' ) : implode( ', ', $nodes ) );
		foreach ( $plugin->federation()->publishers()->all() as $number => $publisher ) {
			$facts[ 'federation_publisher_' . $number ] = array( $publisher->source(), $publisher->did_key() . ( $publisher->allows_unsigned() ? ' unsigned' : '' ) );
		}
		foreach ( Known_Federated::all( $plugin ) as $number => $package ) {
			$refusal = $package->refusal();
			$state   = null === $refusal ? '' : $refusal['verdict'] . ' ' . $refusal['code'];

			$facts[ 'federation_plugin_' . $number ] = array( $package->name(), Plain_Text::line( $package->package()->identity() . ' ' . $package->package()->version() . ' ' . $state ) );
		}
		return $facts;
	}
}
