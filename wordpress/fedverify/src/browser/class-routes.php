<?php
/**
 * The REST routes.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Browser;

use FedVerify\WordPress\Admin\Sentence;
use FedVerify\WordPress\Codes;
use FedVerify\WordPress\Guard;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;


if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * What administrators' browsers are served: `fedverify/v1/browser/begin`, `bytes` and `report`. With the cookies of a login and the
 * nonce of a page of the dashboard only.
 */
final class Routes {

	public const NAMESPACE = 'fedverify/v1';

	/**
	 * How errors of this part are answered; all others with 409.
	 */
	private const STATUSES = array(
		'wordpress.browser.session'        => 403,
		'wordpress.browser.other_session'  => 403,
		'wordpress.browser.not_asked'      => 403,
		'wordpress.browser.unknown_ticket' => 404,
		'wordpress.browser.expired'        => 410,
		'wordpress.browser.changed'        => 410,
		'wordpress.browser.malformed'      => 400,
	);

	private const HEADERS = array(
		'Cache-Control'           => 'no-store, private',
		'Content-Type'            => 'application/octet-stream',
		'Content-Disposition'     => 'attachment; filename="evidence"',
		'Content-Security-Policy' => "default-src 'none'; sandbox",
		'X-Content-Type-Options'  => 'nosniff',
	);

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * Makes them.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->plugin = $plugin;
	}

	/**
	 * Adds them. Hooked to `rest_api_init`.
	 */
	public function add(): void {
		$ticket = array(
			'type'     => 'string',
			'pattern'  => '^[0-9a-f]{64}$',
			'required' => true,
		);
		$text   = array(
			'type'      => 'string',
			'required'  => true,
			'maxLength' => Browser_Report::MOST_BYTES,
		);
		$did    = array( 'maxLength' => 2048 ) + $text;
		$part   = array( 'enum' => array( Browser::LOG, Browser::ARCHIVE, 'metadata' ) ) + $text;
		$this->route( 'begin', array( 'did' => $did ), array( $this, 'begin' ) );
		$this->route( 'bytes', compact( 'ticket', 'part' ), array( $this, 'bytes' ) );
		$this->route(
			'report',
			array(
				'ticket'  => $ticket,
				'part'    => array( 'enum' => array( Browser::LOG, Browser::ARCHIVE ) ) + $part,
				'report'  => $text,
				'package' => array(
					'type'    => 'boolean',
					'default' => false,
				),
			),
			array( $this, 'report' )
		);
	}

	/**
	 * Whether the request may do anything here.
	 *
	 * @return true|\WP_Error
	 */
	public function permission() {
		try {
			if ( ! Browser::is_allowed() || null === Tickets::session_or_null() ) {
				return self::error( Browser::refusal( 'wordpress.browser.session' ) );
			}
			return Browser::is_needed() ? true : self::error( Browser::refusal( 'wordpress.browser.not_needed' ) );
		} catch ( \Throwable $thrown ) {
			return self::error( Refusal::from( $thrown ) );
		}
	}

	/**
	 * Begins a verification.
	 *
	 * @param \WP_REST_Request $request The request.
	 * @return array<string, mixed>
	 * @throws Refusal Nothing can be handed out.
	 */
	private function begin( \WP_REST_Request $request ): array {
		return ( new Hand_Out( $this->plugin, $this->plugin->tickets() ) )->begin( (string) $request['did'] );
	}

	/**
	 * Hands out bytes that are held.
	 *
	 * @param \WP_REST_Request $request The request.
	 * @return \WP_REST_Response
	 * @throws Refusal There are none for this session.
	 */
	private function bytes( \WP_REST_Request $request ): \WP_REST_Response {
		$part     = (string) $request['part'];
		$entry    = $this->plugin->tickets()->read( (string) $request['ticket'], Browser::LOG === $part ? Browser::LOG : Browser::ARCHIVE );
		$path     = Held_File::path( $entry['files'][ $part ] ?? null );
		$response = new \WP_REST_Response( null, 200, self::HEADERS );
		$serve    = static function ( $is_served, $result ) use ( $path, $response ) {
			if ( $is_served || $result !== $response ) {
				return $is_served;
			}
			while ( ob_get_level() > 0 && ob_end_clean() ) {
				continue;
			}
			readfile( $path ); // phpcs:ignore WordPress.WP.AlternativeFunctions -- It may be larger than the memory.
			return true;
		};
		add_filter( 'rest_pre_serve_request', Guard::filter( $serve, array( Guard::class, 'untouched' ) ), PHP_INT_MAX, 2 );
		return $response;
	}

	/**
	 * Takes a report.
	 *
	 * @param \WP_REST_Request $request The request.
	 * @return array<string, mixed>
	 * @throws Refusal The report is not taken.
	 */
	private function report( \WP_REST_Request $request ): array {
		$acceptance = new Acceptance( $this->plugin, $this->plugin->tickets() );
		$ticket     = (string) $request['ticket'];
		if ( Browser::LOG === $request['part'] ) {
			return array( 'archive' => $acceptance->identity( $ticket, (string) $request['report'], (bool) $request['package'] ) );
		}
		$did = (string) $this->plugin->tickets()->read( $ticket, Browser::ARCHIVE )['did'];
		$acceptance->archive( $ticket, (string) $request['report'] );
		return array( 'install' => $this->plugin->browser()->install_url( $did ) );
	}

	/**
	 * Adds a route.
	 *
	 * @param string   $name      Its name.
	 * @param array[]  $arguments What it takes.
	 * @param callable $work      What it does.
	 */
	private function route( string $name, array $arguments, callable $work ): void {
		$answer = function ( $request ) use ( $work ) {
			try {
				$this->plugin->context()->browser_begins();
				$answer = rest_ensure_response( $work( $request ) );
			} catch ( \Throwable $thrown ) {
				return self::error( Refusal::from( $thrown ) );
			}
			$answer->header( 'Cache-Control', 'no-store, private' );
			return $answer;
		};
		register_rest_route(
			self::NAMESPACE,
			'/browser/' . $name,
			array(
				'methods'             => 'POST',
				'args'                => $arguments,
				'permission_callback' => array( $this, 'permission' ),
				'callback'            => $answer,
			)
		);
	}

	/**
	 * A refusal as REST answers it. Not as WordPress's screens print it: this is JSON, and shown as text.
	 *
	 * @param Refusal $refusal The refusal.
	 */
	private static function error( Refusal $refusal ): \WP_Error {
		return new \WP_Error(
			$refusal->error_code(),
			Sentence::of( $refusal->getMessage() ),
			array(
				'status'  => self::STATUSES[ $refusal->error_code() ] ?? 409,
				'verdict' => $refusal->verdict(),
				'meaning' => Codes::meaning( $refusal->error_code() ),
				'remedy'  => $refusal->remedy(),
			)
		);
	}
}
