<?php
/**
 * Requests to nodes.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\PrivateCopy;
use FedVerify\WordPress\Admin\Silence_Note;
use FedVerify\WordPress\Gates\Time_Budget;
use FedVerify\WordPress\Network\Fetcher;
use FedVerify\WordPress\Network\Plain_Text;
use FedVerify\WordPress\Refusal;
use FedVerify\WordPress\Settings;
use FedVerify\WordPress\Verification\Archives;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Asks nodes, within bounds. A node that cannot be reached is not asked again in the same request. One that is slow is asked until its
 * share of the time is used up, and again in the next request: it keeps the site from nothing that others have.
 */
final class Node_Requests {

	/**
	 * That a node was not asked: others used up the time, of all nodes or of this one.
	 */
	public const NOT_ASKED = array( 'wordpress.held.not_verified_yet', 'wordpress.federation.slow_node' );

	/**
	 * How large a list may be, in bytes.
	 */
	private const LIST_BYTES = 524288;

	/**
	 * How long a page of a list may take, in seconds: ten nodes that do not answer must leave some time. After how many no other page is
	 * asked for: the checks of other plugins need time, too.
	 */
	private const LIST_SECONDS      = 5;
	private const ALL_PAGES_SECONDS = 10;

	/**
	 * How long an archive may take that further nodes have, in seconds: many hosts end a request after half a minute.
	 */
	private const FIRST_SECONDS = 10;

	/**
	 * Fetches.
	 *
	 * @var Fetcher
	 */
	private $fetcher;

	/**
	 * The settings.
	 *
	 * @var Settings
	 */
	private $settings;

	/**
	 * How long all lists may take.
	 *
	 * @var Time_Budget
	 */
	private $budget;

	/**
	 * Why a node is not asked any more, by its URL.
	 *
	 * @var array<string, Refusal>
	 */
	private $silent = array();

	/**
	 * How long each node may take, by its URL.
	 *
	 * @var array<string, Time_Budget>
	 */
	private $shares = array();

	/**
	 * Makes one.
	 *
	 * @param Fetcher     $fetcher  Fetches.
	 * @param Settings    $settings The settings.
	 * @param Time_Budget $budget   How long all lists may take.
	 */
	public function __construct( Fetcher $fetcher, Settings $settings, Time_Budget $budget ) {
		$this->fetcher  = $fetcher;
		$this->settings = $settings;
		$this->budget   = $budget;
	}

	/**
	 * The time for all pages of one list. Where it is used up, the node has answered too late.
	 *
	 * @param string $node The node's URL.
	 */
	public function pages( string $node ): Time_Budget {
		/* translators: %s: the URL of a node. */
		$message = __( '%s needs too much time for its list: the rest of it was not read.', 'fedverify' );
		return $this->budget->part( self::ALL_PAGES_SECONDS, Refusal::unanswered( Refusal::TOO_LATE, sprintf( $message, Plain_Text::word( $node ) ) ) );
	}

	/**
	 * The body of a node's response, which should be a page of a list.
	 *
	 * @param string           $node  The node's URL.
	 * @param string           $url   The URL that is asked.
	 * @param Time_Budget|null $pages The time for all pages; null: there is no other bound than the node's share.
	 * @throws Refusal `network.*`, `input.too_large`.
	 */
	public function body( string $node, string $url, ?Time_Budget $pages = null ): string {
		if ( isset( $this->silent[ $node ] ) ) {
			throw $this->silent[ $node ];
		}
		$seconds = self::LIST_SECONDS;
		try {
			$seconds = $this->seconds( $node );
			$options = array(
				'configured' => true,
				'timeout'    => $seconds,
			);

			$get  = fn() => $this->fetcher->get( $url, self::LIST_BYTES, $options )->body();
			$ask  = fn() => null === $pages ? $get() : $pages->spend( $get );
			$body = $this->budget->spend( fn() => $this->share( $node )->spend( $ask ) );
			Silence_Note::nodes()->record( $node, '', time() );
			return $body;
		} catch ( Refusal $refusal ) {
			if ( $seconds < $this->share( $node )->longest( self::LIST_SECONDS ) && '' !== $refusal->silence() ) {
				// What was left of the time was too short for the answer: that says nothing about the node, which is asked again.
				$this->seconds( $node );
			}
			// Every other failure is the answer to this question, and one response may take too long because its records are long:
			// whoever publishes them must not keep the site from the updates of others.
			if ( Refusal::SILENT === $refusal->silence() ) {
				$this->silent[ $node ] = $refusal;
			}
			if ( 0 === strpos( $refusal->error_code(), 'network.' ) ) {
				Silence_Note::nodes()->record( $node, $refusal->error_code(), time() );
			}
			throw $refusal;
		}
	}

	/**
	 * Downloads an archive.
	 *
	 * @param string      $url        The URL.
	 * @param bool        $has_others Whether further nodes have it: then one that is slow must leave time for them.
	 * @param Time_Budget $time       How long all downloads of this archive may take.
	 * @throws Refusal `network.*`, `input.too_large`, `io.*`.
	 */
	public function archive( string $url, bool $has_others, Time_Budget $time ): PrivateCopy {
		return $time->spend(
			function () use ( $url, $has_others, $time ): PrivateCopy {
				$options = array(
					'configured' => true,
					'timeout'    => $has_others ? min( self::FIRST_SECONDS, $time->seconds() ) : $time->seconds(),
				);
				return $this->fetcher->download( $url, Archives::PACKAGE_BYTES, $options );
			}
		);
	}

	/**
	 * How long a page of a list may take: no longer than what is left of the node's share, or it would take it from other nodes.
	 *
	 * @param string $node The node's URL.
	 * @return int In seconds.
	 * @throws Refusal Nothing is left: one of NOT_ASKED.
	 */
	private function seconds( string $node ): int {
		$seconds = $this->budget->at_most( self::LIST_SECONDS );
		return $this->share( $node )->at_most( $seconds );
	}

	/**
	 * How long a node may take: as long as each other one.
	 *
	 * @param string $node The node's URL.
	 */
	private function share( string $node ): Time_Budget {
		if ( ! isset( $this->shares[ $node ] ) ) {
			/* translators: %s: the URL of a node. */
			$message = __( '%s is slow, and has used up its share of the time. It will be asked again.', 'fedverify' );

			$this->shares[ $node ] = $this->budget->share(
				count( $this->settings->federation_nodes() ),
				Refusal::undetermined( 'wordpress.federation.slow_node', sprintf( $message, Plain_Text::word( $node ) ) )
			);
		}
		return $this->shares[ $node ];
	}
}
