<?php

declare(strict_types=1);

/** The site of one worker, and visits to it. */
final class Site
{
    /** Nothing takes longer, unless it hangs. */
    private const MOST_SECONDS = 90;

    /** @var string holds core, database and tmp */
    public $folder;

    /** @var string what tests/wordpress.sh made */
    private $wordpress;

    /** @var Network */
    private $network;

    /** @var Setup */
    private $setup;

    /** @var bool */
    private $isMultisite = false;

    /** @var int */
    private $visits = 0;

    public function __construct(string $folder, string $wordpress, Network $network)
    {
        $this->folder = $folder;
        $this->wordpress = $wordpress;
        $this->network = $network;
        $stamp = file_get_contents("$wordpress/stamp");
        if (@file_get_contents("$folder/stamp") !== $stamp) {
            Shell::remove("$folder/core");
            Shell::copy("$wordpress/core", "$folder/core");
            Shell::write("$folder/stamp", $stamp);
        }
    }

    public function content(string $path = ''): string
    {
        return "{$this->folder}/core/wp-content" . ($path === '' ? '' : "/$path");
    }

    /** An empty site, or one as it was captured. */
    public function restore(?string $snapshot, Setup $setup, bool $isMultisite): void
    {
        $this->setup = $setup;
        $this->isMultisite = $isMultisite;
        $left = array_merge(glob("{$this->folder}/*") ?: [], [$this->content(), "{$this->folder}/core/.maintenance"]);
        Shell::remove(...array_diff($left, ["{$this->folder}/core", "{$this->folder}/stamp"]));
        mkdir("{$this->folder}/tmp");
        if ($snapshot !== null) {
            Shell::copy("$snapshot/database", $this->folder);
            Shell::copy("$snapshot/wp-content", "{$this->folder}/core");
        }
    }

    public function capture(string $snapshot): void
    {
        Shell::remove($snapshot);
        mkdir($snapshot, 0777, true);
        Shell::copy("{$this->folder}/database", $snapshot);
        Shell::copy($this->content(), $snapshot);
    }

    /**
     * @param array<string, mixed> $visit as site/visit.php wants it
     * @param int $later by how many seconds the site's clock is ahead
     */
    public function visit(array $visit, int $later = 0): Visit
    {
        return $this->visitAtOnce([$visit], $later)[0];
    }

    /**
     * @param list<array<string, mixed>> $visits
     * @return list<Visit>
     */
    public function visitAtOnce(array $visits, int $later = 0): array
    {
        $this->network->requests();
        $started = [];
        foreach ($visits as $visit) {
            $result = $this->folder . '/visit-' . ++$this->visits;
            $arguments = [__DIR__ . '/../site/visit.php', json_encode($visit, JSON_THROW_ON_ERROR), $result];
            $started[] = [$this->start($arguments, $later, "$result.log"), $result];
        }
        $done = [];
        foreach ($started as [$process, $result]) {
            $this->wait($process);
            $log = (string) @file_get_contents("$result.log");
            $answer = json_decode((string) @file_get_contents($result), true) ?? ['fatal' => 'no answer: ' . substr($log, -2000)];
            // Pages that say what they do send it at once.
            $done[] = new Visit(['body' => $log . ($answer['body'] ?? '')] + $answer);
            @unlink($result);
            @unlink("$result.log");
        }
        $requests = $this->network->requests();
        foreach ($done as $visit) {
            $visit->requests = $requests;
        }
        return $done;
    }

    /** @param list<string> $arguments */
    public function php(array $arguments): void
    {
        $log = "{$this->folder}/php.log";
        $code = $this->wait($this->start($arguments, 0, $log));
        $output = (string) file_get_contents($log);
        if ($code !== 0 || trim($output) !== '') {
            throw new RuntimeException(implode(' ', $arguments) . ": status $code\n$output");
        }
    }

    /**
     * @param list<string> $arguments
     * @return resource
     */
    public function start(array $arguments, int $later, string $log, array $environment = [])
    {
        $command = ['php'];
        foreach (array_merge($this->setup->options(), $this->options()) as $option) {
            array_push($command, '-d', $option);
        }
        $environment += $this->environment($later);
        $files = [['file', '/dev/null', 'r'], ['file', $log, 'w'], ['file', $log, 'a']];
        return proc_open(array_merge($command, $arguments), $files, $pipes, $this->folder, $environment);
    }

    /** @return list<string> */
    private function options(): array
    {
        return [
            'auto_prepend_file=' . realpath(__DIR__ . '/../site/prepend.php'),
            "sys_temp_dir={$this->folder}/tmp",
            "upload_tmp_dir={$this->folder}/tmp",
            "error_log={$this->folder}/errors.log",
            'log_errors=1',
            'display_errors=0',
            'error_reporting=-1',
            "curl.cainfo={$this->wordpress}/authority/authority.pem",
            "openssl.cafile={$this->wordpress}/authority/authority.pem",
            'opcache.enable_cli=1',
            'opcache.file_cache_only=1',
            // The times of files follow the clock that is ahead. Runner clears the cache of what changes.
            'opcache.validate_timestamps=0',
            "opcache.file_cache={$this->wordpress}/opcache",
            "opcache.blacklist_filename={$this->wordpress}/opcache.blacklist",
        ];
    }

    /** @return array<string, string> */
    private function environment(int $later): array
    {
        $environment = $this->setup->environment() + [
            'PATH' => getenv('PATH'),
            'TMPDIR' => "{$this->folder}/tmp",
            'FEDVERIFY_TEST_SITE' => $this->folder,
            'FEDVERIFY_TEST_WORDPRESS' => $this->wordpress,
            'FEDVERIFY_TEST_NETWORK' => (string) $this->network->port,
            'FEDVERIFY_TEST_MULTISITE' => $this->isMultisite ? '1' : '0',
        ];
        if ($later !== 0) {
            $environment += [
                'LD_PRELOAD' => self::faketime(),
                'FAKETIME' => sprintf('%+d', $later),
                'FAKETIME_DONT_FAKE_MONOTONIC' => '1',
            ];
        }
        return $environment;
    }

    private static function faketime(): string
    {
        static $library = null;
        return $library = $library ?? glob('/usr/lib/*/faketime/libfaketime.so.1')[0];
    }

    /** @param resource $process */
    private function wait($process): int
    {
        $until = microtime(true) + self::MOST_SECONDS;
        while (($status = proc_get_status($process))['running']) {
            if (microtime(true) > $until) {
                proc_terminate($process, SIGKILL);
            }
            usleep(4000);
        }
        proc_close($process);
        return $status['exitcode'];
    }
}
