<?php

declare(strict_types=1);

/** The network of one worker: what its hosts answer, and what was asked of them. */
final class Network
{
    /** @var string */
    private $folder;

    /** @var resource */
    private $process;

    /** @var array<int, resource> */
    private $pipes;

    /** @var int */
    public $port;

    /** @var int how much of the log was read */
    private $read = 0;

    /** @var int */
    private static $version = 0;

    public function __construct(string $folder, string $authority)
    {
        $this->folder = $folder;
        mkdir($folder, 0777, true);
        $command = ['node', __DIR__ . '/../network/server.mjs', $folder, $authority];
        $this->process = proc_open($command, [['pipe', 'r'], ['pipe', 'w'], STDERR], $this->pipes);
        $this->port = (int) fgets($this->pipes[1]);
        $this->clear();
    }

    public function __destruct()
    {
        fclose($this->pipes[0]);
        proc_close($this->process);
    }

    /** Only what WordPress itself asks is answered. */
    public function clear(): void
    {
        Shell::remove("{$this->folder}/answers");
        mkdir("{$this->folder}/answers");
        file_put_contents("{$this->folder}/requests.jsonl", '');
        $this->read = 0;
        $this->offer('plugins', [], []);
        $this->offer('themes', [], []);
        $this->json('https://api.wordpress.org/core/version-check/1.7/', ['offers' => [], 'translations' => []]);
        $this->json('https://api.wordpress.org/translations/core/1.0/', ['translations' => []]);
        $this->json('https://api.wordpress.org/core/browse-happy/1.1/', []);
        $this->json('https://api.wordpress.org/core/serve-happy/1.0/', []);
    }

    /**
     * @param string|array<mixed> $answers a body, an answer (see server.mjs), or a list of answers, one for each request
     */
    public function answer(string $url, $answers): void
    {
        $parts = parse_url($url);
        $host = strtolower($parts['host']) . (isset($parts['port']) ? ":{$parts['port']}" : '');
        $path = ($parts['path'] ?? '/') . (isset($parts['query']) ? "?{$parts['query']}" : '');
        $list = is_array($answers) && isset($answers[0]) ? $answers : [$answers];
        foreach ($list as $i => $answer) {
            $answer = is_string($answer) ? ['body' => $answer] : $answer;
            foreach (['body', 'head', 'tail'] as $member) {
                if (isset($answer[$member])) {
                    $answer[$member] = base64_encode($answer[$member]);
                }
            }
            $list[$i] = (object) $answer;
        }
        $content = json_encode(['version' => ++self::$version, 'list' => $list], JSON_THROW_ON_ERROR);
        Shell::write("{$this->folder}/answers/" . sha1("$host $path") . '.json', $content);
    }

    /** @param mixed $value */
    public function json(string $url, $value): void
    {
        $this->answer($url, [
            'headers' => ['content-type' => 'application/json'],
            'body' => is_string($value) ? $value : json_encode($value, JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR),
        ]);
    }

    public function forget(string $url): void
    {
        $this->answer($url, ['status' => 404, 'body' => '{"message":"gone"}']);
    }

    /**
     * What wordpress.org offers: updates by file or stylesheet, and translations.
     *
     * @param array<string, array<string, mixed>> $updates
     * @param list<array<string, mixed>> $translations
     */
    public function offer(string $kind, array $updates, array $translations): void
    {
        $answer = [$kind => (object) $updates, 'no_update' => (object) [], 'translations' => $translations];
        foreach (['api.wordpress.org', 'api.aspirecloud.net'] as $host) {
            $this->json("https://$host/$kind/update-check/1.1/", $answer);
        }
    }

    /**
     * What wordpress.org says of one plugin or theme.
     *
     * @param array<string, mixed> $information
     */
    public function information(string $kind, array $information): void
    {
        foreach (['api.wordpress.org', 'api.aspirecloud.net'] as $host) {
            $this->json("https://$host/$kind/info/1.2/", $information);
        }
    }

    /**
     * What wordpress.org says of one after the other: of a child theme, and of the parent that WordPress looks for then.
     *
     * @param array<string, mixed> ...$information
     */
    public function informationOfEach(string $kind, array ...$information): void
    {
        $answers = array_map(static function (array $each): string {
            return json_encode($each, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES);
        }, $information);
        foreach (['api.wordpress.org', 'api.aspirecloud.net'] as $host) {
            $this->answer("https://$host/$kind/info/1.2/", Answer::each(...$answers)->value);
        }
    }

    /** @return list<array<string, mixed>> what was asked since the last call */
    public function requests(): array
    {
        $lines = substr((string) file_get_contents("{$this->folder}/requests.jsonl"), $this->read);
        $this->read += strlen($lines);
        $requests = [];
        foreach (array_filter(explode("\n", $lines)) as $line) {
            $requests[] = json_decode($line, true);
        }
        return $requests;
    }
}
