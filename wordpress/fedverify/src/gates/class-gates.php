<?php
/**
 * The gates.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Gates;

use FedVerify\WordPress\Context;
use FedVerify\WordPress\Guard;
use FedVerify\WordPress\Packages\Installed;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Makes the gates of a request, and what they share, each when it is first asked for: most requests need two of them.
 */
final class Gates {

	/**
	 * Seconds that a page of the dashboard may wait for directories and repositories.
	 */
	private const PATIENCE = 20;

	/**
	 * The same where nobody waits for a page.
	 */
	private const PATIENCE_ALONE = 240;

	/**
	 * Where the Source_Gate looks.
	 */
	private const BEHIND_UNPACKING = 'upgrader_source_selection';

	/**
	 * The installed packages.
	 *
	 * @var Installed
	 */
	private $installed;

	/**
	 * In which kind of request the code runs.
	 *
	 * @var Context
	 */
	private $context;

	/**
	 * What was made so far, by class.
	 *
	 * @var array<string, object>
	 */
	private $made = array();

	/**
	 * The callbacks behind unpacking, by priority.
	 *
	 * @var array<int, \Closure>
	 */
	private $behind_unpacking;

	/**
	 * Makes them.
	 *
	 * @param Installed $installed The installed packages.
	 * @param Context   $context   In which kind of request the code runs.
	 */
	public function __construct( Installed $installed, Context $context ) {
		$this->installed = $installed;
		$this->context   = $context;
		$last_resort     = fn( ...$arguments ) => $this->source()->last_resort( ...$arguments );

		$this->behind_unpacking = array(
			PHP_INT_MIN => Guard::filter( fn( ...$arguments ) => $this->source()->look_first( ...$arguments ), $last_resort ),
			PHP_INT_MAX => Guard::filter( fn( ...$arguments ) => $this->source()->look_last( ...$arguments ), $last_resort ),
		);
	}

	/**
	 * Hooks the client's caches, before the client acts, and what happens behind unpacking. Hooked to `init`.
	 */
	public function open(): void {
		$this->stand_behind_unpacking();
		$this->document()->watch();
		$this->known_dids()->ask_request();
	}

	/**
	 * Hooks both looks of the Source_Gate, the last one behind everybody else's of its priority.
	 */
	private function stand_behind_unpacking(): void {
		foreach ( $this->behind_unpacking as $priority => $callback ) {
			remove_filter( self::BEHIND_UNPACKING, $callback, $priority );
			add_filter( self::BEHIND_UNPACKING, $callback, $priority, 4 );
		}
	}

	/**
	 * The identities that this request is about.
	 */
	public function known_dids(): Known_Dids {
		return $this->once( Known_Dids::class, fn() => new Known_Dids( $this->installed, $this->context ) );
	}

	/**
	 * Which package a URL was given for.
	 */
	public function downloads(): Asked_Downloads {
		return $this->once( Asked_Downloads::class, fn() => new Asked_Downloads() );
	}

	/**
	 * The gate at the document of an identity.
	 */
	public function document(): Document_Gate {
		return $this->once( Document_Gate::class, fn() => new Document_Gate( $this->known_dids(), $this->metadata(), $this->budget() ) );
	}

	/**
	 * The gate at the metadata of a package.
	 */
	public function metadata(): Metadata_Gate {
		return $this->once( Metadata_Gate::class, fn() => new Metadata_Gate( $this->budget() ) );
	}

	/**
	 * The gate at the updates that are offered.
	 */
	public function offer(): Offer_Gate {
		return $this->once( Offer_Gate::class, fn() => new Offer_Gate( $this->installed, $this->subjects() ) );
	}

	/**
	 * The gate before anything is unpacked.
	 */
	public function archive(): Archive_Gate {
		$behind = function (): void {
			$this->stand_behind_unpacking();
		};
		return $this->once( Archive_Gate::class, fn() => new Archive_Gate( $this->subjects(), $this->expectations(), $behind ) );
	}

	/**
	 * What is remembered of an installed package.
	 */
	public function completion(): Completion {
		return $this->once( Completion::class, fn() => new Completion( $this->expectations() ) );
	}

	/**
	 * The gate behind unpacking.
	 */
	public function source(): Source_Gate {
		return $this->once( Source_Gate::class, fn() => new Source_Gate( $this->expectations(), new Source_Checks( $this->subjects(), $this->installed ) ) );
	}

	/**
	 * What is expected of the package under way.
	 */
	private function expectations(): Expectations {
		return $this->once( Expectations::class, fn() => new Expectations() );
	}

	/**
	 * Finds out what is being installed.
	 */
	private function subjects(): Subjects {
		return $this->once( Subjects::class, fn() => new Subjects( $this->installed, $this->downloads() ) );
	}

	/**
	 * How long this request may wait.
	 */
	private function budget(): Time_Budget {
		$is_alone = $this->context->is_automatic() || 'cli' === $this->context->name();
		return $this->once( Time_Budget::class, fn() => new Time_Budget( $is_alone ? self::PATIENCE_ALONE : self::PATIENCE ) );
	}

	/**
	 * Makes an object when it is first asked for.
	 *
	 * @param string   $name Its class.
	 * @param callable $make Makes it.
	 */
	private function once( string $name, callable $make ): object {
		if ( ! isset( $this->made[ $name ] ) ) {
			$this->made[ $name ] = $make();
		}
		return $this->made[ $name ];
	}
}
