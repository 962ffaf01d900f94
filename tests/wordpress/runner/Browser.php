<?php

declare(strict_types=1);

/** An administrator's browser, and PHP's web server with the site for it: real requests, cookies and nonces. */
final class Browser
{
    /** @var resource */
    private $server;

    /** @var resource|CurlHandle */
    private $curl;

    /** @var string */
    private $address;

    /** @var int */
    public $status = 0;

    public function __construct(Site $site, int $later)
    {
        $socket = stream_socket_server('tcp://127.0.0.1:0');
        $this->address = 'http://' . stream_socket_get_name($socket, false);
        fclose($socket);
        $arguments = ['-S', substr($this->address, 7), '-t', "{$site->folder}/core"];
        $environment = ['FEDVERIFY_TEST_URL' => $this->address, 'PHP_CLI_SERVER_WORKERS' => '2'];
        $this->server = $site->start($arguments, $later, "{$site->folder}/server.log", $environment);
        $this->curl = curl_init();
        curl_setopt_array($this->curl, [
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_COOKIEFILE => '',
            CURLOPT_FOLLOWLOCATION => true,
            CURLOPT_TIMEOUT => 60,
            CURLOPT_CONNECTTIMEOUT => 5,
        ]);
        for ($attempts = 3000; $attempts > 0 && !@fsockopen('127.0.0.1', parse_url($this->address, PHP_URL_PORT)); $attempts--) {
            usleep(20000);
        }
    }

    public function __destruct()
    {
        // The server and its workers.
        $children = trim((string) shell_exec('pgrep -P ' . proc_get_status($this->server)['pid']));
        foreach (array_filter(explode("\n", $children)) as $child) {
            posix_kill((int) $child, SIGTERM);
        }
        proc_terminate($this->server);
        proc_close($this->server);
    }

    public function logIn(): void
    {
        $this->get('/wp-login.php');
        $this->post('/wp-login.php', ['log' => 'admin', 'pwd' => 'password', 'testcookie' => '1']);
        if (strpos($this->get('/wp-admin/plugins.php'), 'wpadminbar') === false) {
            throw new Broken('the login failed');
        }
    }

    public function get(string $path): string
    {
        return $this->send($path, [CURLOPT_HTTPGET => true]);
    }

    /** @param array<string, mixed>|string $fields with a CURLFile: multipart */
    public function post(string $path, $fields, array $headers = []): string
    {
        $isPlain = is_array($fields) && array_filter($fields, 'is_object') === [];
        return $this->send($path, [
            CURLOPT_POST => true,
            CURLOPT_POSTFIELDS => $isPlain ? http_build_query($fields) : $fields,
            CURLOPT_HTTPHEADER => $headers,
        ]);
    }

    /** The nonce that scripts of a page use for updates. */
    public function updatesNonce(): string
    {
        return self::found('/"ajax_nonce":"([^"]+)"/', $this->get('/wp-admin/plugins.php'));
    }

    public function restNonce(): string
    {
        return trim($this->get('/wp-admin/admin-ajax.php?action=rest-nonce'));
    }

    /** A form or link of a page. */
    public static function found(string $pattern, string $page): string
    {
        if (!preg_match($pattern, $page, $match)) {
            throw new Broken("the page has nothing like $pattern");
        }
        return html_entity_decode($match[1]);
    }

    private function send(string $path, array $options): string
    {
        curl_setopt_array($this->curl, $options + [CURLOPT_URL => $this->address . $path, CURLOPT_HTTPHEADER => []]);
        $body = (string) curl_exec($this->curl);
        $this->status = curl_getinfo($this->curl, CURLINFO_RESPONSE_CODE);
        return $body;
    }
}
