<?php
/**
 * The plugin: what it is made of, and where it is hooked.
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
 * The one place that makes objects, each when it is first asked for, and the table of hooks.
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
		$this->file = $file;
	}

	/**
	 * Starts it, while WordPress loads plugins: other plugins act as early as that.
	 *
	 * @param string $file The path of fedverify.php.
	 */
	public static function start( string $file ): void {
		if ( null === self::$plugin ) {
			self::$plugin = new self( $file );
			self::$plugin->register();
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
	 * Hooks everything there is to be hooked: [ hook, priority, number of arguments, callback ].
	 */
	private function register(): void {
		foreach ( array_merge( $this->filters(), $this->gate_filters() ) as list( $hook, $priority, $arguments, $callback, $fallback ) ) {
			add_filter( $hook, Guard::filter( $callback, $fallback ), $priority, $arguments );
		}
		foreach ( $this->actions() as list( $hook, $priority, $arguments, $callback ) ) {
			add_action( $hook, Guard::action( $callback ), $priority, $arguments );
		}
		register_activation_hook( $this->file, Guard::action( array( $this, 'activate' ) ) );
		register_deactivation_hook( $this->file, Guard::action( array( $this, 'deactivate' ) ) );
	}

	/**
	 * The filters, each with what is answered where it fails.
	 *
	 * @return array<array{0: string, 1: int, 2: int, 3: callable, 4: callable}>
	 */
	private function filters(): array {
		$untouched = array( Guard::class, 'untouched' );
		return array(
			// The context.
			array( 'upgrader_package_options', PHP_INT_MAX, 1, fn( $options = null ) => $this->context()->work_begins( $options ), $untouched ),
			// The client.
			array( 'site_transient_' . Client\Fair_Connect::RELEASES, PHP_INT_MAX, 1, fn( $releases = null ) => $this->client()->without_errors( $releases ), $untouched ),
			array( 'pre_set_site_transient_' . Client\Fair_Connect::RELEASES, PHP_INT_MAX, 1, fn( $releases = null ) => $this->client()->without_errors( $releases ), $untouched ),
			// The screens.
			array( 'manage_plugins_columns', 10, 1, fn( $columns = null ) => ( new Admin\Columns( $this ) )->add( $columns ), $untouched ),
			array( 'manage_plugins-network_columns', 10, 1, fn( $columns = null ) => ( new Admin\Columns( $this ) )->add( $columns ), $untouched ),
			array( 'manage_themes-network_columns', 10, 1, fn( $columns = null ) => ( new Admin\Columns( $this ) )->add( $columns ), $untouched ),
			array( 'wp_prepare_themes_for_js', 10, 1, fn( $themes = null ) => ( new Admin\Columns( $this ) )->describe_themes( $themes ), $untouched ),
			array( 'plugin_action_links_' . plugin_basename( $this->file ), 10, 1, array( Admin\Menu::class, 'link' ), $untouched ),
			array( 'network_admin_plugin_action_links_' . plugin_basename( $this->file ), 10, 1, array( Admin\Menu::class, 'link' ), $untouched ),
			array( 'site_status_tests', 10, 1, fn( $tests = null ) => ( new Admin\Site_Health( $this ) )->add( $tests ), $untouched ),
			array( 'debug_information', 10, 1, fn( $information = null ) => ( new Admin\Debug_Information( $this ) )->add( $information ), $untouched ),
		);
	}

	/**
	 * The filters of the gates. Those of caches are hooked where the identities are known: Document_Gate::watch() and
	 * Metadata_Gate::expect(). Source_Gate::hook() hooks the gate behind unpacking, again for each package.
	 *
	 * @return array<array{0: string, 1: int, 2: int, 3: callable, 4: callable}>
	 */
	private function gate_filters(): array {
		$untouched = array( Guard::class, 'untouched' );
		$filters   = array(
			// What FAIR Connect reads.
			array( 'pre_http_request', PHP_INT_MAX, 3, fn( ...$arguments ) => $this->gates()->document->answer( ...$arguments ), $untouched ),
			array( 'pre_http_request', PHP_INT_MAX, 3, fn( ...$arguments ) => $this->gates()->metadata->answer( ...$arguments ), $untouched ),
			array( 'http_response', PHP_INT_MAX, 3, fn( ...$arguments ) => $this->gates()->document->replace( ...$arguments ), $untouched ),
			array( 'fair.packages.updater.verify_signatures', PHP_INT_MAX, 1, fn( $verify = true ) => $verify && ! $this->settings()->is_enforcing(), $untouched ),
			// What is offered.
			array( 'site_transient_update_plugins', PHP_INT_MAX, 1, fn( $offers = false ) => $this->gates()->offer->judge_plugins( $offers ), $untouched ),
			array( 'site_transient_update_themes', PHP_INT_MAX, 1, fn( $offers = false ) => $this->gates()->offer->judge_themes( $offers ), $untouched ),
			array( 'site_transient_update_core', PHP_INT_MAX, 1, fn( $offers = false ) => $this->gates()->offer->judge_core( $offers ), $untouched ),
			// What is installed.
			array( 'upgrader_pre_download', PHP_INT_MAX, 4, fn( ...$arguments ) => $this->gates()->archive->judge( ...$arguments ), fn( ...$arguments ) => $this->gates()->archive->last_resort( ...$arguments ) ),
			array( 'upgrader_install_package_result', PHP_INT_MAX, 1, fn( $result = null ) => $this->gates()->completion->note( $result ), $untouched ),
		);
		foreach ( array( 'plugin', 'theme' ) as $kind ) {
			$filters[] = array( "{$kind}s_api", PHP_INT_MIN, 3, fn( ...$arguments ) => $this->gates()->known_dids->ask_api( ...$arguments ), $untouched );
			$filters[] = array( "{$kind}s_api_result", PHP_INT_MIN, 1, fn( $result = null ) => $this->gates()->known_dids->ask_results( $result ), $untouched );
			$filters[] = array( "{$kind}s_api_result", PHP_INT_MAX, 3, fn( ...$arguments ) => $this->gates()->downloads->remember( ...$arguments ), $untouched );
			// What waits.
			$filters[] = array( "auto_update_$kind", PHP_INT_MAX, 2, fn( ...$arguments ) => $this->fresh_keys()->hold_back( ...$arguments ), $untouched );
			$filters[] = array( "auto_{$kind}_update_send_email", PHP_INT_MAX, 2, fn( ...$arguments ) => $this->fresh_keys()->keep_quiet( ...$arguments ), $untouched );
		}
		return $filters;
	}

	/**
	 * The actions.
	 *
	 * @return array<array{0: string, 1: int, 2: int, 3: callable}>
	 */
	private function actions(): array {
		return array(
			// The context.
			array( 'pre_auto_update', PHP_INT_MIN, 0, fn() => $this->context()->automatic_begins() ),
			array( 'automatic_updates_complete', PHP_INT_MIN, 0, fn() => $this->context()->automatic_ends() ),
			array( 'upgrader_process_complete', PHP_INT_MAX, 0, fn() => $this->context()->work_ends() ),
			// The tables, the first run and the scheduled check, before FAIR Connect acts on init.
			array( 'init', PHP_INT_MIN, 0, fn() => $this->prepare() ),
			array( 'init', PHP_INT_MIN, 0, fn() => $this->gates()->open() ),
			array( Policy\Schedule::CHECK, 10, 0, fn() => $this->schedule()->run() ),
			array( Policy\Schedule::CONTINUE, 10, 0, fn() => $this->schedule()->run() ),
			array( Policy\First_Run::EVENT, 10, 0, fn() => $this->first_run()->run() ),
			// The list of packages.
			array( 'upgrader_process_complete', PHP_INT_MIN, 0, fn() => $this->installed()->changed() ),
			array( 'deleted_plugin', PHP_INT_MIN, 0, fn() => $this->installed()->changed() ),
			array( 'deleted_theme', PHP_INT_MIN, 0, fn() => $this->installed()->changed() ),
			array( 'activated_plugin', PHP_INT_MIN, 0, fn() => $this->installed()->changed() ),
			array( 'switch_theme', PHP_INT_MIN, 0, fn() => $this->installed()->changed() ),
			// The screens, e-mail and WP-CLI.
			array( 'admin_menu', 10, 0, fn() => ( new Admin\Menu( $this ) )->add() ),
			array( 'network_admin_menu', 10, 0, fn() => ( new Admin\Menu( $this ) )->add() ),
			array( 'admin_enqueue_scripts', 10, 1, fn( $screen = null ) => ( new Admin\Styles( $this ) )->load( $screen ) ),
			array( 'admin_notices', 10, 0, fn() => ( new Admin\Refusal_Notices( $this ) )->render() ),
			array( 'network_admin_notices', 10, 0, fn() => ( new Admin\Refusal_Notices( $this ) )->render() ),
			array( 'manage_plugins_custom_column', 10, 2, fn( $column = null, $file = null ) => ( new Admin\Columns( $this ) )->render_plugin( $column, $file ) ),
			array( 'manage_themes_custom_column', 10, 2, fn( $column = null, $file = null ) => ( new Admin\Columns( $this ) )->render_theme( $column, $file ) ),
			array( 'fedverify_verdict', 10, 1, fn( $verdict = null ) => ( new Admin\Mailer( $this ) )->tell( $verdict ) ),
			array( 'cli_init', 10, 0, fn() => Cli\Command::register( $this ) ),
		);
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
	 */
	public function deactivate(): void {
		Policy\Schedule::clear();
	}

	/**
	 * Makes what is not there yet. As a must-use plugin, the plugin is never activated.
	 */
	private function prepare(): void {
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
		return $this->made[ Network\Addresses::class ] ?? $this->made[ Network\Addresses::class ] = new Network\Addresses( $this->settings() );
	}

	/**
	 * Everything that is fetched.
	 */
	public function fetcher(): Network\Fetcher {
		return $this->made[ Network\Fetcher::class ] ?? $this->made[ Network\Fetcher::class ] = new Network\Fetcher( $this->addresses() );
	}

	/**
	 * Keeps what was proven of identities.
	 */
	public function pin_keeper(): Verification\Pin_Keeper {
		return $this->made[ Verification\Pin_Keeper::class ] ?? $this->made[ Verification\Pin_Keeper::class ] = new Verification\Pin_Keeper( $this->pins() );
	}

	/**
	 * Records the outcomes of verifications.
	 */
	public function outcomes(): Verification\Outcomes {
		return $this->made[ Verification\Outcomes::class ] ?? $this->made[ Verification\Outcomes::class ] = new Verification\Outcomes( $this->identities(), $this->verdicts(), $this->installed(), $this->context() );
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
		return $this->made[ Verification\Repository::class ] ?? $this->made[ Verification\Repository::class ] = new Verification\Repository( $this->fetcher(), $this->pin_keeper(), $this->identities(), $this->outcomes() );
	}

	/**
	 * Verifies archives.
	 */
	public function archives(): Verification\Archives {
		return $this->made[ Verification\Archives::class ] ?? $this->made[ Verification\Archives::class ] = new Verification\Archives( $this->fetcher(), $this->pin_keeper(), $this->resolver(), $this->repository(), $this->outcomes() );
	}

	/**
	 * What is known of FAIR Connect.
	 */
	public function client(): Client\Fair_Connect {
		return $this->made[ Client\Fair_Connect::class ] ?? $this->made[ Client\Fair_Connect::class ] = new Client\Fair_Connect();
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
	 * The gates.
	 */
	public function gates(): Gates\Gates {
		return $this->once( Gates\Gates::class, fn() => new Gates\Gates( $this->installed(), $this->context() ) );
	}

	/**
	 * The updates that wait.
	 */
	public function fresh_keys(): Policy\Fresh_Keys {
		return $this->once( Policy\Fresh_Keys::class, fn() => new Policy\Fresh_Keys( $this->held(), $this->installed() ) );
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
	 * @template T of object
	 * @param class-string<T> $name Its class.
	 * @param callable(): T   $make Makes it.
	 * @return T The object.
	 */
	private function once( string $name, callable $make ): object {
		if ( ! isset( $this->made[ $name ] ) ) {
			$this->made[ $name ] = $make();
		}
		return $this->made[ $name ];
	}
}
