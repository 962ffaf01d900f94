<?php

/*
 * Loads the WordPress of the environment, with fedverify active. To be required at the top of a test: it gives `$check`,
 * `$thrown`, `$finish`, `$refused`, and `$play`, which runs a part of the test in a process of its own.
 *
 *     php test-NAME.php              the test
 *     php test-NAME.php PART...      a part, for `$play`: `$part` has the words
 */

$_SERVER['HTTP_HOST'] = 'site.example';
$_SERVER['HTTPS'] = 'on';
$_SERVER['REQUEST_URI'] = '/';
$part = array_slice($argv, 1);
if (($part[0] ?? '') === 'visit') {
    $_SERVER['REQUEST_METHOD'] = 'GET';
    define('WP_USE_THEMES', true);
    define('SAVEQUERIES', true);
}

/** Another process, with these words as its part. `$wait` gives its output once it ends. */
$play = static function (string ...$words) use ($argv): callable {
    $pipes = [];
    $process = proc_open(array_merge([PHP_BINARY, $argv[0]], $words), [1 => ['pipe', 'w'], 2 => STDERR], $pipes);
    return static function () use ($process, $pipes): string {
        $output = stream_get_contents($pipes[1]);
        proc_close($process);
        return $output;
    };
};

require getenv('FEDVERIFY_TEST_SITE') . '/core/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
require_once __DIR__ . '/../../php/check.php';

if ($part === [] && !is_plugin_active('fedverify/fedverify.php')) {
    $activated = activate_plugin('fedverify/fedverify.php', '', is_multisite());
    if (is_wp_error($activated)) {
        exit($activated->get_error_message());
    }
}

$refused = static function (callable $call): string {
    try {
        $call();
        return 'nothing';
    } catch (FedVerify\WordPress\Refusal $refusal) {
        return $refusal->verdict() . ' ' . $refusal->error_code();
    }
};

/** What was logged since it was last asked. */
$errors = static function (): string {
    $log = getenv('FEDVERIFY_TEST_SITE') . '/errors.log';
    $errors = is_file($log) ? (string) file_get_contents($log) : '';
    file_put_contents($log, '');
    return $errors;
};
