<?php
/**
 * Where the plugin is hooked.
 *
 * @package FedVerify
 */

declare(strict_types=1);

namespace FedVerify\WordPress;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * The table of hooks: every one that is there for the whole request. Each callback is guarded, and makes what it needs
 * when it is called.
 */
final class Hooks {
	/*
	 * The plugin's own events. Named here, so that nothing else is loaded to hook them, on every visit.
	 */
	public const CHECK     = 'fedverify_check';
	public const CONTINUE  = 'fedverify_check_rest';
	public const FIRST_RUN = 'fedverify_first_run_step';

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * Makes one.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->plugin = $plugin;
	}

	/**
	 * Hooks everything there is to be hooked: [ hook, priority, number of arguments, callback ].
	 */
	public function add(): void {
		// A visitor's page shows none of the screens, and must cost next to nothing.
		$is_admin = is_admin();
		foreach ( array_merge( $this->filters(), $this->gate_filters(), $is_admin ? $this->screen_filters() : array() ) as list( $hook, $priority, $arguments, $callback, $fallback ) ) {
			add_filter( $hook, Guard::filter( $callback, $fallback ), $priority, $arguments );
		}
		foreach ( array_merge( $this->actions(), $is_admin ? $this->screen_actions() : array() ) as list( $hook, $priority, $arguments, $callback ) ) {
			add_action( $hook, Guard::action( $callback ), $priority, $arguments );
		}
		foreach ( $this->ending_actions() as list( $hook, $priority, $arguments, $callback, $fallback ) ) {
			add_action( $hook, Guard::ending( $callback, $fallback ), $priority, $arguments );
		}
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
			array( 'upgrader_package_options', PHP_INT_MAX, 1, fn( $options = null ) => $this->plugin->context()->work_begins( $options ), $untouched ),
			// The client.
			array( 'site_transient_' . Client\Fair_Connect::RELEASES, PHP_INT_MAX, 1, fn( $releases = null ) => $this->plugin->client()->without_errors( $releases ), $untouched ),
			array( 'pre_set_site_transient_' . Client\Fair_Connect::RELEASES, PHP_INT_MAX, 1, fn( $releases = null ) => $this->plugin->client()->without_errors( $releases ), $untouched ),
			// Site Health, which cron asks, too.
			array( 'site_status_tests', 10, 1, fn( $tests = null ) => ( new Admin\Site_Health( $this->plugin ) )->add( $tests ), $untouched ),
			array( 'debug_information', 10, 1, fn( $information = null ) => ( new Admin\Debug_Information( $this->plugin ) )->add( $information ), $untouched ),
		);
	}

	/**
	 * The filters of the gates. Those of caches are hooked where the identities are known: Document_Gate::watch() and
	 * Metadata_Gate::expect(). Gates::open() hooks the gate behind unpacking, Archive_Gate again for each package.
	 *
	 * @return array<array{0: string, 1: int, 2: int, 3: callable, 4: callable}>
	 */
	private function gate_filters(): array {
		$untouched = array( Guard::class, 'untouched' );
		$filters   = array(
			// What FAIR Connect reads.
			array( 'pre_http_request', PHP_INT_MAX, 3, fn( ...$arguments ) => $this->plugin->gates()->document()->answer( ...$arguments ), $untouched ),
			array( 'pre_http_request', PHP_INT_MAX, 3, fn( ...$arguments ) => $this->plugin->gates()->metadata()->answer( ...$arguments ), $untouched ),
			array( 'http_response', PHP_INT_MAX, 3, fn( ...$arguments ) => $this->plugin->gates()->document()->replace( ...$arguments ), $untouched ),
			array( 'fair.packages.updater.verify_signatures', PHP_INT_MAX, 1, fn( $verify = true ) => $verify && ! $this->plugin->settings()->is_enforcing(), $untouched ),
			// What is offered.
			array( 'site_transient_update_plugins', PHP_INT_MAX - 1, 1, fn( $offers = false ) => $this->plugin->browser()->offer( $offers, 'plugin' ), $untouched ),
			array( 'site_transient_update_themes', PHP_INT_MAX - 1, 1, fn( $offers = false ) => $this->plugin->browser()->offer( $offers, 'theme' ), $untouched ),
			array( 'site_transient_update_plugins', PHP_INT_MAX, 1, fn( $offers = false ) => $this->plugin->gates()->offer()->judge_plugins( $offers ), $untouched ),
			array( 'site_transient_update_themes', PHP_INT_MAX, 1, fn( $offers = false ) => $this->plugin->gates()->offer()->judge_themes( $offers ), $untouched ),
			array( 'site_transient_update_core', PHP_INT_MAX, 1, fn( $offers = false ) => $this->plugin->gates()->offer()->judge_core( $offers ), $untouched ),
			array( 'plugins_api', PHP_INT_MAX, 3, fn( ...$arguments ) => ( new Federation\Plugin_Information( $this->plugin->federation() ) )->answer( ...$arguments ), $untouched ),
			array( 'site_transient_update_plugins', PHP_INT_MAX, 1, fn( $offers = false ) => $this->plugin->federation()->offer_gate()->judge_plugins( $offers ), $untouched ),
			array( 'site_transient_update_core', PHP_INT_MAX, 1, fn( $offers = false ) => $this->plugin->federation()->offer_gate()->judge_translations( $offers ), $untouched ),
			// What is installed. Nothing hangs on upgrader_pre_install: Language_Pack_Upgrader takes everybody's filters from it, for the
			// rest of the process.
			array( 'upgrader_pre_download', PHP_INT_MIN, 4, fn( $reply = false, $source = '', $upgrader = null, $extra = array() ) => ( new Policy\Own_Update( $this->plugin->file() ) )->prepare( $reply, $extra ), $untouched ),
			array( 'upgrader_pre_download', PHP_INT_MAX, 4, fn( ...$arguments ) => $this->plugin->gates()->archive()->judge( ...$arguments ), fn( ...$arguments ) => $this->plugin->gates()->archive()->last_resort( ...$arguments ) ),
			array( 'upgrader_pre_download', PHP_INT_MAX, 4, fn( ...$arguments ) => $this->plugin->federation()->gates()->archive()->judge( ...$arguments ), fn( ...$arguments ) => $this->plugin->federation()->gates()->archive()->last_resort( ...$arguments ) ),
			array( 'upgrader_install_package_result', PHP_INT_MAX, 1, fn( $result = null ) => $this->plugin->federation()->gates()->note( $result ), $untouched ),
			array( 'upgrader_install_package_result', PHP_INT_MAX, 1, fn( $result = null ) => $this->plugin->gates()->completion()->note( $result ), $untouched ),
		);
		foreach ( array( 'plugin', 'theme' ) as $kind ) {
			$filters[] = array( "{$kind}s_api", PHP_INT_MIN, 3, fn( ...$arguments ) => $this->plugin->gates()->known_dids()->ask_api( ...$arguments ), $untouched );
			$filters[] = array( "{$kind}s_api_result", PHP_INT_MIN, 1, fn( $result = null ) => $this->plugin->gates()->known_dids()->ask_results( $result ), $untouched );
			$filters[] = array( "{$kind}s_api_result", PHP_INT_MAX, 3, fn( ...$arguments ) => $this->plugin->gates()->downloads()->remember( ...$arguments ), $untouched );
			// What waits.
			$filters[] = array( "auto_update_$kind", PHP_INT_MAX, 2, fn( ...$arguments ) => $this->plugin->fresh_keys()->hold_back( ...$arguments ), $untouched );
			$filters[] = array( "auto_{$kind}_update_send_email", PHP_INT_MAX, 2, fn( ...$arguments ) => $this->plugin->update_mail()->keep_quiet( ...$arguments ), $untouched );
		}
		$filters[] = array( 'auto_plugin_theme_update_email', 10, 4, fn( $email = null, $type = '', $updated = array(), $failed = array() ) => $this->plugin->update_mail()->explain( $email, $updated, $failed ), $untouched );
		$filters[] = array( 'pre_update_option_auto_plugin_theme_update_emails', PHP_INT_MAX, 2, fn( ...$arguments ) => $this->plugin->update_mail()->forget_held( ...$arguments ), $untouched );
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
			array( 'pre_auto_update', PHP_INT_MIN, 0, fn() => $this->plugin->context()->automatic_begins() ),
			array( 'automatic_updates_complete', PHP_INT_MIN, 0, fn() => $this->plugin->context()->automatic_ends() ),
			// What WordPress undoes.
			array( 'pre_auto_update', PHP_INT_MAX, 2, fn( ...$arguments ) => ( new Policy\Rollback( $this->plugin ) )->prepare( ...$arguments ) ),
			array( 'automatic_updates_complete', PHP_INT_MAX, 1, fn( $results = null ) => ( new Policy\Rollback( $this->plugin ) )->note( $results ) ),
			array( 'upgrader_process_complete', PHP_INT_MAX, 0, fn() => $this->plugin->context()->work_ends() ),
			// The tables, the first run and the scheduled check, before FAIR Connect acts on init.
			array( 'init', PHP_INT_MIN, 0, fn() => $this->plugin->prepare() ),
			array( 'init', PHP_INT_MIN, 0, fn() => $this->plugin->gates()->open() ),
			array( 'init', PHP_INT_MIN, 0, fn() => $this->plugin->federation()->gates()->stand_behind_unpacking() ),
			array( self::CHECK, 10, 0, fn() => $this->plugin->schedule()->run() ),
			array( self::CONTINUE, 10, 0, fn() => $this->plugin->schedule()->run() ),
			array( self::CHECK, 10, 0, fn() => $this->plugin->federation()->check()->run() ),
			array( self::CONTINUE, 10, 0, fn() => $this->plugin->federation()->check()->run() ),
			array( self::FIRST_RUN, 10, 0, fn() => $this->plugin->first_run()->run() ),
			// The browser, where nothing else can verify.
			array( self::CHECK, 10, 0, fn() => $this->plugin->browser()->clean() ),
			array( 'rest_api_init', 10, 0, fn() => ( new Browser\Routes( $this->plugin ) )->add() ),
			// The list of packages.
			array( 'upgrader_process_complete', PHP_INT_MIN, 0, fn() => $this->plugin->installed()->changed() ),
			array( 'delete_plugin', PHP_INT_MAX, 1, fn( $file = null ) => $this->plugin->deletion()->begins( 'plugin', $file ) ),
			array( 'delete_theme', PHP_INT_MAX, 1, fn( $folder = null ) => $this->plugin->deletion()->begins( 'theme', $folder ) ),
			array( 'deleted_plugin', PHP_INT_MIN, 2, fn( $file = null, $is_deleted = false ) => $this->plugin->deletion()->ends( 'plugin', $file, $is_deleted ) ),
			array( 'deleted_theme', PHP_INT_MIN, 2, fn( $folder = null, $is_deleted = false ) => $this->plugin->deletion()->ends( 'theme', $folder, $is_deleted ) ),
			array( 'activated_plugin', PHP_INT_MIN, 0, fn() => $this->plugin->installed()->changed() ),
			array( 'switch_theme', PHP_INT_MIN, 0, fn() => $this->plugin->installed()->changed() ),
			// The menu, which others ask for in REST, too: whoever shows the dashboard elsewhere.
			array( 'admin_menu', 10, 0, fn() => ( new Admin\Menu( $this->plugin ) )->add() ),
			array( 'network_admin_menu', 10, 0, fn() => ( new Admin\Menu( $this->plugin ) )->add() ),
			// E-mail and WP-CLI.
			array( 'fedverify_verdict', 10, 1, fn( $verdict = null ) => $this->plugin->mailer()->tell( $verdict ) ),
			array( 'cli_init', 10, 0, fn() => Cli\Command::register( $this->plugin ) ),
		);
	}

	/**
	 * The actions that may end the request, each with what decides where it fails.
	 *
	 * @return array<array{0: string, 1: int, 2: int, 3: callable, 4: callable}>
	 */
	private function ending_actions(): array {
		// The page that lists plugins must not go down: nothing is deleted before the other two.
		$goes_on     = static fn() => null;
		$last_resort = fn( $plugin = null ) => $this->plugin->own_deletion()->last_resort( $plugin );
		return array(
			array( 'load-plugins.php', 10, 0, fn() => $this->plugin->own_deletion()->refusal_of_chosen(), $goes_on ),
			array( 'pre_uninstall_plugin', PHP_INT_MIN, 1, fn( $plugin = null ) => $this->plugin->own_deletion()->refusal( $plugin ), $last_resort ),
			array( 'delete_plugin', PHP_INT_MIN, 1, fn( $plugin = null ) => $this->plugin->own_deletion()->refusal( $plugin ), $last_resort ),
		);
	}

	/**
	 * The filters of the dashboard's screens.
	 *
	 * @return array<array{0: string, 1: int, 2: int, 3: callable, 4: callable}>
	 */
	private function screen_filters(): array {
		$untouched = array( Guard::class, 'untouched' );
		return array(
			array( 'manage_plugins_columns', 10, 1, fn( $columns = null ) => ( new Admin\Columns( $this->plugin ) )->add( $columns ), $untouched ),
			array( 'manage_plugins-network_columns', 10, 1, fn( $columns = null ) => ( new Admin\Columns( $this->plugin ) )->add( $columns ), $untouched ),
			array( 'manage_themes-network_columns', 10, 1, fn( $columns = null ) => ( new Admin\Columns( $this->plugin ) )->add( $columns ), $untouched ),
			array( 'wp_prepare_themes_for_js', 10, 1, fn( $themes = null ) => ( new Admin\Columns( $this->plugin ) )->describe_themes( $themes ), $untouched ),
			array( 'plugin_action_links_' . plugin_basename( $this->plugin->file() ), 10, 1, fn( $links = null ) => Admin\Menu::link( $links ), $untouched ),
			array( 'network_admin_plugin_action_links_' . plugin_basename( $this->plugin->file() ), 10, 1, fn( $links = null ) => Admin\Menu::link( $links ), $untouched ),
		);
	}

	/**
	 * The actions of the dashboard's screens.
	 *
	 * @return array<array{0: string, 1: int, 2: int, 3: callable}>
	 */
	private function screen_actions(): array {
		return array(
			array( 'admin_enqueue_scripts', 10, 0, fn() => ( new Browser\Panel( $this->plugin ) )->load() ),
			array( 'admin_notices', 10, 0, fn() => ( new Browser\Panel( $this->plugin ) )->notice() ),
			array( 'network_admin_notices', 10, 0, fn() => ( new Browser\Panel( $this->plugin ) )->notice() ),
			array( 'fedverify_overview', 10, 0, fn() => ( new Browser\Panel( $this->plugin ) )->render() ),
			array( 'admin_enqueue_scripts', 10, 1, fn( $screen = null ) => ( new Admin\Styles( $this->plugin ) )->load( $screen ) ),
			array( 'admin_notices', 10, 0, fn() => ( new Admin\Refusal_Notices( $this->plugin ) )->render() ),
			array( 'network_admin_notices', 10, 0, fn() => ( new Admin\Refusal_Notices( $this->plugin ) )->render() ),
			array( 'admin_notices', 10, 0, fn() => ( new Admin\Federation_Notice( $this->plugin ) )->render() ),
			array( 'network_admin_notices', 10, 0, fn() => ( new Admin\Federation_Notice( $this->plugin ) )->render() ),
			array( 'manage_plugins_custom_column', 10, 2, fn( $column = null, $file = null ) => ( new Admin\Columns( $this->plugin ) )->render_plugin( $column, $file ) ),
			array( 'manage_themes_custom_column', 10, 2, fn( $column = null, $file = null ) => ( new Admin\Columns( $this->plugin ) )->render_theme( $column, $file ) ),
		);
	}
}
