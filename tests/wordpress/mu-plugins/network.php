<?php

/*
 * The site's way into the test network: every host is the one server on this machine, whatever its name resolves to.
 */

add_action('http_api_curl', static function ($handle): void {
    curl_setopt($handle, CURLOPT_CONNECT_TO, ['::127.0.0.1:' . getenv('FEDVERIFY_TEST_NETWORK')]);
}, PHP_INT_MAX);

// Where PHP's own functions could not be replaced: see site/prepend.php.
if (strpos((string) ini_get('disable_functions'), 'gethostbyname') === false) {
    add_filter('fedverify_resolve_host', static function ($addresses, string $host): array {
        return FedVerifyTest\addresses_of($host);
    }, 10, 2);
    add_filter('http_request_host_is_external', '__return_true', PHP_INT_MAX);
}

// The site lies within a checkout of the project.
add_filter('automatic_updates_is_vcs_checkout', '__return_false', PHP_INT_MAX);

// Another plugin's way to offer an update: file, version and URL in an option.
add_filter('site_transient_update_plugins', static function ($offers) {
    $offer = get_site_option('fedverify_test_offer');
    if ($offer && is_object($offers)) {
        [$file, $version, $url] = $offer;
        $offers->response[$file] = (object) ['slug' => dirname($file), 'plugin' => $file, 'new_version' => $version, 'package' => $url];
    }
    return $offers;
}, 5000);

// Mails go to a file.
add_filter('pre_wp_mail', static function ($sent, $mail): bool {
    $line = json_encode(['to' => $mail['to'], 'subject' => $mail['subject'], 'message' => $mail['message']]);
    file_put_contents(getenv('FEDVERIFY_TEST_SITE') . '/mails.jsonl', "$line\n", FILE_APPEND);
    return true;
}, PHP_INT_MAX, 2);

/*
 * Who visits, where the tests play a visit without a web server (visit.php): an administrator has the cookies that a login
 * leaves, and the nonces that a page would have given him.
 */
if (isset($GLOBALS['fedverify_test_visit'])) {
    $visit = $GLOBALS['fedverify_test_visit'];
    add_action('plugins_loaded', static function () use ($visit): void {
        if (empty($visit['user'])) {
            return;
        }
        $until = time() + DAY_IN_SECONDS;
        // See site/install.php.
        $token = 'session of the tests';
        foreach ([AUTH_COOKIE => 'auth', SECURE_AUTH_COOKIE => 'secure_auth', LOGGED_IN_COOKIE => 'logged_in'] as $cookie => $scheme) {
            $_COOKIE[$cookie] = wp_generate_auth_cookie($visit['user'], $until, $scheme, $token);
        }
    }, PHP_INT_MIN);
    add_action('init', static function () use ($visit): void {
        foreach ($visit['nonces'] ?? [] as $field => $action) {
            $_REQUEST[$field] = $_POST[$field] = $_GET[$field] = wp_create_nonce($action);
        }
    }, PHP_INT_MIN);
    if (isset($visit['cron'])) {
        add_action('init', static function () use ($visit): void {
            foreach ($visit['with'] ?? [] as $option => $value) {
                update_site_option($option, $value);
            }
            foreach ($visit['cron'] as $hook) {
                wp_clear_scheduled_hook($hook);
                wp_schedule_single_event(time() - 60, $hook);
            }
        }, PHP_INT_MAX);
    }
}
