<?php

declare(strict_types=1);

/** Has workers run the jobs, and counts. */
final class Runner
{
    /** For two processors: some scenarios wait for servers that do not answer. */
    private const WORKERS = 4;

    /** @var string */
    private $scratch;

    /** @var array<string, array<string, int>> by site */
    private $counts = [];

    /** @var int */
    private $passed = 0;

    /** @var float what all visits took of processors, in seconds */
    private $processor = 0.0;

    /** @var array<string, float> by scenario */
    private $seconds = [];

    public function __construct(string $wordpress)
    {
        $this->scratch = sys_get_temp_dir() . '/fedverify-wordpress-' . getmypid();
        mkdir($this->scratch, 0700);
        if (!is_dir("$wordpress/workers")) {
            mkdir("$wordpress/workers", 0777, true);
        }
    }

    public function __destruct()
    {
        Shell::remove($this->scratch);
    }

    /**
     * @param list<array<string, mixed>> $jobs
     * @param array<string, int> $skipped see Jobs
     */
    public function run(array $jobs, array $skipped): bool
    {
        $isVerbose = count($jobs) <= 12;
        $total = count($jobs);
        $queue = "{$this->scratch}/queue.json";
        file_put_contents($queue, json_encode($jobs));
        $pipes = $processes = [];
        for ($number = 1; $number <= min(self::WORKERS, $total); $number++) {
            $command = [PHP_BINARY, '-d', 'memory_limit=512M', __DIR__ . '/../run.php', 'worker', (string) $number, $queue];
            $processes[] = proc_open($command, [1 => ['pipe', 'w'], 2 => STDERR], $started);
            $pipes[] = $started[1];
        }
        while ($pipes !== []) {
            $ready = $pipes;
            $write = $except = null;
            stream_select($ready, $write, $except, 5);
            foreach ($ready as $i => $pipe) {
                $line = fgets($pipe);
                if ($line === false) {
                    unset($pipes[$i]);
                } else {
                    $this->count(json_decode($line, true), $isVerbose);
                }
            }
        }
        array_map('proc_close', $processes);
        return $jobs !== [] && $jobs[0]['backend'] === null ? $this->summaryWithout() : $this->summary($total, $skipped);
    }

    /** @param array<string, mixed> $outcome */
    private function count(array $outcome, bool $isVerbose): void
    {
        $this->seconds[$outcome['scenario']] = $outcome['seconds'];
        $this->processor += $outcome['processor'];
        $site = $outcome['site'];
        $this->counts[$site] = $this->counts[$site] ?? ['stopped' => 0, 'missed' => 0, 'working' => 0, 'failing' => 0];
        $isGood = $outcome['problems'] === [];
        $this->counts[$site][$outcome['isAttack'] ? ($isGood ? 'stopped' : 'missed') : ($isGood ? 'working' : 'failing')]++;
        $this->passed += $isGood ? 1 : 0;
        if (!$isGood || $isVerbose || getenv('LIST')) {
            $name = sprintf('%s %s (%s), %.1f s', $isGood ? 'ok  ' : 'FAIL', $outcome['scenario'], $site, $outcome['seconds']);
            $lines = array_merge([$name], array_map(static function (string $problem): string {
                return "  - $problem";
            }, $outcome['problems']));
            $lines = array_merge($lines, self::story($outcome['story'], $isGood));
            echo implode("\n", $lines), "\n";
        }
    }

    /**
     * What was done: of what failed in short, of all with STORY=1.
     *
     * @param list<string> $steps
     * @return list<string>
     */
    private static function story(array $steps, bool $isGood): array
    {
        $isLong = (bool) getenv('STORY');
        if ($isGood && !$isLong) {
            return [];
        }
        return array_map(static function (string $step) use ($isLong): string {
            $lines = $isLong ? [$step] : array_slice(explode("\n", $step), 0, 2);
            return '    ' . implode("\n", $isLong ? $lines : array_map(static function (string $line): string {
                return substr($line, 0, 220);
            }, $lines));
        }, $steps);
    }

    /** Of a site without fedverify, where attacks are meant to succeed: they are real. */
    private function summaryWithout(): bool
    {
        foreach ($this->counts as $site => $count) {
            $attacks = $count['stopped'] + $count['missed'];
            printf("%s: %d of %d attacks succeed\n", $site, $count['missed'], $attacks);
        }
        return true;
    }

    /** @param array<string, int> $skipped see Jobs */
    private function summary(int $total, array $skipped): bool
    {
        ksort($this->counts);
        printf("\n%-36s %8s %7s   %8s %8s\n", '', 'attacks', '', 'honest', '');
        printf("%-36s %8s %7s   %8s %8s\n", '', 'stopped', 'missed', 'working', 'failing');
        foreach ($this->counts as $site => $count) {
            printf("%-36s %8d %7d   %8d %8d\n", $site, ...array_values($count));
        }
        arsort($this->seconds);
        foreach (array_slice($this->seconds, 0, (int) getenv('SLOWEST')) as $name => $seconds) {
            printf("%6.1f s %s\n", $seconds, $name);
        }
        printf("\n%.0f s of processors for %d runs\n", $this->processor, $total);
        foreach ($skipped as $reason => $runs) {
            printf("skipped: %d runs %s\n", $runs, $reason);
        }
        printf("%d passed, %d failed, %d skipped\n", $this->passed, $total - $this->passed, array_sum($skipped));
        return $this->passed === $total && $total > 0;
    }
}
