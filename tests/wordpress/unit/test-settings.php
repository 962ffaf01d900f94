<?php

/** Settings and Context. */

declare(strict_types=1);

require __DIR__ . '/wordpress.php';

use FedVerify\WordPress\Context;
use FedVerify\WordPress\Memory\Options;
use FedVerify\WordPress\Settings;

$settings = new Settings(new Options());
$check('enforces by default', $settings->is_enforcing() && $settings->waits_for_recovery_window() && $settings->mails_refusals());
$check('keeps by default', !$settings->forgets_on_uninstall() && $settings->kept_verdicts() === 500);
$check('the directory', $settings->directory() === 'https://plc.directory' && $settings->witnesses() === []);

foreach (['garbage', 7, null, ['mode' => 'off'], ['mode' => ['report']], ['mode' => true]] as $stored) {
    $site->options['fedverify_settings'] = $stored;
    $check('damaged settings enforce: ' . json_encode($stored), $settings->is_enforcing());
}
$check('damaged settings are named', $settings->problems() === ['mode']);
$site->options = [];

$settings->update(['mode' => 'report', 'wait_recovery' => '0', 'witnesses' => " https://a.example/\nhttps://b.example/x ", 'kept_verdicts' => '20']);
$check('stored', !$settings->is_enforcing() && !$settings->waits_for_recovery_window() && $settings->kept_verdicts() === 20);
$check('lines of URLs', $settings->witnesses() === ['https://a.example', 'https://b.example/x']);
$settings->update(['mail_refusals' => false]);
$check('the others stay', !$settings->is_enforcing() && !$settings->mails_refusals());

$bad = [
    ['mode' => 'off'], ['directory' => 'http://plc.directory'], ['directory' => 'https://user:pw@plc.directory'],
    ['directory' => 'https://plc.directory?x=1'], ['directory' => "https://a\nb"], ['witnesses' => ['ftp://x']], ['kept_verdicts' => 0],
    ['kept_verdicts' => 1e9], ['mail_refusals' => 'maybe'], ['mail_refusals' => []], ['no_such' => 1], ['witnesses' => array_fill(0, 11, 'https://a.example')],
];
foreach ($bad as $values) {
    $before = $site->options;
    $check('refused: ' . json_encode($values), strpos($thrown(static function () use ($settings, $values) {
        $settings->update($values);
    }), 'InvalidArgumentException') === 0 && $site->options === $before);
}

$check('private hosts are refused', !$settings->allows_private('repo.intranet'));
add_filter('fedverify_allow_private_host', static function ($allowed, $host) {
    return $host === 'filtered.intranet' ? true : ($host === 'odd' ? 'yes' : $allowed);
}, 10, 2);
$check('but for those of the filter', $settings->allows_private('Filtered.Intranet') && !$settings->allows_private('odd'));
define('FEDVERIFY_ALLOW_PRIVATE', ['Repo.Intranet', 7]);
$check('and of the constant', $settings->allows_private('repo.intranet') && !$settings->allows_private('other.intranet'));

define('FEDVERIFY_MODE', 'enforce');
define('FEDVERIFY_DIRECTORY', 'nonsense');
$check('constants win', $settings->is_enforcing() && $settings->constant_of('mode') === 'FEDVERIFY_MODE');
$check('unless they cannot be used', $settings->directory() === 'https://plc.directory' && $settings->constant_of('directory') === null);
$check('which is named', $settings->problems() === ['FEDVERIFY_DIRECTORY']);
$check('all', count($settings->all()) === 8);

$context = new Context();
$check('a command is no visitor', !$context->is_visitor() && $context->name() === 'cli' && !$context->is_automatic());
$site->cron = true;
$check('cron', !$context->is_visitor() && $context->name() === 'cron' && $context->is_automatic());
$site->cron = false;
$context->automatic_begins();
$check('automatic', $context->name() === 'automatic' && $context->is_automatic());
$context->work_ends();
$check('and over', !$context->is_automatic());

$_SERVER['REQUEST_METHOD'] = 'GET';
$check('a request is a visitor\'s', $context->is_visitor() && $context->name() === 'visit');
$site->admin = true;
$site->capabilities = ['update_plugins'];
$check('also of the dashboard, before WordPress knows the user', $context->is_visitor());
$site->did['init'] = 1;
$check('an administrator in the dashboard', !$context->is_visitor() && $context->name() === 'admin' && !$context->is_automatic());
$site->capabilities = ['read', 'edit_posts'];
$check('an author in the dashboard is a visitor', $context->is_visitor());
$site->capabilities = [];
$check('so is anybody at admin-ajax.php', $context->is_visitor());
$site->admin = false;
$site->capabilities = ['update_plugins', 'manage_options'];
$check('so is an administrator who looks at the site', $context->is_visitor());
define('REST_REQUEST', true);
$check('but not one who calls REST', !$context->is_visitor() && $context->name() === 'rest');
$site->capabilities = [];
$check('as anybody may', $context->is_visitor());

foreach (['x', null, [], ['hook_extra' => 7], ['is_multi' => true], ['hook_extra' => ['plugin' => 'a/a.php']]] as $options) {
    $check('options stay: ' . json_encode($options), $context->work_begins($options) === $options);
}
$check('an update', $context->name() === 'update');
$context->work_begins(['is_multi' => true, 'hook_extra' => ['plugin' => 'a/a.php']]);
$check('in bulk', $context->name() === 'bulk');

$finish('settings');
