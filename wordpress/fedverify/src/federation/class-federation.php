<?php
/**
 * The Plugin Federation Network.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress\Federation;

use FedVerify\WordPress\Gates\Time_Budget;
use FedVerify\WordPress\Memory\Tables;
use FedVerify\WordPress\Memory\Verdict;
use FedVerify\WordPress\Packages\Package;
use FedVerify\WordPress\Plugin;
use FedVerify\WordPress\Refusal;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Makes what this folder has, each when it is first asked for: most sites have no plugin of the federation.
 */
final class Federation {

	/**
	 * Seconds that a page of the dashboard may wait for the lists of nodes, and a scheduled task: enough for all of them, if none answers.
	 * A command may check hundreds of plugins, and nothing ends it.
	 */
	private const PATIENCE         = 20;
	private const PATIENCE_ALONE   = 60;
	private const PATIENCE_COMMAND = 600;

	/**
	 * Seconds that all downloads of one archive may take, from whatever nodes: as long as WordPress gives one download.
	 */
	private const DOWNLOADS = 300;

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * The tables.
	 *
	 * @var Tables
	 */
	private $tables;

	/**
	 * What was made so far, by class.
	 *
	 * @var array<string, object>
	 */
	private $made = array();

	/**
	 * Makes it.
	 *
	 * @param Plugin $plugin The plugin.
	 * @param Tables $tables The tables.
	 */
	public function __construct( Plugin $plugin, Tables $tables ) {
		$this->plugin = $plugin;
		$this->tables = $tables;
	}

	/**
	 * The rows.
	 */
	private function records(): Records {
		return $this->once( Records::class, fn() => new Records( $this->tables, $this->plugin->schema() ) );
	}

	/**
	 * The keys.
	 */
	public function publishers(): Publishers {
		return $this->once( Publishers::class, fn() => new Publishers( $this->records() ) );
	}

	/**
	 * The keys that nodes show.
	 */
	public function shown_keys(): Shown_Keys {
		return $this->once( Shown_Keys::class, fn() => new Shown_Keys( $this->records(), $this->publishers() ) );
	}

	/**
	 * The nodes.
	 */
	public function nodes(): Nodes {
		$requests = fn() => new Node_Requests( $this->plugin->fetcher(), $this->plugin->settings(), new Time_Budget( $this->patience() ) );
		return $this->once( Nodes::class, fn() => new Nodes( $requests(), $this->plugin->settings() ) );
	}

	/**
	 * How many seconds the lists of nodes may take.
	 */
	private function patience(): int {
		$context = $this->plugin->context();
		if ( 'cli' === $context->name() ) {
			return self::PATIENCE_COMMAND;
		}
		return $context->is_automatic() ? self::PATIENCE_ALONE : self::PATIENCE;
	}

	/**
	 * The time for all downloads of one archive: mirrors that drip must not take more of it the more of them there are.
	 */
	public function downloads(): Time_Budget {
		$refusal = Refusal::unanswered( Refusal::TOO_LATE, __( 'The nodes that have this archive need too much time for it.', 'fedverify' ) );
		return ( new Time_Budget( self::DOWNLOADS ) )->part( self::DOWNLOADS, $refusal );
	}

	/**
	 * What nodes list.
	 */
	public function listings(): Listings {
		return $this->once( Listings::class, fn() => new Listings( $this->nodes(), $this->publishers(), $this->shown_keys() ) );
	}

	/**
	 * The bytes of versions.
	 */
	public function digests(): Digests {
		return $this->once( Digests::class, fn() => new Digests( $this->records() ) );
	}

	/**
	 * Verifies archives.
	 */
	public function archives(): Archives {
		return $this->once( Archives::class, fn() => new Archives( $this->publishers(), $this->digests() ) );
	}

	/**
	 * Takes archives from nodes.
	 */
	public function mirrors(): Mirrors {
		return $this->once( Mirrors::class, fn() => new Mirrors( $this->nodes(), $this->listings(), $this->archives() ) );
	}

	/**
	 * Finds plugins.
	 */
	public function catalogue(): Catalogue {
		return $this->once( Catalogue::class, fn() => new Catalogue( $this->nodes(), $this->archives(), $this->publishers() ) );
	}

	/**
	 * What the last checks found.
	 */
	public function offers(): Offers {
		return $this->once( Offers::class, fn() => new Offers( $this->records(), $this->publishers(), $this->plugin->settings() ) );
	}

	/**
	 * The updates that could not be installed lately.
	 */
	public function failed_updates(): Failed_Updates {
		return $this->once( Failed_Updates::class, fn() => new Failed_Updates( $this->records() ) );
	}

	/**
	 * What was verified of installed plugins.
	 */
	public function installations(): Installations {
		return $this->once( Installations::class, fn() => new Installations( $this->records() ) );
	}

	/**
	 * Checks installed plugins.
	 */
	public function check(): Check {
		$search = fn() => new Update_Search( $this->listings(), $this->archives(), $this->publishers(), $this->shown_keys() );
		return $this->once( Check::class, fn() => new Check( $this->plugin->installed(), $search(), $this->offers(), $this->failed_updates(), $this->plugin->outcomes() ) );
	}

	/**
	 * The plugins of a source that are installed, or all of them.
	 *
	 * @param Source_Id|null $source The source.
	 * @return Package[]
	 */
	public function plugins( ?Source_Id $source = null ): array {
		return array_values(
			array_filter(
				$this->plugin->installed()->of_sources(),
				static function ( Package $package ) use ( $source ): bool {
					return null === $source || $package->source() === $source->to_string();
				}
			)
		);
	}

	/**
	 * The owner takes back which bytes a version had, which is logged.
	 *
	 * @param string $name The version, as Digests names it.
	 * @return bool Whether it was known.
	 * @throws Refusal The database failed.
	 */
	public function take_back( string $name ): bool {
		if ( ! $this->digests()->forget( $name ) ) {
			return false;
		}
		list( $identity, $version ) = array_pad( explode( ' ', $name, 2 ), 2, '' );
		$this->plugin->verdicts()->add(
			Verdict::of(
				array(
					'did'     => $identity,
					'kind'    => 'plugin',
					'version' => $version,
					'verdict' => 'noted',
					'message' => __( 'An administrator took back which bytes this version had.', 'fedverify' ),
					'context' => $this->plugin->context()->name(),
				)
			)
		);
		return true;
	}

	/**
	 * A plugin was deleted. The keys that are trusted, and which bytes its versions had, stay known.
	 *
	 * @param string $file Its file.
	 * @throws Refusal The database failed.
	 */
	public function forget( string $file ): void {
		$this->offers()->forget( $file );
		$this->installations()->forget( $file );
		$this->failed_updates()->forget( $file );
	}

	/**
	 * How many updates and keys wait for the owner.
	 *
	 * @throws Refusal The database failed.
	 */
	public function waiting(): int {
		$count = 0;
		foreach ( $this->plugins() as $package ) {
			$offer   = $this->offers()->get( $package );
			$refusal = null === $offer ? null : $offer->refusal();
			$count  += null !== $refusal && 'wordpress.held.unsigned' === $refusal['code'] && null === $this->current( $package ) ? 1 : 0;
		}
		return $count + count( $this->shown_keys()->undecided() );
	}

	/**
	 * The update of a plugin that may be installed now.
	 *
	 * @param Package $package The plugin.
	 */
	public function current( Package $package ): ?Listed_Version {
		try {
			return $this->offers()->current( $package );
		} catch ( Refusal $refusal ) {
			return null;
		}
	}

	/**
	 * The gate at the updates that are offered.
	 */
	public function offer_gate(): Offer_Gate {
		return $this->once( Offer_Gate::class, fn() => new Offer_Gate( $this->plugin->installed(), $this->offers() ) );
	}

	/**
	 * The gates at installations.
	 */
	public function gates(): Gates {
		return $this->once( Gates::class, fn() => new Gates( $this, $this->plugin->installed(), fn() => $this->plugin->gates()->downloads() ) );
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
