<?php

declare(strict_types=1);

/** The site of one worker, and visits to it. */
final class Site
{
    /** Nothing takes longer, unless it hangs. */
    private const MOST_SECONDS = 300;

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

    /** @var list<string> further options of PHP, which count above the site's own */
    public $options = [];

    /** @var bool whether its clock can be ahead; that makes it slow to read */
    public $hasClock = true;

    /** @var array<string, Forks> by the options of PHP */
    private $forks = [];

    /** @var int */
    private $visits = 0;

    public function __construct(string $folder, string $wordpress, Network $network)
    {
        $this->folder = $folder;
        $this->wordpress = $wordpress;
        $this->network = $network;
        // Plugins, themes and constants change from one visit to the next, in the same second.
        Shell::write("$folder/opcache.blacklist", "$folder/core/wp-content/*\n$folder/constants.php\n");
        $stamp = file_get_contents("$wordpress/stamp") . sha1_file("$wordpress/authority/authority.pem");
        if (@file_get_contents("$folder/stamp") !== $stamp) {
            Shell::remove("$folder/core");
            Shell::copy("$wordpress/core", "$folder/core");
            Shell::write("$folder/stamp", $stamp);
        }
    }

    public function isMultisite(): bool
    {
        return $this->isMultisite;
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
        $kept = ["{$this->folder}/core", "{$this->folder}/stamp", "{$this->folder}/opcache.blacklist"];
        Shell::remove(...array_diff($left, $kept));
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
        // What the clock of all visits reads: see Forks.
        Shell::write("{$this->folder}/clock", sprintf('%+d', $later));
        $started = [];
        foreach ($visits as $visit) {
            $result = $this->folder . '/visit-' . ++$this->visits;
            $order = [
                'visit' => json_encode($visit, JSON_THROW_ON_ERROR),
                'result' => $result,
                'log' => "$result.log",
                'environment' => $this->environment(),
            ];
            $started[] = [$this->setup->php === '' ? $this->forks()->fork($order) : $this->startOne($order), $result];
        }
        $done = [];
        foreach ($started as [$process, $result]) {
            is_int($process) ? Forks::wait($process, self::MOST_SECONDS) : proc_close($process);
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
        $code = proc_close($this->start($arguments, 0, $log));
        $output = (string) file_get_contents($log);
        if ($code !== 0 || trim($output) !== '') {
            throw new RuntimeException(implode(' ', $arguments) . ": status $code\n$output");
        }
    }

    /**
     * Starts PHP: for what is no visit.
     *
     * @param list<string> $arguments
     * @param array<string, string> $environment
     * @return resource
     */
    public function start(array $arguments, int $later, string $log, array $environment = [])
    {
        Shell::write("{$this->folder}/clock", sprintf('%+d', $later));
        $command = array_merge(['php'], $this->options(), $arguments);
        $files = [['file', '/dev/null', 'r'], ['file', $log, 'w'], ['file', $log, 'a']];
        $environment += $this->environment() + Forks::clock("{$this->folder}/clock");
        return proc_open($command, $files, $pipes, $this->folder, $environment);
    }

    /**
     * What somebody types in a shell who has `wp`: site/wp.php, or, with WP_CLI=PATH, WP-CLI, as an archive or as a folder.
     *
     * @return array{status: int, output: string}
     */
    public function shell(string $line, string $input, int $later): array
    {
        $this->network->requests();
        Shell::write("{$this->folder}/clock", sprintf('%+d', $later));
        $own = getenv('WP_CLI');
        $program = $own ? [is_dir($own) ? "$own/php/boot-fs.php" : $own, '--allow-root', "--path={$this->folder}/core"] : [__DIR__ . '/../site/wp.php'];
        $words = array_map('escapeshellarg', array_merge($this->setup->command(), $this->options(), $program));
        Shell::write("{$this->folder}/bin/wp", "#!/bin/sh\nexec " . implode(' ', $words) . ' "$@"' . "\n");
        chmod("{$this->folder}/bin/wp", 0755);
        Shell::write("{$this->folder}/input", $input);
        $files = [['file', "{$this->folder}/input", 'r'], ['file', "{$this->folder}/wp.log", 'w'], ['file', "{$this->folder}/wp.log", 'a']];
        // The clock makes it slow to read.
        $environment = $this->environment() + ($later === 0 ? [] : Forks::clock("{$this->folder}/clock"));
        $environment['PATH'] = "{$this->folder}/bin:{$environment['PATH']}";
        $process = proc_open(['timeout', (string) self::MOST_SECONDS, 'bash', '-c', $line], $files, $pipes, $this->folder, $environment);
        return ['status' => proc_close($process), 'output' => (string) file_get_contents("{$this->folder}/wp.log")];
    }

    /**
     * Starts a visit in a PHP that cannot be forked.
     *
     * @param array<string, mixed> $order
     * @return resource
     */
    private function startOne(array $order)
    {
        $arguments = [realpath(__DIR__ . '/../site/visit.php'), $order['visit'], $order['result']];
        $command = array_merge(['timeout', (string) self::MOST_SECONDS], $this->setup->command(), $this->options(), $arguments);
        $files = [['file', '/dev/null', 'r'], ['file', $order['log'], 'w'], ['file', $order['log'], 'a']];
        // It puts a program of its own into the temporary folder. PHP's is an option.
        $environment = ['TMPDIR' => sys_get_temp_dir()] + $order['environment'] + Forks::clock("{$this->folder}/clock");
        return proc_open($command, $files, $pipes, $this->folder, $environment);
    }

    /** The process that visits are forked from, for the backend that is tested. */
    private function forks(): Forks
    {
        $options = $this->options();
        $name = implode(' ', $options) . ($this->hasClock ? '' : ' no clock');
        $environment = $this->environment() + ($this->hasClock ? Forks::clock("{$this->folder}/clock") : []);
        return $this->forks[$name] = $this->forks[$name] ?? new Forks($options, $environment, $this->folder);
    }

    /** @return list<string> */
    private function options(): array
    {
        $arguments = [];
        foreach (array_merge($this->setup->options(), $this->ownOptions(), $this->options) as $option) {
            array_push($arguments, '-d', $option);
        }
        return $arguments;
    }

    /** @return list<string> */
    private function ownOptions(): array
    {
        $cache = [
            'opcache.enable_cli=1',
            // The times of files follow the clock that is ahead.
            'opcache.validate_timestamps=0',
            // Where a link leads changes with the client.
            'opcache.revalidate_path=1',
            "opcache.blacklist_filename={$this->folder}/opcache.blacklist",
        ];
        // PHP as WebAssembly has no memory to share.
        return array_merge($this->setup->php === '' ? $cache : ['opcache.enable=0'], [
            'auto_prepend_file=' . realpath(__DIR__ . '/../site/prepend.php'),
            "sys_temp_dir={$this->folder}/tmp",
            "upload_tmp_dir={$this->folder}/tmp",
            "error_log={$this->folder}/errors.log",
            'log_errors=1',
            'display_errors=0',
            'error_reporting=-1',
            "curl.cainfo={$this->wordpress}/authority/authority.pem",
            "openssl.cafile={$this->wordpress}/authority/authority.pem",
        ]);
    }

    /** @return array<string, string> */
    private function environment(): array
    {
        return $this->setup->environment() + [
            'PATH' => getenv('PATH'),
            'TMPDIR' => "{$this->folder}/tmp",
            'FEDVERIFY_TEST_SITE' => $this->folder,
            'FEDVERIFY_TEST_WORDPRESS' => $this->wordpress,
            'FEDVERIFY_TEST_NETWORK' => (string) $this->network->port,
            'FEDVERIFY_TEST_MULTISITE' => $this->isMultisite ? '1' : '0',
        ];
    }
}
