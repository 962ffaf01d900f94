<?php

/** What packages call themselves is shown as text: nothing of it is markup, and nothing of it is lost. */

declare(strict_types=1);

require __DIR__ . '/wordpress.php';

use FedVerify\Backend;
use FedVerify\WordPress\Admin\Federation_Table;
use FedVerify\WordPress\Admin\Installed_Table;
use FedVerify\WordPress\Admin\Known_Federated;
use FedVerify\WordPress\Admin\Known_Package;
use FedVerify\WordPress\Admin\Verdict_Table;
use FedVerify\WordPress\Browser\Panel;
use FedVerify\WordPress\Memory\Verdict;
use FedVerify\WordPress\Plugin;

$did = 'did:web:names.example';
$name = 'I <3 you, <b>all</b> & <script>hacked()</script>';
$shown = esc_html($name);
foreach (['named' => "Plugin ID: $did", 'federated' => 'Federation Source: alice@node.example'] as $folder => $claim) {
    mkdir(WP_PLUGIN_DIR . "/$folder");
    file_put_contents(WP_PLUGIN_DIR . "/$folder/$folder.php", "<?php\n/*\nPlugin Name: $name\n$claim\nVersion: 1\n*/");
}
$plugin = Plugin::get();
$plugin->installed()->refresh();
wp_set_current_user(1);
require_once ABSPATH . 'wp-admin/includes/template.php';

$printed = static function (callable $print): string {
    ob_start();
    $print();
    return (string) ob_get_clean();
};
$verdict = static function (array $facts): array {
    return [Verdict::of($facts + ['verdict' => 'verified', 'context' => 'cron'])];
};
$tables = [
    'the installed packages' => static fn () => Installed_Table::render(Known_Package::all($plugin)),
    'plugins of the federation' => static fn () => Federation_Table::render(Known_Federated::all($plugin)),
    'a verdict that has the name' => static fn () => Verdict_Table::render($verdict(['name' => $name]), $plugin->installed()),
    'a verdict about what is installed' => static fn () => Verdict_Table::render($verdict(['did' => $did]), $plugin->installed()),
];
foreach ($tables as $what => $print) {
    $html = $printed($print);
    $check("$what: $html", strpos($html, $shown) !== false && strpos($html, '<script') === false && strpos($html, '<b>') === false);
}

// The script of the browser, on a site that cannot verify: it writes strings as text, never as markup.
Backend::configure(['only' => 'binary', 'binary' => '/no/such/command']);
(new Panel($plugin))->load();
$data = implode('', wp_scripts()->get_data('fedverify-browser', 'before') ?: []);
preg_match('/\{.*\}/', $data, $json);
$check('the browser', (json_decode($json[0] ?? '', true)['names'][$did] ?? null) === $name && strpos($data, '<') === false);

foreach (['named', 'federated'] as $folder) {
    unlink(WP_PLUGIN_DIR . "/$folder/$folder.php");
    rmdir(WP_PLUGIN_DIR . "/$folder");
}
$plugin->installed()->refresh();

$finish('names');
