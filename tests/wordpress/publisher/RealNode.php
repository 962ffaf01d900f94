<?php

declare(strict_types=1);

/**
 * The node of this repository, with the example of a publisher, on this machine. What it answers is put on the tests' network, which
 * has TLS: sites ask nothing else.
 */
final class RealNode
{
    /** @var string */
    private $folder;

    /** @var string the node's interface */
    private $api = '';

    /** @var list<resource> */
    private $processes = [];

    /** @var string the key of an administrator */
    private $key = '';

    /** @var string */
    public $source = '';

    /** @var string the publisher's public key */
    public $pem = '';

    private function __construct(string $folder)
    {
        $this->folder = $folder;
    }

    /** Not in the constructor: where that fails, nothing would end the programs. */
    private function begin(string $binary): void
    {
        $folder = $this->folder;
        mkdir("$folder/plugins", 0700, true);
        [$node, $publisher] = [self::port(), self::port()];
        $this->api = "http://127.0.0.1:$node/federation";
        $this->source = "alice@127.0.0.1:$publisher";
        $master = bin2hex(random_bytes(16));
        $this->start([$binary, 'serve', '--data', "$folder/data", '--allow-private', '--listen', "127.0.0.1:$node"], ['MASTER_KEY' => $master]);
        $example = __DIR__ . '/../../../node/publisher-example/publisher.mjs';
        $this->start(['node', $example, '--folder', "$folder/plugins", '--username', 'alice', '--port', (string) $publisher, '--key', "$folder/key.pem"], []);
        $this->key = $master;
        $this->key = $this->post('create-admin-key', ['description' => 'a test'])['key'];
        $this->pem = json_decode($this->fetch("http://127.0.0.1:$publisher/federation-info"), true)['publicKey'];
        $this->post('add-source', ['instance_url' => "http://127.0.0.1:$publisher", 'username' => 'alice', 'public_key' => $this->pem]);
    }

    public function __destruct()
    {
        foreach ($this->processes as $process) {
            proc_terminate($process);
            proc_close($process);
        }
        Shell::remove($this->folder);
    }

    /** The program, where it was built. */
    public static function binary(): ?string
    {
        foreach (['release', 'debug'] as $profile) {
            $path = getenv('FEDVERIFY_TEST_TARGET') . "/$profile/fedverify-node";
            if (is_file($path)) {
                return $path;
            }
        }
        return null;
    }

    public static function at(string $folder): self
    {
        $node = new self($folder);
        $node->begin((string) self::binary());
        return $node;
    }

    /** The publisher releases a version, or the same again, and the node visits. What the node refused is returned. @return list<string> codes */
    public function release(FederatedPlugin $plugin, string $version, string $archive): array
    {
        Shell::write("{$this->folder}/plugins/{$plugin->slug}-$version.zip", $archive);
        $record = ['slug' => $plugin->slug, 'name' => 'Hello PFN', 'version' => $version, 'short_description' => 'Says hello.', 'tags' => new stdClass()];
        Shell::write("{$this->folder}/plugins/{$plugin->slug}.json", json_encode($record, JSON_THROW_ON_ERROR));
        return array_column($this->post('subscribe', ['sourceId' => $this->source])['syncResult']['refused'] ?? [], 'code');
    }

    /** Puts on the tests' network what the node answers about a plugin. */
    public function publish(Network $network, FederatedPlugin $plugin): void
    {
        $list = $this->get('plugins?source=' . rawurlencode($plugin->source) . "&plugin={$plugin->slug}&limit=50");
        $network->json(FederatedPlugin::NODE . '/federation/plugins', $list);
        foreach (json_decode($list, true)['plugins'] as $listed) {
            $url = $plugin->url($listed['version']);
            $network->answer($url, $this->get(substr($url, strlen(FederatedPlugin::NODE . '/federation/'))));
        }
    }

    /** @param list<string> $command @param array<string, string> $environment */
    private function start(array $command, array $environment): void
    {
        $log = ['file', "{$this->folder}/log", 'a'];
        $this->processes[] = proc_open($command, [['file', '/dev/null', 'r'], $log, $log], $pipes, $this->folder, $environment + getenv());
    }

    /** @param array<string, mixed> $body @return array<string, mixed> */
    private function post(string $route, array $body): array
    {
        return json_decode($this->get($route, ['method' => 'POST', 'content' => json_encode($body, JSON_THROW_ON_ERROR)]), true);
    }

    /** What the node answers. @param array<string, string> $options */
    private function get(string $route, array $options = []): string
    {
        return $this->fetch("{$this->api}/$route", $options);
    }

    /** What somebody answers; it may take a while until they listen. @param array<string, string> $options */
    private function fetch(string $url, array $options = []): string
    {
        $context = stream_context_create(['http' => $options + ['header' => "Authorization: Bearer {$this->key}\r\n", 'timeout' => 60, 'ignore_errors' => true]]);
        for ($attempt = 0; $attempt < 300; $attempt++) {
            $answer = @file_get_contents($url, false, $context);
            if (is_string($answer)) {
                return $answer;
            }
            usleep(100000);
        }
        throw new Broken("$url does not answer:\n" . file_get_contents("{$this->folder}/log"));
    }

    private static function port(): int
    {
        $socket = stream_socket_server('tcp://127.0.0.1:0');
        $port = (int) substr(strrchr(stream_socket_get_name($socket, false), ':'), 1);
        fclose($socket);
        return $port;
    }
}
