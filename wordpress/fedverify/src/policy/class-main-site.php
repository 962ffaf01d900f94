<?php
/**
 * The main site of a network.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Policy;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Where the events are: each site has its own, and whatever is installed is the network's.
 */
final class Main_Site {

	/**
	 * Does something there, whichever site the request is of.
	 *
	 * @param callable $work What.
	 */
	public static function work( callable $work ): void {
		if ( is_main_site() ) {
			$work();
			return;
		}
		switch_to_blog( get_main_site_id() );
		try {
			$work();
		} finally {
			restore_current_blog();
		}
	}
}
