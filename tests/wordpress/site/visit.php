<?php

/*
 * One visit to a site, in a process of its own: what a web server would do with a request, or what `wp` does.
 *
 *     php visit.php VISIT RESULT
 *
 * VISIT is JSON: `script` (of WordPress, or a file of actions/ for what a command does), `get`, `post`, `user`, `nonces` (field →
 * action), `cron` (hooks that are due), `with` (anything for the action). RESULT is the file that gets the answer.
 */

$fedverify_test_visit = json_decode($argv[1], true);
$fedverify_test_result = $argv[2];
$fedverify_test_answer = null;

$_GET = $fedverify_test_visit['get'] ?? [];
$_POST = $fedverify_test_visit['post'] ?? [];
$_REQUEST = array_merge($_GET, $_POST);
$_COOKIE = [];
$isAction = strpos($fedverify_test_visit['script'], 'actions/') === 0;
$isCommand = $fedverify_test_visit['wp-cli'] ?? false;
$script = '/' . $fedverify_test_visit['script'];
if ($isAction) {
    $script = $isCommand ? '/index.php' : '/wp-admin/update.php';
}
$host = parse_url(getenv('FEDVERIFY_TEST_URL') ?: 'https://site.example', PHP_URL_HOST);
$_SERVER = array_merge(array_diff_key($_SERVER, ['argv' => 1, 'argc' => 1]), [
    'PHP_SELF' => $script,
    'SCRIPT_NAME' => $script,
    'SCRIPT_FILENAME' => getenv('FEDVERIFY_TEST_SITE') . '/core' . $script,
    'REQUEST_URI' => ($script === '/index.php' ? '/' : $script) . ($_GET ? '?' . http_build_query($_GET) : ''),
    'QUERY_STRING' => http_build_query($_GET),
    'REQUEST_METHOD' => $_POST ? 'POST' : 'GET',
    // Not that of the process from which this one was forked.
    'REQUEST_TIME' => time(),
    'REQUEST_TIME_FLOAT' => microtime(true),
    'HTTP_HOST' => $host,
    'SERVER_NAME' => $host,
    'SERVER_PORT' => '443',
    'SERVER_PROTOCOL' => 'HTTP/1.1',
    'HTTPS' => 'on',
    'REMOTE_ADDR' => '192.0.2.1',
    'HTTP_USER_AGENT' => 'Mozilla/5.0 (a test)',
    'HTTP_REFERER' => "https://$host/wp-admin/",
]);
if ($isCommand) {
    // `wp` has none of this.
    unset($_SERVER['HTTP_REFERER'], $_SERVER['HTTPS'], $_SERVER['REQUEST_METHOD'], $_SERVER['HTTP_USER_AGENT']);
}

ob_start();
$fedverify_test_started = hrtime(true);
register_shutdown_function(static function () use ($fedverify_test_result, $fedverify_test_started): void {
    $body = '';
    while (ob_get_level() > 0) {
        $body = ob_get_clean() . $body;
    }
    $error = error_get_last();
    $isFatal = $error && in_array($error['type'], [E_ERROR, E_PARSE, E_CORE_ERROR, E_COMPILE_ERROR, E_USER_ERROR], true);
    $used = getrusage();
    file_put_contents($fedverify_test_result, json_encode([
        'status' => http_response_code() ?: ($isFatal ? 500 : 200),
        'body' => $body,
        'answer' => $GLOBALS['fedverify_test_answer'] ?? null,
        'fatal' => $isFatal ? "{$error['message']} in {$error['file']}:{$error['line']}" : null,
        'seconds' => (hrtime(true) - $fedverify_test_started) / 1e9,
        'processor' => $used['ru_utime.tv_sec'] + $used['ru_stime.tv_sec'] + ($used['ru_utime.tv_usec'] + $used['ru_stime.tv_usec']) / 1e6,
        'memory' => memory_get_peak_usage(),
        'queries' => isset($GLOBALS['wpdb']) ? $GLOBALS['wpdb']->num_queries : 0,
    ], JSON_INVALID_UTF8_SUBSTITUTE | JSON_PARTIAL_OUTPUT_ON_ERROR));
});
unset($argv, $argc, $script, $host);

if (!$isAction) {
    chdir(dirname(getenv('FEDVERIFY_TEST_SITE') . '/core/' . $fedverify_test_visit['script']));
    require getenv('FEDVERIFY_TEST_SITE') . '/core/' . $fedverify_test_visit['script'];
    return;
}

if ($isCommand) {
    require __DIR__ . '/class-wp-cli.php';
} else {
    define('WP_ADMIN', true);
}
require getenv('FEDVERIFY_TEST_SITE') . '/core/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/admin.php';
require_once ABSPATH . 'wp-admin/includes/plugin-install.php';
require_once ABSPATH . 'wp-admin/includes/class-wp-upgrader.php';
require __DIR__ . '/' . $fedverify_test_visit['script'];
