<?php
/**
 * The plugin: what it is made of.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress;

use FedVerify\PinStore;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * The one place that makes objects, each when it is first asked for. `Hooks` says when they act.
 */
final class Plugin {

	/**
	 * The plugin, once it is started.
	 *
	 * @var self|null
	 */
	private static $plugin;

	/**
	 * The path of fedverify.php.
	 *
	 * @var string
	 */
	private $file;

	/**
	 * Whether it was loaded before the plugins of a site are: by a must-use plugin, or as one of the network.
	 *
	 * @var bool
	 */
	private $is_early;

	/**
	 * What was made so far, by class.
	 *
	 * @var array<string, object>
	 */
	private $made = array();

	/**
	 * Makes it.
	 *
	 * @param string $file The path of fedverify.php.
	 */
	private function __construct( string $file ) {
		$this->file     = $file;
		$this->is_early = 0 === did_action( 'muplugins_loaded' ) || doing_action( 'muplugins_loaded' );
	}

	/**
	 * Starts it, while WordPress loads plugins: other plugins act as early as that.
	 *
	 * @param string $file The path of fedverify.php.
	 */
	public static function start( string $file ): void {
		if ( null === self::$plugin ) {
			self::$plugin = new self( $file );
			( new Hooks( self::$plugin ) )->add();
			register_activation_hook( $file, Guard::action( array( self::$plugin, 'activate' ) ) );
			register_deactivation_hook( $file, Guard::action( array( self::$plugin, 'deactivate' ) ) );
		}
	}

	/**
	 * The plugin.
	 *
	 * @throws \LogicException It was not started.
	 */
	public static function get(): self {
		if ( null === self::$plugin ) {
			throw new \LogicException( 'fedverify was not started' );
		}
		return self::$plugin;
	}

	/**
	 * The path of fedverify.php.
	 */
	public function file(): string {
		return $this->file;
	}

	/**
	 * The plugin was activated.
	 */
	public function activate(): void {
		$this->schedule()->ensure();
		$this->first_run()->begin();
	}

	/**
	 * The plugin was deactivated. What it remembers stays.
	 *
	 * @param mixed $of_network Whether for the network.
	 */
	public function deactivate( $of_network = false ): void {
		if ( $of_network ) {
			$this->own_deletion()->was_of_network();
		}
		Policy\Schedule::clear();
	}

	/**
	 * Makes what is not there yet. As a must-use plugin, the plugin is never activated.
	 */
	public function prepare(): void {
		if ( $this->context()->is_visitor() ) {
			return;
		}
		$this->schema()->ensure();
		$this->schedule()->ensure();
		$this->first_run()->ensure();
	}

	/**
	 * The settings.
	 */
	public function settings(): Settings {
		return $this->once( Settings::class, fn() => new Settings( $this->options() ) );
	}

	/**
	 * In which kind of request the code runs.
	 */
	public function context(): Context {
		return $this->once( Context::class, fn() => new Context() );
	}

	/**
	 * Where host names lead.
	 */
	public function addresses(): Network\Addresses {
		return $this->once( Network\Addresses::class, fn() => new Network\Addresses( $this->settings() ) );
	}

	/**
	 * Everything that is fetched.
	 */
	public function fetcher(): Network\Fetcher {
		return $this->once( Network\Fetcher::class, fn() => new Network\Fetcher( $this->addresses() ) );
	}

	/**
	 * Keeps what was proven of identities.
	 */
	public function pin_keeper(): Verification\Pin_Keeper {
		return $this->once( Verification\Pin_Keeper::class, fn() => new Verification\Pin_Keeper( $this->pins() ) );
	}

	/**
	 * Records the outcomes of verifications.
	 */
	public function outcomes(): Verification\Outcomes {
		return $this->once( Verification\Outcomes::class, fn() => new Verification\Outcomes( $this->identities(), $this->verdicts(), $this->installed(), $this->context() ) );
	}

	/**
	 * Verifies identities.
	 */
	public function resolver(): Verification\Resolver {
		if ( ! isset( $this->made[ Verification\Resolver::class ] ) ) {
			$directories = new Verification\Directories( $this->fetcher(), $this->settings() );

			$this->made[ Verification\Resolver::class ] = new Verification\Resolver( $directories, $this->fetcher(), $this->pin_keeper(), $this->outcomes() );
		}
		return $this->made[ Verification\Resolver::class ];
	}

	/**
	 * Fetches metadata and has it judged.
	 */
	public function repository(): Verification\Repository {
		return $this->once( Verification\Repository::class, fn() => new Verification\Repository( $this->fetcher(), $this->pin_keeper(), $this->identities(), $this->outcomes() ) );
	}

	/**
	 * Verifies archives.
	 */
	public function archives(): Verification\Archives {
		return $this->once( Verification\Archives::class, fn() => new Verification\Archives( $this->fetcher(), $this->pin_keeper(), $this->resolver(), $this->repository(), $this->outcomes() ) );
	}

	/**
	 * What is known of FAIR Connect.
	 */
	public function client(): Client\Fair_Connect {
		return $this->once( Client\Fair_Connect::class, fn() => new Client\Fair_Connect() );
	}

	/**
	 * The options.
	 */
	public function options(): Memory\Options {
		return $this->once( Memory\Options::class, fn() => new Memory\Options() );
	}

	/**
	 * The tables, as they are made.
	 */
	public function schema(): Memory\Schema {
		return $this->once( Memory\Schema::class, fn() => new Memory\Schema( $this->options(), $this->context() ) );
	}

	/**
	 * The tables, as they are asked.
	 */
	private function tables(): Memory\Tables {
		$lost = fn( Refusal $refusal ) => $this->verdicts()->add( Memory\Verdict::of_refusal( $refusal, array( 'context' => $this->context()->name() ) ) );
		return $this->once( Memory\Tables::class, fn() => new Memory\Tables( $this->schema(), $lost ) );
	}

	/**
	 * The pins.
	 */
	public function pins(): PinStore {
		return $this->once( PinStore::class, fn() => ( new Memory\Pins( $this->tables(), $this->schema() ) )->store() );
	}

	/**
	 * What is remembered of identities.
	 */
	public function identities(): Memory\Identities {
		$installed = fn() => $this->installed()->dids();
		return $this->once( Memory\Identities::class, fn() => new Memory\Identities( $this->tables(), $this->schema(), $installed ) );
	}

	/**
	 * The log of verdicts.
	 */
	public function verdicts(): Memory\Verdicts {
		return $this->once( Memory\Verdicts::class, fn() => new Memory\Verdicts( $this->tables(), $this->schema(), $this->settings() ) );
	}

	/**
	 * The updates that wait.
	 */
	public function held(): Memory\Held {
		return $this->once( Memory\Held::class, fn() => new Memory\Held( $this->identities(), $this->tables(), $this->schema() ) );
	}

	/**
	 * The packages that are installed.
	 */
	public function installed(): Packages\Installed {
		return $this->once( Packages\Installed::class, fn() => new Packages\Installed( $this->options(), $this->context() ) );
	}

	/**
	 * What was handed out to browsers.
	 */
	public function tickets(): Browser\Tickets {
		return $this->once( Browser\Tickets::class, fn() => new Browser\Tickets( $this->tables(), $this->schema() ) );
	}

	/**
	 * Verification in the browser.
	 */
	public function browser(): Browser\Browser {
		return $this->once( Browser\Browser::class, fn() => new Browser\Browser( $this, $this->tickets() ) );
	}

	/**
	 * The gates.
	 */
	public function gates(): Gates\Gates {
		return $this->once( Gates\Gates::class, fn() => new Gates\Gates( $this->installed(), $this->context() ) );
	}

	/**
	 * The Plugin Federation Network.
	 */
	public function federation(): Federation\Federation {
		return $this->once( Federation\Federation::class, fn() => new Federation\Federation( $this, $this->tables() ) );
	}

	/**
	 * The updates that wait.
	 */
	public function fresh_keys(): Policy\Fresh_Keys {
		return $this->once( Policy\Fresh_Keys::class, fn() => new Policy\Fresh_Keys( $this->held(), $this->installed() ) );
	}

	/**
	 * What becomes of what is known of deleted packages.
	 */
	public function deletion(): Policy\Deletion {
		return $this->once( Policy\Deletion::class, fn() => new Policy\Deletion( $this ) );
	}

	/**
	 * Whether the plugin may be deleted.
	 */
	public function own_deletion(): Policy\Own_Deletion {
		return $this->once( Policy\Own_Deletion::class, fn() => new Policy\Own_Deletion( $this->file, $this->is_early ) );
	}

	/**
	 * What is written to the administrator.
	 */
	public function mailer(): Admin\Mailer {
		return $this->once( Admin\Mailer::class, fn() => new Admin\Mailer( $this ) );
	}

	/**
	 * What WordPress writes about automatic updates.
	 */
	public function update_mail(): Policy\Update_Mail {
		return $this->once( Policy\Update_Mail::class, fn() => new Policy\Update_Mail( $this->fresh_keys(), $this->installed(), $this->mailer(), $this->settings() ) );
	}

	/**
	 * Verifies installed identities.
	 */
	public function check(): Policy\Check {
		return $this->once( Policy\Check::class, fn() => new Policy\Check( $this ) );
	}

	/**
	 * The check that runs by itself.
	 */
	public function schedule(): Policy\Schedule {
		return $this->once( Policy\Schedule::class, fn() => new Policy\Schedule( $this ) );
	}

	/**
	 * What is done when the plugin is activated.
	 */
	public function first_run(): Policy\First_Run {
		return $this->once( Policy\First_Run::class, fn() => new Policy\First_Run( $this ) );
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
