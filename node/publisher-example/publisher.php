<?php

/**
 * A small publisher of the Plugin Federation Network, as publisher.mjs beside it: it offers the plugins of a folder, signs their
 * records and archives, and proves to nodes that it has its key. PHP 7.4 or later with sodium, which is part of PHP.
 *
 *     FOLDER=… USERNAME=alice URL=http://127.0.0.1:4000 php -S 127.0.0.1:4000 publisher.php
 *
 * KEY names the file of the key (publisher-key.pem), which behind another web server must be outside of the folder it serves. URL
 * is the address under which nodes know this publisher. A plugin is a JSON file with slug, name, version, short_description and
 * tags, and beside it SLUG-VERSION.zip. `php publisher.php key` prints the public key.
 *
 * For a new key (KEY), `OLD_KEY=… URL=… php publisher.php announce` lets the old one approve it once, in the file of changes that is
 * served (KEY_CHANGES, key-changes.json). The old key need not be on the server, and is needed no more once all nodes know the new one.
 */

declare(strict_types=1);

namespace FedVerify\PublisherExample;

require __DIR__ . '/challenge.php';
require __DIR__ . '/key.php';

/** The most that is read of a request. */
const MAX_BODY_BYTES = 4096;

final class Publisher
{
    /** @var string */
    private $folder;

    /** @var string */
    private $username;

    /** @var string */
    private $url;

    /** @var Key */
    private $key;

    /** @var string the file of the changes of the key */
    private $changes;

    public function __construct(string $folder, string $username, string $url, Key $key, string $changes)
    {
        $this->changes = $changes;
        $this->folder = $folder;
        $this->username = $username;
        $this->url = rtrim($url, '/');
        $this->key = $key;
    }

    /**
     * The answer to a request: its status, and an object, or the bytes of an archive.
     *
     * @return array{0: int, 1: array<string, mixed>|string}
     */
    public function answer(string $method, string $path, string $author, string $body): array
    {
        switch ("$method $path") {
            case 'GET /federation-info':
                return [200, $this->federationInfo()];
            case 'GET /author-data':
                return $author === $this->username ? [200, $this->authorData()] : [404, ['error' => 'no such author']];
            case 'POST /verify-ownership':
                return $this->proveOwnership(json_decode($body, true));
        }
        foreach ($method === 'GET' ? $this->plugins() : [] as $plugin) {
            if ($path === "/assets/$this->username/$plugin[slug]/$plugin[slug].zip") {
                return [200, $this->archive($plugin)];
            }
        }
        return [404, ['error' => 'not found']];
    }

    /** @return array<string, mixed> */
    private function federationInfo(): array
    {
        $parts = (array) parse_url($this->url);
        $port = isset($parts['port']) ? ":$parts[port]" : '';
        $assets = ['domain' => "$parts[scheme]://$parts[host]$port", 'namingScheme' => 'assets/author/slug/slug.zip'];
        return [
            'version' => '1.0.0',
            'features' => ['plugin-distribution', 'signature-verification'],
            'publicKey' => $this->key->publicPem(),
            'keyChanges' => $this->keyChanges(),
            'assetInfo' => $assets,
        ];
    }

    /**
     * The changes of the key, the oldest first. Nodes read the last 32.
     *
     * @return list<array<string, string>>
     */
    private function keyChanges(): array
    {
        if (!file_exists($this->changes)) {
            return [];
        }
        return json_decode((string) file_get_contents($this->changes), true, 8, JSON_THROW_ON_ERROR);
    }

    /** Adds the change from the old key to this one, signed by the old one, and says so. */
    public function announce(Key $old): string
    {
        [$from, $to] = [$old->didKey(), $this->key->didKey()];
        $change = "fedverify-node key change v1; instance=$this->url; from=$from; to=$to";
        $changes = $this->keyChanges();
        $changes[] = ['publicKey' => $this->key->publicPem(), 'signature' => $old->sign($change)];
        $json = json_encode($changes, JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR);
        if (file_put_contents($this->changes, "$json\n") === false) {
            throw new \RuntimeException("the change cannot be written to $this->changes");
        }
        return "$this->changes: $from approves $to at $this->url\n";
    }

    /** @return array<string, mixed> */
    private function authorData(): array
    {
        return ['username' => $this->username, 'plugins' => array_map([$this, 'listed'], $this->plugins())];
    }

    /**
     * A plugin as nodes read it. The network signs only the record; archive_signature binds the bytes, too.
     *
     * @param array<string, mixed> $plugin
     * @return array<string, mixed>
     */
    private function listed(array $plugin): array
    {
        $shown = array_intersect_key($plugin, ['slug' => 0, 'name' => 0, 'version' => 0, 'short_description' => 0]);
        return $shown + [
            'tags' => (object) ($plugin['tags'] ?? []),
            'signature' => $this->key->sign(self::record($plugin)),
            'archive_signature' => $this->key->sign(hash('sha384', $this->archive($plugin), true)),
        ];
    }

    /**
     * What is signed of a plugin: these four members in this order, byte for byte as JSON.stringify writes them.
     *
     * @param array<string, mixed> $plugin
     */
    private static function record(array $plugin): string
    {
        $record = ['id' => $plugin['slug'], 'name' => $plugin['name'], 'version' => $plugin['version']];
        $as_javascript = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS;
        return json_encode($record + ['description' => $plugin['short_description']], $as_javascript | JSON_THROW_ON_ERROR);
    }

    /**
     * The plugins of the folder, read at each request: a release is its archive, and then the new version in the JSON file.
     *
     * @return list<array<string, mixed>>
     */
    private function plugins(): array
    {
        return array_map(static function (string $file): array {
            return json_decode((string) file_get_contents($file), true, 16, JSON_THROW_ON_ERROR);
        }, (array) glob("$this->folder/*.json"));
    }

    /** @param array<string, mixed> $plugin */
    private function archive(array $plugin): string
    {
        $bytes = file_get_contents("$this->folder/$plugin[slug]-$plugin[version].zip");
        if ($bytes === false) {
            throw new \RuntimeException("the archive of $plugin[slug] $plugin[version] is missing");
        }
        return $bytes;
    }

    /**
     * @param mixed $request
     * @return array{0: int, 1: array<string, mixed>}
     */
    private function proveOwnership($request): array
    {
        $challenge = $request['challenge'] ?? null;
        $is_known = is_array($request) && ($request['username'] ?? null) === $this->username;
        $why = $is_known ? Challenge::refusal($challenge, $this->url, $this->username, time()) : 'no such user';
        return $why === null ? [200, ['signature' => $this->key->sign($challenge)]] : [400, ['error' => $why]];
    }
}

// A warning must not become part of an answer.
ini_set('display_errors', 'stderr');
$file = (string) (getenv('KEY') ?: 'publisher-key.pem');
if (!in_array(PHP_SAPI, ['cli', 'cli-server'], true) && Key::isServed($file, (string) ($_SERVER['DOCUMENT_ROOT'] ?? ''))) {
    error_log("expected KEY to be a file outside of $_SERVER[DOCUMENT_ROOT], which is served to everybody, found $file");
    http_response_code(500);
    return;
}
$key = Key::open($file);
$is_announcing = PHP_SAPI === 'cli' && ($argv[1] ?? '') === 'announce';
if (PHP_SAPI === 'cli' && !$is_announcing) {
    echo $key->publicPem();
    return;
}
$changes = (string) (getenv('KEY_CHANGES') ?: 'key-changes.json');
$publisher = new Publisher((string) getenv('FOLDER'), (string) getenv('USERNAME'), (string) getenv('URL'), $key, $changes);
if ($is_announcing) {
    $old = (string) getenv('OLD_KEY');
    if (!file_exists($old) || (string) getenv('URL') === '') {
        error_log("expected OLD_KEY to be the file of a key, and URL to be the publisher's, found $old");
        exit(2);
    }
    echo $publisher->announce(Key::open($old));
    return;
}
$path = (string) parse_url((string) $_SERVER['REQUEST_URI'], PHP_URL_PATH);
$author = $_GET['author'] ?? '';
$body = (string) file_get_contents('php://input', false, null, 0, MAX_BODY_BYTES + 1);
try {
    [$status, $content] = strlen($body) > MAX_BODY_BYTES
        ? [400, ['error' => 'the request is too long']]
        : $publisher->answer((string) $_SERVER['REQUEST_METHOD'], $path, is_string($author) ? $author : '', $body);
} catch (\Throwable $error) {
    error_log($error->getMessage());
    [$status, $content] = [400, ['error' => 'the request cannot be read']];
}
http_response_code($status);
header('Content-Type: ' . (is_string($content) ? 'application/zip' : 'application/json'));
echo is_string($content) ? $content : json_encode($content, JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR);
