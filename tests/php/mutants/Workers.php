<?php

declare(strict_types=1);

namespace Mutants;

/** Two processes that share the mutants; each starts one for every file, which starts one for every mutant. */
final class Workers
{
    private const COUNT = 2;

    /** @var Recording */
    private $recording;

    /** @var string */
    private $scratch;

    public function __construct(Recording $recording, string $scratch)
    {
        $this->recording = $recording;
        $this->scratch = $scratch;
    }

    /** How each ends, by its place. @param list<Mutant> $mutants @return array<int, string> */
    public function run(array $mutants): array
    {
        $workers = [];
        for ($worker = 0; $worker < self::COUNT; $worker++) {
            $results = fopen($this->results($worker), 'wb');
            $workers[$worker] = self::start(function () use ($mutants, $worker, $results): void {
                $this->work($mutants, $worker, $results);
            });
        }
        array_map([self::class, 'finish'], $workers);
        $ends = [];
        for ($worker = 0; $worker < self::COUNT; $worker++) {
            foreach (file($this->results($worker), FILE_IGNORE_NEW_LINES) as $line) {
                [$place, $end] = explode("\t", $line);
                $ends[(int) $place] = $end;
            }
            unlink($this->results($worker));
        }
        return $ends;
    }

    private function results(int $worker): string
    {
        return "$this->scratch/results-" . getmypid() . "-$worker";
    }

    /** @param callable(): void $call */
    private static function start(callable $call): int
    {
        $child = pcntl_fork();
        if ($child === 0) {
            $call();
            exit(0);
        }
        return $child;
    }

    private static function finish(int $child): void
    {
        pcntl_waitpid($child, $status);
        if ($status !== 0) {
            throw new \RuntimeException('a worker failed');
        }
    }

    /**
     * @param list<Mutant> $mutants
     * @param resource $results
     */
    private function work(array $mutants, int $worker, $results): void
    {
        $byFile = [];
        foreach ($mutants as $place => $mutant) {
            if ($place % self::COUNT === $worker) {
                $byFile[$mutant->source()->path()][$place] = $mutant;
            }
        }
        foreach ($byFile as $ofFile) {
            self::finish(self::start(function () use ($ofFile, $results): void {
                $trial = new Trial(reset($ofFile)->source(), $this->recording, $this->scratch);
                foreach ($ofFile as $place => $mutant) {
                    fwrite($results, "$place\t{$trial->of($mutant)}\n");
                }
            }));
        }
    }
}
