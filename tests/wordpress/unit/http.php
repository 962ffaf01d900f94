<?php

/**
 * WordPress's HTTP API, played, and what else fetching asks of WordPress. To be required after wordpress.php. A test says
 * by `$network` what servers answer.
 */

declare(strict_types=1);

define('WPINC', 'wp-includes');
define('FEDVERIFY_VERSION', '0.0');
define('DAY_IN_SECONDS', 86400);

/** What servers answer, and what they were asked. */
final class PlayedNetwork
{
    /** @var array<string, mixed> the answer by URL: a string is a body; an array is status, body, headers; else it is handed on */
    public $answers = [];

    /** @var list<array{string, array<string, mixed>}> the requests: URL and arguments */
    public $requests = [];
}

$network = $GLOBALS['network'] = new PlayedNetwork();

function wp_remote_get(string $url, array $arguments)
{
    $arguments = apply_filters('http_request_args', $arguments, $url);
    $GLOBALS['network']->requests[] = [$url, $arguments];
    $given = apply_filters('pre_http_request', false, $arguments, $url);
    if ($given !== false) {
        return $given;
    }
    $answer = $GLOBALS['network']->answers[$url] ?? [404, 'none', []];
    $answer = is_string($answer) ? [200, $answer, []] : $answer;
    if (!is_array($answer)) {
        return $answer;
    }
    [$status, $body, $headers] = $answer;
    do_action('requests-request.progress', $body, 0, false);
    file_put_contents($arguments['filename'], substr($body, 0, $arguments['limit_response_size']));
    return ['headers' => $headers, 'body' => '', 'response' => ['code' => $status, 'message' => ''], 'filename' => $arguments['filename']];
}

function remove_filter(string $hook, callable $callback, int $priority = 10): bool
{
    array_pop($GLOBALS['site']->hooks[$hook][$priority]);
    return true;
}

function is_wp_error($value): bool
{
    return $value instanceof WP_Error;
}

function wp_parse_url(string $url, int $part = -1)
{
    return parse_url($url, $part);
}

function get_temp_dir(): string
{
    return $GLOBALS['site']->scratch . '/temporary/';
}

function size_format(int $bytes): string
{
    return "$bytes B";
}

function wp_raise_memory_limit(string $context): void
{
}

function home_url(): string
{
    return 'https://site.example';
}

function __return_true(): bool
{
    return true;
}

function get_site_transient(string $name)
{
    return get_option("transient $name");
}

function delete_site_transient(string $name): bool
{
    return delete_option("transient $name");
}

final class WP_HTTP_Proxy
{
    public function is_enabled(): bool
    {
        return isset($GLOBALS['site']->options['proxy']);
    }

    public function host(): string
    {
        return $GLOBALS['site']->options['proxy'];
    }

    public function send_through_proxy(string $url): bool
    {
        return true;
    }
}

mkdir("$scratch/temporary");
add_filter('fedverify_resolve_host', static function ($addresses, string $host) {
    return $GLOBALS['site']->options["host $host"] ?? ['93.184.216.34'];
}, 10, 2);

/** The files and folders that fetching has left. */
$left = static function () use ($scratch): array {
    return array_values(array_diff(scandir("$scratch/temporary"), ['.', '..']));
};
