<?php
/**
 * What ends a transfer that exceeds its bounds.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Network;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Thrown through WordPress's HTTP API where there is no curl to be told to stop.
 *
 * @internal for Transfer
 */
final class Transfer_Stopped extends \Exception {
}
