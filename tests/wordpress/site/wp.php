<?php

/*
 * `wp`, as much of it as the documents and the tests use: the commands that plugins add, `wp plugin update` and `wp plugin install`.
 * Like WP-CLI it takes no option that a command's comment does not name. WP_CLI=PATH runs the real one in its place: see
 * runner/Site.php.
 */

$GLOBALS['fedverify_test_words'] = array_slice($argv, 1);
$_SERVER['HTTP_HOST'] = $_SERVER['SERVER_NAME'] = 'site.example';
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['REQUEST_METHOD'] = 'GET';
// To its own commands about plugins WP-CLI gives the page of the dashboard on which people do the same.
if (($argv[1] ?? '') === 'plugin') {
    define('WP_ADMIN', true);
    $_SERVER['PHP_SELF'] = '/wp-admin/plugins.php';
}
require __DIR__ . '/class-wp-cli.php';
require getenv('FEDVERIFY_TEST_SITE') . '/core/wp-load.php';
do_action('cli_init');
require_once ABSPATH . 'wp-admin/includes/admin.php';
require_once ABSPATH . 'wp-admin/includes/class-wp-upgrader.php';

/** What WP-CLI does with plugins, without saying much. */
WP_CLI::add_command('plugin', new class {
    /**
     * [--all]
     *
     * @param list<string> $names
     * @param array<string, mixed> $options
     */
    public function update($names, $options): void
    {
        wp_update_plugins();
        $offered = array_keys(get_site_transient('update_plugins')->response ?? []);
        $files = array_filter($offered, static function (string $file) use ($names, $options): bool {
            return isset($options['all']) || in_array(dirname($file), $names, true);
        });
        $this->done((new Plugin_Upgrader(new Automatic_Upgrader_Skin()))->bulk_upgrade($files));
    }

    /** @param list<string> $sources */
    public function install($sources): void
    {
        $this->done(array_map(static function (string $source) {
            return (new Plugin_Upgrader(new Automatic_Upgrader_Skin()))->install($source);
        }, $sources));
    }

    /** @param array<mixed> $results */
    private function done($results): void
    {
        foreach ($results as $name => $result) {
            if (!$result || is_wp_error($result)) {
                WP_CLI::error("$name: " . (is_wp_error($result) ? $result->get_error_message() : 'failed'));
            }
        }
        WP_CLI::success(count($results) . ' plugins.');
    }
});

try {
    WP_CLI::run($GLOBALS['fedverify_test_words']);
} catch (RuntimeException $error) {
    exit(1);
}
